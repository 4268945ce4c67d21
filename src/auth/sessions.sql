-- name: session_add
INSERT INTO sessions (organisation_id, id, user_id, secret_hash, csrf, created_at, seen_at,
                      expires_at, browser, device)
VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9);

-- name: session_sweep
DELETE FROM sessions
 WHERE organisation_id = $1 AND user_id = $2 AND expires_at <= $3;

-- name: session_list
SELECT id, created_at, seen_at, expires_at, browser, device
  FROM sessions
 WHERE organisation_id = $1 AND user_id = $2 AND expires_at > $3
 ORDER BY id DESC
 LIMIT 200;

-- name: session_end
DELETE FROM sessions
 WHERE organisation_id = $1 AND user_id = $2 AND id = $3;

-- name: session_end_all
DELETE FROM sessions
 WHERE organisation_id = $1 AND user_id = $2 AND id <> $3;

-- name: session_keep
-- Of many requests at once only the first has something to do.
UPDATE sessions
   SET seen_at = $3, expires_at = $4
 WHERE organisation_id = $1 AND id = $2 AND seen_at <= $5;
