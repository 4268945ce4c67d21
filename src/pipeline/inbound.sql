-- name: inbound_part_of_case
SELECT count(*)
  FROM conversations
 WHERE organisation_id = $1 AND case_id = $2
   AND person_id IN (SELECT m.id
                       FROM people m
                      WHERE m.organisation_id = $1
                        AND m.root_id = (SELECT p.root_id
                                           FROM people p
                                          WHERE p.organisation_id = $1 AND p.id = $3));

-- name: inbound_waits_behind
-- The first thing that the customer wrote after a moment; 0 when there is none.
SELECT COALESCE(MIN(at), 0)
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2 AND direction = 'in' AND is_auto = FALSE AND at > $3;

-- name: inbound_same_in_conversation
-- For loops: how often the same was said since a moment.
SELECT count(*)
  FROM messages
 WHERE organisation_id = $1 AND conversation_id = $2 AND id > $3 AND direction = 'in' AND text = $4;

-- name: inbound_auto_in_conversation
-- For loops: how many automatic messages came since a moment (by id: ids are made by time).
SELECT count(*)
  FROM messages
 WHERE organisation_id = $1 AND conversation_id = $2 AND id > $3 AND is_auto = TRUE;

-- name: inbound_open_cases
-- Of the person, whoever else he is merged with: what isn't done, and what was since a moment.
SELECT id, title, status, waiting_since, updated_at
  FROM cases
 WHERE organisation_id = $1
   AND person_id IN (SELECT m.id
                       FROM people m
                      WHERE m.organisation_id = $1
                        AND m.root_id = (SELECT p.root_id
                                           FROM people p
                                          WHERE p.organisation_id = $1 AND p.id = $2))
   AND root_id IS NULL AND messages_n > 0 AND (status <> 'done' OR done_at >= $3)
 ORDER BY updated_at DESC, id DESC
 LIMIT $4;

-- name: inbound_said
SELECT substr(text, 1, 4000) AS text, fold_at
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2
 ORDER BY id DESC
 LIMIT $3;
