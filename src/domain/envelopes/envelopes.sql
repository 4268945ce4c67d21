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
SELECT id, channel_id, external_id, arrived_at, received_at, size, folder, is_ours, state, stage,
       reason, message_id
  FROM envelopes
 WHERE organisation_id = $1 AND state = 'not_understood' AND id < $2
 ORDER BY id DESC
 LIMIT $3;

-- name: envelope_list
SELECT id, channel_id, external_id, arrived_at, received_at, size, folder, is_ours, state, stage,
       reason, message_id
  FROM envelopes
 WHERE organisation_id = $1 AND id < $2
 ORDER BY id DESC
 LIMIT $3;

-- name: envelope_count_not_understood
-- Ends at $2.
SELECT count(*)
  FROM (SELECT id
          FROM envelopes
         WHERE organisation_id = $1 AND state = 'not_understood'
         LIMIT $2) AS counted;
