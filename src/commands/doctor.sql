-- What must be nothing, and what somebody should look at.

-- name: doctor_understood_without_message
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM envelopes e
 WHERE e.state IN ('understood', 'duplicate')
   AND NOT EXISTS (SELECT 1 FROM messages m
                    WHERE m.organisation_id = e.organisation_id AND m.id = e.message_id);

-- name: doctor_envelope_without_bytes
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM envelopes e
 WHERE e.raw IS NULL
   AND NOT EXISTS (SELECT 1 FROM blobs b
                    WHERE b.organisation_id = e.organisation_id AND b.hash = e.raw_hash);

-- name: doctor_waiting_without_job
-- Over all organisations: the doctor looks at everything.
SELECT min(e.id) AS first, COALESCE(min(c.name), 'a channel that is gone') AS channel, count(*) AS n
  FROM envelopes e
  LEFT JOIN channels c ON c.organisation_id = e.organisation_id AND c.id = e.channel_id
 WHERE e.state = 'waiting'
   AND NOT EXISTS (SELECT 1 FROM jobs j
                    WHERE j.organisation_id = e.organisation_id AND j.kind = 'inbound'
                      AND j.about = e.channel_id AND j.asks > 0)
 GROUP BY e.organisation_id, e.channel_id
 ORDER BY e.organisation_id, e.channel_id
 LIMIT 100;

-- name: doctor_message_without_conversation
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM messages m
 WHERE NOT EXISTS (SELECT 1 FROM conversations c
                    WHERE c.organisation_id = m.organisation_id AND c.id = m.conversation_id);

-- name: doctor_message_without_case
-- Over all organisations: the doctor looks at everything. A message may have been moved out of its
-- conversation's case, but not into one that was merged or isn't there.
SELECT count(*)
  FROM messages m
 WHERE NOT EXISTS (SELECT 1 FROM cases k
                    WHERE k.organisation_id = m.organisation_id AND k.id = m.case_id
                      AND k.root_id IS NULL);

-- name: doctor_case_merged_badly
-- Over all organisations: the doctor looks at everything. A case that was merged has a root that
-- stands for itself, and no other case of its own.
SELECT count(*)
  FROM cases k
 WHERE (k.merged_into IS NULL) <> (k.root_id IS NULL)
    OR (k.root_id IS NOT NULL
        AND (k.is_active = TRUE
             OR NOT EXISTS (SELECT 1 FROM cases r
                             WHERE r.organisation_id = k.organisation_id AND r.id = k.root_id
                               AND r.root_id IS NULL)
             OR NOT EXISTS (SELECT 1 FROM case_merges m
                             WHERE m.organisation_id = k.organisation_id AND m.loser_id = k.id
                               AND m.winner_id = k.merged_into AND m.undone_at = 0)));

-- name: doctor_message_out_of_place
-- Over all organisations: the doctor looks at everything. What lives in a merged case stands in
-- its root.
SELECT count(*)
  FROM messages m
  JOIN cases k ON k.organisation_id = m.organisation_id AND k.id = m.place_case_id
 WHERE COALESCE(k.root_id, k.id) <> m.case_id OR m.place_case_id = m.case_id;

-- name: doctor_conversation_without_case
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM conversations c
 WHERE NOT EXISTS (SELECT 1 FROM cases k
                    WHERE k.organisation_id = c.organisation_id AND k.id = c.case_id
                      AND k.root_id IS NULL);

-- name: doctor_conversation_without_person
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM conversations c
 WHERE NOT EXISTS (SELECT 1 FROM people p
                    WHERE p.organisation_id = c.organisation_id AND p.id = c.person_id);

-- name: doctor_case_without_person
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM cases k
 WHERE NOT EXISTS (SELECT 1 FROM people p
                    WHERE p.organisation_id = k.organisation_id AND p.id = k.person_id);

-- name: doctor_case_with_other_count
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM cases k
  LEFT JOIN (SELECT organisation_id, case_id, count(*) AS n
               FROM messages
              GROUP BY organisation_id, case_id) m
    ON m.organisation_id = k.organisation_id AND m.case_id = k.id
 WHERE k.messages_n <> coalesce(m.n, 0);

