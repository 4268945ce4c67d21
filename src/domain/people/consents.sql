-- name: consent_list
-- Of all who have one face. CROSS JOIN: SQLite then keeps this order.
SELECT c.id, c.person_id, c.label AS purpose, c.state, c.at, c.how, c.message_id, c.actor_kind,
       c.actor_id, c.created_at,
       NOT EXISTS (SELECT 1
                     FROM people om
                    CROSS JOIN consents newer
                    WHERE om.organisation_id = $1 AND om.root_id = $2
                      AND newer.organisation_id = $1 AND newer.person_id = om.id
                      AND newer.purpose = c.purpose
                      AND (newer.at > c.at OR (newer.at = c.at AND newer.id > c.id))) AS holds
  FROM people m
 CROSS JOIN consents c
 WHERE m.organisation_id = $1 AND m.root_id = $2
   AND c.organisation_id = $1 AND c.person_id = m.id
 ORDER BY c.at DESC, c.id DESC
 LIMIT 200;

-- name: consent_add
INSERT INTO consents (organisation_id, id, person_id, purpose, label, state, at, how, message_id,
                      actor_kind, actor_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);
