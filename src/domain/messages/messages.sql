-- name: message_get
SELECT id, conversation_id, case_id, channel_id, direction, state, state_at, state_words, person_id,
       user_id, external_id, content_hash, envelope_id, subject, text, html, prefers_html,
       fold_at, parties, understood, is_auto, sent_at, at
  FROM messages
 WHERE organisation_id = $1 AND id = $2;

-- name: message_find
SELECT id, conversation_id, case_id, channel_id, direction, state, state_words
  FROM messages
 WHERE organisation_id = $1 AND id = $2;

-- name: message_by_external_id
-- Ours first: somebody may have sent it on under its id.
SELECT id, conversation_id, case_id, place_case_id, channel_id, direction, state, state_at,
       person_id, user_id, external_id, content_hash, envelope_id, parties, at
  FROM messages
 WHERE organisation_id = $1 AND external_id = $2
 ORDER BY direction DESC, id DESC
 LIMIT 1;

-- name: message_by_content
-- The same mail by another way: same Message-ID, same content.
SELECT id, conversation_id, case_id, channel_id, direction, state, state_at, person_id, user_id,
       external_id, content_hash, envelope_id, at
  FROM messages
 WHERE organisation_id = $1 AND external_id = $2 AND content_hash = $3
 ORDER BY id
 LIMIT 1;

-- name: message_by_content_alone
-- The same without a Message-ID.
SELECT id, conversation_id, case_id, channel_id, direction, state, state_at, person_id, user_id,
       external_id, content_hash, envelope_id, at
  FROM messages
 WHERE organisation_id = $1 AND content_hash = $2 AND external_id IS NULL
 ORDER BY id
 LIMIT 1;

-- name: message_newest
SELECT id, conversation_id, case_id, channel_id, direction, state, state_at, person_id, user_id,
       external_id, subject, text, fold_at, parties, understood, at
  FROM messages
 WHERE organisation_id = $1 AND conversation_id = $2 AND direction = $3 AND id < $4
 ORDER BY id DESC
 LIMIT 1;

-- name: message_references
SELECT external_id
  FROM messages
 WHERE organisation_id = $1 AND conversation_id = $2 AND id < $3 AND external_id IS NOT NULL
   AND state <> 'failed'
 ORDER BY id DESC
 LIMIT 20;

-- name: message_add
INSERT INTO messages (organisation_id, id, conversation_id, case_id, channel_id, direction, state,
                      state_at, state_words, person_id, user_id, external_id, content_hash,
                      envelope_id, subject, text, html, fold_at, parties, is_auto, sent_at, at,
                      understood, prefers_html, place_case_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $23, $24, $25);

-- name: message_move
UPDATE messages
   SET state = $4, state_at = $5, state_words = $6
 WHERE organisation_id = $1 AND id = $2 AND state = $3;

-- name: message_note_delay
UPDATE messages
   SET state_words = $3
 WHERE organisation_id = $1 AND id = $2 AND state = 'sent';

-- name: message_list_of_case
SELECT id, conversation_id, case_id, channel_id, direction, state, state_at, state_words, person_id,
       user_id, external_id, envelope_id, subject, text, prefers_html, fold_at, parties, understood,
       is_auto, sent_at, at
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2 AND id < $3
 ORDER BY id DESC
 LIMIT $4;

-- name: message_outbox
-- The condition with IN looks like a repetition: it is the index's, word for word. Without it SQLite
-- walks all messages.
SELECT id, conversation_id, case_id, channel_id, direction, state, state_at, state_words, user_id,
       subject, parties, at
  FROM messages
 WHERE organisation_id = $1 AND state = $2 AND state IN ('queued', 'sending', 'failed')
   AND direction = 'out' AND id < $3
 ORDER BY id DESC
 LIMIT $4;

-- name: message_ready
-- What waits to be fetched by the other side, oldest first, with what it is part of. IN: as in
-- message_outbox.
SELECT m.id, m.conversation_id, m.case_id, m.channel_id, m.state, m.state_at, m.subject, m.text,
       m.parties, m.external_id, m.at, c.thread_key AS thread, k.reference
  FROM messages m
  JOIN conversations c ON c.organisation_id = m.organisation_id AND c.id = m.conversation_id
  JOIN cases k ON k.organisation_id = m.organisation_id AND k.id = m.case_id
 WHERE m.organisation_id = $1 AND m.state = 'queued' AND m.state IN ('queued', 'sending', 'failed')
   AND m.channel_id = $2 AND m.id > $3
 ORDER BY m.id
 LIMIT $4;

-- name: message_count_outbox
-- Ends at $3. IN: as in message_outbox.
SELECT count(*)
  FROM (SELECT id
          FROM messages
         WHERE organisation_id = $1 AND state = $2 AND state IN ('queued', 'sending', 'failed')
         LIMIT $3) AS counted;
