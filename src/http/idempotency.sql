-- name: idempotency_find
SELECT request_hash, status, body, headers
  FROM idempotency
 WHERE organisation_id = $1 AND actor_id = $2 AND idempotency_key = $3;

-- name: idempotency_add
INSERT INTO idempotency (organisation_id, actor_id, idempotency_key, request_hash, status, body, at,
                         headers)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: idempotency_sweep
-- Over all organisations: what is older than a repeat can be. The oldest 500, and those of the same
-- millisecond, so that other writers don't wait long.
DELETE FROM idempotency
 WHERE at <= (SELECT max(at)
                FROM (SELECT at
                        FROM idempotency
                       WHERE at < $1
                       ORDER BY at
                       LIMIT 500) AS oldest);
