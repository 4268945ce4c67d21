-- name: note_add
INSERT INTO notes (organisation_id, id, case_id, user_id, text, at)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: note_list_of_case
SELECT id, case_id, user_id, text, at
  FROM notes
 WHERE organisation_id = $1 AND case_id = $2 AND id > $3
 ORDER BY id
 LIMIT $4;
