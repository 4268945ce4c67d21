-- name: user_add
INSERT INTO users (organisation_id, id, email, name, role, language, password_hash, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (email, organisation_id) DO NOTHING;

-- name: user_get
SELECT organisation_id, id, email, name, role, language, password_hash,
       (disabled_at > 0) AS disabled, has_second_step, created_at, version
  FROM users
 WHERE organisation_id = $1 AND id = $2;

-- name: user_by_email
-- Over all organisations: who logs in doesn't say where. The oldest first: only so many passwords
-- are tried, and no newer account may push out an older one.
SELECT organisation_id, id, email, name, role, language, password_hash,
       (disabled_at > 0) AS disabled, has_second_step, created_at, version
  FROM users
 WHERE email = $1
 ORDER BY id
 LIMIT 1000;

-- name: user_list
SELECT organisation_id, id, email, name, role, language, (disabled_at > 0) AS disabled,
       has_second_step, created_at, version
  FROM users
 WHERE organisation_id = $1 AND id > $2
 ORDER BY id
 LIMIT $3;

-- name: user_change
-- The moment of being disabled stays when nothing changes about it.
UPDATE users
   SET name = $4, role = $5, language = $6, version = version + 1,
       disabled_at = CASE WHEN CAST($7 AS BIGINT) = 0 THEN 0
                          WHEN disabled_at > 0 THEN disabled_at
                          ELSE CAST($7 AS BIGINT) END
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: user_other_admins
SELECT count(id) AS n
  FROM users
 WHERE organisation_id = $1 AND id <> $2 AND role = 'admin' AND disabled_at = 0;

-- name: user_set_password
UPDATE users
   SET password_hash = $3, version = version + 1
 WHERE organisation_id = $1 AND id = $2;
