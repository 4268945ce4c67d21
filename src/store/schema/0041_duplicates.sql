-- Who may be one: what each person can be found by beside his addresses, the proposals that follow
-- from it, and what colleagues said of them.
CREATE TABLE person_keys (
    organisation_id BIGINT NOT NULL,
    key TEXT NOT NULL,                 -- "phone 612345678", "postcode 1234ab jansen", …
    person_id BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, key, person_id)
);
CREATE INDEX person_keys_by_person ON person_keys (organisation_id, person_id, key);

CREATE TABLE person_duplicates (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    low_id BIGINT NOT NULL,            -- the older one
    high_id BIGINT NOT NULL,
    score BIGINT NOT NULL,             -- 50 … 100
    reasons TEXT NOT NULL,             -- JSON: what speaks for it
    state TEXT NOT NULL,               -- open, refused
    refused TEXT NOT NULL DEFAULT '',  -- all reasons that were refused, behind one another
    is_joined BOOLEAN NOT NULL,        -- they have one face now
    at BIGINT NOT NULL,
    decided_at BIGINT NOT NULL DEFAULT 0,
    decided_by BIGINT NOT NULL DEFAULT 0, -- the user
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, low_id, high_id)
);
CREATE INDEX person_duplicates_by_high ON person_duplicates (organisation_id, high_id, low_id);
CREATE INDEX person_duplicates_open ON person_duplicates (organisation_id, score, id)
    WHERE state = 'open' AND is_joined = FALSE;

-- How far the job that looks for them is.
CREATE TABLE duplicate_marks (
    organisation_id BIGINT NOT NULL PRIMARY KEY,
    newest_id BIGINT NOT NULL,         -- the newest person that was looked at
    round_id BIGINT NOT NULL,          -- the same of the round over all of them
    round_at BIGINT NOT NULL           -- when the last round ended
);
