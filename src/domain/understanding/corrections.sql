-- name: judge_get
SELECT o.language, l.weights
  FROM organisations o
  LEFT JOIN learned l ON l.organisation_id = o.id
 WHERE o.id = $1;

-- name: understand_own_addresses
SELECT address
  FROM channels
 WHERE organisation_id = $1 AND address <> '';

-- name: correction_find
SELECT id, message_id, subject, was, value, user_id, at
  FROM corrections
 WHERE organisation_id = $1 AND message_id = $2 AND subject = $3;

-- name: correction_put
INSERT INTO corrections (organisation_id, id, message_id, subject, was, value, user_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (organisation_id, message_id, subject)
    DO UPDATE SET id = excluded.id, value = excluded.value, user_id = excluded.user_id,
                  at = excluded.at;

-- name: correction_remove
DELETE FROM corrections
 WHERE organisation_id = $1 AND message_id = $2 AND subject = $3;

-- name: correction_list
SELECT id, message_id, subject, was, value, user_id, at
  FROM corrections
 WHERE organisation_id = $1 AND id < $2
 ORDER BY id DESC
 LIMIT $3;

-- name: correction_judge
UPDATE messages
   SET understood = $3
 WHERE organisation_id = $1 AND id = $2;

-- name: correction_newest_judged
SELECT COALESCE(max(id), 0)
  FROM messages
 WHERE organisation_id = $1 AND case_id = $2 AND understood IS NOT NULL;

-- name: correction_case_follows
UPDATE cases
   SET emotion = $3, urgency = $4
 WHERE organisation_id = $1 AND id = $2;

-- name: correction_lessons
-- The newest, so that what is learned stays bounded.
SELECT c.subject, c.value, m.subject AS title, substr(m.text, 1, $3) AS text, m.fold_at
  FROM corrections c
  JOIN messages m ON m.organisation_id = c.organisation_id AND m.id = c.message_id
 WHERE c.organisation_id = $1
 ORDER BY c.id DESC
 LIMIT $2;

-- name: learned_save
INSERT INTO learned (organisation_id, weights, at)
VALUES ($1, $2, $3)
    ON CONFLICT (organisation_id) DO UPDATE SET weights = excluded.weights, at = excluded.at;
