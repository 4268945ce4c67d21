-- Messages in a mailbox that its server couldn't hand over: passed, and asked for again for a day.
CREATE TABLE channel_aside (
    organisation_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    folder TEXT NOT NULL,
    uid_validity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    since BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (organisation_id, channel_id, folder, uid_validity, uid)
);

-- Whose worker runs a job: a name that no other process ever has, as the holder of a lease. A
-- node's number (taken_by, unused from here on; the oldest databases lack it) may change hands while
-- he who had it sleeps.
ALTER TABLE jobs ADD COLUMN taker TEXT NOT NULL DEFAULT '';
DROP INDEX IF EXISTS jobs_taken;
CREATE INDEX jobs_taken ON jobs (taker) WHERE taken_until > 0;
