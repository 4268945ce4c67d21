-- name: join_cases
-- Of the person, whoever else he is merged with: what isn't done, and what was since a moment; older
-- than the case $5.
SELECT id, title, status, waiting_since, updated_at
  FROM cases
 WHERE organisation_id = $1
   AND person_id IN (SELECT m.id
                       FROM people m
                      WHERE m.organisation_id = $1
                        AND m.root_id = (SELECT p.root_id
                                           FROM people p
                                          WHERE p.organisation_id = $1 AND p.id = $2))
   AND root_id IS NULL AND is_emptied = FALSE AND (status <> 'done' OR done_at >= $3) AND id < $5
 ORDER BY updated_at DESC, id DESC
 LIMIT $4;

-- name: join_before
-- Of the person, whoever else he is merged with: what had begun at $4, when the case $3 did, and was
-- not done at $5; without what a colleague has called another matter.
SELECT c.id, c.title, c.status, c.done_at, c.updated_at, c.waiting_since
  FROM cases c
 WHERE c.organisation_id = $1
   AND c.person_id IN (SELECT m.id
                         FROM people m
                        WHERE m.organisation_id = $1
                          AND m.root_id = (SELECT p.root_id
                                             FROM people p
                                            WHERE p.organisation_id = $1 AND p.id = $2))
   AND c.root_id IS NULL AND c.is_emptied = FALSE AND (c.status <> 'done' OR c.done_at >= $5)
   AND (c.opened_at < $4 OR (c.opened_at = $4 AND c.id < $3)) AND c.id <> $3
   AND NOT EXISTS (SELECT 1 FROM case_proposals r
                    WHERE r.organisation_id = $1 AND r.case_id = $3 AND r.to_case_id = c.id
                      AND r.state = 'refused')
   AND NOT EXISTS (SELECT 1 FROM case_proposals r
                    WHERE r.organisation_id = $1 AND r.case_id = c.id AND r.to_case_id = $3
                      AND r.state = 'refused')
 ORDER BY c.opened_at DESC, c.id DESC
 LIMIT $6;

-- name: join_names
-- What the person is called, and whoever else he is merged with.
SELECT name
  FROM people
 WHERE organisation_id = $1
   AND root_id = (SELECT p.root_id FROM people p WHERE p.organisation_id = $1 AND p.id = $2)
 ORDER BY id
 LIMIT $3;

-- name: join_addresses
SELECT label AS name
  FROM identities
 WHERE organisation_id = $1
   AND person_id IN (SELECT m.id
                       FROM people m
                      WHERE m.organisation_id = $1
                        AND m.root_id = (SELECT p.root_id
                                           FROM people p
                                          WHERE p.organisation_id = $1 AND p.id = $2))
 ORDER BY person_id, id
 LIMIT $3;

-- name: join_said
SELECT substr(text, 1, 4000) AS text, fold_at
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2
 ORDER BY id DESC
 LIMIT $3;

-- name: join_begun
SELECT id AS message_id, subject, substr(text, 1, 4000) AS text, fold_at
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2 AND direction = 'in'
 ORDER BY id
 LIMIT 1;
