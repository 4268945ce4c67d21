-- name: person_add
INSERT INTO people (organisation_id, id, name, language, created_at, updated_at, kind, root_id)
VALUES ($1, $2, $3, $4, $5, $5, $6, $2);

-- name: person_get
-- Of one that was merged, the face.
SELECT p.id, p.kind, p.name, p.language, p.created_at, p.updated_at, p.version
  FROM people m
  JOIN people p ON p.organisation_id = m.organisation_id AND p.id = m.root_id
 WHERE m.organisation_id = $1 AND m.id = $2;

-- name: person_root
SELECT root_id
  FROM people
 WHERE organisation_id = $1 AND id = $2;

-- name: person_called
SELECT m.root_id, m.name, p.name AS face
  FROM people m
  JOIN people p ON p.organisation_id = m.organisation_id AND p.id = m.root_id
 WHERE m.organisation_id = $1 AND m.id = $2;

-- name: person_texts
-- By what a face is found. Always in the same order: what was put into the index must come out.
SELECT text
  FROM (SELECT p.name AS text, CASE WHEN p.id = $2 THEN 0 ELSE 1 END AS part, p.id
          FROM people p
         WHERE p.organisation_id = $1 AND p.root_id = $2
        UNION ALL
        SELECT i.label AS text, 2 AS part, i.id
          FROM identities i
         WHERE i.organisation_id = $1 AND i.removed_at = 0
           AND i.person_id IN (SELECT m.id
                                 FROM people m
                                WHERE m.organisation_id = $1 AND m.root_id = $2)) AS texts
 ORDER BY part, id
 LIMIT 2000;

-- name: person_list
SELECT id, kind, name, language, created_at, updated_at, version
  FROM people
 WHERE organisation_id = $1 AND id < $2 AND merged_into IS NULL
 ORDER BY id DESC
 LIMIT $3;

-- name: person_change
UPDATE people
   SET name = $4, language = $5, updated_at = $6, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: person_hold_postgres
-- Changes nothing, but who gives the person another name or face at the same moment waits, and does
-- it again with the case, which shows the name. SQLite has one writer.
UPDATE people
   SET version = version
 WHERE organisation_id = $1
   AND id IN ($2, (SELECT m.root_id FROM people m WHERE m.organisation_id = $1 AND m.id = $2));

-- name: person_name_in_cases
-- Lists of cases show it without looking up fifty people.
UPDATE cases
   SET person_name = $3
 WHERE organisation_id = $1 AND person_name <> $3
   AND person_id IN (SELECT m.id FROM people m WHERE m.organisation_id = $1 AND m.root_id = $2);
