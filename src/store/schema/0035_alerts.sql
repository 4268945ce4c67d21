-- What a colleague finds in his desk until he has read the case, see alerts.h.
CREATE TABLE alerts (
    organisation_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- mentioned, woke
    by_user_id BIGINT,                 -- whose doing it was
    at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, user_id, case_id, kind)
);
CREATE INDEX alerts_by_user ON alerts (organisation_id, user_id, at, case_id);

-- Who is told that the case is back.
ALTER TABLE cases ADD COLUMN snoozed_by BIGINT;
ALTER TABLE devices ADD COLUMN notify_woke BOOLEAN NOT NULL DEFAULT TRUE;
