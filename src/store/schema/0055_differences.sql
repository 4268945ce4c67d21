-- The daily reconciliation: what was looked at, how far it is, and each difference by its name.
CREATE TABLE reconciliations (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL DEFAULT 0, -- 0: it is under way
    at_part BIGINT NOT NULL DEFAULT 0,  -- a row of parts in domain/differences/checks.c
    at_id BIGINT NOT NULL DEFAULT 0,    -- the last row of that part that was looked at
    looked_n BIGINT NOT NULL DEFAULT 0,
    found_n BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (organisation_id, id)
);

CREATE TABLE differences (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,                 -- a row of checks in domain/differences/checks.c
    about TEXT NOT NULL,                -- the item, as the API names it
    detail TEXT NOT NULL,               -- what else it takes to find it: a folder and a number
    found_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,            -- last
    gone_at BIGINT NOT NULL DEFAULT 0,  -- 0: it still holds
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX differences_once ON differences (organisation_id, kind, about, detail);
CREATE INDEX differences_open ON differences (organisation_id, id) WHERE gone_at = 0;
CREATE INDEX differences_gone ON differences (organisation_id, gone_at) WHERE gone_at > 0;

-- What became of each message of a mailbox, by its number in its folder, so that the mailbox can be
-- compared with what came in. No envelope: it isn't for us (sent before the channel was there). The
-- row outlives its envelope when that is erased on purpose: then envelope_id goes.
CREATE TABLE mailbox_mails (
    organisation_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    folder TEXT NOT NULL,
    uid_validity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    envelope_id BIGINT,
    PRIMARY KEY (organisation_id, channel_id, folder, uid_validity, uid)
);

-- Numbers from first_uid on are in mailbox_mails. What was read before this version isn't compared.
ALTER TABLE channel_folders ADD COLUMN first_uid BIGINT NOT NULL DEFAULT 1;
ALTER TABLE channel_folders ADD COLUMN compared_uid BIGINT NOT NULL DEFAULT 0; -- of the one under way
ALTER TABLE channel_folders ADD COLUMN compared_at BIGINT NOT NULL DEFAULT 0;  -- the last whole one
UPDATE channel_folders
   SET first_uid = last_uid + 1;
