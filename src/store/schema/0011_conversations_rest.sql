-- When a conversation was last heard in stands with its messages: no row more to write for each.
ALTER TABLE conversations DROP COLUMN updated_at;
