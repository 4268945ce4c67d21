-- Who has a case open now, and who writes in it. It lapses by itself, and is kept by nobody.
CREATE TABLE presence (
    organisation_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    state TEXT NOT NULL,           -- open, typing, typing_note
    since BIGINT NOT NULL,         -- in this state
    until BIGINT NOT NULL,         -- then it lapses; 0: he left
    change BIGINT NOT NULL,        -- an id: when it last became something else
    PRIMARY KEY (organisation_id, case_id, user_id)
);
CREATE INDEX presence_by_user ON presence (organisation_id, user_id, until);
CREATE INDEX presence_by_change ON presence (change, organisation_id);
