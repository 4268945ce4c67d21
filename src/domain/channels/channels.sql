-- name: channel_get
SELECT id, type, name, address, settings, secrets, team_id, enabled, is_demo, last_good_at,
       last_error_at, last_error, send_good_at, send_error_at, send_error, backlog, created_at,
       version
  FROM channels
 WHERE organisation_id = $1 AND id = $2;

-- name: channel_organisation
-- Over all organisations: the signature proves which one is meant.
SELECT organisation_id AS id
  FROM channels
 WHERE id = $1;

-- name: channel_list
SELECT id, type, name, address, settings, team_id, enabled, is_demo, last_good_at,
       last_error_at, last_error, send_good_at, send_error_at, send_error, backlog, created_at,
       version
  FROM channels
 WHERE organisation_id = $1
 ORDER BY id
 LIMIT 1000;

-- name: channel_marks
-- Over all organisations: the receivers serve everybody.
SELECT id, organisation_id, version
  FROM channels
 WHERE enabled = TRUE AND is_demo = FALSE AND type = $1
 ORDER BY organisation_id, id
 LIMIT 10000;

-- name: channel_add
INSERT INTO channels (organisation_id, id, type, name, address, settings, secrets, team_id, enabled,
                      is_demo, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: channel_same_address
SELECT count(*)
  FROM channels
 WHERE organisation_id = $1 AND type = $2 AND address = $3 AND id <> $4 AND enabled = TRUE;

-- name: channel_change
UPDATE channels
   SET name = $4, address = $5, settings = $6, secrets = $7, team_id = $8, enabled = $9,
       is_demo = $10, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: channel_good
-- Health doesn't make a new version: nobody edits against it.
UPDATE channels
   SET last_good_at = $3, last_error = NULL, backlog = $4
 WHERE organisation_id = $1 AND id = $2;

-- name: channel_bad
UPDATE channels
   SET last_error_at = $3, last_error = $4, backlog = $5
 WHERE organisation_id = $1 AND id = $2;

-- name: channel_sending
SELECT send_good_at, send_error_at, send_error
  FROM channels
 WHERE organisation_id = $1 AND id = $2;

-- name: channel_send_again
-- Changes no row when somebody else noted it first: then it is no event.
UPDATE channels
   SET send_good_at = $3, send_error = NULL
 WHERE organisation_id = $1 AND id = $2 AND send_error IS NOT NULL;

-- name: channel_send_good
UPDATE channels
   SET send_good_at = $3
 WHERE organisation_id = $1 AND id = $2;

-- name: channel_send_no_more
-- As channel_send_again.
UPDATE channels
   SET send_error_at = $3, send_error = $4
 WHERE organisation_id = $1 AND id = $2 AND send_error IS NULL;

-- name: channel_send_bad
UPDATE channels
   SET send_error_at = $3, send_error = $4
 WHERE organisation_id = $1 AND id = $2;

-- name: channel_take_slot
-- Gives the moment behind it to who asks next, on any node. A moment that lies further ahead than
-- the latest one was given by a clock that was wrong.
UPDATE channels
   SET send_slot_at = CASE WHEN send_slot_at > $3 AND send_slot_at <= $4 THEN send_slot_at + $5
                           ELSE $3 + $5 END
 WHERE organisation_id = $1 AND id = $2
RETURNING send_slot_at - $5 AS slot;

-- name: channel_health
SELECT id, type, enabled, last_good_at, last_error, send_good_at, send_error, backlog
  FROM channels
 WHERE organisation_id = $1
 ORDER BY id
 LIMIT 1000;
