-- name: read_mark_set
INSERT INTO read_marks (organisation_id, user_id, case_id, read_n)
VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation_id, user_id, case_id) DO UPDATE SET read_n = excluded.read_n;

-- name: read_mark_list
-- A place in the list that isn't needed holds the last case again.
SELECT case_id, read_n
  FROM read_marks
 WHERE organisation_id = $1 AND user_id = $2
   AND case_id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                   $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34);
