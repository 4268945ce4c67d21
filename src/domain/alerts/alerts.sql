-- name: alert_add
INSERT INTO alerts (organisation_id, user_id, case_id, kind, by_user_id, at)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (organisation_id, user_id, case_id, kind)
    DO UPDATE SET by_user_id = excluded.by_user_id, at = excluded.at;

-- name: alert_list
-- Of one that was merged the case that it's part of now.
SELECT c.id AS case_id, a.kind, a.by_user_id, a.at, c.reference, c.title, c.person_name
  FROM alerts a
  JOIN cases m ON m.organisation_id = a.organisation_id AND m.id = a.case_id
  JOIN cases c ON c.organisation_id = m.organisation_id AND c.id = COALESCE(m.root_id, m.id)
 WHERE a.organisation_id = $1 AND a.user_id = $2
 ORDER BY a.at DESC, a.case_id DESC
 LIMIT $3;

-- name: alert_remove
DELETE FROM alerts
 WHERE organisation_id = $1 AND user_id = $2
   AND (case_id = $3 OR case_id IN (SELECT m.id
                                      FROM cases m
                                     WHERE m.organisation_id = $1 AND m.root_id = $3));

-- name: alert_add_of_task
INSERT INTO task_alerts (organisation_id, user_id, task_id, kind, by_user_id, at)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (organisation_id, user_id, task_id, kind)
    DO UPDATE SET by_user_id = excluded.by_user_id, at = excluded.at;

-- name: alert_list_of_tasks
SELECT a.task_id, a.kind, a.by_user_id, a.at, c.reference, k.title, c.person_name
  FROM task_alerts a
  JOIN tasks k ON k.organisation_id = a.organisation_id AND k.id = a.task_id
  LEFT JOIN cases c ON c.organisation_id = k.organisation_id AND c.id = k.case_id
 WHERE a.organisation_id = $1 AND a.user_id = $2
 ORDER BY a.at DESC, a.task_id DESC
 LIMIT $3;

-- name: alert_remove_of_task
DELETE FROM task_alerts
 WHERE organisation_id = $1 AND user_id = $2 AND task_id = $3;

-- name: alert_people
-- Who can be named: by his own name (without one by his address) and by his teams'.
SELECT u.id, COALESCE(NULLIF(u.name, ''), u.email) AS name, TRUE AS is_person
  FROM users u
 WHERE u.organisation_id = $1 AND u.disabled_at = 0
 UNION
SELECT m.user_id AS id, t.name, FALSE AS is_person
  FROM team_members m
  JOIN teams t ON t.organisation_id = m.organisation_id AND t.id = m.team_id
 WHERE m.organisation_id = $1
 ORDER BY id
 LIMIT 10000;
