-- name: said_list
-- First which, by indexes that hold nothing else; then the rows of one page. CROSS JOIN: SQLite then
-- keeps this order.
SELECT x.id AS number, m.id AS message_id, n.id AS note_id, COALESCE(m.at, n.at) AS at,
       c.id AS case_id, c.reference, c.title, m.conversation_id, m.channel_id, m.direction, m.state,
       COALESCE(m.user_id, n.user_id) AS user_id, m.person_id, m.subject,
       COALESCE(m.text, n.text) AS text, m.fold_at, m.html IS NOT NULL AS has_html, m.is_auto
  FROM (SELECT id
          FROM (SELECT m.id
                  FROM cases c
                 CROSS JOIN messages m
                 WHERE c.organisation_id = $1
                   AND c.person_id IN (SELECT p.id FROM people p
                                        WHERE p.organisation_id = $1 AND p.root_id = $2)
                   AND m.organisation_id = $1 AND m.case_id = c.id AND m.id < $3
                UNION
                SELECT m.id
                  FROM conversations t
                 CROSS JOIN messages m
                 WHERE t.organisation_id = $1
                   AND t.person_id IN (SELECT p.id FROM people p
                                        WHERE p.organisation_id = $1 AND p.root_id = $2)
                   AND m.organisation_id = $1 AND m.conversation_id = t.id AND m.id < $3
                UNION
                SELECT n.id
                  FROM cases c
                 CROSS JOIN notes n
                 WHERE c.organisation_id = $1
                   AND c.person_id IN (SELECT p.id FROM people p
                                        WHERE p.organisation_id = $1 AND p.root_id = $2)
                   AND n.organisation_id = $1 AND n.case_id = c.id AND n.id < $3) AS ids
         ORDER BY id DESC
         LIMIT $4) AS x
  LEFT JOIN messages m ON m.organisation_id = $1 AND m.id = x.id
  LEFT JOIN notes n ON n.organisation_id = $1 AND n.id = x.id
  LEFT JOIN cases c ON c.organisation_id = $1 AND c.id = COALESCE(m.case_id, n.case_id)
 ORDER BY x.id DESC;
