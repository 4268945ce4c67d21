-- Answers that are written once, and how each colleague likes his desk.
CREATE TABLE macros (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,           -- whose it is
    is_shared BOOLEAN NOT NULL,        -- everybody has it
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    status TEXT,                       -- what the case becomes; NULL: as it is
    label_id BIGINT,                   -- that it gets
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX macros_by_user ON macros (organisation_id, user_id, id);
CREATE INDEX macros_shared ON macros (organisation_id, id) WHERE is_shared = TRUE;

CREATE TABLE preferences (
    organisation_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    signature TEXT NOT NULL,
    settings TEXT NOT NULL,            -- JSON of the desk's own
    version BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, user_id)
);
