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

-- name: inbound_same_id_here
-- For loops: how often a mail with this Message-ID came in on a channel.
SELECT count(*)
  FROM messages
 WHERE organisation_id = $1 AND external_id = $2 AND channel_id = $3 AND direction = 'in';

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

