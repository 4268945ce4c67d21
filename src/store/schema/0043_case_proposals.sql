-- Cases that may well be part of another one: proposed to who answers, and never again once refused.
CREATE TABLE case_proposals (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,           -- the new one
    to_case_id BIGINT NOT NULL,        -- that it may belong to
    score DOUBLE PRECISION NOT NULL,   -- how likely, 0 … 1
    reasons TEXT NOT NULL,             -- JSON: list of struct join_reason
    state TEXT NOT NULL,               -- open, accepted, refused
    at BIGINT NOT NULL,
    decided_at BIGINT NOT NULL DEFAULT 0,
    decided_by BIGINT,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX case_proposals_by_case
    ON case_proposals (organisation_id, case_id, to_case_id);
