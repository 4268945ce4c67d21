-- Cases that became one, and messages that were put into another: by pointers and a ledger, so that
-- each of it can be undone, in any order (docs/decisions/0020-cases-merge-by-pointer.md).

-- Nearly every case stands for itself: all of these are NULL or 0 there, and cost nothing.
ALTER TABLE cases ADD COLUMN merged_into BIGINT;   -- the case that it was merged into
ALTER TABLE cases ADD COLUMN root_id BIGINT;       -- the one at the end of those pointers
-- What it would be by itself, of one that several stand behind and of each of those.
ALTER TABLE cases ADD COLUMN own_status TEXT;
ALTER TABLE cases ADD COLUMN own_waiting BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN own_since BIGINT NOT NULL DEFAULT 0; -- an id: what came later isn't in it yet
CREATE INDEX cases_by_root ON cases (organisation_id, root_id, id) WHERE root_id IS NOT NULL;

-- Where it lives when nothing is merged; NULL: in case_id, which is always the root.
ALTER TABLE messages ADD COLUMN place_case_id BIGINT;
ALTER TABLE conversations ADD COLUMN place_case_id BIGINT;
ALTER TABLE notes ADD COLUMN place_case_id BIGINT;
ALTER TABLE drafts ADD COLUMN place_case_id BIGINT;
CREATE INDEX drafts_of_case ON drafts (organisation_id, case_id, id);
CREATE INDEX read_marks_of_case ON read_marks (organisation_id, case_id, user_id);

-- FALSE: only one of those that were merged into the case has the label.
ALTER TABLE case_labels ADD COLUMN is_own BOOLEAN NOT NULL DEFAULT TRUE;

CREATE TABLE case_merges (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    winner_id BIGINT NOT NULL,
    loser_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT NOT NULL,
    reasons TEXT,                      -- JSON: why they are one; NULL: a person knew
    undone_at BIGINT NOT NULL DEFAULT 0,
    undone_by BIGINT,                  -- the user
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX case_merges_by_loser ON case_merges (organisation_id, loser_id, id);

CREATE TABLE case_moves (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- split, move
    to_case_id BIGINT NOT NULL,
    to_status TEXT NOT NULL,           -- what that case was by itself before it
    to_waiting BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT NOT NULL,
    undone_at BIGINT NOT NULL DEFAULT 0,
    undone_by BIGINT,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX case_moves_by_target ON case_moves (organisation_id, to_case_id, id);

-- An item is where its newest move brought it that isn't undone; else where its first came from.
CREATE TABLE case_move_items (
    organisation_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,           -- of a message, a note or a conversation
    move_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- message, note, conversation
    from_case_id BIGINT NOT NULL,
    waits BOOLEAN NOT NULL,            -- the customer waited for an answer to it
    PRIMARY KEY (organisation_id, item_id, move_id)
);
CREATE INDEX case_move_items_by_move ON case_move_items (organisation_id, move_id, item_id);
