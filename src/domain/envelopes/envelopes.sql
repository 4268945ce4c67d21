-- name: envelope_add
INSERT INTO envelopes (organisation_id, id, channel_id, external_id, received_at, size, raw,
                       raw_hash, folder, is_ours, state, stage, reason, message_id, arrived_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ON CONFLICT (organisation_id, channel_id, external_id) DO NOTHING;

-- name: envelope_by_external_id
SELECT id, channel_id, external_id, arrived_at, received_at, size, folder, is_ours, state, stage,
       reason, message_id
  FROM envelopes
 WHERE organisation_id = $1 AND channel_id = $2 AND external_id = $3;

-- name: envelope_get
SELECT id, channel_id, external_id, arrived_at, received_at, size, raw, raw_hash, folder, is_ours,
       state, stage, reason, message_id
  FROM envelopes
 WHERE organisation_id = $1 AND id = $2;

-- name: envelope_first_waiting
SELECT id, channel_id, external_id, arrived_at, received_at, size, raw, raw_hash, folder, is_ours, state, stage,
       reason, message_id
  FROM envelopes
 WHERE organisation_id = $1 AND channel_id = $2 AND state = 'waiting'
 ORDER BY id
 LIMIT 1;

-- name: envelope_settle
UPDATE envelopes
   SET state = $3, stage = $4, reason = $5, message_id = $6
 WHERE organisation_id = $1 AND id = $2;

-- name: envelope_list_not_understood
-- With as much of a mail as its header takes.
SELECT e.id, e.channel_id, e.external_id, e.arrived_at, e.received_at, e.size, e.folder, e.is_ours,
       e.state, e.stage, e.reason, e.message_id,
       CASE WHEN c.type = 'email' THEN substr(e.raw, 1, 16384) END AS raw,
       CASE WHEN c.type = 'email' THEN e.raw_hash END AS raw_hash
  FROM envelopes e
  LEFT JOIN channels c ON c.organisation_id = $1 AND c.id = e.channel_id
 WHERE e.organisation_id = $1 AND e.state = 'not_understood' AND e.id < $2
 ORDER BY e.id DESC
 LIMIT $3;

-- name: envelope_list
-- With as much of a mail as its header takes.
SELECT e.id, e.channel_id, e.external_id, e.arrived_at, e.received_at, e.size, e.folder, e.is_ours,
       e.state, e.stage, e.reason, e.message_id,
       CASE WHEN c.type = 'email' THEN substr(e.raw, 1, 16384) END AS raw,
       CASE WHEN c.type = 'email' THEN e.raw_hash END AS raw_hash
  FROM envelopes e
  LEFT JOIN channels c ON c.organisation_id = $1 AND c.id = e.channel_id
 WHERE e.organisation_id = $1 AND e.id < $2
 ORDER BY e.id DESC
 LIMIT $3;

-- name: envelope_count_not_understood
-- Ends at $2.
SELECT count(*)
  FROM (SELECT id
          FROM envelopes
         WHERE organisation_id = $1 AND state = 'not_understood'
         LIMIT $2) AS counted;
