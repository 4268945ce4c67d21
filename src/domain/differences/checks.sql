-- Pieces: the id of the last row of the next so many, and how many those are.

-- name: check_piece_envelopes
SELECT COALESCE(max(id), 0) AS until, count(*) AS n
  FROM (SELECT id
          FROM envelopes
         WHERE organisation_id = $1 AND id > $2
         ORDER BY id
         LIMIT $3) AS piece;

-- name: check_piece_messages
SELECT COALESCE(max(id), 0) AS until, count(*) AS n
  FROM (SELECT id
          FROM messages
         WHERE organisation_id = $1 AND id > $2
         ORDER BY id
         LIMIT $3) AS piece;

-- name: check_piece_conversations
SELECT COALESCE(max(id), 0) AS until, count(*) AS n
  FROM (SELECT id
          FROM conversations
         WHERE organisation_id = $1 AND id > $2
         ORDER BY id
         LIMIT $3) AS piece;

-- name: check_piece_cases
SELECT COALESCE(max(id), 0) AS until, count(*) AS n
  FROM (SELECT id
          FROM cases
         WHERE organisation_id = $1 AND id > $2
         ORDER BY id
         LIMIT $3) AS piece;

-- name: check_piece_people
SELECT COALESCE(max(id), 0) AS until, count(*) AS n
  FROM (SELECT id
          FROM people
         WHERE organisation_id = $1 AND id > $2
         ORDER BY id
         LIMIT $3) AS piece;

-- name: check_piece_identities
SELECT COALESCE(max(id), 0) AS until, count(*) AS n
  FROM (SELECT id
          FROM identities
         WHERE organisation_id = $1 AND id > $2
         ORDER BY id
         LIMIT $3) AS piece;

-- name: check_piece_files
SELECT COALESCE(max(id), 0) AS until, count(*) AS n
  FROM (SELECT id
          FROM files
         WHERE organisation_id = $1 AND id > $2
         ORDER BY id
         LIMIT $3) AS piece;

-- name: check_piece_notes
SELECT COALESCE(max(id), 0) AS until, count(*) AS n
  FROM (SELECT id
          FROM notes
         WHERE organisation_id = $1 AND id > $2
         ORDER BY id
         LIMIT $3) AS piece;

-- name: check_piece_promises
SELECT COALESCE(max(id), 0) AS until, count(*) AS n
  FROM (SELECT id
          FROM promises
         WHERE organisation_id = $1 AND id > $2
         ORDER BY id
         LIMIT $3) AS piece;

-- name: check_piece_folders
-- All of them in one piece.
SELECT COALESCE(max(channel_id), 0) AS until, count(*) AS n
  FROM channel_folders
 WHERE organisation_id = $1 AND channel_id > $2 AND $3 > 0;

-- Checks: what may not be, behind $2 and up to $3.

-- name: check_envelope_without_message
SELECT e.id AS about
  FROM envelopes e
 WHERE e.organisation_id = $1 AND e.id > $2 AND e.id <= $3
   AND e.state IN ('understood', 'duplicate')
   AND NOT EXISTS (SELECT 1 FROM messages m
                    WHERE m.organisation_id = e.organisation_id AND m.id = e.message_id)
 ORDER BY e.id;

-- name: check_envelope_without_bytes
SELECT e.id AS about
  FROM envelopes e
 WHERE e.organisation_id = $1 AND e.id > $2 AND e.id <= $3
   AND e.raw IS NULL
   AND NOT EXISTS (SELECT 1 FROM blobs b
                    WHERE b.organisation_id = e.organisation_id AND b.hash = e.raw_hash)
 ORDER BY e.id;

-- name: check_envelope_without_job
SELECT e.id AS about
  FROM envelopes e
 WHERE e.organisation_id = $1 AND e.id > $2 AND e.id <= $3
   AND e.state = 'waiting'
   AND NOT EXISTS (SELECT 1 FROM jobs j
                    WHERE j.organisation_id = e.organisation_id AND j.kind = 'inbound'
                      AND j.about = e.channel_id AND j.asks > 0)
 ORDER BY e.id;

-- name: check_envelope_waiting_long
SELECT e.id AS about
  FROM envelopes e
 WHERE e.organisation_id = $1 AND e.id > $2 AND e.id <= $3
   AND e.state = 'waiting' AND e.received_at < $4
 ORDER BY e.id;

-- name: check_message_without_conversation
SELECT m.id AS about
  FROM messages m
 WHERE m.organisation_id = $1 AND m.id > $2 AND m.id <= $3
   AND NOT EXISTS (SELECT 1 FROM conversations c
                    WHERE c.organisation_id = m.organisation_id AND c.id = m.conversation_id)
 ORDER BY m.id;

