-- name: device_save
-- The same browser again, maybe as somebody else: it's his from now on.
INSERT INTO devices (organisation_id, id, user_id, session_id, name, language, endpoint_hash,
                     address, notify_assigned, notify_answered, notify_mentioned, notify_woke,
                     notify_promise, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (organisation_id, endpoint_hash)
    DO UPDATE SET user_id = excluded.user_id, session_id = excluded.session_id,
                  name = excluded.name, language = excluded.language, address = excluded.address,
                  notify_assigned = excluded.notify_assigned,
                  notify_answered = excluded.notify_answered,
                  notify_mentioned = excluded.notify_mentioned,
                  notify_woke = excluded.notify_woke,
                  notify_promise = excluded.notify_promise
RETURNING id;

-- name: device_sweep
-- Those whose session has ended.
DELETE FROM devices
 WHERE organisation_id = $1 AND user_id = $2
   AND session_id NOT IN (SELECT s.id
                            FROM sessions s
                           WHERE s.organisation_id = $1 AND s.user_id = $2 AND s.expires_at > $3);

-- name: device_list
SELECT d.id, d.user_id, d.session_id, d.name, d.language, d.endpoint_hash, d.address,
       d.notify_assigned, d.notify_answered, d.notify_mentioned, d.notify_woke, d.notify_promise,
       d.created_at
  FROM devices d
  JOIN sessions s ON s.organisation_id = d.organisation_id AND s.id = d.session_id
 WHERE d.organisation_id = $1 AND d.user_id = $2 AND s.expires_at > $3
 ORDER BY d.id
 LIMIT 100;

-- name: device_count
SELECT count(*)
  FROM devices
 WHERE organisation_id = $1 AND user_id = $2 AND endpoint_hash <> $3;

-- name: device_remove
DELETE FROM devices
 WHERE organisation_id = $1 AND user_id = $2 AND id = $3;

-- name: notice_add
INSERT INTO notices (organisation_id, id, device_id, case_id, kind, created_at)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: notice_get
SELECT n.id, n.kind, n.created_at, n.device_id, c.reference
  FROM notices n
  JOIN cases c ON c.organisation_id = n.organisation_id AND c.id = n.case_id
 WHERE n.organisation_id = $1 AND n.id = $2;

-- name: notice_device
SELECT d.user_id, d.language, d.endpoint_hash, d.address AS sealed, u.email AS contact
  FROM devices d
  JOIN sessions s ON s.organisation_id = d.organisation_id AND s.id = d.session_id
  JOIN users u ON u.organisation_id = d.organisation_id AND u.id = d.user_id
 WHERE d.organisation_id = $1 AND d.id = $2 AND s.expires_at > $3 AND u.disabled_at = 0;

-- name: notice_remove
DELETE FROM notices
 WHERE organisation_id = $1 AND id = $2;

-- name: notice_remove_of_device
DELETE FROM notices
 WHERE organisation_id = $1 AND device_id = $2;
