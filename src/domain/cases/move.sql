-- name: move_add
INSERT INTO case_moves (organisation_id, id, kind, to_case_id, at, actor_kind, actor_id,
                        to_status, to_waiting)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: move_get
SELECT id, kind, to_case_id, to_status, to_waiting, at, actor_kind, actor_id, undone_at, undone_by,
       CASE WHEN actor_kind = 'user' THEN actor_id END AS user_id
  FROM case_moves
 WHERE organisation_id = $1 AND id = $2;

-- name: move_undo
UPDATE case_moves
   SET undone_at = $3, undone_by = $4
 WHERE organisation_id = $1 AND id = $2 AND undone_at = 0;

-- name: move_inherit
-- What the case was before a move that is undone ($3), it was before the next one, too.
UPDATE case_moves
   SET to_status = $4, to_waiting = $5
 WHERE organisation_id = $1
   AND id = (SELECT min(id)
               FROM case_moves
              WHERE organisation_id = $1 AND to_case_id = $2 AND id > $3 AND undone_at = 0);

-- name: move_add_item
INSERT INTO case_move_items (organisation_id, item_id, move_id, kind, from_case_id, waits)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: move_items
-- With where each of them belongs now: the newest move of it that isn't undone brought it there,
-- else its first one came from there.
SELECT i.item_id, i.kind, i.from_case_id AS came_from,
       COALESCE((SELECT m.to_case_id
                   FROM case_move_items n
                  CROSS JOIN case_moves m
                  WHERE n.organisation_id = i.organisation_id AND n.item_id = i.item_id
                    AND m.organisation_id = n.organisation_id AND m.id = n.move_id
                    AND m.undone_at = 0
                  ORDER BY m.id DESC
                  LIMIT 1),
                (SELECT f.from_case_id
                   FROM case_move_items f
                  WHERE f.organisation_id = i.organisation_id AND f.item_id = i.item_id
                  ORDER BY f.move_id
                  LIMIT 1)) AS to_place
  FROM case_move_items i
 WHERE i.organisation_id = $1 AND i.move_id = $2
 ORDER BY i.item_id
 LIMIT 2000;

-- name: move_message
SELECT id AS item_id, case_id, COALESCE(place_case_id, case_id) AS from_place, conversation_id,
       direction, is_auto, at, subject, substr(text, 1, 2000) AS text,
       (SELECT CASE WHEN waits THEN move_id ELSE -1 END
          FROM case_move_items
         WHERE organisation_id = $1 AND item_id = $2
         ORDER BY move_id DESC
         LIMIT 1) AS moved
  FROM messages
 WHERE organisation_id = $1 AND id = $2;

-- name: move_note
SELECT id AS item_id, case_id, COALESCE(place_case_id, case_id) AS from_place, at
  FROM notes
 WHERE organisation_id = $1 AND id = $2;

-- name: move_conversation
SELECT id AS item_id, case_id, COALESCE(place_case_id, case_id) AS from_place
  FROM conversations
 WHERE organisation_id = $1 AND id = $2;

-- name: move_newest
SELECT COALESCE(max(id), 0)
  FROM messages
 WHERE organisation_id = $1 AND conversation_id = $2;

-- name: move_came_later
-- What came in a conversation after it was moved goes back with it, if nobody moved it since.
SELECT m.id AS item_id
  FROM messages m
 WHERE m.organisation_id = $1 AND m.conversation_id = $2 AND m.id > $3
   AND COALESCE(m.place_case_id, m.case_id) = $4
   AND NOT EXISTS (SELECT 1
                     FROM case_move_items i
                    WHERE i.organisation_id = m.organisation_id AND i.item_id = m.id)
 ORDER BY m.id
 LIMIT 2000;

-- name: move_put_message
UPDATE messages
   SET case_id = $3, place_case_id = $4
 WHERE organisation_id = $1 AND id = $2;

-- name: move_put_note
UPDATE notes
   SET case_id = $3, place_case_id = $4
 WHERE organisation_id = $1 AND id = $2;

-- name: move_put_conversation
UPDATE conversations
   SET case_id = $3, place_case_id = $4, answered_in = NULL
 WHERE organisation_id = $1 AND id = $2;
