-- Messages in conversations in cases.

CREATE TABLE cases (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    reference TEXT NOT NULL,           -- 4K7-M2QX
    title TEXT NOT NULL,
    status TEXT NOT NULL,              -- new, open, waiting, done
    is_active BOOLEAN NOT NULL,        -- not done; leads the indexes below
    person_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,        -- where it began
    team_id BIGINT,
    assignee_id BIGINT,
    preview TEXT NOT NULL,             -- the newest message's first words
    messages_n BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    done_at BIGINT NOT NULL DEFAULT 0,
    updated_at BIGINT NOT NULL,
    waiting_since BIGINT NOT NULL,     -- since when the customer waits for us; 0: we wait
    waiting_order BIGINT NOT NULL,     -- waiting_since, or year 9999 when nobody waits: sorts
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, reference)
);
CREATE INDEX cases_by_waiting ON cases (organisation_id, is_active, waiting_order, id);
CREATE INDEX cases_by_status ON cases (organisation_id, status, waiting_order, id);
CREATE INDEX cases_by_team ON cases (organisation_id, team_id, is_active, waiting_order, id);
CREATE INDEX cases_by_assignee
    ON cases (organisation_id, assignee_id, is_active, waiting_order, id);
CREATE INDEX cases_by_update ON cases (organisation_id, is_active, updated_at, id);
CREATE INDEX cases_by_person ON cases (organisation_id, person_id, id);

CREATE TABLE conversations (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    thread_key TEXT,                   -- the provider's own thread, where it has one
    subject TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX conversations_by_thread
    ON conversations (organisation_id, channel_id, thread_key) WHERE thread_key IS NOT NULL;
CREATE INDEX conversations_by_case ON conversations (organisation_id, case_id, id);
CREATE INDEX conversations_by_person ON conversations (organisation_id, person_id, id);

CREATE TABLE messages (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    direction TEXT NOT NULL,           -- in, out
    state TEXT NOT NULL,               -- received; queued, sending, sent, delivered, read, failed
    state_at BIGINT NOT NULL,
    state_words TEXT,                  -- the provider's own words
    person_id BIGINT,                  -- the customer who wrote it
    user_id BIGINT,                    -- the colleague who wrote it
    external_id TEXT,                  -- Message-ID or the provider's id
    content_hash BYTEA,                -- of sender, subject and text: the same mail twice
    envelope_id BIGINT,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT,
    fold_at BIGINT NOT NULL,           -- bytes of text before quoted history and signature
    parties TEXT NOT NULL,             -- JSON: from, to, cc as they stood
    is_auto BOOLEAN NOT NULL,
    sent_at BIGINT NOT NULL,           -- by the sender's clock; 0: unknown
    at BIGINT NOT NULL,                -- by ours
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX messages_by_case ON messages (organisation_id, case_id, id);
CREATE INDEX messages_by_conversation ON messages (organisation_id, conversation_id, id);
CREATE INDEX messages_by_external_id ON messages (organisation_id, external_id, id)
    WHERE external_id IS NOT NULL;
CREATE INDEX messages_in_outbox ON messages (organisation_id, state, id)
    WHERE state IN ('queued', 'sending', 'failed');

CREATE TABLE files (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    message_id BIGINT,                 -- NULL while it belongs to nothing yet
    user_id BIGINT,                    -- who uploaded it
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,          -- bytes so far of an upload in pieces
    hash BYTEA,                        -- of the blob; NULL while it is being uploaded
    content_id TEXT,
    is_inline BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX files_by_message ON files (organisation_id, message_id, id)
    WHERE message_id IS NOT NULL;

CREATE TABLE notes (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    user_id BIGINT,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX notes_by_case ON notes (organisation_id, case_id, id);

CREATE TABLE labels (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, name)
);

CREATE TABLE case_labels (
    organisation_id BIGINT NOT NULL,
    label_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, label_id, case_id)
);
CREATE INDEX case_labels_by_case ON case_labels (organisation_id, case_id, label_id);
