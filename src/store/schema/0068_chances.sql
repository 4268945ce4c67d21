-- How likely a promise is kept: from what became of those before it.
ALTER TABLE promises ADD COLUMN begun_at BIGINT NOT NULL DEFAULT 0; -- when the first of its chain was made
ALTER TABLE promises ADD COLUMN load BIGINT NOT NULL DEFAULT 0; -- how many its team owed then, this one too; 0: unknown
ALTER TABLE promises ADD COLUMN chance DOUBLE PRECISION NOT NULL DEFAULT 0; -- that was said when it was made; 0: none

WITH RECURSIVE chain (organisation_id, id, next_id, begun_at) AS (
    SELECT organisation_id, id, next_id, created_at
      FROM promises
     WHERE previous_id IS NULL
     UNION ALL
    SELECT p.organisation_id, p.id, p.next_id, c.begun_at
      FROM chain c
      JOIN promises p ON p.organisation_id = c.organisation_id AND p.id = c.next_id)
UPDATE promises
   SET begun_at = c.begun_at
  FROM chain c
 WHERE c.organisation_id = promises.organisation_id AND c.id = promises.id;

-- What was moved is told by what it became. All that is read of them stands in the index.
CREATE INDEX promises_begun ON promises
    (organisation_id, begun_at, kind, team_id, settled_at, state, load)
    WHERE state <> 'moved';
CREATE INDEX promises_begun_of_kind ON promises
    (organisation_id, kind, begun_at, team_id, settled_at, state, load)
    WHERE state <> 'moved';
CREATE INDEX promises_begun_of_team ON promises
    (organisation_id, team_id, kind, begun_at, settled_at, state, load)
    WHERE state <> 'moved';

-- What was said of them, and what came.
CREATE INDEX promises_foretold ON promises (organisation_id, due_at, settled_at, state, chance)
    WHERE chance > 0;
