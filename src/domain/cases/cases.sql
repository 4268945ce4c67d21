-- name: case_get
SELECT id, reference, title, status, is_active, person_id, channel_id, team_id, assignee_id,
       preview, messages_n, opened_at, done_at, updated_at, waiting_since, waiting_order, version
  FROM cases
 WHERE organisation_id = $1 AND id = $2;

-- name: case_by_reference
SELECT id, reference, title, status, is_active, person_id, channel_id, team_id, assignee_id,
       preview, messages_n, opened_at, done_at, updated_at, waiting_since, waiting_order, version
  FROM cases
 WHERE organisation_id = $1 AND reference = $2;

-- name: case_reference_taken
SELECT count(*)
  FROM cases
 WHERE organisation_id = $1 AND reference = $2;

-- name: case_add
INSERT INTO cases (organisation_id, id, reference, title, status, is_active, person_id, channel_id,
                   team_id, assignee_id, preview, messages_n, opened_at, updated_at, waiting_since,
                   waiting_order)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $16, $14, $15);

-- name: case_save
UPDATE cases
   SET title = $4, status = $5, is_active = $6, team_id = $7, assignee_id = $8, preview = $9,
       messages_n = $10, done_at = $11, updated_at = $12, waiting_since = $13, waiting_order = $14,
       version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: case_note_message
-- Only what a message changes when the case waits as it did before. Each column that is named in
-- an UPDATE costs the indexes it stands in, also when its value stays: here that is one of six.
UPDATE cases
   SET preview = $4, messages_n = $5, updated_at = $6, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: case_unanswered_since
-- The customer's oldest message behind the last answer that wasn't refused; 0 when there is none.
SELECT COALESCE(min(m.at), 0)
  FROM messages m
 WHERE m.organisation_id = $1 AND m.case_id = $2 AND m.direction = 'in' AND m.is_auto = FALSE
   AND m.at > (SELECT COALESCE(max(a.at), 0)
                 FROM messages a
                WHERE a.organisation_id = $1 AND a.case_id = $2 AND a.direction = 'out'
                  AND a.is_auto = FALSE AND a.state <> 'failed');

-- name: timeline_messages
-- Newest first, so that a limit leaves out the oldest.
SELECT m.id AS message_id, m.at, m.user_id, m.person_id, m.conversation_id, m.channel_id,
       m.direction, m.state, m.state_words, m.subject, m.text, m.fold_at, m.html IS NOT NULL AS has_html,
       m.is_auto, m.parties
  FROM messages m
 WHERE m.organisation_id = $1 AND m.case_id = $2
 ORDER BY m.id DESC
 LIMIT $3;

-- name: timeline_notes
SELECT id AS note_id, at, user_id, text
  FROM notes
 WHERE organisation_id = $1 AND case_id = $2
 ORDER BY id DESC
 LIMIT $3;

-- name: timeline_events
-- Without who read it (audit.…): that would push the real history out of the newest 500.
SELECT id AS event_id, kind, at, actor_kind, actor_id, about, data
  FROM events
 WHERE organisation_id = $1 AND case_id = $2 AND (kind < 'audit.' OR kind >= 'audit/')
 ORDER BY position DESC
 LIMIT $3;

-- name: timeline_events_pending
-- What the sealer hasn't come to yet: a change shows at once.
SELECT id AS event_id, kind, at, actor_kind, actor_id, about, data
  FROM events_pending
 WHERE organisation_id = $1 AND case_id = $2 AND (kind < 'audit.' OR kind >= 'audit/')
 ORDER BY id DESC
 LIMIT $3;

-- name: case_team_known
SELECT count(*)
  FROM teams
 WHERE organisation_id = $1 AND id = $2;

-- name: case_user_known
SELECT count(*)
  FROM users
 WHERE organisation_id = $1 AND id = $2 AND disabled_at = 0;

-- name: case_label_size
-- How many cases have the label, counted no further than $3.
SELECT count(*)
  FROM (SELECT 1
          FROM case_labels
         WHERE organisation_id = $1 AND label_id = $2
         LIMIT $3) AS counted;
