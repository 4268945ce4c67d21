-- A channel that receives well may still not be able to send: each has its own health.
ALTER TABLE channels ADD COLUMN send_good_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE channels ADD COLUMN send_error_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE channels ADD COLUMN send_error TEXT;
