-- Connected addresses, and what came in by them, byte for byte.

CREATE TABLE channels (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    type TEXT NOT NULL,                -- a row of channel/channel.c
    name TEXT NOT NULL,
    address TEXT NOT NULL,             -- what people write to
    settings TEXT NOT NULL,            -- JSON by the type's field table, without its secrets
    secrets BYTEA,                     -- sealed JSON of the secret fields
    team_id BIGINT,                    -- who gets its new cases
    enabled BOOLEAN NOT NULL,
    -- Health, as the runner last saw it.
    last_good_at BIGINT NOT NULL DEFAULT 0,
    last_error_at BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    backlog BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id)
);

-- How far a mailbox was read.
CREATE TABLE channel_folders (
    organisation_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    folder TEXT NOT NULL,
    uid_validity BIGINT NOT NULL,
    last_uid BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, channel_id, folder)
);

CREATE TABLE envelopes (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    external_id TEXT NOT NULL,         -- the provider's id; else the hash of the bytes
    received_at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    raw BYTEA,                         -- a small one
    raw_hash BYTEA,                    -- a large one: a blob
    folder TEXT,                       -- where in the mailbox
    is_ours BOOLEAN NOT NULL,          -- from our own Sent folder
    state TEXT NOT NULL,               -- waiting, understood, duplicate, ignored, not_understood
    stage TEXT NOT NULL,               -- the stage of the pipeline to run next
    reason TEXT,                       -- why it isn't understood, or is ignored
    message_id BIGINT,                 -- what it became
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX envelopes_by_external_id
    ON envelopes (organisation_id, channel_id, external_id);
CREATE INDEX envelopes_not_understood ON envelopes (organisation_id, id)
    WHERE state = 'not_understood';
