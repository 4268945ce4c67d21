-- name: effort_put
INSERT INTO case_efforts (organisation_id, case_id, done_at, contacts_n, forced_switches_n,
                          repeats_n, handovers_n, dead_ends_n, waiting_minutes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (organisation_id, case_id) DO UPDATE
   SET done_at = excluded.done_at, contacts_n = excluded.contacts_n,
       forced_switches_n = excluded.forced_switches_n, repeats_n = excluded.repeats_n,
       handovers_n = excluded.handovers_n, dead_ends_n = excluded.dead_ends_n,
       waiting_minutes = excluded.waiting_minutes;

-- name: effort_newest
SELECT contacts_n, forced_switches_n, repeats_n, handovers_n, dead_ends_n, waiting_minutes
  FROM case_efforts
 WHERE organisation_id = $1 AND done_at <= $3
 ORDER BY done_at DESC, case_id DESC
 LIMIT $2;
