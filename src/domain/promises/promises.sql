-- name: promise_add
INSERT INTO promises (organisation_id, id, case_id, place_case_id, person_id, message_id, note_id,
                      kind, words, is_firm, starts_at, due_at, risk_at, state, is_owed, owner_id,
                      team_id, previous_id, actor_kind, actor_id, created_at, begun_at, load,
                      chance, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', TRUE, $14, $15, $16, $17,
        $18, $19, $20, $21, $22, 1);

-- name: promise_get
SELECT id, case_id, person_id, message_id, note_id, kind, words, is_firm, starts_at, due_at,
       risk_at, state, is_owed, owner_id, team_id, previous_id, next_id, evidence,
       evidence_message_id, reason, told_message_id, warned_at, broken_at, settled_at, actor_kind,
       actor_id, created_at, begun_at, chance, version
  FROM promises
 WHERE organisation_id = $1 AND id = $2;

-- name: promise_list_of_case
SELECT id, case_id, person_id, message_id, note_id, kind, words, is_firm, starts_at, due_at,
       risk_at, state, is_owed, owner_id, team_id, previous_id, next_id, evidence,
       evidence_message_id, reason, told_message_id, warned_at, broken_at, settled_at, actor_kind,
       actor_id, created_at, begun_at, chance, version
  FROM promises
 WHERE organisation_id = $1 AND case_id = $2
 ORDER BY id
 LIMIT $3;

-- name: promise_save
UPDATE promises
   SET state = $4, is_owed = $5, owner_id = $6, team_id = $7, next_id = $8, evidence = $9,
       evidence_message_id = $10, reason = $11, told_message_id = $12, warned_at = $13,
       broken_at = $14, settled_at = $15, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: promise_owed_of_case
SELECT id, due_at
  FROM promises
 WHERE organisation_id = $1 AND case_id = $2 AND is_owed = TRUE
 ORDER BY id
 LIMIT 1;

-- name: promise_answers_owed
-- What was promised as an answer, and that for which all tasks are done; not in this message itself.
SELECT p.id, p.case_id, p.person_id, p.message_id, p.note_id, p.kind, p.words, p.is_firm,
       p.starts_at, p.due_at, p.risk_at, p.state, p.is_owed, p.owner_id, p.team_id, p.previous_id,
       p.next_id, p.evidence, p.evidence_message_id, p.reason, p.told_message_id, p.warned_at,
       p.broken_at, p.settled_at, p.actor_kind, p.actor_id, p.created_at, p.begun_at, p.chance,
       p.version
  FROM promises p
 WHERE p.organisation_id = $1 AND p.case_id = $2 AND p.is_owed = TRUE
   AND (p.message_id IS NULL OR p.message_id <> $3)
   AND (p.kind = 'reply'
        OR (EXISTS (SELECT 1 FROM tasks k
                     WHERE k.organisation_id = $1 AND k.promise_id = p.id)
            AND NOT EXISTS (SELECT 1 FROM tasks k
                             WHERE k.organisation_id = $1 AND k.promise_id = p.id
                               AND k.state <> 'done')))
 ORDER BY p.id
 LIMIT 200;

-- name: promise_message_known
SELECT count(*)
  FROM messages
 WHERE organisation_id = $1 AND id = $2 AND direction = 'out';

-- name: promise_board
SELECT p.id, p.case_id, p.person_id, p.message_id, p.note_id, p.kind, p.words, p.is_firm,
       p.starts_at, p.due_at, p.risk_at, p.state, p.is_owed, p.owner_id, p.team_id, p.previous_id,
       p.next_id, p.warned_at, p.broken_at, p.created_at, p.version, k.reference, k.person_name
  FROM promises p
  JOIN cases k ON k.organisation_id = p.organisation_id AND k.id = p.case_id
 WHERE p.organisation_id = $1 AND p.is_owed = TRUE
   AND (p.due_at > $2 OR (p.due_at = $2 AND p.id > $3)) AND p.due_at <= $4
 ORDER BY p.due_at, p.id
 LIMIT $5;

-- name: promise_board_of_team
SELECT p.id, p.case_id, p.person_id, p.message_id, p.note_id, p.kind, p.words, p.is_firm,
       p.starts_at, p.due_at, p.risk_at, p.state, p.is_owed, p.owner_id, p.team_id, p.previous_id,
       p.next_id, p.warned_at, p.broken_at, p.created_at, p.version, k.reference, k.person_name
  FROM promises p
  JOIN cases k ON k.organisation_id = p.organisation_id AND k.id = p.case_id
 WHERE p.organisation_id = $1 AND p.is_owed = TRUE AND p.team_id = $6
   AND (p.due_at > $2 OR (p.due_at = $2 AND p.id > $3)) AND p.due_at <= $4
 ORDER BY p.due_at, p.id
 LIMIT $5;

