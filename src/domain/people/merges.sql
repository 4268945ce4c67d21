-- name: merge_people
-- Both change: who holds one of them meanwhile does it again.
UPDATE people
   SET version = version + 1, updated_at = $4
 WHERE organisation_id = $1 AND id IN ($2, $3);

-- name: merge_point
UPDATE people
   SET merged_into = $3
 WHERE organisation_id = $1 AND id = $2;

-- name: merge_show_as
-- All that had the one face have the other.
UPDATE people
   SET root_id = $3
 WHERE organisation_id = $1 AND root_id = $2;

-- name: merge_own_face
UPDATE people
   SET root_id = $3
 WHERE organisation_id = $1 AND id = $2;

-- name: merge_members
SELECT id, merged_into
  FROM people
 WHERE organisation_id = $1 AND root_id = $2
 ORDER BY id
 LIMIT 1001;

-- name: merge_add
INSERT INTO person_merges (organisation_id, id, winner_id, loser_id, at, actor_kind, actor_id, score,
                           reasons)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: merge_get
SELECT g.id, g.winner_id, g.loser_id, g.at, g.actor_kind, g.actor_id, g.score, g.reasons, g.undone_at,
       g.undone_by, w.name AS winner_name, l.name AS loser_name
  FROM person_merges g
  JOIN people w ON w.organisation_id = g.organisation_id AND w.id = g.winner_id
  JOIN people l ON l.organisation_id = g.organisation_id AND l.id = g.loser_id
 WHERE g.organisation_id = $1 AND g.id = $2;

-- name: merge_undo
UPDATE person_merges
   SET undone_at = $3, undone_by = $4
 WHERE organisation_id = $1 AND id = $2 AND undone_at = 0;

-- name: merge_list
-- CROSS JOIN: SQLite then keeps this order.
SELECT id, winner_id, loser_id, at, actor_kind, actor_id, score, reasons, undone_at, undone_by,
       winner_name, loser_name
  FROM (SELECT g.id, g.winner_id, g.loser_id, g.at, g.actor_kind, g.actor_id, g.score, g.reasons,
               g.undone_at, g.undone_by, w.name AS winner_name, l.name AS loser_name
          FROM person_merges g
         CROSS JOIN people w
         CROSS JOIN people l
         WHERE g.organisation_id = $1
           AND g.winner_id IN (SELECT m.id FROM people m
                                WHERE m.organisation_id = $1 AND m.root_id = $2)
           AND w.organisation_id = $1 AND w.id = g.winner_id
           AND l.organisation_id = $1 AND l.id = g.loser_id
        UNION
        SELECT g.id, g.winner_id, g.loser_id, g.at, g.actor_kind, g.actor_id, g.score, g.reasons,
               g.undone_at, g.undone_by, w.name AS winner_name, l.name AS loser_name
          FROM person_merges g
         CROSS JOIN people w
         CROSS JOIN people l
         WHERE g.organisation_id = $1
           AND g.loser_id IN (SELECT m.id FROM people m
                               WHERE m.organisation_id = $1 AND m.root_id = $2)
           AND w.organisation_id = $1 AND w.id = g.winner_id
           AND l.organisation_id = $1 AND l.id = g.loser_id) AS merges
 ORDER BY id DESC
 LIMIT 200;

-- name: person_members
-- Who else has this face, and why.
SELECT m.id AS person_id, m.name, g.id AS merge_id, g.at, g.actor_kind, g.actor_id, g.score, g.reasons
  FROM people m
 CROSS JOIN person_merges g
 WHERE m.organisation_id = $1 AND m.root_id = $2 AND m.id <> $2
   AND g.organisation_id = $1 AND g.loser_id = m.id AND g.undone_at = 0
 ORDER BY m.id
 LIMIT 500;
