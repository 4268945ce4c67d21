-- name: job_take
-- Over all organisations: the workers serve everybody. The last condition looks like a repetition:
-- it is what stops two workers from taking the same job on PostgreSQL, where it is checked again
-- once the row is locked. Lanes that have as much as they may are left alone ($5 to $8).
UPDATE jobs
   SET taken_until = $2, taker = $4, tries = tries + 1
 WHERE (organisation_id, id) IN (SELECT organisation_id, id
                                   FROM jobs
                                  WHERE given_up_at = 0 AND due_at <= $1 AND taken_until <= $1
                                    AND lane NOT IN ($5, $6, $7, $8)
                                  ORDER BY due_at, id
                                  LIMIT $3)
   AND taken_until <= $1
RETURNING id, organisation_id, kind, about, lane, asks, tries, due_at, created_at;

-- name: job_any_due
-- Over all organisations: is there anything to take? Also what was taken by somebody who vanished.
SELECT count(*)
  FROM (SELECT id
          FROM jobs
         WHERE given_up_at = 0 AND due_at <= $1 AND taken_until <= $1
           AND lane NOT IN ($2, $3, $4, $5)
         LIMIT 1) AS due;

-- name: job_renew
-- Unless another took it, since the lease had run out.
UPDATE jobs
   SET taken_until = $4
 WHERE organisation_id = $1 AND id = $2 AND taker = $3 AND taken_until > 0;

-- name: job_mine
-- Over all organisations: what this taker has taken, as the table knows it.
SELECT organisation_id, id
  FROM jobs
 WHERE taker = $1 AND taken_until > 0;

-- name: job_free
UPDATE jobs
   SET taken_until = 0
 WHERE organisation_id = $1 AND id = $2 AND taker = $3;

-- name: job_release
-- Over all organisations: what a taker has that ends or is gone.
UPDATE jobs
   SET taken_until = 0
 WHERE taker = $1 AND taken_until > 0;

-- name: job_takers
-- Over all organisations: who has taken anything, and until when. The condition is that of the
-- index.
SELECT taker AS holder, max(taken_until) AS until
  FROM jobs
 WHERE taken_until > 0 AND taker >= ''
 GROUP BY taker;

-- name: job_hurry
-- Over all organisations: what was made or put off while the clock was wrong, and would wait for
-- a moment that is far away now that it is right. A job that comes early does no harm.
UPDATE jobs
   SET due_at = $1
 WHERE given_up_at = 0 AND due_at > $1 AND (created_at > $2 OR tries > 0 AND due_at > $3);

-- name: job_is_ours
SELECT count(*)
  FROM jobs
 WHERE organisation_id = $1 AND id = $2 AND taker = $3;

-- name: job_finish
-- This and the next four: unless another took it, as we seemed to have vanished. This one, too,
-- unless it was asked for once more while it ran.
DELETE FROM jobs
 WHERE organisation_id = $1 AND id = $2 AND taker = $3 AND asks = $4;

-- name: job_once_more
UPDATE jobs
   SET due_at = $4, taken_until = 0, tries = 0
 WHERE organisation_id = $1 AND id = $2 AND taker = $3;

-- name: job_progress
UPDATE jobs
   SET tries = 1
 WHERE organisation_id = $1 AND id = $2 AND taker = $3;

-- name: job_again
UPDATE jobs
   SET due_at = $4, taken_until = 0, tries = $5, last_error = $6
 WHERE organisation_id = $1 AND id = $2 AND taker = $3;

-- name: job_give_up
UPDATE jobs
   SET given_up_at = $4, taken_until = 0, last_error = $5
 WHERE organisation_id = $1 AND id = $2 AND taker = $3;

-- name: job_revive
UPDATE jobs
   SET given_up_at = 0, tries = 0, due_at = $3, taken_until = 0
 WHERE organisation_id = $1 AND id = $2 AND given_up_at > 0 AND dropped_at = 0;

-- name: job_get_given_up
SELECT id, organisation_id, kind, about, tries, due_at, created_at, given_up_at, last_error
  FROM jobs
 WHERE organisation_id = $1 AND id = $2 AND given_up_at > 0 AND dropped_at = 0;

-- name: job_get_dropped
SELECT id, organisation_id, kind, about, tries, due_at, created_at, given_up_at, last_error
  FROM jobs
 WHERE organisation_id = $1 AND id = $2 AND given_up_at > 0 AND dropped_at > 0;

-- name: job_drop
-- $3: at that moment; 0: it's no more dropped.
UPDATE jobs
   SET dropped_at = $3
 WHERE organisation_id = $1 AND id = $2 AND given_up_at > 0;

-- name: job_sweep_dropped
-- Over all organisations: nobody took these back for a day. The first conditions are those of the
-- index.
DELETE FROM jobs
 WHERE given_up_at > 0 AND organisation_id >= 0 AND dropped_at > 0 AND dropped_at < $1;

-- name: job_list_given_up
SELECT id, organisation_id, kind, about, tries, due_at, created_at, given_up_at, last_error
  FROM jobs
 WHERE organisation_id = $1 AND given_up_at > 0 AND dropped_at = 0 AND id < $2
 ORDER BY id DESC
 LIMIT $3;

-- name: job_scheduled
-- Over all organisations: is this job of nobody's in the table?
SELECT count(*)
  FROM jobs
 WHERE organisation_id = 0 AND kind = $1;

-- name: job_count_waiting
-- Over all organisations: how far behind the workers are. Of the oldest $2 only.
SELECT kind, count(*) AS n, min(due_at) AS due_at
  FROM (SELECT kind, due_at
          FROM jobs
         WHERE given_up_at = 0 AND taken_until <= $1
         ORDER BY due_at, id
         LIMIT $2) AS oldest
 GROUP BY kind;

-- name: job_count_running
-- Over all organisations: what the workers do. They have some dozen each; the first conditions are
-- those of the index.
SELECT kind, count(*) AS n
  FROM jobs
 WHERE taken_until > 0 AND taker >= '' AND taken_until > $1
 GROUP BY kind;

-- name: job_count_given_up
-- Over all organisations: what waits for whoever runs the server. Ends at $1.
SELECT kind, count(*) AS n
  FROM (SELECT kind
          FROM jobs
         WHERE given_up_at > 0 AND organisation_id >= 0 AND dropped_at = 0
         LIMIT $1) AS given_up
 GROUP BY kind;
