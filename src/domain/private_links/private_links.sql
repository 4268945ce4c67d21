-- name: private_link_add
INSERT INTO private_links (organisation_id, id, case_id, from_channel_id, from_conversation_id,
                           channel_id, person_id, identity_id, handle, is_public, language,
                           secret_hash, user_id, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: private_link_by_secret
-- Over all organisations: the secret proves which one is meant.
SELECT organisation_id, id, case_id, from_channel_id, from_conversation_id, channel_id, person_id,
       identity_id, handle, is_public, language, user_id, created_at, expires_at, withdrawn_at,
       opened_at, visitor_id, said, proved_at
  FROM private_links
 WHERE secret_hash = $1;

-- name: private_link_get
SELECT organisation_id, id, case_id, from_channel_id, from_conversation_id, channel_id, person_id,
       identity_id, handle, is_public, language, user_id, created_at, expires_at, withdrawn_at,
       opened_at, visitor_id, said, proved_at
  FROM private_links
 WHERE organisation_id = $1 AND id = $2;

-- name: private_link_list_of_case
-- And of those that were merged into it. CROSS JOIN: SQLite then keeps this order.
SELECT l.organisation_id, l.id, l.case_id, l.from_channel_id, l.from_conversation_id, l.channel_id,
       l.person_id, l.identity_id, l.handle, l.is_public, l.language, l.user_id, l.created_at,
       l.expires_at, l.withdrawn_at, l.opened_at, l.visitor_id, l.said, l.proved_at,
       EXISTS (SELECT 1
                 FROM messages m
                WHERE m.organisation_id = $1 AND m.conversation_id = l.from_conversation_id
                  AND m.direction = 'out' AND m.state <> 'dropped' AND l.opened_at > 0
                  AND m.at > l.opened_at) AS was_closed
  FROM (SELECT CAST($2 AS BIGINT) AS id
         UNION ALL
        SELECT c.id FROM cases c WHERE c.organisation_id = $1 AND c.root_id = $2) AS k
 CROSS JOIN private_links l
 WHERE l.organisation_id = $1 AND l.case_id = k.id
 ORDER BY l.id DESC
 LIMIT 50;

-- name: private_link_count_since
SELECT count(*)
  FROM private_links
 WHERE organisation_id = $1 AND case_id = $2 AND id > $3;

-- name: private_link_open
-- The conditions make it once, whoever presses at the same moment.
UPDATE private_links
   SET opened_at = $3, visitor_id = $4
 WHERE organisation_id = $1 AND id = $2 AND opened_at = 0 AND withdrawn_at = 0
   AND expires_at > $3;

-- name: private_link_say
UPDATE private_links
   SET said = $3
 WHERE organisation_id = $1 AND id = $2;

-- name: private_link_prove
UPDATE private_links
   SET proved_at = $3
 WHERE organisation_id = $1 AND id = $2 AND proved_at = 0;

-- name: private_link_withdraw
UPDATE private_links
   SET withdrawn_at = $3
 WHERE organisation_id = $1 AND id = $2 AND opened_at = 0 AND withdrawn_at = 0;

-- name: private_link_unproved
SELECT organisation_id, id, case_id, from_channel_id, from_conversation_id, channel_id, person_id,
       identity_id, handle, is_public, language, user_id, created_at, expires_at, withdrawn_at,
       opened_at, visitor_id, said, proved_at
  FROM private_links
 WHERE organisation_id = $1 AND person_id = $2 AND proved_at = 0 AND opened_at > 0
   AND from_channel_id = $3 AND said = 'yes'
 ORDER BY id DESC
 LIMIT 20;
