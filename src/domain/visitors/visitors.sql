-- name: visitor_add
INSERT INTO chat_visitors (organisation_id, id, channel_id, secret_hash, challenge, address_hash,
                           language, page, state, until, seen_at, change, desk_change, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $2, $2, $11)
    ON CONFLICT (organisation_id, challenge) DO NOTHING;

-- name: visitor_get
SELECT id, channel_id, secret_hash, address_hash, person_id, conversation_id, round, login, email,
       email_is_verified, name, language, page, state, until, seen_at, newest, delivered, read,
       mailed, transcripts, change, created_at
  FROM chat_visitors
 WHERE organisation_id = $1 AND id = $2;

-- name: visitor_of_case
-- Who was last there, of those who write in a conversation of the case.
SELECT v.id, v.channel_id, v.secret_hash, v.address_hash, v.person_id, v.conversation_id, v.round,
       v.login, v.email, v.email_is_verified, v.name, v.language, v.page, v.state, v.until,
       v.seen_at, v.newest, v.delivered, v.read, v.mailed, v.transcripts,
       v.change, v.created_at
  FROM chat_visitors v
 WHERE v.organisation_id = $1
   AND v.conversation_id IN (SELECT c.id
                               FROM conversations c
                              WHERE c.organisation_id = $1 AND c.case_id = $2)
 ORDER BY v.seen_at DESC
 LIMIT 1;

-- name: visitor_save_identity
UPDATE chat_visitors
   SET login = $3, email = $4, email_is_verified = $5, name = $6, person_id = $7, desk_change = $8
 WHERE organisation_id = $1 AND id = $2;

-- name: visitor_save_presence
-- What was delivered or read doesn't become undone.
UPDATE chat_visitors
   SET state = $3, until = $4, page = $5, seen_at = $6,
       delivered = CASE WHEN CAST($7 AS BIGINT) > delivered THEN CAST($7 AS BIGINT) ELSE delivered END,
       read = CASE WHEN CAST($8 AS BIGINT) > read THEN CAST($8 AS BIGINT) ELSE read END,
       desk_change = CASE WHEN CAST($9 AS BIGINT) > 0 THEN CAST($9 AS BIGINT) ELSE desk_change END
 WHERE organisation_id = $1 AND id = $2;

-- name: visitor_wrote
UPDATE chat_visitors
   SET person_id = $3, conversation_id = $4, round = $5, seen_at = $6
 WHERE organisation_id = $1 AND id = $2;

-- name: visitor_goes_on
UPDATE chat_visitors
   SET conversation_id = $3, round = $4, desk_change = $5
 WHERE organisation_id = $1 AND id = $2;

-- name: visitor_next
-- The row is locked until the end of the transaction: positions become visible in their order.
UPDATE chat_visitors
   SET newest = newest + 1, change = $3
 WHERE organisation_id = $1 AND id = $2
RETURNING newest;

-- name: visitor_mailed
UPDATE chat_visitors
   SET mailed = $3
 WHERE organisation_id = $1 AND id = $2 AND mailed < $3;

-- name: visitor_transcript
UPDATE chat_visitors
   SET transcripts = transcripts + 1
 WHERE organisation_id = $1 AND id = $2 AND transcripts < $3;

-- name: visitor_forget
DELETE FROM chat_visitors
 WHERE organisation_id = $1 AND id = $2;

-- name: visitors_of_case_have_news
UPDATE chat_visitors
   SET change = $3
 WHERE organisation_id = $1
   AND conversation_id IN (SELECT id
                             FROM conversations
                            WHERE organisation_id = $1 AND case_id = $2);

-- name: visitors_sweep
-- Over all organisations: who began and said nothing. A few at a time, so that others don't wait.
DELETE FROM chat_visitors
 WHERE (organisation_id, id) IN (SELECT organisation_id, id
                                   FROM chat_visitors
                                  WHERE seen_at < $1 AND conversation_id IS NULL
                                  ORDER BY seen_at, organisation_id, id
                                  LIMIT 500);

-- name: chat_item_add
INSERT INTO chat_items (organisation_id, visitor_id, position, message_id)
VALUES ($1, $2, $3, $4);

-- name: chat_item_position
SELECT position
  FROM chat_items
 WHERE organisation_id = $1 AND message_id = $2;

