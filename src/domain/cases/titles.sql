-- name: case_title_get
SELECT organisation_id, case_id, title, is_indexed
  FROM case_titles
 WHERE organisation_id = $1 AND case_id = $2;

-- name: case_title_set
INSERT INTO case_titles (organisation_id, case_id, title, is_indexed)
VALUES ($1, $2, $3, TRUE)
    ON CONFLICT (organisation_id, case_id) DO UPDATE
   SET title = excluded.title, is_indexed = TRUE;

-- name: case_titles_to_index
-- Over all organisations: what an older version left behind, once after an upgrade.
SELECT organisation_id, case_id, title, is_indexed
  FROM case_titles
 WHERE is_indexed = FALSE
 ORDER BY organisation_id, case_id
 LIMIT $1;

-- name: case_of_title
-- The case that it is by now, when it was merged; 0: it's no case.
SELECT COALESCE(max(COALESCE(root_id, id)), 0)
  FROM cases
 WHERE organisation_id = $1 AND id = $2;

-- name: hit_newer_of_case
-- What a case is found by, from an id on: its messages, its title, and those of the cases in it.
SELECT id
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2 AND id >= $3
UNION ALL
SELECT id FROM cases WHERE organisation_id = $1 AND id = $2 AND id >= $3
UNION ALL
SELECT id FROM cases WHERE organisation_id = $1 AND root_id = $2 AND id >= $3
 ORDER BY id
 LIMIT 10000;
