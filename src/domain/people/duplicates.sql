-- name: duplicate_person
SELECT id, root_id, kind, name
  FROM people
 WHERE organisation_id = $1 AND id = $2;

-- name: duplicate_addresses
SELECT id, kind, value, label, state, state_by, is_shared
  FROM identities
 WHERE organisation_id = $1 AND person_id = $2 AND removed_at = 0
 ORDER BY id
 LIMIT 500;

-- name: duplicate_keys_gone
DELETE FROM person_keys
 WHERE organisation_id = $1 AND person_id = $2;

-- name: duplicate_key_add
INSERT INTO person_keys (organisation_id, key, person_id)
VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING;

-- name: duplicate_by_key
SELECT p.id, p.root_id, p.kind, p.name
  FROM (SELECT person_id
          FROM person_keys
         WHERE organisation_id = $1 AND key = $2 AND person_id <> $3
         ORDER BY person_id
         LIMIT $4) AS k
 CROSS JOIN people p
 WHERE p.organisation_id = $1 AND p.id = k.person_id;

-- name: duplicate_by_address
-- A proven address of somebody else's, of which nobody said that it is shared.
SELECT p.id, p.root_id, p.kind, p.name
  FROM (SELECT person_id
          FROM identities
         WHERE organisation_id = $1 AND kind = $2 AND value = $3 AND person_id <> $4 AND removed_at = 0
           AND state = 'verified' AND is_shared = FALSE
         ORDER BY person_id
         LIMIT $5) AS k
 CROSS JOIN people p
 WHERE p.organisation_id = $1 AND p.id = k.person_id;

-- name: duplicate_by_mail
-- Whether it's proven or not; also of somebody who only says that it's his.
SELECT p.id, p.root_id, p.kind, p.name
  FROM (SELECT person_id
          FROM identities
         WHERE organisation_id = $1 AND kind = $2 AND value = $3 AND person_id <> $4 AND removed_at = 0
           AND (is_shared = FALSE OR state = 'claimed' AND state_by = 'message')
         ORDER BY person_id
         LIMIT $5) AS k
 CROSS JOIN people p
 WHERE p.organisation_id = $1 AND p.id = k.person_id;

-- name: duplicate_of_person
SELECT id, low_id, high_id, score, reasons, refused, state
  FROM person_duplicates
 WHERE organisation_id = $1 AND low_id = $2
UNION ALL
SELECT id, low_id, high_id, score, reasons, refused, state
  FROM person_duplicates
 WHERE organisation_id = $1 AND high_id = $2
 LIMIT 1000;

-- name: duplicate_add
INSERT INTO person_duplicates (organisation_id, id, low_id, high_id, score, reasons, state, is_joined,
                               at)
VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8);

-- name: duplicate_save
UPDATE person_duplicates
   SET score = $3, reasons = $4, state = $5, refused = $6, decided_at = $7, decided_by = $8
 WHERE organisation_id = $1 AND id = $2;

-- name: duplicate_gone
DELETE FROM person_duplicates
 WHERE organisation_id = $1 AND id = $2;

-- name: duplicate_get
SELECT d.id, d.low_id, d.high_id, d.score, d.reasons, d.state, d.refused, d.at, d.decided_at,
       d.decided_by, p.id AS person_id, p.name AS person_name, o.id AS other_id,
       o.name AS other_name
  FROM person_duplicates d
  JOIN people pm ON pm.organisation_id = d.organisation_id AND pm.id = d.low_id
  JOIN people p ON p.organisation_id = d.organisation_id AND p.id = pm.root_id
  JOIN people om ON om.organisation_id = d.organisation_id AND om.id = d.high_id
  JOIN people o ON o.organisation_id = d.organisation_id AND o.id = om.root_id
 WHERE d.organisation_id = $1 AND d.id = $2;

