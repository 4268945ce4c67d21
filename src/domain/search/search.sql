-- name: search_messages
-- A place in the list that isn't needed holds the last id again. Nobody reads a snippet from the
-- end of a long text.
SELECT id AS message_id, case_id, conversation_id, person_id, direction, subject, at,
       substr(text, 1, 16384) AS text
  FROM messages
 WHERE organisation_id = $1
   AND id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
              $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
              $31, $32, $33)
 ORDER BY id DESC;

-- name: search_people
-- One row an address.
SELECT p.id AS person_id, p.name, i.label
  FROM people p
  LEFT JOIN identities i ON i.organisation_id = p.organisation_id AND i.person_id = p.id
 WHERE p.organisation_id = $1
   AND p.id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
                $31, $32, $33)
 ORDER BY p.id DESC, i.id
 LIMIT 20000;

-- name: search_rebuild_messages
SELECT id, subject, text
  FROM messages
 WHERE organisation_id = $1 AND id > $2
 ORDER BY id
 LIMIT $3;

-- name: search_rebuild_people
SELECT id, name
  FROM people
 WHERE organisation_id = $1 AND id > $2
 ORDER BY id
 LIMIT $3;
