-- Channels that may send only so many messages a second: when the next one may go.

ALTER TABLE channels ADD COLUMN send_slot_at BIGINT NOT NULL DEFAULT 0;
