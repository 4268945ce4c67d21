-- name: view_list
SELECT id, user_id, name, is_shared, status, team, assignee, channel_id, label_id, q, sort,
       created_at, version, waits, urgent, emotion, person_id, opened, last_message
  FROM views
 WHERE organisation_id = $1 AND user_id = $2
 UNION
SELECT id, user_id, name, is_shared, status, team, assignee, channel_id, label_id, q, sort,
       created_at, version, waits, urgent, emotion, person_id, opened, last_message
  FROM views
 WHERE organisation_id = $1 AND is_shared = TRUE
 ORDER BY id
 LIMIT 1000;

-- name: view_get
SELECT id, user_id, name, is_shared, status, team, assignee, channel_id, label_id, q, sort,
       created_at, version, waits, urgent, emotion, person_id, opened, last_message
  FROM views
 WHERE organisation_id = $1 AND id = $2 AND (user_id = $3 OR is_shared = TRUE);

-- name: view_count
SELECT count(*)
  FROM views
 WHERE organisation_id = $1 AND user_id = $2;

-- name: view_count_shared
SELECT count(*)
  FROM views
 WHERE organisation_id = $1 AND is_shared = TRUE;

-- name: view_add
INSERT INTO views (organisation_id, id, user_id, is_shared, name, status, team, assignee,
                   channel_id, label_id, q, sort, created_at, waits, urgent, emotion,
                   person_id, opened, last_message)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);

-- name: view_change
UPDATE views
   SET is_shared = $4, name = $5, status = $6, team = $7, assignee = $8, channel_id = $9,
       label_id = $10, q = $11, sort = $12, waits = $13, urgent = $14, emotion = $15,
       person_id = $16, opened = $17, last_message = $18,
       version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: view_remove
DELETE FROM views
 WHERE organisation_id = $1 AND id = $2;
