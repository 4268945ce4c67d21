-- name: journey_later
-- What else of the person's, whoever he is merged with, began after the case $3 and until $5; the
-- first.
SELECT c.id, c.reference, c.title, c.channel_id, c.person_id, c.opened_at
  FROM cases c
 WHERE c.organisation_id = $1
   AND c.person_id IN (SELECT m.id
                         FROM people m
                        WHERE m.organisation_id = $1
                          AND m.root_id = (SELECT p.root_id
                                             FROM people p
                                            WHERE p.organisation_id = $1 AND p.id = $2))
   AND c.root_id IS NULL AND c.is_emptied = FALSE AND c.id <> $3
   AND (c.opened_at > $4 OR (c.opened_at = $4 AND c.id > $3)) AND c.opened_at <= $5
 ORDER BY c.opened_at, c.id
 LIMIT $6;
