-- name: organisation_add
INSERT INTO organisations (id, name, language, time_zone, created_at)
VALUES ($1, $2, $3, $4, $5);

-- name: organisation_get
SELECT id, name, language, time_zone, needs_second_step, created_at, version
  FROM organisations
 WHERE id = $1;

-- name: organisation_list
-- Over all organisations: for the commands, which look after everybody.
SELECT id, name, language, time_zone, needs_second_step, created_at, version
  FROM organisations
 ORDER BY id
 LIMIT 10000;

-- name: organisations_count
SELECT count(*)
  FROM organisations;

-- name: organisation_change
UPDATE organisations
   SET name = $3, language = $4, time_zone = $5, needs_second_step = $6, version = version + 1
 WHERE id = $1 AND version = $2;

-- name: organisation_lock
-- Changes nothing, but one waits for the other: for what counts over all users.
UPDATE organisations
   SET version = version
 WHERE id = $1;
