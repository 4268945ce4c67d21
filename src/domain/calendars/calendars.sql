-- name: calendar_list
SELECT id, name, is_default, rules, created_at, version
  FROM calendars
 WHERE organisation_id = $1
 ORDER BY name, id
 LIMIT 200;

-- name: calendar_get
SELECT id, name, is_default, rules, created_at, version
  FROM calendars
 WHERE organisation_id = $1 AND id = $2;

-- name: calendar_get_default
SELECT id, name, is_default, rules, created_at, version
  FROM calendars
 WHERE organisation_id = $1 AND is_default = TRUE;

-- name: calendar_of_team
SELECT c.id, c.name, c.is_default, c.rules, c.created_at, c.version
  FROM calendar_teams AS t
  JOIN calendars AS c ON c.organisation_id = t.organisation_id AND c.id = t.calendar_id
 WHERE t.organisation_id = $1 AND t.team_id = $2;

-- name: calendar_team_list
SELECT calendar_id, team_id
  FROM calendar_teams
 WHERE organisation_id = $1
 ORDER BY calendar_id, team_id
 LIMIT 20000;

-- name: calendar_team_list_of
SELECT calendar_id, team_id
  FROM calendar_teams
 WHERE organisation_id = $1 AND calendar_id = $2
 ORDER BY calendar_id, team_id
 LIMIT 20000;

-- name: calendar_count
SELECT count(*)
  FROM calendars
 WHERE organisation_id = $1;

-- name: calendar_named
SELECT id
  FROM calendars
 WHERE organisation_id = $1 AND name = $2;

-- name: calendar_add
INSERT INTO calendars (organisation_id, id, name, is_default, rules, created_at)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: calendar_change
UPDATE calendars
   SET name = $4, is_default = $5, rules = $6, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: calendar_remove
DELETE FROM calendars
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- Another one becomes the default.
-- name: calendar_no_default
UPDATE calendars
   SET is_default = FALSE, version = version + 1
 WHERE organisation_id = $1 AND is_default = TRUE AND id <> $2;

-- A team leaves it: who reads it anew sees another one.
-- name: calendar_lose_team
UPDATE calendars
   SET version = version + 1
 WHERE organisation_id = $1 AND id <> $3
   AND id = (SELECT calendar_id
               FROM calendar_teams
              WHERE organisation_id = $1 AND team_id = $2);

-- name: calendar_take_team
INSERT INTO calendar_teams (organisation_id, team_id, calendar_id)
VALUES ($1, $2, $3)
    ON CONFLICT (organisation_id, team_id) DO UPDATE SET calendar_id = excluded.calendar_id;

-- name: calendar_free_teams
DELETE FROM calendar_teams
 WHERE organisation_id = $1 AND calendar_id = $2;