-- name: promise_board_of_owner
SELECT p.id, p.case_id, p.person_id, p.message_id, p.note_id, p.kind, p.words, p.is_firm,
       p.starts_at, p.due_at, p.risk_at, p.state, p.is_owed, p.owner_id, p.team_id, p.previous_id,
       p.next_id, p.warned_at, p.broken_at, p.created_at, p.version, k.reference, k.person_name
  FROM promises p
  JOIN cases k ON k.organisation_id = p.organisation_id AND k.id = p.case_id
 WHERE p.organisation_id = $1 AND p.is_owed = TRUE AND p.owner_id = $6
   AND (p.due_at > $2 OR (p.due_at = $2 AND p.id > $3)) AND p.due_at <= $4
 ORDER BY p.due_at, p.id
 LIMIT $5;

-- name: promise_board_of_person
-- Of all who have his face.
SELECT p.id, p.case_id, p.person_id, p.message_id, p.note_id, p.kind, p.words, p.is_firm,
       p.starts_at, p.due_at, p.risk_at, p.state, p.is_owed, p.owner_id, p.team_id, p.previous_id,
       p.next_id, p.warned_at, p.broken_at, p.created_at, p.version, k.reference, k.person_name
  FROM people w
 CROSS JOIN people o
 CROSS JOIN promises p
 CROSS JOIN cases k
 WHERE w.organisation_id = $1 AND w.id = $6
   AND o.organisation_id = $1 AND o.root_id = w.root_id
   AND p.organisation_id = $1 AND p.person_id = o.id AND p.is_owed = TRUE
   AND (p.due_at > $2 OR (p.due_at = $2 AND p.id > $3)) AND p.due_at <= $4
   AND k.organisation_id = $1 AND k.id = p.case_id
 ORDER BY p.due_at, p.id
 LIMIT $5;

-- name: promise_day
-- What was promised for a day, whatever became of it; NULL of a team or owner: everybody's.
SELECT p.id, p.case_id, p.person_id, p.message_id, p.note_id, p.kind, p.words, p.is_firm,
       p.starts_at, p.due_at, p.risk_at, p.state, p.is_owed, p.owner_id, p.team_id, p.previous_id,
       p.next_id, p.warned_at, p.broken_at, p.settled_at, p.created_at, p.version, k.reference,
       k.person_name
  FROM promises p
 CROSS JOIN cases k
 WHERE k.organisation_id = $1 AND k.id = p.case_id
   AND p.organisation_id = $1 AND p.due_at >= $2 AND p.due_at < $3 AND p.state <> 'withdrawn'
   AND (p.team_id = $4 OR $4 IS NULL) AND (p.owner_id = $5 OR $5 IS NULL)
 ORDER BY p.due_at, p.id
 LIMIT $6;

-- name: promise_count_owed
-- Due in a span; no further than $6.
SELECT count(*)
  FROM (SELECT 1
          FROM promises
         WHERE organisation_id = $1 AND is_owed = TRUE AND due_at >= $2 AND due_at < $3
           AND (team_id = $4 OR $4 IS NULL) AND (owner_id = $5 OR $5 IS NULL)
         LIMIT $6) AS owed;

-- name: promise_count_at_risk
-- Of what is due next.
SELECT count(*)
  FROM (SELECT risk_at
          FROM promises
         WHERE organisation_id = $1 AND is_owed = TRUE AND due_at >= $2
           AND (team_id = $3 OR $3 IS NULL) AND (owner_id = $4 OR $4 IS NULL)
         ORDER BY due_at
         LIMIT $5) AS owed
 WHERE risk_at <= $2;

-- name: promise_leads
-- Who leads the team.
SELECT u.id
  FROM team_members m
 CROSS JOIN users u
 WHERE m.organisation_id = $1 AND m.team_id = $2
   AND u.organisation_id = m.organisation_id AND u.id = m.user_id
   AND u.role = 'lead' AND u.disabled_at = 0
 ORDER BY u.id
 LIMIT 50;

-- name: promise_take_to_case
UPDATE promises
   SET case_id = $3, place_case_id = COALESCE(place_case_id, case_id)
 WHERE organisation_id = $1 AND case_id = $2;

-- name: promise_give_to_case
UPDATE promises
   SET case_id = $4, place_case_id = NULLIF(place_case_id, $4)
 WHERE organisation_id = $1 AND case_id = $2 AND place_case_id = $3;

-- name: promise_follow_message
-- What was said in a message goes where that goes.
UPDATE promises
   SET case_id = $3, place_case_id = $4
 WHERE organisation_id = $1 AND message_id = $2;
