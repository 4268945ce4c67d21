-- A mail without a Message-ID is told by what stays the same by whatever way it comes. What was kept
-- of such mails before says less, and isn't compared.
UPDATE messages
   SET content_hash = NULL
 WHERE external_id IS NULL AND content_hash IS NOT NULL;
CREATE UNIQUE INDEX messages_once_without_id ON messages (organisation_id, content_hash)
    WHERE external_id IS NULL AND content_hash IS NOT NULL;
