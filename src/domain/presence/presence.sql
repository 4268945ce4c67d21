-- name: presence_get
SELECT case_id, user_id, state, since, until
  FROM presence
 WHERE organisation_id = $1 AND case_id = $2 AND user_id = $3;

-- name: presence_list
-- In the order of the key, behind a row of it. What lapsed is deleted by its user's next word: at
-- most PRESENCE_MAX rows of each who was ever there.
SELECT case_id, user_id, state, since, until
  FROM presence
 WHERE organisation_id = $1 AND until > $2 AND (case_id, user_id) > ($3, $4)
 ORDER BY case_id, user_id
 LIMIT $5;

-- name: presence_save
INSERT INTO presence (organisation_id, case_id, user_id, state, since, until, change)
VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (organisation_id, case_id, user_id)
    DO UPDATE SET state = excluded.state, since = excluded.since, until = excluded.until,
                  change = excluded.change;

-- name: presence_renew
UPDATE presence
   SET until = $4
 WHERE organisation_id = $1 AND case_id = $2 AND user_id = $3;

-- name: presence_leave
-- The row stays a while, for those who look what changed.
UPDATE presence
   SET until = 0, change = $5
 WHERE organisation_id = $1 AND case_id = $2 AND user_id = $3 AND until > $4;

-- name: presence_take_over
-- Who types to the customer types no more.
UPDATE presence
   SET state = 'open', since = $4, change = $5
 WHERE organisation_id = $1 AND case_id = $2 AND user_id <> $3 AND until > $4
   AND state = 'typing';

-- name: presence_forget
-- What lapsed of a user's, and the oldest when it's too much.
DELETE FROM presence
 WHERE organisation_id = $1 AND user_id = $2 AND case_id <> $3
   AND (until <= $4
        OR until < (SELECT until
                      FROM presence
                     WHERE organisation_id = $1 AND user_id = $2
                     ORDER BY until DESC
                     LIMIT 1 OFFSET $5));
