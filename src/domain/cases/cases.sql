-- name: case_get
SELECT id, reference, title, status, is_active, person_id, channel_id, team_id, assignee_id,
       preview, messages_n, opened_at, last_message_at, done_at, updated_at, waiting_since,
       waiting_order, version,
       emotion, urgency, priority, priority_why, person_name, heard_n, snoozed_until, snoozed_by,
       merged_into, root_id, own_status, own_waiting, own_since, is_emptied
  FROM cases
 WHERE organisation_id = $1 AND id = $2;

-- name: case_by_reference
SELECT id, reference, title, status, is_active, person_id, channel_id, team_id, assignee_id,
       preview, messages_n, opened_at, last_message_at, done_at, updated_at, waiting_since,
       waiting_order, version,
       emotion, urgency, priority, priority_why, person_name, heard_n, snoozed_until, snoozed_by,
       merged_into, root_id, own_status, own_waiting, own_since, is_emptied
  FROM cases
 WHERE organisation_id = $1 AND reference = $2;

-- name: case_hold_postgres
-- SQLite has one writer.
UPDATE cases
   SET version = version
 WHERE organisation_id = $1 AND id = $2;

-- name: case_reference_taken
SELECT count(*)
  FROM cases
 WHERE organisation_id = $1 AND reference = $2;

-- name: case_add
INSERT INTO cases (organisation_id, id, reference, title, status, is_active, person_id, channel_id,
                   team_id, assignee_id, preview, messages_n, opened_at, updated_at, waiting_since,
                   waiting_order, emotion, urgency, heard_n, last_message_at, person_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $16, $14, $15, $17, $18, $19, $20,
        COALESCE((SELECT p.name
                    FROM people m
                    JOIN people p ON p.organisation_id = m.organisation_id AND p.id = m.root_id
                   WHERE m.organisation_id = $1 AND m.id = $7), ''));

-- name: case_save
UPDATE cases
   SET title = $4, status = $5, is_active = $6, team_id = $7, assignee_id = $8, preview = $9,
       messages_n = $10, done_at = $11, updated_at = $12, waiting_since = $13, waiting_order = $14,
       emotion = $15, urgency = $16, heard_n = $17, snoozed_until = $18, snoozed_by = $19,
       last_message_at = $20, priority = $21, priority_why = $22, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: case_has_labels
SELECT count(*)
  FROM (SELECT 1 FROM case_labels WHERE organisation_id = $1 AND case_id = $2 LIMIT 1) AS one;

-- name: case_labels_follow
-- A label has its cases in the order of the list, see case_list.c. Asked only for what differs,
-- SQLite would walk along all that stand in that order.
UPDATE case_labels
   SET is_active = $3, waiting_order = $4
 WHERE organisation_id = $1 AND case_id = $2;

-- name: case_note_message
-- Only what a message changes when the case waits as it did before. Each column that is named in
-- an UPDATE costs the indexes it stands in, also when its value stays: here that is two of eight, and
-- those of who waits, is urgent or isn't neutral.
UPDATE cases
   SET preview = $4, messages_n = $5, updated_at = $6, emotion = $7, urgency = $8,
       heard_n = $9, last_message_at = $10, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: case_unanswered_since
-- The customer's oldest message that no answer is behind; 0 when there is none. Answers that were
-- refused or dropped don't count. A colleague (user_id) had read what had come in, which ids tell; of what was
-- written in another program and read later, only the moments are known.
SELECT COALESCE(min(m.at), 0)
  FROM messages m
 WHERE m.organisation_id = $1 AND m.case_id = $2 AND m.direction = 'in' AND m.is_auto = FALSE
   AND m.id > (SELECT COALESCE(max(a.id), 0)
                 FROM messages a
                WHERE a.organisation_id = $1 AND a.case_id = $2 AND a.direction = 'out'
                  AND a.is_auto = FALSE AND a.state NOT IN ('failed', 'dropped') AND a.user_id IS NOT NULL)
   AND m.at > (SELECT COALESCE(max(a.at), 0)
                 FROM messages a
                WHERE a.organisation_id = $1 AND a.case_id = $2 AND a.direction = 'out'
                  AND a.is_auto = FALSE AND a.state NOT IN ('failed', 'dropped') AND a.user_id IS NULL);

