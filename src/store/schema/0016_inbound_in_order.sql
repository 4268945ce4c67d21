-- A job that is asked for by many and runs once: how often it was, 0 for all others. What comes in
-- by a channel is read by such a one, in order.
ALTER TABLE jobs ADD COLUMN asks BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX jobs_asked ON jobs (organisation_id, kind, about) WHERE asks > 0;
CREATE INDEX envelopes_waiting ON envelopes (organisation_id, channel_id, id)
    WHERE state = 'waiting';

DELETE FROM jobs WHERE kind = 'inbound';
INSERT INTO jobs (organisation_id, id, kind, about, due_at, created_at, asks)
SELECT organisation_id, min(id), 'inbound', channel_id, 0, 0, 1
  FROM envelopes
 WHERE state = 'waiting'
 GROUP BY organisation_id, channel_id;
