-- name: proposal_add
INSERT INTO case_proposals (organisation_id, id, case_id, to_case_id, score, reasons, state, at)
VALUES ($1, $2, $3, $4, $5, $6, 'open', $7)
    ON CONFLICT (organisation_id, case_id, to_case_id) DO NOTHING;

-- name: proposal_list
-- Of a case that has become part of it, or was emptied, nobody needs to hear any more.
SELECT p.id, p.case_id, p.to_case_id, p.score, p.reasons, p.state, p.at, p.decided_at, p.decided_by,
       c.reference, c.title, c.status
  FROM case_proposals p
  JOIN cases c ON c.organisation_id = p.organisation_id AND c.id = p.to_case_id
 WHERE p.organisation_id = $1 AND p.case_id = $2 AND p.state = 'open' AND c.is_emptied = FALSE
   AND c.root_id IS NULL
 ORDER BY p.score DESC, p.id
 LIMIT 10;

-- name: proposal_get
SELECT p.id, p.case_id, p.to_case_id, p.score, p.reasons, p.state, p.at, p.decided_at, p.decided_by,
       c.reference, c.title, c.status
  FROM case_proposals p
  JOIN cases c ON c.organisation_id = p.organisation_id AND c.id = p.to_case_id
 WHERE p.organisation_id = $1 AND p.id = $2;

-- name: proposal_decide
UPDATE case_proposals
   SET state = $3, decided_at = $4, decided_by = $5
 WHERE organisation_id = $1 AND id = $2;

-- name: proposal_follow
UPDATE case_proposals
   SET state = $4, decided_at = $5, decided_by = $6
 WHERE organisation_id = $1 AND case_id = $2 AND to_case_id = $3;
