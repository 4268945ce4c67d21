-- name: lease_take
-- Over all organisations: a server works for everybody.
-- Changes no row when somebody else has it ($5: a holder who is known to be gone).
INSERT INTO leases (name, holder, until)
VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE
   SET holder = $2, until = $3
 WHERE leases.holder = $2 OR leases.holder = $5 OR leases.until < $4;

-- name: lease_get
-- Over all organisations: a server works for everybody.
SELECT name, holder, until
  FROM leases
 WHERE name = $1;

-- name: lease_renew_all
-- Over all organisations: a server works for everybody. What it has are at most some thousand
-- rows, and so are all of them.
UPDATE leases
   SET until = $2
 WHERE holder = $1
RETURNING name, holder, until;

-- name: lease_end
-- Over all organisations: a server works for everybody.
DELETE FROM leases
 WHERE name = $1 AND holder = $2;

-- name: lease_end_all
-- Over all organisations: a server works for everybody.
DELETE FROM leases
 WHERE holder = $1;

-- name: lease_holders
-- Over all organisations: a server works for everybody. Who has anything, and until when.
SELECT holder, max(until) AS until
  FROM leases
 GROUP BY holder;
