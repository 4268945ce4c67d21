CREATE TABLE schema_version (
    version INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
INSERT INTO schema_version VALUES(1,'organisations',1795305634175);
INSERT INTO schema_version VALUES(2,'history',1795305634176);
INSERT INTO schema_version VALUES(3,'channels',1795305634176);
INSERT INTO schema_version VALUES(4,'people',1795305634176);
INSERT INTO schema_version VALUES(5,'cases',1795305634177);
CREATE TABLE organisations (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO organisations VALUES(77,'Fries''s','nl','Europe/Amsterdam',5,1);
CREATE TABLE users (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT '',
    password_hash TEXT,
    disabled_at INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id)
) STRICT;
INSERT INTO users VALUES(1,77,'jan@example.org','Jan','agent','',NULL,0,5,1);
CREATE TABLE teams (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, name)
) STRICT;
CREATE TABLE team_members (
    organisation_id INTEGER NOT NULL,
    team_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, team_id, user_id)
) STRICT;
CREATE TABLE sessions (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    secret_hash BLOB NOT NULL,
    csrf TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE TABLE tokens (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL DEFAULT 0,
    revoked_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE TABLE idempotency (
    organisation_id INTEGER NOT NULL,
    actor_id INTEGER NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    body BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, actor_id, idempotency_key)
) STRICT;
CREATE TABLE blobs (
    organisation_id INTEGER NOT NULL,
    hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    data BLOB,
    PRIMARY KEY (organisation_id, hash)
) STRICT;
CREATE TABLE events_pending (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    case_id INTEGER,
    about TEXT,
    data TEXT,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE TABLE events (
    organisation_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    case_id INTEGER,
    about TEXT,
    data TEXT,
    hash BLOB NOT NULL,
    PRIMARY KEY (organisation_id, position)
) STRICT;
CREATE TABLE event_heads (
    organisation_id INTEGER NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TABLE jobs (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    about INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    taken_until INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    given_up_at INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT;
INSERT INTO jobs VALUES(1,77,'send',4,5,0,0,NULL,0,5);
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT;
CREATE TABLE channels (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    settings TEXT NOT NULL,
    secrets BLOB,
    team_id INTEGER,
    enabled INTEGER NOT NULL,
    last_good_at INTEGER NOT NULL DEFAULT 0,
    last_error_at INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    backlog INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id)
) STRICT;
INSERT INTO channels VALUES(1,77,'email','Mail','info@example.org','{}',NULL,NULL,1,0,0,NULL,0,5,1);
CREATE TABLE channel_folders (
    organisation_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    folder TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    last_uid INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, channel_id, folder)
) STRICT;
CREATE TABLE envelopes (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    raw BLOB,
    raw_hash BLOB,
    folder TEXT,
    is_ours INTEGER NOT NULL,
    state TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT,
    message_id INTEGER,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE TABLE people (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id)
) STRICT;
INSERT INTO people VALUES(1,77,'Ada','',5,5,1);
CREATE TABLE identities (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    label TEXT NOT NULL,
    state TEXT NOT NULL,
    verified_at INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, kind, value)
) STRICT;
CREATE TABLE cases (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    team_id INTEGER,
    assignee_id INTEGER,
    preview TEXT NOT NULL,
    messages_n INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    done_at INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL,
    waiting_since INTEGER NOT NULL,
    waiting_order INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, reference)
) STRICT;
CREATE TABLE conversations (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    thread_key TEXT,
    subject TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE TABLE messages (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    direction TEXT NOT NULL,
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    state_words TEXT,
    person_id INTEGER,
    user_id INTEGER,
    external_id TEXT,
    content_hash BLOB,
    envelope_id INTEGER,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT,
    fold_at INTEGER NOT NULL,
    parties TEXT NOT NULL,
    is_auto INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE TABLE files (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    message_id INTEGER,
    user_id INTEGER,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    received INTEGER NOT NULL,
    hash BLOB,
    content_id TEXT,
    is_inline INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE TABLE notes (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    user_id INTEGER,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT;
INSERT INTO notes VALUES(1,77,7,NULL,'called back',5);
CREATE TABLE labels (
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, name)
) STRICT;
CREATE TABLE case_labels (
    organisation_id INTEGER NOT NULL,
    label_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, label_id, case_id)
) STRICT;
CREATE UNIQUE INDEX users_by_email ON users (email, organisation_id);
CREATE INDEX team_members_by_user ON team_members (organisation_id, user_id, team_id);
CREATE UNIQUE INDEX sessions_by_secret ON sessions (secret_hash);
CREATE INDEX sessions_by_user ON sessions (organisation_id, user_id, id);
CREATE UNIQUE INDEX tokens_by_secret ON tokens (secret_hash);
CREATE INDEX tokens_by_user ON tokens (organisation_id, user_id, id);
CREATE INDEX idempotency_by_age ON idempotency (at);
CREATE INDEX events_pending_by_case ON events_pending (organisation_id, case_id, id);
CREATE INDEX events_by_case ON events (organisation_id, case_id, position);
CREATE INDEX events_by_actor ON events (organisation_id, actor_id, position)
 WHERE actor_kind IN ('user', 'integration');
CREATE INDEX events_by_kind ON events (organisation_id, kind, position);
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE given_up_at = 0;
CREATE INDEX jobs_given_up ON jobs (organisation_id, given_up_at, id) WHERE given_up_at > 0;
CREATE UNIQUE INDEX envelopes_by_external_id
    ON envelopes (organisation_id, channel_id, external_id);
CREATE INDEX envelopes_not_understood ON envelopes (organisation_id, id)
    WHERE state = 'not_understood';
CREATE INDEX identities_by_person ON identities (organisation_id, person_id, id);
CREATE INDEX cases_by_waiting ON cases (organisation_id, is_active, waiting_order, id);
CREATE INDEX cases_by_status ON cases (organisation_id, status, waiting_order, id);
CREATE INDEX cases_by_team ON cases (organisation_id, team_id, is_active, waiting_order, id);
CREATE INDEX cases_by_assignee
    ON cases (organisation_id, assignee_id, is_active, waiting_order, id);
CREATE INDEX cases_by_update ON cases (organisation_id, is_active, updated_at, id);
CREATE INDEX cases_by_person ON cases (organisation_id, person_id, id);
CREATE UNIQUE INDEX conversations_by_thread
    ON conversations (organisation_id, channel_id, thread_key) WHERE thread_key IS NOT NULL;
CREATE INDEX conversations_by_case ON conversations (organisation_id, case_id, id);
CREATE INDEX conversations_by_person ON conversations (organisation_id, person_id, id);
CREATE INDEX messages_by_case ON messages (organisation_id, case_id, id);
CREATE INDEX messages_by_conversation ON messages (organisation_id, conversation_id, id);
CREATE INDEX messages_by_external_id ON messages (organisation_id, external_id, id)
    WHERE external_id IS NOT NULL;
CREATE INDEX messages_in_outbox ON messages (organisation_id, state, id)
    WHERE state IN ('queued', 'sending', 'failed');
CREATE INDEX files_by_message ON files (organisation_id, message_id, id)
    WHERE message_id IS NOT NULL;
CREATE INDEX notes_by_case ON notes (organisation_id, case_id, id);
CREATE INDEX case_labels_by_case ON case_labels (organisation_id, case_id, label_id);
