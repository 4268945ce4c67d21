-- name: case_merge_add
INSERT INTO case_merges (organisation_id, id, winner_id, loser_id, at, actor_kind, actor_id,
                         reasons)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: case_merge_get
SELECT id, winner_id, loser_id, at, actor_kind, actor_id, reasons, undone_at, undone_by,
       CASE WHEN actor_kind = 'user' THEN actor_id END AS user_id
  FROM case_merges
 WHERE organisation_id = $1 AND id = $2;

-- name: case_merge_undo
UPDATE case_merges
   SET undone_at = $3, undone_by = $4
 WHERE organisation_id = $1 AND id = $2 AND undone_at = 0;

-- name: case_merge_take_messages
-- All that stands in a case stands in another one from now on, and knows where it came from.
UPDATE messages
   SET case_id = $3, place_case_id = COALESCE(place_case_id, case_id)
 WHERE organisation_id = $1 AND case_id = $2;

-- name: case_merge_take_conversations
UPDATE conversations
   SET case_id = $3, place_case_id = COALESCE(place_case_id, case_id)
 WHERE organisation_id = $1 AND case_id = $2;

-- name: case_merge_take_notes
UPDATE notes
   SET case_id = $3, place_case_id = COALESCE(place_case_id, case_id)
 WHERE organisation_id = $1 AND case_id = $2;

-- name: case_merge_take_drafts
UPDATE drafts
   SET case_id = $3, place_case_id = COALESCE(place_case_id, case_id)
 WHERE organisation_id = $1 AND case_id = $2;

-- name: case_merge_give_messages
-- What lives at one place ($3) stands in another case ($4) from now on.
UPDATE messages
   SET case_id = $4, place_case_id = NULLIF(place_case_id, $4)
 WHERE organisation_id = $1 AND case_id = $2 AND place_case_id = $3;

-- name: case_merge_give_conversations
UPDATE conversations
   SET case_id = $4, place_case_id = NULLIF(place_case_id, $4)
 WHERE organisation_id = $1 AND case_id = $2 AND place_case_id = $3;

-- name: case_merge_give_notes
UPDATE notes
   SET case_id = $4, place_case_id = NULLIF(place_case_id, $4)
 WHERE organisation_id = $1 AND case_id = $2 AND place_case_id = $3;

-- name: case_merge_give_drafts
UPDATE drafts
   SET case_id = $4, place_case_id = NULLIF(place_case_id, $4)
 WHERE organisation_id = $1 AND case_id = $2 AND place_case_id = $3;

-- name: case_merge_labels_forget
DELETE FROM case_labels
 WHERE organisation_id = $1 AND case_id = $2 AND is_own = FALSE;

-- name: case_merge_labels_gather
-- What one of its members has, the case has.
INSERT INTO case_labels (organisation_id, label_id, case_id, is_active, waiting_order, is_own)
SELECT DISTINCT l.organisation_id, l.label_id, CAST($2 AS BIGINT), FALSE, CAST(0 AS BIGINT), FALSE
  FROM cases c
 CROSS JOIN case_labels l
 WHERE c.organisation_id = $1 AND c.root_id = $2
   AND l.organisation_id = c.organisation_id AND l.case_id = c.id AND l.is_own = TRUE
    ON CONFLICT (organisation_id, label_id, case_id) DO NOTHING;

-- name: case_merge_marks_join
-- Who has read both ($2 is heard $4 times, $3 $5 times) has read what they make together.
INSERT INTO read_marks (organisation_id, user_id, case_id, read_n)
SELECT m.organisation_id, m.user_id, CAST($3 AS BIGINT), CAST($4 AS BIGINT) + CAST($5 AS BIGINT)
  FROM read_marks m
  LEFT JOIN read_marks w ON w.organisation_id = m.organisation_id AND w.user_id = m.user_id
                        AND w.case_id = $3
 WHERE m.organisation_id = $1 AND m.case_id = $2 AND m.read_n >= $4
   AND COALESCE(w.read_n, 0) >= $5
    ON CONFLICT (organisation_id, user_id, case_id) DO UPDATE SET read_n = excluded.read_n;

-- name: case_merge_marks_part
-- Who had read all of a case ($2, heard $4 times) has read what comes off it ($3, heard $5 times).
INSERT INTO read_marks (organisation_id, user_id, case_id, read_n)
SELECT organisation_id, user_id, CAST($3 AS BIGINT), CAST($5 AS BIGINT)
  FROM read_marks
 WHERE organisation_id = $1 AND case_id = $2 AND read_n >= $4
    ON CONFLICT (organisation_id, user_id, case_id) DO UPDATE SET read_n = excluded.read_n;

-- name: case_merge_marks_stay
-- And what stays of it, which is heard $4 times; who hadn't read all of it looks once too often.
UPDATE read_marks
   SET read_n = CASE WHEN read_n >= $3 THEN CAST($4 AS BIGINT) ELSE CAST($5 AS BIGINT) END
 WHERE organisation_id = $1 AND case_id = $2 AND (read_n >= $3 OR read_n > $5);
