-- What each colleague has read of a case, and lists of who waits and of how the customer feels.

-- How often the customer was heard: each time it's unread again, but for who reads it then. What was
-- heard before this migration nobody counted, and it isn't unread to anybody.
ALTER TABLE cases ADD COLUMN heard_n BIGINT NOT NULL DEFAULT 0;

CREATE TABLE read_marks (
    organisation_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    read_n BIGINT NOT NULL,            -- the case's heard_n when it was read; -1: unread by hand
    PRIMARY KEY (organisation_id, user_id, case_id)
);

-- Those who wait, by their newest word; in the order of their waiting they lead all other lists.
CREATE INDEX cases_waiting_by_update ON cases (organisation_id, updated_at, id)
    WHERE waiting_since > 0;
-- Most cases are neither: what they are told costs these indexes nothing.
CREATE INDEX cases_by_emotion ON cases (organisation_id, emotion, is_active, waiting_order, id)
    WHERE emotion <> 'neutral';
CREATE INDEX cases_urgent ON cases (organisation_id, is_active, waiting_order, id)
    WHERE urgency IN ('high', 'critical');

ALTER TABLE views ADD COLUMN waits BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE views ADD COLUMN urgent BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE views ADD COLUMN emotion TEXT;
