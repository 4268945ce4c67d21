-- A second step of the login (RFC 6238), and what a session says of where it is.
CREATE TABLE second_steps (
    organisation_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    secret BYTEA NOT NULL,                -- sealed with the key, as those of channels
    confirmed_at BIGINT NOT NULL DEFAULT 0, -- 0: shown, and no code of it came yet
    last_step BIGINT NOT NULL DEFAULT 0,  -- of 30 seconds since 1970: whose code came last
    failures BIGINT NOT NULL DEFAULT 0,   -- in a row
    wait_until BIGINT NOT NULL DEFAULT 0, -- after too many of them
    PRIMARY KEY (organisation_id, user_id)
);

-- Each is good for one login, instead of a code: its row goes with it.
CREATE TABLE recovery_codes (
    organisation_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    code_hash BYTEA NOT NULL,
    PRIMARY KEY (organisation_id, user_id, code_hash)
);

ALTER TABLE users ADD COLUMN has_second_step BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE organisations ADD COLUMN needs_second_step BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
