-- name: second_step_begin
INSERT INTO second_steps (organisation_id, user_id, secret)
VALUES ($1, $2, $3)
    ON CONFLICT (organisation_id, user_id)
    DO UPDATE SET secret = excluded.secret, last_step = 0;

-- name: second_step_find
SELECT secret, confirmed_at, last_step, failures
  FROM second_steps
 WHERE organisation_id = $1 AND user_id = $2;

-- name: second_step_try
-- Counts as failed until it is right, and makes a second try wait for this one's end.
UPDATE second_steps
   SET failures = failures + 1
 WHERE organisation_id = $1 AND user_id = $2 AND wait_until <= $3;

-- name: second_step_waits
SELECT wait_until
  FROM second_steps
 WHERE organisation_id = $1 AND user_id = $2;

-- name: second_step_wait
UPDATE second_steps
   SET wait_until = $3
 WHERE organisation_id = $1 AND user_id = $2;

-- name: second_step_right
UPDATE second_steps
   SET failures = 0, wait_until = 0, last_step = $3,
       confirmed_at = CASE WHEN confirmed_at = 0 THEN CAST($4 AS BIGINT) ELSE confirmed_at END
 WHERE organisation_id = $1 AND user_id = $2;

-- name: second_step_remove
DELETE FROM second_steps
 WHERE organisation_id = $1 AND user_id = $2;

-- name: recovery_code_add
INSERT INTO recovery_codes (organisation_id, user_id, code_hash)
VALUES ($1, $2, $3);

-- name: recovery_code_use
DELETE FROM recovery_codes
 WHERE organisation_id = $1 AND user_id = $2 AND code_hash = $3;

-- name: recovery_codes_count
SELECT count(*)
  FROM recovery_codes
 WHERE organisation_id = $1 AND user_id = $2;

-- name: recovery_codes_remove
DELETE FROM recovery_codes
 WHERE organisation_id = $1 AND user_id = $2;

-- name: user_set_second_step
UPDATE users
   SET has_second_step = $3, version = version + 1
 WHERE organisation_id = $1 AND id = $2;
