-- When something arrived at the mailbox: what a customer's waiting counts from. received_at is when
-- we got it. Nobody asks it of what is understood already: there it stays 0.
ALTER TABLE envelopes ADD COLUMN arrived_at BIGINT NOT NULL DEFAULT 0;
UPDATE envelopes SET arrived_at = received_at WHERE state IN ('waiting', 'not_understood', 'ignored');
