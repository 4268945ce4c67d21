-- name: label_add
INSERT INTO labels (organisation_id, id, name, colour, created_at)
VALUES ($1, $2, $3, $4, $5);

-- name: label_get
SELECT id, name, colour, created_at
  FROM labels
 WHERE organisation_id = $1 AND id = $2;

-- name: label_list
SELECT id, name, colour, created_at
  FROM labels
 WHERE organisation_id = $1
 ORDER BY name
 LIMIT 1000;

-- name: label_count
SELECT count(*)
  FROM labels
 WHERE organisation_id = $1;

-- name: label_change
UPDATE labels
   SET name = $3, colour = $4
 WHERE organisation_id = $1 AND id = $2;

-- name: label_remove
DELETE FROM labels
 WHERE organisation_id = $1 AND id = $2;

-- name: label_remove_from_cases
DELETE FROM case_labels
 WHERE organisation_id = $1 AND label_id = $2;

-- name: label_case_lock
-- Changes nothing, but who changes the case at the same moment waits, and does it again with the
-- label, which has to follow.
UPDATE cases
   SET version = version
 WHERE organisation_id = $1 AND id = $2;

-- name: label_put_on
INSERT INTO case_labels (organisation_id, label_id, case_id, is_active, waiting_order)
SELECT organisation_id, CAST($2 AS BIGINT), id, is_active, waiting_order
  FROM cases
 WHERE organisation_id = $1 AND id = $3
    ON CONFLICT (organisation_id, label_id, case_id)
    DO UPDATE SET is_own = TRUE WHERE case_labels.is_own = FALSE;

-- name: label_take_off
-- Off those that were merged into the case, too.
DELETE FROM case_labels
 WHERE organisation_id = $1 AND label_id = $2
   AND case_id IN (SELECT CAST($3 AS BIGINT)
                    UNION ALL
                   SELECT id FROM cases WHERE organisation_id = $1 AND root_id = $3);

-- name: label_list_of_case
SELECT l.id, l.name, l.colour, l.created_at
  FROM case_labels c
  JOIN labels l ON l.organisation_id = c.organisation_id AND l.id = c.label_id
 WHERE c.organisation_id = $1 AND c.case_id = $2
 ORDER BY l.name
 LIMIT 1000;

-- name: label_list_of_cases
-- A place in the list that isn't needed holds the last case again.
SELECT c.case_id, l.id, l.name, l.colour, l.created_at
  FROM case_labels c
  JOIN labels l ON l.organisation_id = c.organisation_id AND l.id = c.label_id
 WHERE c.organisation_id = $1
   AND c.case_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                     $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
                     $31, $32, $33)
 ORDER BY c.case_id, l.name
 LIMIT 20000;
