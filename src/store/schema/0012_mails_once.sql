-- The same mail by two ways is one message, also when two workers understand both at one moment.
-- Only mails have a content hash: the ids of other channels are told apart when they come in.
UPDATE messages
   SET content_hash = NULL
 WHERE content_hash IS NOT NULL
   AND EXISTS (SELECT 1
                 FROM messages earlier
                WHERE earlier.organisation_id = messages.organisation_id
                  AND earlier.external_id = messages.external_id
                  AND earlier.content_hash = messages.content_hash
                  AND earlier.id < messages.id);
CREATE UNIQUE INDEX messages_once ON messages (organisation_id, external_id, content_hash)
    WHERE content_hash IS NOT NULL;
