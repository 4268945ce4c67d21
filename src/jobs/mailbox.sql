-- name: mailbox_folder_get
SELECT uid_validity, last_uid, first_uid, compared_uid, compared_at
  FROM channel_folders
 WHERE organisation_id = $1 AND channel_id = $2 AND folder = $3;

-- name: mailbox_folder_save
-- Numbers of another validity begin anew.
INSERT INTO channel_folders (organisation_id, channel_id, folder, uid_validity, last_uid, first_uid)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (organisation_id, channel_id, folder) DO UPDATE
   SET uid_validity = $4, last_uid = $5,
       first_uid = CASE WHEN channel_folders.uid_validity = $4 THEN channel_folders.first_uid
                        ELSE 1 END,
       compared_uid = CASE WHEN channel_folders.uid_validity = $4 THEN channel_folders.compared_uid
                           ELSE 0 END;

-- name: mailbox_folder_compared
UPDATE channel_folders
   SET compared_uid = $5, compared_at = $6
 WHERE organisation_id = $1 AND channel_id = $2 AND folder = $3 AND uid_validity = $4;

-- name: mailbox_mail_save
INSERT INTO mailbox_mails (organisation_id, channel_id, folder, uid_validity, uid, envelope_id)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (organisation_id, channel_id, folder, uid_validity, uid) DO UPDATE
   SET envelope_id = $6;

-- name: mailbox_mail_accounted
-- The numbers from $5 to $6 of which it is known what became of them: each envelope is there.
SELECT m.uid
  FROM mailbox_mails m
 WHERE m.organisation_id = $1 AND m.channel_id = $2 AND m.folder = $3 AND m.uid_validity = $4
   AND m.uid >= $5 AND m.uid <= $6
   AND (m.envelope_id IS NULL
        OR EXISTS (SELECT 1 FROM envelopes e
                    WHERE e.organisation_id = m.organisation_id AND e.id = m.envelope_id))
UNION
SELECT a.uid
  FROM channel_aside a
 WHERE a.organisation_id = $1 AND a.channel_id = $2 AND a.folder = $3 AND a.uid_validity = $4
   AND a.uid >= $5 AND a.uid <= $6
 ORDER BY uid;

-- name: mailbox_mail_forget
-- Some of those of another validity: they mean nothing any more.
DELETE FROM mailbox_mails
 WHERE organisation_id = $1 AND channel_id = $2 AND folder = $3 AND uid_validity <> $4
   AND uid IN (SELECT uid
                 FROM mailbox_mails
                WHERE organisation_id = $1 AND channel_id = $2 AND folder = $3
                  AND uid_validity <> $4
                LIMIT 1000);

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
