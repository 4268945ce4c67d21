-- name: caller_by_session
-- Over all organisations: the secret says which.
SELECT s.organisation_id, s.id AS session_id, s.csrf, s.seen_at, s.expires_at, u.id AS user_id,
       u.role, u.disabled_at, u.has_second_step, o.needs_second_step
  FROM sessions s
  JOIN users u ON u.organisation_id = s.organisation_id AND u.id = s.user_id
  LEFT JOIN organisations o ON o.id = s.organisation_id
 WHERE s.secret_hash = $1;

-- name: caller_by_token
-- Over all organisations: the secret says which.
SELECT t.organisation_id, t.id AS token_id, t.scopes, t.expires_at, t.revoked_at, u.id AS user_id,
       u.role, u.disabled_at
  FROM tokens t
  JOIN users u ON u.organisation_id = t.organisation_id AND u.id = t.user_id
 WHERE t.secret_hash = $1;
