-- name: file_get
SELECT id, message_id, note_id, user_id, name, type, size, received, hash, content_id, is_inline,
       created_at
  FROM files
 WHERE organisation_id = $1 AND id = $2;

-- name: file_add
INSERT INTO files (organisation_id, id, message_id, user_id, name, type, size, received, hash,
                   content_id, is_inline, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: file_list_of_message
SELECT id, message_id, note_id, user_id, name, type, size, received, hash, content_id, is_inline,
       created_at
  FROM files
 WHERE organisation_id = $1 AND message_id = $2
 ORDER BY id
 LIMIT 10000;

-- name: file_list_of_case
-- Not a join: for the order, SQLite would walk all messages of the organisation.
SELECT id, message_id, note_id, user_id, name, type, size, received, hash, content_id, is_inline,
       created_at
  FROM files
 WHERE organisation_id = $1
   AND message_id IN (SELECT id
                        FROM messages
                       WHERE organisation_id = $1 AND case_id = $2 AND id >= $3 AND id <= $4)
 ORDER BY message_id, id
 LIMIT 10000;

-- name: file_list_of_notes
-- Those of the notes of a case, from one to another.
SELECT id, message_id, note_id, user_id, name, type, size, received, hash, content_id, is_inline,
       created_at
  FROM files
 WHERE organisation_id = $1
   AND note_id IN (SELECT id
                     FROM notes
                    WHERE organisation_id = $1 AND case_id = $2 AND id >= $3 AND id <= $4)
 ORDER BY note_id, id
 LIMIT 10000;

-- name: file_list_of_draft
SELECT id, message_id, note_id, user_id, name, type, size, received, hash, content_id, is_inline,
       created_at
  FROM files
 WHERE organisation_id = $1
   AND id IN (SELECT file_id
                FROM draft_files
               WHERE organisation_id = $1 AND draft_id = $2)
 ORDER BY id
 LIMIT 50;

-- name: file_advance
-- The condition on received stops a second request that would go on from the same place.
UPDATE files
   SET received = $4, hash = $5
 WHERE organisation_id = $1 AND id = $2 AND received = $3 AND hash IS NULL;

-- name: file_attach
UPDATE files
   SET message_id = $3, note_id = $4
 WHERE organisation_id = $1 AND id = $2 AND message_id IS NULL AND note_id IS NULL
   AND hash IS NOT NULL;

-- name: file_remove
DELETE FROM files
 WHERE organisation_id = $1 AND id = $2 AND message_id IS NULL AND note_id IS NULL;

-- name: file_sweep_contents
-- Over all organisations: what no message or note took is nobody's any more. Those that file_sweep takes.
UPDATE blobs
   SET dropped_at = $2
  FROM (SELECT organisation_id, hash
          FROM files
         WHERE message_id IS NULL AND note_id IS NULL AND created_at < $1
           AND NOT EXISTS (SELECT 1
                             FROM draft_files d
                            WHERE d.organisation_id = files.organisation_id
                              AND d.file_id = files.id)
         ORDER BY created_at, organisation_id, id
         LIMIT 500) AS swept
 WHERE blobs.organisation_id = swept.organisation_id AND blobs.hash = swept.hash;

-- name: file_sweep
-- Over all organisations: what no message or note took is nobody's any more. A few at a time, so that other
-- writers don't wait long.
DELETE FROM files
 WHERE (organisation_id, id) IN (SELECT organisation_id, id
                                   FROM files
                                  WHERE message_id IS NULL AND note_id IS NULL AND created_at < $1
                                    AND NOT EXISTS
                                        (SELECT 1
                                           FROM draft_files d
                                          WHERE d.organisation_id = files.organisation_id
                                            AND d.file_id = files.id)
                                  ORDER BY created_at, organisation_id, id
                                  LIMIT 500);

-- name: content_dropped
-- Over all organisations: the oldest that lost a row, a few at a time.
SELECT organisation_id, hash
  FROM blobs
 WHERE dropped_at < $1
 ORDER BY dropped_at, organisation_id, hash
 LIMIT 100;

-- name: content_keep_used
UPDATE blobs
   SET dropped_at = NULL
 WHERE organisation_id = $1 AND hash = $2
   AND (EXISTS (SELECT 1 FROM files WHERE organisation_id = $1 AND hash = $2)
        OR EXISTS (SELECT 1 FROM envelopes WHERE organisation_id = $1 AND raw_hash = $2));

-- name: content_remove_unused
DELETE FROM blobs
 WHERE organisation_id = $1 AND hash = $2
   AND NOT EXISTS (SELECT 1 FROM files WHERE organisation_id = $1 AND hash = $2)
   AND NOT EXISTS (SELECT 1 FROM envelopes WHERE organisation_id = $1 AND raw_hash = $2);
