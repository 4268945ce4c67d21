-- name: event_add
INSERT INTO events_pending (organisation_id, id, kind, at, actor_kind, actor_id, case_id, about, data)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: event_organisations_pending
-- Over all organisations: the sealer serves everybody.
SELECT DISTINCT organisation_id AS id
  FROM events_pending
 LIMIT 1000;

-- name: event_head_lock
-- Changes nothing, but two nodes never seal at once. Without RETURNING: for that SQLite begins a
-- savepoint, at which the full-text index writes out what the batch has so far.
UPDATE event_heads
   SET position = position
 WHERE organisation_id = $1;

-- name: event_head
SELECT position, hash
  FROM event_heads
 WHERE organisation_id = $1;

-- name: event_head_make
INSERT INTO event_heads (organisation_id, position, hash)
VALUES ($1, 0, $2);

-- name: event_head_move
UPDATE event_heads
   SET position = $2, hash = $3
 WHERE organisation_id = $1;

-- name: event_pending
SELECT id, kind, at, actor_kind, actor_id, case_id, about, data
  FROM events_pending
 WHERE organisation_id = $1
 ORDER BY id
 LIMIT $2;

-- name: event_seal
INSERT INTO events (organisation_id, position, id, kind, at, actor_kind, actor_id, case_id, about,
                    data, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: event_unpend
-- All up to the last that was sealed: this transaction sees no others, whatever comes meanwhile.
DELETE FROM events_pending
 WHERE organisation_id = $1 AND id <= $2;

-- name: events_after
SELECT id, position, kind, at, actor_kind, actor_id, case_id, about, data, hash
  FROM events
 WHERE organisation_id = $1 AND position > $2
 ORDER BY position
 LIMIT $3;

-- name: event_at
SELECT at
  FROM events
 WHERE organisation_id = $1 AND position = $2;

-- name: events_position
SELECT position
  FROM event_heads
 WHERE organisation_id = $1;

-- name: event_newest_id
-- Over all organisations: how far ids have come. The newest sealed one of each organisation, and
-- what waits to be sealed. Not a join: SQLite would walk all events, and look for their heads.
SELECT max(id)
  FROM (SELECT (SELECT e.id
                  FROM events e
                 WHERE e.organisation_id = h.organisation_id AND e.position = h.position) AS id
          FROM event_heads h
         UNION ALL
        SELECT id
          FROM events_pending) AS newest;
