-- Lists of cases that somebody gave a name.
CREATE TABLE views (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,           -- whose it is
    is_shared BOOLEAN NOT NULL,        -- everybody has it
    name TEXT NOT NULL,
    status TEXT NOT NULL,              -- as the list of cases is asked
    team TEXT,
    assignee TEXT,
    channel_id BIGINT,
    label_id BIGINT,
    q TEXT,
    sort TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX views_by_user ON views (organisation_id, user_id, id);
CREATE INDEX views_shared ON views (organisation_id, id) WHERE is_shared = TRUE;
