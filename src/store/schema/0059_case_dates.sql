-- Lists of cases by when they began, and by their newest message; views keep these, and a customer.
ALTER TABLE cases ADD COLUMN last_message_at BIGINT NOT NULL DEFAULT 0; -- 0: nothing was said
UPDATE cases
   SET last_message_at = (SELECT COALESCE(max(m.at), 0)
                            FROM messages m
                           WHERE m.organisation_id = cases.organisation_id
                             AND m.case_id = cases.id);
CREATE INDEX cases_by_opening ON cases (organisation_id, opened_at, id);
CREATE INDEX cases_by_last_message ON cases (organisation_id, last_message_at, id);

ALTER TABLE views ADD COLUMN person_id BIGINT;
ALTER TABLE views ADD COLUMN opened TEXT;       -- as a list of cases is asked for them
ALTER TABLE views ADD COLUMN last_message TEXT;
