-- Blobs, history, work to do: what every module leans on.

CREATE TABLE blobs (
    organisation_id BIGINT NOT NULL,
    hash BYTEA NOT NULL,               -- BLAKE2b-256 of the content
    size BIGINT NOT NULL,
    data BYTEA,                        -- NULL: a file in the blob folder
    PRIMARY KEY (organisation_id, hash)
);

-- Written by whoever changes something; emptied by the sealer.
CREATE TABLE events_pending (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT NOT NULL,
    case_id BIGINT,
    about TEXT,
    data TEXT,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX events_pending_by_case ON events_pending (organisation_id, case_id, id);

-- Append-only, in commit order, without a gap in one organisation. Nothing updates or deletes.
CREATE TABLE events (
    organisation_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT NOT NULL,
    case_id BIGINT,
    about TEXT,
    data TEXT,
    hash BYTEA NOT NULL,               -- over the row and the hash of the one before
    PRIMARY KEY (organisation_id, position)
);
CREATE INDEX events_by_case ON events (organisation_id, case_id, position);
-- For the audit. Most events are of customers and the system, whom nobody looks for.
CREATE INDEX events_by_actor ON events (organisation_id, actor_id, position)
 WHERE actor_kind IN ('user', 'integration');
CREATE INDEX events_by_kind ON events (organisation_id, kind, position);

CREATE TABLE event_heads (
    organisation_id BIGINT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

CREATE TABLE jobs (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- a row of jobs/job_types.c
    about BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    taken_until BIGINT NOT NULL DEFAULT 0,
    taken_by BIGINT NOT NULL DEFAULT 0, -- the node whose worker runs it
    tries BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    given_up_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE given_up_at = 0;
CREATE INDEX jobs_taken ON jobs (taken_by) WHERE taken_until > 0;
CREATE INDEX jobs_given_up ON jobs (organisation_id, given_up_at, id) WHERE given_up_at > 0;

-- Who does what only one may do: a node's number, a mailbox. Gone when it isn't renewed.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL
);
