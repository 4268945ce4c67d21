-- name: token_add
INSERT INTO tokens (organisation_id, id, user_id, name, scopes, secret_hash, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: token_get
SELECT id, user_id, name, scopes, created_at, expires_at, revoked_at
  FROM tokens
 WHERE organisation_id = $1 AND id = $2;

-- name: token_list
SELECT id, user_id, name, scopes, created_at, expires_at, revoked_at
  FROM tokens
 WHERE organisation_id = $1 AND user_id = $2
 ORDER BY id DESC
 LIMIT 1000;

-- name: token_list_valid
SELECT id, user_id, name, scopes, created_at, expires_at, revoked_at
  FROM tokens
 WHERE organisation_id = $1 AND revoked_at = 0 AND (expires_at = 0 OR expires_at > $2)
 ORDER BY id DESC
 LIMIT 1000;

-- name: token_revoke
UPDATE tokens
   SET revoked_at = $3
 WHERE organisation_id = $1 AND id = $2 AND revoked_at = 0;
