-- What we said we would do, for whom, by when, who does it, and what became of it.
CREATE TABLE promises (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    place_case_id BIGINT,               -- the member of a merged case in which it lives
    person_id BIGINT NOT NULL,          -- to whom it was made
    message_id BIGINT,                  -- in which it was said; neither: by word of mouth
    note_id BIGINT,
    kind TEXT NOT NULL,                 -- reply, callback, delivery, refund, visit, repair, other
    words TEXT NOT NULL,                -- as they were said
    is_firm BOOLEAN NOT NULL,
    starts_at BIGINT NOT NULL,          -- 0: by due_at; else between both
    due_at BIGINT NOT NULL,
    risk_at BIGINT NOT NULL,            -- from when on it is at risk by time alone
    state TEXT NOT NULL,                -- open, kept, moved, broken, withdrawn
    is_owed BOOLEAN NOT NULL,           -- open, or broken and nothing became of it yet
    owner_id BIGINT,
    team_id BIGINT,
    previous_id BIGINT,                 -- the one that was moved to this
    next_id BIGINT,                     -- what it was moved to
    evidence TEXT,                      -- what shows that it was kept: message, hand
    evidence_message_id BIGINT,
    reason TEXT,                        -- why it was moved or withdrawn
    told_message_id BIGINT,             -- in which the customer heard that
    warned_at BIGINT NOT NULL DEFAULT 0,
    broken_at BIGINT NOT NULL DEFAULT 0, -- stays when it is kept late
    settled_at BIGINT NOT NULL DEFAULT 0,
    actor_kind TEXT NOT NULL,           -- who made it
    actor_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX promises_by_case ON promises (organisation_id, case_id, id);
CREATE INDEX promises_by_message ON promises (organisation_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX promises_owed ON promises (organisation_id, due_at, id) WHERE is_owed = TRUE;
CREATE INDEX promises_owed_by_team ON promises (organisation_id, team_id, due_at, id)
    WHERE is_owed = TRUE;
CREATE INDEX promises_owed_by_owner ON promises (organisation_id, owner_id, due_at, id)
    WHERE is_owed = TRUE;

ALTER TABLE devices ADD COLUMN notify_promise BOOLEAN NOT NULL DEFAULT TRUE;
