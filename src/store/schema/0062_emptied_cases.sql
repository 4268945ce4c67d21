-- A case from which everything was moved away stands in no list. One that was only noted down has no
-- message either, and does.
ALTER TABLE cases ADD COLUMN is_emptied BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE cases
   SET is_emptied = TRUE
 WHERE messages_n = 0 AND own_since <> 0 AND root_id IS NULL AND channel_id IS NOT NULL;
