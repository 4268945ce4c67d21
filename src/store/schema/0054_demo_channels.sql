-- A channel of an invented organisation: nobody is at the other side.
ALTER TABLE channels ADD COLUMN is_demo BOOLEAN NOT NULL DEFAULT FALSE;
