-- name: team_add
INSERT INTO teams (organisation_id, id, name, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, name) DO NOTHING;

-- name: team_list
SELECT id, name, created_at, version
  FROM teams
 WHERE organisation_id = $1 AND id > $2
 ORDER BY id
 LIMIT $3;

-- name: team_get
SELECT id, name, created_at, version
  FROM teams
 WHERE organisation_id = $1 AND id = $2;

-- name: team_members
-- Of a page of teams, in their order.
SELECT m.team_id, m.user_id, u.name
  FROM team_members m
  JOIN users u ON u.organisation_id = m.organisation_id AND u.id = m.user_id
 WHERE m.organisation_id = $1 AND m.team_id >= $2 AND m.team_id <= $3
 ORDER BY m.team_id, m.user_id
 LIMIT 20000;

-- name: team_named
SELECT id
  FROM teams
 WHERE organisation_id = $1 AND name = $2;

-- name: team_rename
UPDATE teams
   SET name = $4, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: team_touch
UPDATE teams
   SET version = version + 1
 WHERE organisation_id = $1 AND id = $2;

-- name: team_uses
-- Done cases and tasks count too: they would stand with nobody.
SELECT count(id) AS n
  FROM (SELECT id FROM cases WHERE organisation_id = $1 AND team_id = $2
         UNION ALL
        SELECT id FROM tasks WHERE organisation_id = $1 AND team_id = $2
         UNION ALL
        SELECT id FROM task_kinds WHERE organisation_id = $1 AND team_id = $2
         UNION ALL
        SELECT id FROM channels WHERE organisation_id = $1 AND team_id = $2
         LIMIT 1) AS uses;

-- name: team_remove
DELETE FROM teams
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: team_remove_members
DELETE FROM team_members
 WHERE organisation_id = $1 AND team_id = $2;

-- The calendar that it counted in stays, without it.
-- name: team_leave_calendar
DELETE FROM calendar_teams
 WHERE organisation_id = $1 AND team_id = $2;

-- name: team_member_add
INSERT INTO team_members (organisation_id, team_id, user_id)
VALUES ($1, $2, $3)
ON CONFLICT (organisation_id, team_id, user_id) DO NOTHING;

-- name: team_member_remove
DELETE FROM team_members
 WHERE organisation_id = $1 AND team_id = $2 AND user_id = $3;
