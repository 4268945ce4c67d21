-- name: relation_list
-- CROSS JOIN: SQLite then keeps this order.
SELECT id, kind, note, since, until, removed_at, person_id, person_name, other_id, other_name
  FROM (SELECT r.id, r.kind, r.note, r.since, r.until, r.removed_at, p.id AS person_id,
               p.name AS person_name, o.id AS other_id, o.name AS other_name
          FROM person_relations r
         CROSS JOIN people pm
         CROSS JOIN people p
         CROSS JOIN people om
         CROSS JOIN people o
         WHERE r.organisation_id = $1 AND r.removed_at = 0
           AND r.person_id IN (SELECT m.id FROM people m
                                WHERE m.organisation_id = $1 AND m.root_id = $2)
           AND pm.organisation_id = $1 AND pm.id = r.person_id
           AND p.organisation_id = $1 AND p.id = pm.root_id
           AND om.organisation_id = $1 AND om.id = r.other_id
           AND o.organisation_id = $1 AND o.id = om.root_id
        UNION
        SELECT r.id, r.kind, r.note, r.since, r.until, r.removed_at, p.id AS person_id,
               p.name AS person_name, o.id AS other_id, o.name AS other_name
          FROM person_relations r
         CROSS JOIN people pm
         CROSS JOIN people p
         CROSS JOIN people om
         CROSS JOIN people o
         WHERE r.organisation_id = $1 AND r.removed_at = 0
           AND r.other_id IN (SELECT m.id FROM people m
                               WHERE m.organisation_id = $1 AND m.root_id = $2)
           AND pm.organisation_id = $1 AND pm.id = r.person_id
           AND p.organisation_id = $1 AND p.id = pm.root_id
           AND om.organisation_id = $1 AND om.id = r.other_id
           AND o.organisation_id = $1 AND o.id = om.root_id) AS relations
 ORDER BY id
 LIMIT 200;

-- name: relation_get
SELECT r.id, r.person_id, r.other_id, r.kind, r.note, r.since, r.until, r.removed_at,
       p.name AS person_name, o.name AS other_name
  FROM person_relations r
  JOIN people p ON p.organisation_id = r.organisation_id AND p.id = r.person_id
  JOIN people o ON o.organisation_id = r.organisation_id AND o.id = r.other_id
 WHERE r.organisation_id = $1 AND r.id = $2;

-- name: relation_add
INSERT INTO person_relations (organisation_id, id, person_id, kind, other_id, note, since, until,
                              created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: relation_save
UPDATE person_relations
   SET note = $3, since = $4, until = $5, removed_at = $6
 WHERE organisation_id = $1 AND id = $2;
