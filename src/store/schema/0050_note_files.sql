-- What hangs on a note, as on a message: a photo for the colleagues.
ALTER TABLE files ADD COLUMN note_id BIGINT;
CREATE INDEX files_by_note ON files (organisation_id, note_id, id)
    WHERE note_id IS NOT NULL;

-- What neither took is nobody's.
DROP INDEX files_unsent;
CREATE INDEX files_unsent ON files (created_at, organisation_id, id)
    WHERE message_id IS NULL AND note_id IS NULL;
