-- name: job_add
INSERT INTO jobs (organisation_id, id, kind, about, lane, due_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);
