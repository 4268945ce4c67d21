-- A repeated POST answers with the first answer's headers, too; its type is one of them. What was
-- kept until now is JSON, or nothing.
ALTER TABLE idempotency ADD COLUMN headers TEXT NOT NULL DEFAULT '';
UPDATE idempotency SET headers = 'Content-Type: application/json' WHERE length(body) > 0;
