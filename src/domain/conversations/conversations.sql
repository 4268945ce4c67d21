-- name: conversation_get
SELECT id, channel_id, person_id, case_id, place_case_id, answered_in, thread_key, subject,
       created_at
  FROM conversations
 WHERE organisation_id = $1 AND id = $2;

-- name: conversation_by_thread
SELECT id, channel_id, person_id, case_id, place_case_id, answered_in, thread_key, subject,
       created_at
  FROM conversations
 WHERE organisation_id = $1 AND channel_id = $2 AND thread_key = $3;

-- name: conversation_of_case
SELECT id, channel_id, person_id, case_id, place_case_id, answered_in, thread_key, subject,
       created_at
  FROM conversations
 WHERE organisation_id = $1 AND case_id = $2
 ORDER BY id DESC
 LIMIT 1;

-- name: conversation_of_newest
SELECT c.id, c.channel_id, c.person_id, c.case_id, c.place_case_id, c.answered_in, c.thread_key,
       c.subject, c.created_at
  FROM messages m
  JOIN conversations c ON c.organisation_id = m.organisation_id AND c.id = m.conversation_id
 WHERE m.organisation_id = $1 AND m.case_id = $2
 ORDER BY m.id DESC
 LIMIT 1;

-- name: conversation_in_case
SELECT count(*)
  FROM messages
 WHERE organisation_id = $1 AND conversation_id = $2 AND case_id = $3;

-- name: conversation_list_of_case
SELECT id, channel_id, person_id, case_id, place_case_id, thread_key, subject, created_at
  FROM conversations
 WHERE organisation_id = $1 AND case_id = $2
 ORDER BY id
 LIMIT 200;

-- name: conversation_list_of_person
SELECT id, channel_id, person_id, case_id, place_case_id, thread_key, subject, created_at
  FROM conversations
 WHERE organisation_id = $1 AND id < $3
   AND person_id IN (SELECT m.id
                       FROM people m
                      WHERE m.organisation_id = $1
                        AND m.root_id = (SELECT p.root_id
                                           FROM people p
                                          WHERE p.organisation_id = $1 AND p.id = $2))
 ORDER BY id DESC
 LIMIT $4;

-- name: conversation_add
INSERT INTO conversations (organisation_id, id, channel_id, person_id, case_id, thread_key, subject,
                           created_at, place_case_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: conversation_answered_in
UPDATE conversations
   SET answered_in = $3
 WHERE organisation_id = $1 AND id = $2;