-- name: timeline_messages
-- A part before an id, the newest first; below, those after an id, the oldest first.
SELECT m.id AS message_id, m.at, m.user_id, m.person_id, m.conversation_id, m.channel_id,
       m.direction, m.state, m.state_words, m.subject, m.text, m.fold_at, m.html IS NOT NULL AS has_html,
       m.prefers_html,
       m.is_auto, m.parties, m.understood
  FROM messages m
 WHERE m.organisation_id = $1 AND m.case_id = $2 AND m.id < $3
 ORDER BY m.id DESC
 LIMIT $4;

-- name: timeline_messages_after
SELECT m.id AS message_id, m.at, m.user_id, m.person_id, m.conversation_id, m.channel_id,
       m.direction, m.state, m.state_words, m.subject, m.text, m.fold_at, m.html IS NOT NULL AS has_html,
       m.prefers_html,
       m.is_auto, m.parties, m.understood
  FROM messages m
 WHERE m.organisation_id = $1 AND m.case_id = $2 AND m.id > $3
 ORDER BY m.id
 LIMIT $4;

-- name: timeline_notes
SELECT id AS note_id, at, user_id, text
  FROM notes
 WHERE organisation_id = $1 AND case_id = $2 AND id < $3
 ORDER BY id DESC
 LIMIT $4;

-- name: timeline_notes_after
SELECT id AS note_id, at, user_id, text
  FROM notes
 WHERE organisation_id = $1 AND case_id = $2 AND id > $3
 ORDER BY id
 LIMIT $4;

-- name: timeline_events
-- Without who read it (audit.…), and what the message or note itself shows.
SELECT id AS event_id, kind, at, actor_kind, actor_id, about, data
  FROM events
 WHERE organisation_id = $1 AND case_id = $2 AND (kind < 'audit.' OR kind >= 'audit/')
   AND kind NOT IN ('message.received', 'message.queued', 'note.added') AND id < $3
 ORDER BY id DESC
 LIMIT $4;

-- name: timeline_events_after
SELECT id AS event_id, kind, at, actor_kind, actor_id, about, data
  FROM events
 WHERE organisation_id = $1 AND case_id = $2 AND (kind < 'audit.' OR kind >= 'audit/')
   AND kind NOT IN ('message.received', 'message.queued', 'note.added') AND id > $3
 ORDER BY id
 LIMIT $4;

-- name: timeline_events_pending
-- What the sealer hasn't come to yet: a change shows at once.
SELECT id AS event_id, kind, at, actor_kind, actor_id, about, data
  FROM events_pending
 WHERE organisation_id = $1 AND case_id = $2 AND (kind < 'audit.' OR kind >= 'audit/')
   AND kind NOT IN ('message.received', 'message.queued', 'note.added') AND id < $3
 ORDER BY id DESC
 LIMIT $4;

-- name: timeline_events_pending_after
SELECT id AS event_id, kind, at, actor_kind, actor_id, about, data
  FROM events_pending
 WHERE organisation_id = $1 AND case_id = $2 AND (kind < 'audit.' OR kind >= 'audit/')
   AND kind NOT IN ('message.received', 'message.queued', 'note.added') AND id > $3
 ORDER BY id
 LIMIT $4;

-- name: case_team_known
SELECT count(*)
  FROM teams
 WHERE organisation_id = $1 AND id = $2;

-- name: case_user_known
SELECT count(*)
  FROM users
 WHERE organisation_id = $1 AND id = $2 AND disabled_at = 0;

-- name: case_opened_size
-- How many cases began in a time, counted no further than $4.
SELECT count(*)
  FROM (SELECT 1
          FROM cases
         WHERE organisation_id = $1 AND opened_at >= $2 AND opened_at < $3
         LIMIT $4) AS counted;

-- name: case_last_message_size
-- The same for those whose newest message is of that time.
SELECT count(*)
  FROM (SELECT 1
          FROM cases
         WHERE organisation_id = $1 AND last_message_at >= $2 AND last_message_at < $3
         LIMIT $4) AS counted;

-- name: case_label_size
-- How many cases have the label, counted no further than $3.
SELECT count(*)
  FROM (SELECT 1
          FROM case_labels
         WHERE organisation_id = $1 AND label_id = $2
         LIMIT $3) AS counted;
