
CREATE TABLE blobs (
    organisation_id bigint NOT NULL,
    hash bytea NOT NULL,
    size bigint NOT NULL,
    data bytea
);

CREATE TABLE case_labels (
    organisation_id bigint NOT NULL,
    label_id bigint NOT NULL,
    case_id bigint NOT NULL
);

CREATE TABLE cases (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    reference text NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    is_active boolean NOT NULL,
    person_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    team_id bigint,
    assignee_id bigint,
    preview text NOT NULL,
    messages_n bigint NOT NULL,
    opened_at bigint NOT NULL,
    done_at bigint DEFAULT 0 NOT NULL,
    updated_at bigint NOT NULL,
    waiting_since bigint NOT NULL,
    waiting_order bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);

CREATE TABLE channel_folders (
    organisation_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    folder text NOT NULL,
    uid_validity bigint NOT NULL,
    last_uid bigint NOT NULL
);

CREATE TABLE channels (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    type text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    settings text NOT NULL,
    secrets bytea,
    team_id bigint,
    enabled boolean NOT NULL,
    last_good_at bigint DEFAULT 0 NOT NULL,
    last_error_at bigint DEFAULT 0 NOT NULL,
    last_error text,
    backlog bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);

CREATE TABLE conversations (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    person_id bigint NOT NULL,
    case_id bigint NOT NULL,
    thread_key text,
    subject text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);

CREATE TABLE envelopes (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    external_id text NOT NULL,
    received_at bigint NOT NULL,
    size bigint NOT NULL,
    raw bytea,
    raw_hash bytea,
    folder text,
    is_ours boolean NOT NULL,
    state text NOT NULL,
    stage text NOT NULL,
    reason text,
    message_id bigint
);

CREATE TABLE event_heads (
    organisation_id bigint NOT NULL,
    "position" bigint NOT NULL,
    hash bytea NOT NULL
);

CREATE TABLE events (
    organisation_id bigint NOT NULL,
    "position" bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    case_id bigint,
    about text,
    data text,
    hash bytea NOT NULL
);

CREATE TABLE events_pending (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    case_id bigint,
    about text,
    data text
);