-- name: chat_item_of_visitor
SELECT count(*)
  FROM chat_items
 WHERE organisation_id = $1 AND message_id = $2 AND visitor_id = $3;

-- name: chat_items_after
-- CROSS JOIN: SQLite then keeps this order.
SELECT i.position, m.id AS message_id, m.external_id, m.direction, m.state, m.text, m.at,
       (SELECT u.name FROM users u WHERE u.organisation_id = $1 AND u.id = m.user_id) AS author
  FROM chat_items i
 CROSS JOIN messages m
 WHERE i.organisation_id = $1 AND i.visitor_id = $2 AND i.position > $3
   AND m.organisation_id = $1 AND m.id = i.message_id
 ORDER BY i.position
 LIMIT $4;

-- name: chat_items_sent
SELECT m.id, m.conversation_id, m.case_id, m.channel_id, m.direction, m.state, m.state_words
  FROM chat_items i
 CROSS JOIN messages m
 WHERE i.organisation_id = $1 AND i.visitor_id = $2 AND i.position > $3 AND i.position <= $4
   AND m.organisation_id = $1 AND m.id = i.message_id
   AND m.direction = 'out' AND m.state IN ('sent', 'delivered')
 ORDER BY i.position
 LIMIT 1000;

-- name: chat_files_after
SELECT id, message_id, name, type, size
  FROM files
 WHERE organisation_id = $1
   AND message_id IN (SELECT message_id
                        FROM chat_items
                       WHERE organisation_id = $1 AND visitor_id = $2 AND position > $3
                         AND position <= $4)
 ORDER BY message_id, id
 LIMIT 2000;

-- name: chat_items_forget
DELETE FROM chat_items
 WHERE organisation_id = $1 AND visitor_id = $2;

-- name: chat_colleague
-- Who types to him, or else has his case open longest.
SELECT p.state,
       (SELECT u.name FROM users u WHERE u.organisation_id = $1 AND u.id = p.user_id) AS name
  FROM presence p
 WHERE p.organisation_id = $1
   AND p.case_id = (SELECT c.case_id
                      FROM conversations c
                     WHERE c.organisation_id = $1 AND c.id = $2)
   AND p.until > $3
 ORDER BY CASE WHEN p.state = 'typing' THEN 0 ELSE 1 END, p.since
 LIMIT 1;

-- name: chat_seen
-- How many colleagues have read all that came in for the visitor's case.
SELECT count(*)
  FROM read_marks m
 WHERE m.organisation_id = $1
   AND m.case_id = (SELECT c.case_id
                      FROM conversations c
                     WHERE c.organisation_id = $1 AND c.id = $2)
   AND m.read_n >= (SELECT k.heard_n
                      FROM conversations c
                     CROSS JOIN cases k
                     WHERE c.organisation_id = $1 AND c.id = $2
                       AND k.organisation_id = $1 AND k.id = c.case_id);

-- name: chat_case_done_at
-- 0: it isn't done.
SELECT CASE WHEN k.status = 'done' THEN k.done_at ELSE 0 END
  FROM conversations c
 CROSS JOIN cases k
 WHERE c.organisation_id = $1 AND c.id = $2
   AND k.organisation_id = $1 AND k.id = c.case_id;

-- name: chat_block_add
INSERT INTO chat_blocks (organisation_id, id, visitor_id, address_hash, name, reason, user_id, at,
                         until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: chat_block_list
SELECT id, visitor_id, name, reason, user_id, at, until,
       CASE WHEN address_hash IS NULL THEN FALSE ELSE TRUE END AS with_address
  FROM chat_blocks
 WHERE organisation_id = $1 AND id < $2
 ORDER BY id DESC
 LIMIT $3;

-- name: chat_block_remove
DELETE FROM chat_blocks
 WHERE organisation_id = $1 AND id = $2;

-- name: chat_block_of_visitor
SELECT count(*)
  FROM chat_blocks
 WHERE organisation_id = $1 AND visitor_id = $2 AND (until = 0 OR until > $3);

-- name: chat_block_of_address
SELECT count(*)
  FROM chat_blocks
 WHERE organisation_id = $1 AND address_hash = $2 AND (until = 0 OR until > $3);
