-- name: identity_find
SELECT id, person_id, kind, value, label, state, verified_at
  FROM identities
 WHERE organisation_id = $1 AND kind = $2 AND value = $3;

-- name: identity_add
INSERT INTO identities (organisation_id, id, person_id, kind, value, label, state, verified_at,
                        created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: identity_list
SELECT id, person_id, kind, value, label, state, verified_at
  FROM identities
 WHERE organisation_id = $1 AND person_id = $2
 ORDER BY id
 LIMIT 500;

-- name: identity_newest
SELECT id, person_id, kind, value, label, state, verified_at
  FROM identities
 WHERE organisation_id = $1 AND person_id = $2 AND kind = $3
 ORDER BY id DESC
 LIMIT 1;

-- name: person_add
INSERT INTO people (organisation_id, id, name, language, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $5);

-- name: person_get
SELECT id, name, language, created_at, updated_at, version
  FROM people
 WHERE organisation_id = $1 AND id = $2;

-- name: person_list
SELECT id, name, language, created_at, updated_at, version
  FROM people
 WHERE organisation_id = $1 AND id < $2
 ORDER BY id DESC
 LIMIT $3;

-- name: person_change
UPDATE people
   SET name = $4, language = $5, updated_at = $6, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: person_hold_postgres
-- Changes nothing, but who gives the person another name at the same moment waits, and does it again
-- with the case, which shows the name. SQLite has one writer.
UPDATE people
   SET version = version
 WHERE organisation_id = $1 AND id = $2;

-- name: person_name_in_cases
-- Lists of cases show it without looking up fifty people.
UPDATE cases
   SET person_name = $3
 WHERE organisation_id = $1 AND person_id = $2 AND person_name <> $3;
