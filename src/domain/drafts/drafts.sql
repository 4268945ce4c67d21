-- name: draft_find
SELECT id, user_id, case_id, kind, content, send_at, send_error, updated_at, version
  FROM drafts
 WHERE organisation_id = $1 AND user_id = $2 AND case_id = $3 AND kind = $4;

-- name: draft_get
SELECT id, user_id, case_id, kind, content, send_at, send_error, updated_at, version
  FROM drafts
 WHERE organisation_id = $1 AND id = $2;

-- name: draft_list
SELECT id, user_id, case_id, kind, content, send_at, send_error, updated_at, version
  FROM drafts
 WHERE organisation_id = $1 AND user_id = $2
   AND (updated_at < $3 OR (updated_at = $3 AND id < $4))
 ORDER BY updated_at DESC, id DESC
 LIMIT $5;

-- name: draft_list_of_case
SELECT id, user_id, case_id, kind, content, send_at, send_error, updated_at, version
  FROM drafts
 WHERE organisation_id = $1 AND user_id = $2 AND case_id = $3
 ORDER BY kind DESC
 LIMIT 10;

-- name: draft_save
-- A second window that saved at the same moment changes no row.
INSERT INTO drafts (organisation_id, id, user_id, case_id, kind, content, updated_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (organisation_id, user_id, case_id, kind)
    DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at,
                  version = excluded.version, send_at = 0, send_error = NULL
        WHERE drafts.version = excluded.version - 1;

-- name: draft_list_of_all
-- What anybody is writing in a case: two each.
SELECT id, user_id, case_id, kind, content, send_at, send_error, updated_at, version
  FROM drafts
 WHERE organisation_id = $1 AND case_id = $2
 ORDER BY id
 LIMIT 2000;

-- name: draft_append
UPDATE drafts
   SET content = $3, updated_at = $4, version = version + 1, send_at = 0, send_error = NULL
 WHERE organisation_id = $1 AND id = $2;

-- name: draft_plan
UPDATE drafts
   SET send_at = $3, send_error = $4, version = $5
 WHERE organisation_id = $1 AND id = $2;

-- name: draft_remove
DELETE FROM drafts
 WHERE organisation_id = $1 AND id = $2;

-- name: draft_keep_file
INSERT INTO draft_files (organisation_id, file_id, draft_id)
VALUES ($1, $2, $3)
    ON CONFLICT (organisation_id, file_id, draft_id) DO NOTHING;

-- name: draft_forget_files
DELETE FROM draft_files
 WHERE organisation_id = $1 AND draft_id = $2;
