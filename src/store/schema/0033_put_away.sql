-- What is put away and can come back: a case that is snoozed, and a job that was dropped.

-- Until that moment it stands in no ordinary list (is_active is false).
ALTER TABLE cases ADD COLUMN snoozed_until BIGINT NOT NULL DEFAULT 0; -- 0: it isn't
CREATE INDEX cases_snoozed ON cases (organisation_id, snoozed_until, id) WHERE snoozed_until <> 0;

-- Kept a day, so that a wrong press can be taken back.
ALTER TABLE jobs ADD COLUMN dropped_at BIGINT NOT NULL DEFAULT 0; -- 0: it wasn't