-- name: check_message_without_case
-- A message may have been moved out of its conversation's case, but not into one that was merged or
-- isn't there.
SELECT m.id AS about
  FROM messages m
 WHERE m.organisation_id = $1 AND m.id > $2 AND m.id <= $3
   AND NOT EXISTS (SELECT 1 FROM cases k
                    WHERE k.organisation_id = m.organisation_id AND k.id = m.case_id
                      AND k.root_id IS NULL)
 ORDER BY m.id;

-- name: check_message_out_of_place
-- What lives in a merged case stands in its root.
SELECT m.id AS about
  FROM messages m
  JOIN cases k ON k.organisation_id = m.organisation_id AND k.id = m.place_case_id
 WHERE m.organisation_id = $1 AND m.id > $2 AND m.id <= $3
   AND (COALESCE(k.root_id, k.id) <> m.case_id OR m.place_case_id = m.case_id)
 ORDER BY m.id;

-- name: check_message_without_job
-- It is to be sent, and nobody will.
SELECT m.id AS about
  FROM messages m
  JOIN channels c ON c.organisation_id = m.organisation_id AND c.id = m.channel_id
 WHERE m.organisation_id = $1 AND m.id > $2 AND m.id <= $3
   AND m.state IN ('queued', 'sending') AND m.state_at < $4 AND c.type <> 'api'
   AND NOT EXISTS (SELECT 1 FROM jobs j
                    WHERE j.organisation_id = m.organisation_id AND j.kind = 'send'
                      AND j.about = m.id)
 ORDER BY m.id;

-- name: check_message_queued_long
SELECT m.id AS about
  FROM messages m
  JOIN channels c ON c.organisation_id = m.organisation_id AND c.id = m.channel_id
 WHERE m.organisation_id = $1 AND m.id > $2 AND m.id <= $3
   AND m.state IN ('queued', 'sending') AND m.state_at < $4 AND c.type <> 'api'
 ORDER BY m.id;

-- name: check_conversation_without_case
SELECT c.id AS about
  FROM conversations c
 WHERE c.organisation_id = $1 AND c.id > $2 AND c.id <= $3
   AND NOT EXISTS (SELECT 1 FROM cases k
                    WHERE k.organisation_id = c.organisation_id AND k.id = c.case_id
                      AND k.root_id IS NULL)
 ORDER BY c.id;

-- name: check_conversation_without_person
SELECT c.id AS about
  FROM conversations c
 WHERE c.organisation_id = $1 AND c.id > $2 AND c.id <= $3
   AND NOT EXISTS (SELECT 1 FROM people p
                    WHERE p.organisation_id = c.organisation_id AND p.id = c.person_id)
 ORDER BY c.id;

-- name: check_case_without_person
SELECT k.id AS about
  FROM cases k
 WHERE k.organisation_id = $1 AND k.id > $2 AND k.id <= $3
   AND NOT EXISTS (SELECT 1 FROM people p
                    WHERE p.organisation_id = k.organisation_id AND p.id = k.person_id)
 ORDER BY k.id;

-- name: check_case_merged_badly
-- A case that was merged has a root that stands for itself, and no other case of its own.
SELECT k.id AS about
  FROM cases k
 WHERE k.organisation_id = $1 AND k.id > $2 AND k.id <= $3
   AND ((k.merged_into IS NULL) <> (k.root_id IS NULL)
        OR (k.root_id IS NOT NULL
            AND (k.is_active = TRUE
                 OR NOT EXISTS (SELECT 1 FROM cases r
                                 WHERE r.organisation_id = k.organisation_id AND r.id = k.root_id
                                   AND r.root_id IS NULL)
                 OR NOT EXISTS (SELECT 1 FROM case_merges m
                                 WHERE m.organisation_id = k.organisation_id AND m.loser_id = k.id
                                   AND m.winner_id = k.merged_into AND m.undone_at = 0))))
 ORDER BY k.id;

-- name: check_case_with_other_count
SELECT k.id AS about
  FROM cases k
 WHERE k.organisation_id = $1 AND k.id > $2 AND k.id <= $3
   AND k.messages_n <> (SELECT count(*) FROM messages m
                         WHERE m.organisation_id = k.organisation_id AND m.case_id = k.id)
 ORDER BY k.id;

-- name: check_case_with_other_name
SELECT k.id AS about
  FROM cases k
  JOIN people m ON m.organisation_id = k.organisation_id AND m.id = k.person_id
  JOIN people p ON p.organisation_id = m.organisation_id AND p.id = m.root_id
 WHERE k.organisation_id = $1 AND k.id > $2 AND k.id <= $3
   AND k.person_name <> p.name
 ORDER BY k.id;