-- name: duplicate_list
-- Surest first, then newest.
SELECT d.id, d.low_id, d.high_id, d.score, d.reasons, d.state, d.at, d.decided_at, d.decided_by,
       p.id AS person_id, p.name AS person_name, o.id AS other_id, o.name AS other_name
  FROM person_duplicates d
 CROSS JOIN people pm
 CROSS JOIN people p
 CROSS JOIN people om
 CROSS JOIN people o
 WHERE d.organisation_id = $1 AND d.state = 'open' AND d.is_joined = FALSE
   AND (d.score, d.id) < ($2, $3)
   AND pm.organisation_id = $1 AND pm.id = d.low_id
   AND p.organisation_id = $1 AND p.id = pm.root_id
   AND om.organisation_id = $1 AND om.id = d.high_id
   AND o.organisation_id = $1 AND o.id = om.root_id
 ORDER BY d.score DESC, d.id DESC
 LIMIT $4;

-- name: duplicate_list_of_person
-- From the older side, and from the newer one. Not = 'open': SQLite would walk along all that are.
SELECT id, low_id, high_id, score, reasons, state, at, decided_at, decided_by, person_id, person_name,
       other_id, other_name
  FROM (SELECT d.id, d.low_id, d.high_id, d.score, d.reasons, d.state, d.at, d.decided_at,
               d.decided_by, p.id AS person_id, p.name AS person_name, o.id AS other_id,
               o.name AS other_name
          FROM person_duplicates d
         CROSS JOIN people p
         CROSS JOIN people om
         CROSS JOIN people o
         WHERE d.organisation_id = $1 AND d.state <> 'refused' AND d.is_joined = FALSE
           AND d.low_id IN (SELECT m.id FROM people m
                             WHERE m.organisation_id = $1 AND m.root_id = $2)
           AND p.organisation_id = $1 AND p.id = $2
           AND om.organisation_id = $1 AND om.id = d.high_id
           AND o.organisation_id = $1 AND o.id = om.root_id
        UNION ALL
        SELECT d.id, d.low_id, d.high_id, d.score, d.reasons, d.state, d.at, d.decided_at,
               d.decided_by, p.id AS person_id, p.name AS person_name, o.id AS other_id,
               o.name AS other_name
          FROM person_duplicates d
         CROSS JOIN people p
         CROSS JOIN people om
         CROSS JOIN people o
         WHERE d.organisation_id = $1 AND d.state <> 'refused' AND d.is_joined = FALSE
           AND d.high_id IN (SELECT m.id FROM people m
                              WHERE m.organisation_id = $1 AND m.root_id = $2)
           AND p.organisation_id = $1 AND p.id = $2
           AND om.organisation_id = $1 AND om.id = d.low_id
           AND o.organisation_id = $1 AND o.id = om.root_id) AS proposals
 ORDER BY score DESC, id DESC
 LIMIT 100;

-- name: duplicate_follow_low
UPDATE person_duplicates
   SET is_joined = (SELECT a.root_id = b.root_id
                      FROM people a
                     CROSS JOIN people b
                     WHERE a.organisation_id = $1 AND a.id = person_duplicates.low_id
                       AND b.organisation_id = $1 AND b.id = person_duplicates.high_id)
 WHERE organisation_id = $1
   AND low_id IN (SELECT m.id FROM people m WHERE m.organisation_id = $1 AND m.root_id = $2);

-- name: duplicate_follow_high
UPDATE person_duplicates
   SET is_joined = (SELECT a.root_id = b.root_id
                      FROM people a
                     CROSS JOIN people b
                     WHERE a.organisation_id = $1 AND a.id = person_duplicates.low_id
                       AND b.organisation_id = $1 AND b.id = person_duplicates.high_id)
 WHERE organisation_id = $1
   AND high_id IN (SELECT m.id FROM people m WHERE m.organisation_id = $1 AND m.root_id = $2);

-- name: duplicate_mark
SELECT newest_id, round_id, round_at
  FROM duplicate_marks
 WHERE organisation_id = $1;

-- name: duplicate_mark_save
INSERT INTO duplicate_marks (organisation_id, newest_id, round_id, round_at)
VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation_id)
    DO UPDATE SET newest_id = excluded.newest_id, round_id = excluded.round_id,
                  round_at = excluded.round_at;

-- name: duplicate_people_after
SELECT id
  FROM people
 WHERE organisation_id = $1 AND id > $2
 ORDER BY id
 LIMIT $3;
