-- The tenants, and who works there. Moments are milliseconds since 1970 in UTC; 0 means "none".

CREATE TABLE organisations (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT NOT NULL,            -- nl, en or fr: of what the system itself writes
    time_zone TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE users (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    email TEXT NOT NULL,               -- folded
    name TEXT NOT NULL,
    role TEXT NOT NULL,                -- a row of auth/rights.c
    language TEXT NOT NULL DEFAULT '',
    password_hash TEXT,                -- Argon2id; NULL: cannot log in with a password
    disabled_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX users_by_email ON users (email, organisation_id);

CREATE TABLE teams (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, name)
);

CREATE TABLE team_members (
    organisation_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, team_id, user_id)
);
CREATE INDEX team_members_by_user ON team_members (organisation_id, user_id, team_id);

-- Of sessions and tokens only the hash of the secret is kept.
CREATE TABLE sessions (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    secret_hash BYTEA NOT NULL,
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX sessions_by_secret ON sessions (secret_hash);
CREATE INDEX sessions_by_user ON sessions (organisation_id, user_id, id);

CREATE TABLE tokens (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,              -- names of rights, with blanks between; * is all of the user's
    secret_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL DEFAULT 0,
    revoked_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX tokens_by_secret ON tokens (secret_hash);
CREATE INDEX tokens_by_user ON tokens (organisation_id, user_id, id);

-- What a repeated POST answers: the first answer again.
CREATE TABLE idempotency (
    organisation_id BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    status BIGINT NOT NULL,
    body BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, actor_id, idempotency_key)
);
CREATE INDEX idempotency_by_age ON idempotency (at);
