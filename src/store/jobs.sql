-- name: job_add
INSERT INTO jobs (organisation_id, id, kind, about, lane, due_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: job_ask
-- One that runs already runs once more (job_finish); one that was given up gets another chance.
INSERT INTO jobs (organisation_id, id, kind, about, due_at, created_at, asks)
VALUES ($1, $2, $3, $4, $5, $5, 1)
    ON CONFLICT (organisation_id, kind, about) WHERE asks > 0
    DO UPDATE SET asks = jobs.asks + 1, given_up_at = 0, dropped_at = 0,
                  due_at = CASE WHEN jobs.given_up_at > 0 THEN excluded.due_at ELSE jobs.due_at END,
                  tries = CASE WHEN jobs.given_up_at > 0 THEN 0 ELSE jobs.tries END;
