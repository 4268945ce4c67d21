-- What somebody allowed us, or no longer does, each time that he said so: the newest of a purpose is
-- what holds, of all who are one with him.
CREATE TABLE consents (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,         -- of whom it was said; stays with him when people are merged
    purpose TEXT NOT NULL,             -- folded: what is compared
    label TEXT NOT NULL,               -- as it was written
    state TEXT NOT NULL,               -- given, withdrawn
    at BIGINT NOT NULL,                -- when he said so
    how TEXT NOT NULL,                 -- in words: "by telephone", "on the form"
    message_id BIGINT,                 -- in which he said it
    actor_kind TEXT NOT NULL,          -- who wrote it down
    actor_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX consents_by_person ON consents (organisation_id, person_id, at, id);
