-- name: way_conversations_of_case
-- Each with what was last heard in it, or else what we said; of a chat that was only opened nothing.
SELECT c.id AS conversation_id, c.channel_id, c.person_id, c.case_id, c.place_case_id, c.answered_in,
       c.thread_key, c.subject, c.created_at, m.direction, m.at, m.parties,
       substr(m.text, 1, 60) AS text
  FROM conversations c
  LEFT JOIN messages m
    ON m.organisation_id = $1
   AND m.id = COALESCE((SELECT i.id
                          FROM messages i
                         WHERE i.organisation_id = $1 AND i.conversation_id = c.id
                           AND i.direction = 'in'
                         ORDER BY i.id DESC
                         LIMIT 1),
                       (SELECT o.id
                          FROM messages o
                         WHERE o.organisation_id = $1 AND o.conversation_id = c.id
                         ORDER BY o.id DESC
                         LIMIT 1))
 WHERE c.organisation_id = $1 AND c.case_id = $2
 ORDER BY c.id DESC
 LIMIT 40;

-- name: way_conversations_of_person
-- The same of all that the customer wrote; the newest. CROSS JOIN: SQLite then keeps this order.
SELECT c.id AS conversation_id, c.channel_id, c.person_id, c.case_id, c.place_case_id, c.answered_in,
       c.thread_key, c.subject, c.created_at, m.direction, m.at, m.parties,
       substr(m.text, 1, 60) AS text
  FROM (SELECT own.id
          FROM people p
         CROSS JOIN conversations own
         WHERE p.organisation_id = $1 AND p.root_id = $2
           AND own.organisation_id = $1 AND own.person_id = p.id
         ORDER BY own.id DESC
         LIMIT 60) AS newest
 CROSS JOIN conversations c
  LEFT JOIN messages m
    ON m.organisation_id = $1
   AND m.id = COALESCE((SELECT i.id
                          FROM messages i
                         WHERE i.organisation_id = $1 AND i.conversation_id = c.id
                           AND i.direction = 'in'
                         ORDER BY i.id DESC
                         LIMIT 1),
                       (SELECT o.id
                          FROM messages o
                         WHERE o.organisation_id = $1 AND o.conversation_id = c.id
                         ORDER BY o.id DESC
                         LIMIT 1))
 WHERE c.organisation_id = $1 AND c.id = newest.id
 ORDER BY c.id DESC
 LIMIT 60;

-- name: way_newest_of_case
-- What was last said in it, by whomever.
SELECT channel_id, direction, state
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2
 ORDER BY id DESC
 LIMIT 1;
