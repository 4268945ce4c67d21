-- name: mailbox_folder_get
SELECT uid_validity, last_uid
  FROM channel_folders
 WHERE organisation_id = $1 AND channel_id = $2 AND folder = $3;

-- name: mailbox_folder_save
INSERT INTO channel_folders (organisation_id, channel_id, folder, uid_validity, last_uid)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (organisation_id, channel_id, folder) DO UPDATE
   SET uid_validity = $4, last_uid = $5;

-- name: mailbox_aside_list
SELECT uid, since, due_at, words
  FROM channel_aside
 WHERE organisation_id = $1 AND channel_id = $2 AND folder = $3 AND uid_validity = $4
 ORDER BY due_at, uid;

-- name: mailbox_aside_save
INSERT INTO channel_aside (organisation_id, channel_id, folder, uid_validity, uid, since, due_at,
                           words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (organisation_id, channel_id, folder, uid_validity, uid) DO UPDATE
   SET due_at = $7, words = $8;

-- name: mailbox_aside_settle
DELETE FROM channel_aside
 WHERE organisation_id = $1 AND channel_id = $2 AND folder = $3 AND uid_validity = $4 AND uid = $5;

-- name: mailbox_aside_forget
DELETE FROM channel_aside
 WHERE organisation_id = $1 AND channel_id = $2 AND folder = $3 AND uid_validity <> $4;