-- name: doctor_case_with_other_name
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM cases k
  JOIN people m ON m.organisation_id = k.organisation_id AND m.id = k.person_id
  JOIN people p ON p.organisation_id = m.organisation_id AND p.id = m.root_id
 WHERE k.person_name <> p.name;

-- name: doctor_person_with_other_face
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM people p
  LEFT JOIN people w ON w.organisation_id = p.organisation_id AND w.id = p.merged_into
 WHERE p.root_id <> CASE WHEN p.merged_into IS NULL THEN p.id ELSE COALESCE(w.root_id, 0) END;

-- name: doctor_person_merged_badly
-- Over all organisations: the doctor looks at everything. Who was merged has one merge that holds,
-- and who has one was merged.
SELECT count(*)
  FROM people p
  LEFT JOIN person_merges g
    ON g.organisation_id = p.organisation_id AND g.loser_id = p.id AND g.undone_at = 0
 WHERE COALESCE(p.merged_into, 0) <> COALESCE(g.winner_id, 0);

-- name: doctor_label_out_of_order
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM case_labels l
  JOIN cases k ON k.organisation_id = l.organisation_id AND k.id = l.case_id
 WHERE l.is_active <> k.is_active OR l.waiting_order <> k.waiting_order;

-- name: doctor_identity_without_person
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM identities i
 WHERE NOT EXISTS (SELECT 1 FROM people p
                    WHERE p.organisation_id = i.organisation_id AND p.id = i.person_id);

-- name: doctor_file_without_content
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM files f
 WHERE f.hash IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM blobs b
                    WHERE b.organisation_id = f.organisation_id AND b.hash = f.hash);

-- name: doctor_file_without_message
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM files f
 WHERE (f.message_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM messages m
                         WHERE m.organisation_id = f.organisation_id AND m.id = f.message_id))
    OR (f.note_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM notes n
                         WHERE n.organisation_id = f.organisation_id AND n.id = f.note_id));

-- name: doctor_content_without_use
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM blobs b
 WHERE b.dropped_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM files f
                    WHERE f.organisation_id = b.organisation_id AND f.hash = b.hash)
   AND NOT EXISTS (SELECT 1 FROM envelopes e
                    WHERE e.organisation_id = b.organisation_id AND e.raw_hash = b.hash);

-- name: doctor_note_without_case
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM notes n
 WHERE NOT EXISTS (SELECT 1 FROM cases k
                    WHERE k.organisation_id = n.organisation_id AND k.id = n.case_id);

-- name: doctor_waiting_long
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM envelopes e
 WHERE e.state = 'waiting' AND e.received_at < $1;

-- name: doctor_not_understood
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM envelopes e
 WHERE e.state = 'not_understood';

-- name: doctor_queued_long
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM messages m
  JOIN channels c ON c.organisation_id = m.organisation_id AND c.id = m.channel_id
 WHERE m.state IN ('queued', 'sending') AND m.state_at < $1 AND c.type <> 'api';

-- name: doctor_not_sent
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM messages m
 WHERE m.state = 'failed';

-- name: doctor_jobs_given_up
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM jobs
 WHERE given_up_at > 0 AND dropped_at = 0;

-- name: doctor_events_pending
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM events_pending
 WHERE at < $1;

-- name: doctor_events
-- Over all organisations: the doctor looks at everything.
SELECT CAST(COALESCE(sum(position), 0) AS BIGINT)
  FROM event_heads;

-- name: doctor_files
-- Over all organisations: the doctor looks at everything.
SELECT count(*)
  FROM blobs;

-- name: doctor_channels_in_error
-- Over all organisations: the doctor looks at everything.
SELECT name, last_error, send_error
  FROM channels
 WHERE enabled = $1 AND (last_error IS NOT NULL OR send_error IS NOT NULL)
 ORDER BY organisation_id, id
 LIMIT 100;
