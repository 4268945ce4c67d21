-- name: chance_leads
-- What was moved is told by what it became.
SELECT kind, team_id, begun_at, settled_at, state, load
  FROM promises
 WHERE organisation_id = $1 AND state <> 'moved' AND begun_at > $2
 ORDER BY begun_at DESC
 LIMIT $3;

-- name: chance_leads_of_kind
SELECT kind, team_id, begun_at, settled_at, state, load
  FROM promises
 WHERE organisation_id = $1 AND kind = $4 AND state <> 'moved' AND begun_at > $2
 ORDER BY begun_at DESC
 LIMIT $3;

-- name: chance_leads_of_team
SELECT kind, team_id, begun_at, settled_at, state, load
  FROM promises
 WHERE organisation_id = $1 AND team_id = $5 AND kind = $4 AND state <> 'moved' AND begun_at > $2
 ORDER BY begun_at DESC
 LIMIT $3;

-- name: chance_leads_without_team
SELECT kind, team_id, begun_at, settled_at, state, load
  FROM promises
 WHERE organisation_id = $1 AND team_id IS NULL AND kind = $4 AND state <> 'moved'
   AND begun_at > $2
 ORDER BY begun_at DESC
 LIMIT $3;

-- name: chance_load_of_team
SELECT count(*)
  FROM (SELECT 1
          FROM promises
         WHERE organisation_id = $1 AND is_owed = TRUE AND team_id = $2
         LIMIT $3) AS owed;

-- name: chance_load_without_team
SELECT count(*)
  FROM (SELECT 1
          FROM promises
         WHERE organisation_id = $1 AND is_owed = TRUE AND team_id IS NULL
         LIMIT $2) AS owed;

-- name: chance_foretold
-- What was said of those whose moment has come, and what became of them.
SELECT due_at, settled_at, state, chance
  FROM promises
 WHERE organisation_id = $1 AND chance > 0 AND due_at <= $2
 ORDER BY due_at DESC
 LIMIT $3;
