-- name: task_kind_list
SELECT id, name, words, norm_minutes, team_id, is_retired, created_at, version
  FROM task_kinds
 WHERE organisation_id = $1
 ORDER BY name, id
 LIMIT 1000;

-- name: task_kind_get
SELECT id, name, words, norm_minutes, team_id, is_retired, created_at, version
  FROM task_kinds
 WHERE organisation_id = $1 AND id = $2;

-- name: task_kind_add
INSERT INTO task_kinds (organisation_id, id, name, words, norm_minutes, team_id, is_retired,
                        created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1);

-- name: task_kind_change
UPDATE task_kinds
   SET name = $4, words = $5, norm_minutes = $6, team_id = $7, is_retired = $8,
       version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: task_kind_hold
-- Changes nothing, but who makes a task of this kind and who removes it do it one after the other.
UPDATE task_kinds
   SET version = version
 WHERE organisation_id = $1 AND id = $2;

-- name: task_kind_used
SELECT count(*)
  FROM (SELECT id
          FROM tasks
         WHERE organisation_id = $1 AND kind_id = $2
         LIMIT 1) AS used;

-- name: task_kind_remove
DELETE FROM task_kinds
 WHERE organisation_id = $1 AND id = $2;
