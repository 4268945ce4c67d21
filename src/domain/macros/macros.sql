-- name: macro_list
SELECT id, user_id, name, text, is_shared, status, label_id, created_at, version
  FROM macros
 WHERE organisation_id = $1 AND user_id = $2
 UNION
SELECT id, user_id, name, text, is_shared, status, label_id, created_at, version
  FROM macros
 WHERE organisation_id = $1 AND is_shared = TRUE
 ORDER BY name, id
 LIMIT 1000;

-- name: macro_get
SELECT id, user_id, name, text, is_shared, status, label_id, created_at, version
  FROM macros
 WHERE organisation_id = $1 AND id = $2 AND (user_id = $3 OR is_shared = TRUE);

-- name: macro_count
SELECT count(*)
  FROM macros
 WHERE organisation_id = $1 AND user_id = $2;

-- name: macro_count_shared
SELECT count(*)
  FROM macros
 WHERE organisation_id = $1 AND is_shared = TRUE;

-- name: macro_add
INSERT INTO macros (organisation_id, id, user_id, is_shared, name, text, status, label_id,
                    created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: macro_change
UPDATE macros
   SET is_shared = $4, name = $5, text = $6, status = $7, label_id = $8, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: macro_remove
DELETE FROM macros
 WHERE organisation_id = $1 AND id = $2;
