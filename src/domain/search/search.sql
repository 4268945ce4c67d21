-- name: search_messages
-- A place in the list that isn't needed holds the last id again. Nobody reads a snippet from the
-- end of a long text. Each filter is off where its value is NULL (or FALSE); it only chooses among
-- the rows that the ids name. The comparison comes first: it tells PostgreSQL the value's type.
SELECT m.id AS message_id, m.case_id, m.conversation_id, m.channel_id,
       COALESCE(c.person_id, m.person_id) AS person_id, m.direction, m.subject, m.at, c.reference,
       c.person_name, substr(m.text, 1, 16384) AS text
  FROM messages m
  LEFT JOIN cases c ON c.organisation_id = m.organisation_id AND c.id = m.case_id
 WHERE m.organisation_id = $1
   AND m.id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                $17, $18, $19, $20, $21, $22, $23, $24, $25)
   AND m.at >= $26 AND m.at < $27
   AND (m.channel_id = $28 OR $28 IS NULL)
   AND (m.direction = $29 OR $29 IS NULL)
   AND (c.person_id IN (SELECT o.id
                          FROM people o
                          JOIN people w ON w.organisation_id = o.organisation_id
                                       AND w.root_id = o.root_id
                         WHERE w.organisation_id = $1 AND w.id = $30)
        OR $30 IS NULL)
   AND (c.status = $31 OR $31 IS NULL)
   AND ((c.status <> 'done') = $32 OR $32 IS NULL)
   AND (c.team_id = $33 OR $33 IS NULL)
   AND (NOT $34 OR c.team_id IS NULL)
   AND (c.assignee_id = $35 OR $35 IS NULL)
   AND (NOT $36 OR c.assignee_id IS NULL)
   AND (EXISTS (SELECT 1
                  FROM case_labels l
                 WHERE l.organisation_id = m.organisation_id AND l.case_id = m.case_id
                   AND l.label_id = $37)
        OR $37 IS NULL)
   AND (NOT $38 OR c.snoozed_until <> 0)
 ORDER BY m.id DESC;

-- name: search_titles
-- The cases whose titles were found, with the same places and filters: of one that was merged, the
-- case that it is now. Nobody wrote a title: it has no direction.
SELECT c.id AS title_of, r.id AS case_id, r.channel_id, r.person_id, c.title AS subject,
       r.opened_at AS at, r.reference, r.person_name, r.preview AS text
  FROM cases c
  JOIN cases r ON r.organisation_id = c.organisation_id AND r.id = COALESCE(c.root_id, c.id)
 WHERE c.organisation_id = $1
   AND c.id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                $17, $18, $19, $20, $21, $22, $23, $24, $25)
   AND r.opened_at >= $26 AND r.opened_at < $27
   AND (r.channel_id = $28 OR $28 IS NULL)
   AND (CAST($29 AS TEXT) IS NULL)
   AND (r.person_id IN (SELECT o.id
                          FROM people o
                          JOIN people w ON w.organisation_id = o.organisation_id
                                       AND w.root_id = o.root_id
                         WHERE w.organisation_id = $1 AND w.id = $30)
        OR $30 IS NULL)
   AND (r.status = $31 OR $31 IS NULL)
   AND ((r.status <> 'done') = $32 OR $32 IS NULL)
   AND (r.team_id = $33 OR $33 IS NULL)
   AND (NOT $34 OR r.team_id IS NULL)
   AND (r.assignee_id = $35 OR $35 IS NULL)
   AND (NOT $36 OR r.assignee_id IS NULL)
   AND (EXISTS (SELECT 1
                  FROM case_labels l
                 WHERE l.organisation_id = r.organisation_id AND l.case_id = r.id
                   AND l.label_id = $37)
        OR $37 IS NULL)
   AND (NOT $38 OR r.snoozed_until <> 0)
 ORDER BY c.id DESC;

-- name: search_people
-- One row an address. Only faces are in the index; they are found by the names of all whom they show.
SELECT p.id AS person_id, p.name, m.name AS member, i.label
  FROM people m
 CROSS JOIN people p
  LEFT JOIN identities i ON i.organisation_id = m.organisation_id AND i.person_id = m.id
                        AND i.removed_at = 0
 WHERE m.organisation_id = $1 AND p.organisation_id = $1 AND p.id = m.root_id
   AND m.root_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                $17, $18, $19, $20, $21, $22, $23, $24, $25)
 ORDER BY m.root_id DESC, m.id, i.id
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
 WHERE organisation_id = $1 AND id > $2 AND merged_into IS NULL
 ORDER BY id
 LIMIT $3;

-- name: search_rebuild_titles
SELECT case_id, title
  FROM case_titles
 WHERE organisation_id = $1 AND case_id > $2
 ORDER BY case_id
 LIMIT $3;