CREATE TABLE files (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    message_id bigint,
    user_id bigint,
    name text NOT NULL,
    type text NOT NULL,
    size bigint NOT NULL,
    received bigint NOT NULL,
    hash bytea,
    content_id text,
    is_inline boolean NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE idempotency (
    organisation_id bigint NOT NULL,
    actor_id bigint NOT NULL,
    idempotency_key text NOT NULL,
    request_hash bytea NOT NULL,
    status bigint NOT NULL,
    body bytea NOT NULL,
    at bigint NOT NULL
);

CREATE TABLE identities (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    label text NOT NULL,
    state text NOT NULL,
    verified_at bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE jobs (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    about bigint NOT NULL,
    due_at bigint NOT NULL,
    taken_until bigint DEFAULT 0 NOT NULL,
    tries bigint DEFAULT 0 NOT NULL,
    last_error text,
    given_up_at bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE labels (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    colour text NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE leases (
    name text NOT NULL,
    holder text NOT NULL,
    until bigint NOT NULL
);

CREATE TABLE messages (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    case_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    direction text NOT NULL,
    state text NOT NULL,
    state_at bigint NOT NULL,
    state_words text,
    person_id bigint,
    user_id bigint,
    external_id text,
    content_hash bytea,
    envelope_id bigint,
    subject text NOT NULL,
    text text NOT NULL,
    html text,
    fold_at bigint NOT NULL,
    parties text NOT NULL,
    is_auto boolean NOT NULL,
    sent_at bigint NOT NULL,
    at bigint NOT NULL
);

CREATE TABLE notes (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    user_id bigint,
    text text NOT NULL,
    at bigint NOT NULL
);

CREATE TABLE organisations (
    id bigint NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    time_zone text NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);

CREATE TABLE people (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);

CREATE TABLE schema_version (
    version bigint NOT NULL,
    name text NOT NULL,
    at bigint NOT NULL
);

CREATE TABLE sessions (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    secret_hash bytea NOT NULL,
    csrf text NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    expires_at bigint NOT NULL
);

CREATE TABLE team_members (
    organisation_id bigint NOT NULL,
    team_id bigint NOT NULL,
    user_id bigint NOT NULL
);

CREATE TABLE teams (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);

CREATE TABLE tokens (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    name text NOT NULL,
    scopes text NOT NULL,
    secret_hash bytea NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint DEFAULT 0 NOT NULL,
    revoked_at bigint DEFAULT 0 NOT NULL
);

CREATE TABLE users (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    password_hash text,
    disabled_at bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);

INSERT INTO channels VALUES (1, 77, 'email', 'Mail', 'info@example.org', '{}', NULL, NULL, true, 0, 0, NULL, 0, 5, 1);

INSERT INTO jobs VALUES (1, 77, 'send', 4, 5, 0, 0, NULL, 0, 5);

INSERT INTO notes VALUES (1, 77, 7, NULL, 'called back', 5);

INSERT INTO organisations VALUES (77, 'Fries''s', 'nl', 'Europe/Amsterdam', 5, 1);

INSERT INTO people VALUES (1, 77, 'Ada', '', 5, 5, 1);

INSERT INTO schema_version VALUES (1, 'organisations', 1795305635794);
INSERT INTO schema_version VALUES (2, 'history', 1795305635827);
INSERT INTO schema_version VALUES (3, 'channels', 1795305635848);
INSERT INTO schema_version VALUES (4, 'people', 1795305635858);
INSERT INTO schema_version VALUES (5, 'cases', 1795305635909);

INSERT INTO users VALUES (1, 77, 'jan@example.org', 'Jan', 'agent', '', NULL, 0, 5, 1);

ALTER TABLE ONLY blobs
    ADD CONSTRAINT blobs_pkey PRIMARY KEY (organisation_id, hash);

ALTER TABLE ONLY case_labels
    ADD CONSTRAINT case_labels_pkey PRIMARY KEY (organisation_id, label_id, case_id);

ALTER TABLE ONLY cases
    ADD CONSTRAINT cases_organisation_id_reference_key UNIQUE (organisation_id, reference);

ALTER TABLE ONLY cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY channel_folders
    ADD CONSTRAINT channel_folders_pkey PRIMARY KEY (organisation_id, channel_id, folder);

ALTER TABLE ONLY channels
    ADD CONSTRAINT channels_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY envelopes
    ADD CONSTRAINT envelopes_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY event_heads
    ADD CONSTRAINT event_heads_pkey PRIMARY KEY (organisation_id);

ALTER TABLE ONLY events_pending
    ADD CONSTRAINT events_pending_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY events
    ADD CONSTRAINT events_pkey PRIMARY KEY (organisation_id, "position");

ALTER TABLE ONLY files
    ADD CONSTRAINT files_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (organisation_id, actor_id, idempotency_key);

ALTER TABLE ONLY identities
    ADD CONSTRAINT identities_organisation_id_kind_value_key UNIQUE (organisation_id, kind, value);

ALTER TABLE ONLY identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY labels
    ADD CONSTRAINT labels_organisation_id_name_key UNIQUE (organisation_id, name);

ALTER TABLE ONLY labels
    ADD CONSTRAINT labels_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (name);

ALTER TABLE ONLY messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY organisations
    ADD CONSTRAINT organisations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY people
    ADD CONSTRAINT people_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);

ALTER TABLE ONLY sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY team_members
    ADD CONSTRAINT team_members_pkey PRIMARY KEY (organisation_id, team_id, user_id);

ALTER TABLE ONLY teams
    ADD CONSTRAINT teams_organisation_id_name_key UNIQUE (organisation_id, name);

ALTER TABLE ONLY teams
    ADD CONSTRAINT teams_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY users
    ADD CONSTRAINT users_pkey PRIMARY KEY (organisation_id, id);

CREATE INDEX case_labels_by_case ON case_labels USING btree (organisation_id, case_id, label_id);

CREATE INDEX cases_by_assignee ON cases USING btree (organisation_id, assignee_id, is_active, waiting_order, id);

CREATE INDEX cases_by_person ON cases USING btree (organisation_id, person_id, id);

CREATE INDEX cases_by_status ON cases USING btree (organisation_id, status, waiting_order, id);

CREATE INDEX cases_by_team ON cases USING btree (organisation_id, team_id, is_active, waiting_order, id);

CREATE INDEX cases_by_update ON cases USING btree (organisation_id, is_active, updated_at, id);

CREATE INDEX cases_by_waiting ON cases USING btree (organisation_id, is_active, waiting_order, id);

CREATE INDEX conversations_by_case ON conversations USING btree (organisation_id, case_id, id);

CREATE INDEX conversations_by_person ON conversations USING btree (organisation_id, person_id, id);

CREATE UNIQUE INDEX conversations_by_thread ON conversations USING btree (organisation_id, channel_id, thread_key) WHERE (thread_key IS NOT NULL);

CREATE UNIQUE INDEX envelopes_by_external_id ON envelopes USING btree (organisation_id, channel_id, external_id);

CREATE INDEX envelopes_not_understood ON envelopes USING btree (organisation_id, id) WHERE (state = 'not_understood'::text);

CREATE INDEX events_by_actor ON events USING btree (organisation_id, actor_id, "position") WHERE (actor_kind = ANY (ARRAY['user'::text, 'integration'::text]));

CREATE INDEX events_by_case ON events USING btree (organisation_id, case_id, "position");

CREATE INDEX events_by_kind ON events USING btree (organisation_id, kind, "position");

CREATE INDEX events_pending_by_case ON events_pending USING btree (organisation_id, case_id, id);

CREATE INDEX files_by_message ON files USING btree (organisation_id, message_id, id) WHERE (message_id IS NOT NULL);

CREATE INDEX idempotency_by_age ON idempotency USING btree (at);

CREATE INDEX identities_by_person ON identities USING btree (organisation_id, person_id, id);

CREATE INDEX jobs_due ON jobs USING btree (due_at, id) WHERE (given_up_at = 0);

CREATE INDEX jobs_given_up ON jobs USING btree (organisation_id, given_up_at, id) WHERE (given_up_at > 0);

CREATE INDEX messages_by_case ON messages USING btree (organisation_id, case_id, id);

CREATE INDEX messages_by_conversation ON messages USING btree (organisation_id, conversation_id, id);

CREATE INDEX messages_by_external_id ON messages USING btree (organisation_id, external_id, id) WHERE (external_id IS NOT NULL);

CREATE INDEX messages_in_outbox ON messages USING btree (organisation_id, state, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text, 'failed'::text]));

CREATE INDEX notes_by_case ON notes USING btree (organisation_id, case_id, id);

CREATE UNIQUE INDEX sessions_by_secret ON sessions USING btree (secret_hash);

CREATE INDEX sessions_by_user ON sessions USING btree (organisation_id, user_id, id);

CREATE INDEX team_members_by_user ON team_members USING btree (organisation_id, user_id, team_id);

CREATE UNIQUE INDEX tokens_by_secret ON tokens USING btree (secret_hash);

CREATE INDEX tokens_by_user ON tokens USING btree (organisation_id, user_id, id);

CREATE UNIQUE INDEX users_by_email ON users USING btree (email, organisation_id);

