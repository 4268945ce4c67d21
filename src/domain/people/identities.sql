-- name: identity_holders
-- Who is meant first: the main holder. Few have the same address. Whoever only says himself that
-- it is his (in a chat) isn't found by it: else the mail of who really has it would be his. Nor is
-- of whom it's only suspected.
SELECT id, person_id, kind, value, label, state, state_at, state_by, is_main, is_shared
  FROM identities
 WHERE organisation_id = $1 AND kind = $2 AND value = $3 AND removed_at = 0
   AND state <> 'suspected' AND NOT (state = 'claimed' AND state_by = 'message')
 ORDER BY is_main DESC, id
 LIMIT 50;

-- name: identity_get
SELECT id, person_id, kind, value, label, state, state_at, state_by, is_main, is_shared, removed_at
  FROM identities
 WHERE organisation_id = $1 AND id = $2;

-- name: identity_of_person
-- Also one that was removed.
SELECT id, person_id, kind, value, label, state, state_at, state_by, is_main, is_shared, removed_at
  FROM identities
 WHERE organisation_id = $1 AND kind = $2 AND value = $3
   AND person_id IN (SELECT m.id FROM people m WHERE m.organisation_id = $1 AND m.root_id = $4)
 ORDER BY removed_at, id
 LIMIT 1;

-- name: identity_twins
-- The same address of whoever else is the same person, there or removed at a moment.
SELECT id, person_id, kind, value, label, state, state_at, state_by, is_main, is_shared, removed_at
  FROM identities
 WHERE organisation_id = $1 AND kind = $2 AND value = $3 AND removed_at = $4 AND id <> $5
   AND person_id IN (SELECT m.id
                       FROM people m
                      WHERE m.organisation_id = $1
                        AND m.root_id = (SELECT p.root_id
                                           FROM people p
                                          WHERE p.organisation_id = $1 AND p.id = $6))
 ORDER BY person_id, id;

-- name: identity_add
INSERT INTO identities (organisation_id, id, person_id, kind, value, label, state, state_at, state_by,
                        is_main, is_shared, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $8);

-- name: identity_save
UPDATE identities
   SET label = $3, state = $4, state_at = $5, state_by = $6, is_main = $7, is_shared = $8,
       removed_at = $9
 WHERE organisation_id = $1 AND id = $2;

-- name: identity_main_gone
UPDATE identities
   SET is_main = FALSE
 WHERE organisation_id = $1 AND kind = $2 AND value = $3 AND is_main;

-- name: identity_main_next
-- When the main holder is gone, it's who has the address longest.
UPDATE identities
   SET is_main = TRUE
 WHERE organisation_id = $1
   AND id = (SELECT i.id
               FROM identities i
              WHERE i.organisation_id = $1 AND i.kind = $2 AND i.value = $3 AND i.removed_at = 0
                AND i.state <> 'suspected'
                AND NOT (i.state = 'claimed' AND i.state_by = 'message')
              ORDER BY i.is_main DESC, i.id
              LIMIT 1);

-- name: identity_list
SELECT id, person_id, kind, value, label, state, state_at, state_by, is_main, is_shared
  FROM identities
 WHERE organisation_id = $1 AND removed_at = 0
   AND person_id IN (SELECT m.id FROM people m WHERE m.organisation_id = $1 AND m.root_id = $2)
 ORDER BY person_id, id
 LIMIT 500;

-- name: identity_others
-- Who else has an address of theirs. CROSS JOIN: SQLite then keeps this order.
SELECT i.id AS identity_id, p.id AS person_id, p.name
  FROM identities i
 CROSS JOIN identities o
 CROSS JOIN people h
 CROSS JOIN people p
 WHERE i.organisation_id = $1 AND i.removed_at = 0
   AND o.organisation_id = $1 AND o.kind = i.kind AND o.value = i.value AND o.removed_at = 0
   AND h.organisation_id = $1 AND h.id = o.person_id
   AND p.organisation_id = $1 AND p.id = h.root_id
   AND i.person_id IN (SELECT m.id FROM people m WHERE m.organisation_id = $1 AND m.root_id = $2)
   AND h.root_id <> $2
 ORDER BY i.person_id, i.id, p.id
 LIMIT 500;

-- name: identity_preferences
-- The newest last: it's what holds.
SELECT purpose, identity_id
  FROM identity_preferences
 WHERE organisation_id = $1
   AND person_id IN (SELECT m.id FROM people m WHERE m.organisation_id = $1 AND m.root_id = $2)
 ORDER BY at, person_id;

-- name: identity_prefer
INSERT INTO identity_preferences (organisation_id, person_id, purpose, identity_id, at)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (organisation_id, person_id, purpose)
    DO UPDATE SET identity_id = excluded.identity_id, at = excluded.at;

-- name: identity_prefer_none
DELETE FROM identity_preferences
 WHERE organisation_id = $1 AND purpose = $3
   AND person_id IN (SELECT m.id FROM people m WHERE m.organisation_id = $1 AND m.root_id = $2);