-- name: check_case_label_out_of_order
SELECT DISTINCT k.id AS about
  FROM labels b
  JOIN case_labels l ON l.organisation_id = b.organisation_id AND l.label_id = b.id
                    AND l.case_id > $2 AND l.case_id <= $3
  JOIN cases k ON k.organisation_id = l.organisation_id AND k.id = l.case_id
 WHERE b.organisation_id = $1
   AND (l.is_active <> k.is_active OR l.waiting_order <> k.waiting_order)
 ORDER BY k.id;

-- name: check_person_with_other_face
SELECT p.id AS about
  FROM people p
  LEFT JOIN people w ON w.organisation_id = p.organisation_id AND w.id = p.merged_into
 WHERE p.organisation_id = $1 AND p.id > $2 AND p.id <= $3
   AND p.root_id <> CASE WHEN p.merged_into IS NULL THEN p.id ELSE COALESCE(w.root_id, 0) END
 ORDER BY p.id;

-- name: check_person_merged_badly
-- Who was merged has one merge that holds, and who has one was merged.
SELECT p.id AS about
  FROM people p
  LEFT JOIN person_merges g
    ON g.organisation_id = p.organisation_id AND g.loser_id = p.id AND g.undone_at = 0
 WHERE p.organisation_id = $1 AND p.id > $2 AND p.id <= $3
   AND COALESCE(p.merged_into, 0) <> COALESCE(g.winner_id, 0)
 ORDER BY p.id;

-- name: check_identity_without_person
SELECT i.id AS about
  FROM identities i
 WHERE i.organisation_id = $1 AND i.id > $2 AND i.id <= $3
   AND NOT EXISTS (SELECT 1 FROM people p
                    WHERE p.organisation_id = i.organisation_id AND p.id = i.person_id)
 ORDER BY i.id;

-- name: check_file_without_content
SELECT f.id AS about
  FROM files f
 WHERE f.organisation_id = $1 AND f.id > $2 AND f.id <= $3
   AND f.hash IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM blobs b
                    WHERE b.organisation_id = f.organisation_id AND b.hash = f.hash)
 ORDER BY f.id;

-- name: check_file_without_message
SELECT f.id AS about
  FROM files f
 WHERE f.organisation_id = $1 AND f.id > $2 AND f.id <= $3
   AND ((f.message_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM messages m
                          WHERE m.organisation_id = f.organisation_id AND m.id = f.message_id))
        OR (f.note_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM notes n
                             WHERE n.organisation_id = f.organisation_id AND n.id = f.note_id)))
 ORDER BY f.id;

-- name: check_note_without_case
SELECT n.id AS about
  FROM notes n
 WHERE n.organisation_id = $1 AND n.id > $2 AND n.id <= $3
   AND NOT EXISTS (SELECT 1 FROM cases k
                    WHERE k.organisation_id = n.organisation_id AND k.id = n.case_id)
 ORDER BY n.id;

-- name: check_promise_without_case
SELECT p.id AS about
  FROM promises p
 WHERE p.organisation_id = $1 AND p.id > $2 AND p.id <= $3
   AND NOT EXISTS (SELECT 1 FROM cases k
                    WHERE k.organisation_id = p.organisation_id AND k.id = p.case_id
                      AND k.root_id IS NULL)
 ORDER BY p.id;

-- name: check_promise_forgotten
-- It is owed, and its case is done.
SELECT p.id AS about
  FROM promises p
  JOIN cases k ON k.organisation_id = p.organisation_id AND k.id = p.case_id
 WHERE p.organisation_id = $1 AND p.id > $2 AND p.id <= $3
   AND p.is_owed = TRUE AND k.status = 'done'
 ORDER BY p.id;

-- name: check_promise_silently_broken
-- Its moment is past, and nobody heard it.
SELECT p.id AS about
  FROM promises p
 WHERE p.organisation_id = $1 AND p.id > $2 AND p.id <= $3
   AND p.state = 'open' AND p.due_at < $4
 ORDER BY p.id;

-- name: check_mail_not_handed_over
-- The server couldn't give them; they are asked for again.
SELECT a.channel_id AS about, a.folder || ' ' || CAST(a.uid AS TEXT) AS detail
  FROM channel_aside a
 WHERE a.organisation_id = $1 AND a.channel_id > $2 AND a.channel_id <= $3
 ORDER BY a.channel_id, a.folder, a.uid
 LIMIT 100;
