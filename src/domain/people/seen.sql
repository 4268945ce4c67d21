-- name: people_seen
-- Whose cases were spoken in last, case by case.
SELECT c.id AS case_id, c.last_message_at, m.root_id
  FROM cases c
 CROSS JOIN people m
 WHERE c.organisation_id = $1 AND c.last_message_at <= $2
   AND (c.last_message_at < $2 OR c.id < $3)
   AND m.organisation_id = $1 AND m.id = c.person_id
 ORDER BY c.last_message_at DESC, c.id DESC
 LIMIT $4;

-- name: person_seen_since
-- In front of a place in that list, that place included.
SELECT count(*)
  FROM (SELECT 1
          FROM people m
         CROSS JOIN cases c
         WHERE m.organisation_id = $1 AND m.root_id = $2
           AND c.organisation_id = $1 AND c.person_id = m.id
           AND (c.last_message_at > $3 OR (c.last_message_at = $3 AND c.id >= $4))
         LIMIT 1) AS one;

-- name: person_glance
-- One address will do, those of ours last; of who has very many cases the newest 500 are counted.
SELECT (SELECT i.label
          FROM people m
         CROSS JOIN identities i
         WHERE m.organisation_id = $1 AND m.root_id = $2
           AND i.organisation_id = $1 AND i.person_id = m.id AND i.removed_at = 0
           AND i.kind IN ('email', 'phone', 'handle')
         ORDER BY i.kind, i.id
         LIMIT 1) AS address,
       COALESCE(max(n.last_message_at), 0) AS seen_at,
       COALESCE(sum(CASE WHEN n.status <> 'done' AND n.merged_into IS NULL THEN 1 ELSE 0 END), 0)
           AS open_n
  FROM (SELECT c.last_message_at, c.status, c.merged_into
          FROM people m
         CROSS JOIN cases c
         WHERE m.organisation_id = $1 AND m.root_id = $2
           AND c.organisation_id = $1 AND c.person_id = m.id
         ORDER BY c.id DESC
         LIMIT 500) AS n;
