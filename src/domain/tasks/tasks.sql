-- name: task_add
INSERT INTO tasks (organisation_id, id, kind_id, title, details, case_id, promise_id, team_id,
                   assignee_id, due_at, state, list_order, words, steps_n, steps_done_n,
                   from_user_id, from_team_id, given_at, actor_kind, actor_id, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, 1);

-- name: task_get
SELECT k.id, k.kind_id, k.title, k.details, k.case_id, k.promise_id, k.team_id, k.assignee_id,
       k.due_at, k.state, k.list_order, k.words, k.steps_n, k.steps_done_n, k.waits_for,
       k.return_why, k.return_words, k.outcome, k.returned_n, k.misrouted_n, k.from_user_id,
       k.from_team_id, k.given_at, k.done_at, k.late_at, k.actor_kind, k.actor_id, k.created_at, k.version,
       c.reference, c.person_name
  FROM tasks k
  LEFT JOIN cases c ON c.organisation_id = k.organisation_id AND c.id = k.case_id
 WHERE k.organisation_id = $1 AND k.id = $2;

-- name: task_save
UPDATE tasks
   SET title = $4, details = $5, team_id = $6, assignee_id = $7, due_at = $8, state = $9,
       list_order = $10, words = $11, steps_n = $12, steps_done_n = $13, waits_for = $14,
       return_why = $15, return_words = $16, outcome = $17, returned_n = $18, misrouted_n = $19,
       from_user_id = $20, from_team_id = $21, given_at = $22, done_at = $23,
       promise_id = $24, late_at = $25, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: task_return_add
INSERT INTO task_returns (organisation_id, id, task_id, team_id, why, lost_ms)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: task_watcher_list
SELECT user_id AS id
  FROM task_watchers
 WHERE organisation_id = $1 AND task_id = $2
 ORDER BY user_id
 LIMIT 50;

-- name: task_watcher_add
INSERT INTO task_watchers (organisation_id, task_id, user_id)
VALUES ($1, $2, $3)
ON CONFLICT (organisation_id, task_id, user_id) DO NOTHING;

-- name: task_watcher_remove
DELETE FROM task_watchers
 WHERE organisation_id = $1 AND task_id = $2 AND user_id = $3;

-- name: task_history
-- The newest of them.
SELECT id, position, kind, at, actor_kind, actor_id, case_id, about, data
  FROM events
 WHERE organisation_id = $1 AND about = $2 AND kind >= 'task.' AND kind < 'task/'
 ORDER BY id DESC
 LIMIT $3;

-- name: task_history_pending
-- What the sealer hasn't come to yet: a change shows at once.
SELECT id, kind, at, actor_kind, actor_id, case_id, about, data
  FROM events_pending
 WHERE organisation_id = $1 AND about = $2 AND kind >= 'task.' AND kind < 'task/'
 ORDER BY id DESC
 LIMIT $3;

-- name: task_take_to_case
UPDATE tasks
   SET case_id = $3, place_case_id = COALESCE(place_case_id, case_id)
 WHERE organisation_id = $1 AND case_id = $2;

-- name: task_give_to_case
UPDATE tasks
   SET case_id = $4, place_case_id = NULLIF(place_case_id, $4)
 WHERE organisation_id = $1 AND case_id = $2 AND place_case_id = $3;

-- name: task_follow_message
-- What is done for what was promised in a message goes where that goes.
UPDATE tasks
   SET case_id = $3, place_case_id = $4
 WHERE organisation_id = $1
   AND promise_id IN (SELECT p.id
                        FROM promises p
                       WHERE p.organisation_id = $1 AND p.message_id = $2);

-- name: task_follow_promise
-- What has to be done for a promise that was moved has to be done for the new one. What is done stays:
-- an answer that only tells of the new moment would keep it.
UPDATE tasks
   SET promise_id = $3
 WHERE organisation_id = $1 AND promise_id = $2 AND state <> 'done';

-- name: task_workload
-- Of each team no further than $3 of a kind; $2: now.
SELECT t.id AS team_id, t.name,
       (SELECT count(*)
          FROM (SELECT 1 FROM tasks k
                 WHERE k.organisation_id = $1 AND k.team_id = t.id AND k.state = 'new'
                 LIMIT $3) AS counted) AS new_n,
       (SELECT count(*)
          FROM (SELECT 1 FROM tasks k
                 WHERE k.organisation_id = $1 AND k.team_id = t.id AND k.state = 'taken'
                 LIMIT $3) AS counted) AS taken_n,
       (SELECT count(*)
          FROM (SELECT 1 FROM tasks k
                 WHERE k.organisation_id = $1 AND k.team_id = t.id
                   AND k.state IN ('waiting_customer', 'waiting_other')
                 LIMIT $3) AS counted) AS waiting_n,
       (SELECT count(*)
          FROM (SELECT 1 FROM tasks k
                 WHERE k.organisation_id = $1 AND k.team_id = t.id AND k.state = 'returned'
                 LIMIT $3) AS counted) AS returned_n,
       (SELECT count(*)
          FROM (SELECT 1 FROM tasks k
                 WHERE k.organisation_id = $1 AND k.team_id = t.id AND k.list_order < $4
                   AND k.due_at > 0 AND k.due_at <= $2
                 LIMIT $3) AS counted) AS late_n,
       (SELECT count(*)
          FROM (SELECT 1 FROM task_returns r
                 WHERE r.organisation_id = $1 AND r.team_id = t.id AND r.why = 'misrouted'
                   AND r.id > $5
                 LIMIT $3) AS counted) AS misrouted_n
  FROM teams t
 WHERE t.organisation_id = $1
 ORDER BY t.name, t.id
 LIMIT 500;

-- name: task_count_of
-- Open ones of somebody, no further than $4: those in list_order up to $3.
SELECT count(*)
  FROM (SELECT 1
          FROM tasks
         WHERE organisation_id = $1 AND assignee_id = $2 AND list_order < $3
         LIMIT $4) AS counted;
