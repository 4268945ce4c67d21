-- name: cluster_members
SELECT id, reference, title, status, is_active, person_id, channel_id, team_id, assignee_id,
       preview, messages_n, opened_at, last_message_at, done_at, updated_at, waiting_since,
       waiting_order, version,
       emotion, urgency, priority, person_name, heard_n, snoozed_until, merged_into, root_id, own_status,
       own_waiting, own_since, is_emptied
  FROM cases
 WHERE organisation_id = $1 AND root_id = $2
 ORDER BY id
 LIMIT $3;

-- name: cluster_save
UPDATE cases
   SET merged_into = $4, root_id = $5, own_status = $6, own_waiting = $7, own_since = $8,
       status = $9, is_active = $10, preview = $11, messages_n = $12, done_at = $13,
       updated_at = $14, waiting_since = $15, waiting_order = $16, emotion = $17, urgency = $18,
       heard_n = $19, snoozed_until = CAST($20 AS BIGINT),
       snoozed_by = CASE WHEN CAST($20 AS BIGINT) = 0 THEN NULL ELSE snoozed_by END, version = $21,
       last_message_at = $22, is_emptied = $23
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: cluster_heard
-- What the customer said at one place since a moment, by id: how often, and since when that wasn't
-- answered before $5.
SELECT count(*) AS n, COALESCE(min(CASE WHEN at >= $5 THEN at END), 0) AS first_at
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2 AND COALESCE(place_case_id, case_id) = $3
   AND id > $4 AND direction = 'in' AND is_auto = FALSE;

-- name: cluster_messages_n
SELECT count(*)
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2;

-- name: cluster_last_message_at
SELECT COALESCE(max(at), 0)
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2;

-- name: cluster_newest
-- What a list shows of a case: its newest message, but what a machine said.
SELECT substr(text, 1, 2000) AS text
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2 AND is_auto = FALSE
 ORDER BY id DESC
 LIMIT 1;

-- name: cluster_newest_auto
SELECT substr(text, 1, 2000) AS text
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2
 ORDER BY id DESC
 LIMIT 1;

-- name: cluster_mood
SELECT understood
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2 AND understood IS NOT NULL
 ORDER BY id DESC
 LIMIT 1;

-- name: place_answered
-- As case_unanswered_since has it: a colleague had read what had come in, which ids tell; of what
-- was written in another program only the moments are known.
SELECT COALESCE(max(CASE WHEN user_id IS NOT NULL THEN id END), 0) AS id,
       COALESCE(max(CASE WHEN user_id IS NULL THEN at END), 0) AS at
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2 AND COALESCE(place_case_id, case_id) = $3
   AND direction = 'out' AND is_auto = FALSE AND state NOT IN ('failed', 'dropped');

-- name: place_waits
-- Of what was moved the move says whether it was answered, and only what was answered since is an
-- answer to it.
SELECT COALESCE(min(m.at), 0)
  FROM (SELECT at, id,
               (SELECT CASE WHEN i.waits THEN i.move_id ELSE -1 END
                  FROM case_move_items i
                 WHERE i.organisation_id = $1 AND i.item_id = messages.id
                 ORDER BY i.move_id DESC
                 LIMIT 1) AS moved
          FROM messages
         WHERE organisation_id = $1 AND case_id = $2 AND COALESCE(place_case_id, case_id) = $3
           AND direction = 'in' AND is_auto = FALSE AND at >= $6) m
 WHERE m.moved > $4 OR (m.moved IS NULL AND m.id > $4 AND m.at > $5);

-- name: case_members
-- CROSS JOIN, here and below: SQLite then keeps this order.
SELECT c.id, c.reference, c.title, m.id AS merge_id, m.at, m.actor_kind, m.reasons,
       CASE WHEN m.actor_kind = 'user' THEN m.actor_id END AS user_id
  FROM cases c
 CROSS JOIN case_merges m
 WHERE c.organisation_id = $1 AND c.root_id = $2
   AND m.organisation_id = c.organisation_id AND m.loser_id = c.id AND m.undone_at = 0
 ORDER BY m.id
 LIMIT $3;
