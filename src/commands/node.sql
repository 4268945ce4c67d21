-- name: node_lease_take
-- Over all organisations: a server works for everybody.
-- Changes no row when somebody else has it.
INSERT INTO leases (name, holder, until)
VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE
   SET holder = $2, until = $3
 WHERE leases.holder = $2 OR leases.until < $4;

-- name: node_lease_end
-- Over all organisations: a server works for everybody.
DELETE FROM leases
 WHERE name = $1 AND holder = $2;
