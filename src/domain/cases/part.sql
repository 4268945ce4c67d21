-- name: part_joined
-- What came from one of two people since a merge and stands in a case of the other's, where nothing
-- of its conversation stood before. CROSS JOIN: SQLite then keeps this order.
SELECT m.id, m.case_id
  FROM people p
 CROSS JOIN conversations v
 CROSS JOIN messages m
 CROSS JOIN cases c
 CROSS JOIN people o
 WHERE p.organisation_id = $1 AND p.root_id = $2
   AND v.organisation_id = $1 AND v.person_id = p.id
   AND m.organisation_id = $1 AND m.conversation_id = v.id AND m.id > $4
   AND c.organisation_id = $1 AND c.id = COALESCE(m.place_case_id, m.case_id)
   AND o.organisation_id = $1 AND o.id = c.person_id AND o.root_id = $3
   AND NOT EXISTS (SELECT 1
                     FROM messages e
                    WHERE e.organisation_id = $1 AND e.conversation_id = v.id AND e.id < $4
                      AND COALESCE(e.place_case_id, e.case_id) = c.id)
   AND NOT EXISTS (SELECT 1
                     FROM case_move_items i
                    WHERE i.organisation_id = $1 AND i.item_id = m.id)
 ORDER BY m.case_id, m.id
 LIMIT $5;

-- name: part_proposals
DELETE FROM case_proposals
 WHERE organisation_id = $1 AND state = 'open'
   AND case_id IN (SELECT c.id
                     FROM cases c
                    WHERE c.organisation_id = $1
                      AND c.person_id IN (SELECT p.id FROM people p
                                           WHERE p.organisation_id = $1 AND p.root_id = $2))
   AND to_case_id IN (SELECT c.id
                        FROM cases c
                       WHERE c.organisation_id = $1
                         AND c.person_id IN (SELECT p.id FROM people p
                                              WHERE p.organisation_id = $1 AND p.root_id = $3));
