-- A colleague decides that a case goes before its turn, or needn't.
ALTER TABLE cases ADD COLUMN priority TEXT NOT NULL DEFAULT 'judged'; -- as its urgency; or low … critical
ALTER TABLE cases ADD COLUMN priority_why TEXT;

DROP INDEX cases_urgent;
CREATE INDEX cases_urgent ON cases (organisation_id, is_active, waiting_order, id)
    WHERE CASE priority WHEN 'judged' THEN urgency ELSE priority END IN ('high', 'critical');
