-- What must be nothing, and what somebody should look at.

-- name: doctor_content_without_use
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM blobs b
 WHERE b.dropped_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM files f
                    WHERE f.organisation_id = b.organisation_id AND f.hash = b.hash)
   AND NOT EXISTS (SELECT 1 FROM envelopes e
                    WHERE e.organisation_id = b.organisation_id AND e.raw_hash = b.hash);

-- name: doctor_not_understood
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM envelopes e
 WHERE e.state = 'not_understood';

-- name: doctor_not_sent
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM messages m
 WHERE m.state = 'failed';

-- name: doctor_jobs_given_up
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM jobs
 WHERE given_up_at > 0 AND dropped_at = 0;

-- name: doctor_events_pending
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM events_pending
 WHERE at < $1;

-- name: doctor_events
-- Over all organisations: the doctor looks at everything.
SELECT CAST(COALESCE(sum(position), 0) AS BIGINT)
  FROM event_heads;

-- name: doctor_files
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM blobs;

-- name: doctor_channels_in_error
-- Over all organisations: the doctor looks at everything.
SELECT name, last_error, send_error
  FROM channels
 WHERE enabled = $1 AND (last_error IS NOT NULL OR send_error IS NOT NULL)
 ORDER BY organisation_id, id
 LIMIT 100;
