-- name: mailbox_folder_get
SELECT uid_validity, last_uid
  FROM channel_folders
 WHERE organisation_id = $1 AND channel_id = $2 AND folder = $3;

-- name: mailbox_folder_save
INSERT INTO channel_folders (organisation_id, channel_id, folder, uid_validity, last_uid)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (organisation_id, channel_id, folder) DO UPDATE
   SET uid_validity = $4, last_uid = $5;
