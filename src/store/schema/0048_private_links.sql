-- One-time links from a conversation that others read along into our chat, about the same case.
CREATE TABLE private_links (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    from_channel_id BIGINT NOT NULL,      -- where the customer wrote
    from_conversation_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,           -- the chat that it opens
    person_id BIGINT NOT NULL,            -- whom it is for
    identity_id BIGINT,                   -- his address there
    handle TEXT NOT NULL,                 -- that, as he reads it
    is_public BOOLEAN NOT NULL,           -- others can read it where it is sent
    language TEXT NOT NULL,
    secret_hash BYTEA NOT NULL,           -- of what stands in the link
    user_id BIGINT,                       -- who asked for it
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,           -- it must be opened before
    withdrawn_at BIGINT NOT NULL DEFAULT 0,
    opened_at BIGINT NOT NULL DEFAULT 0,
    visitor_id BIGINT,                    -- the one browser that opened it
    said TEXT NOT NULL DEFAULT 'unsaid',  -- is he who the link is for: unsaid, yes, no
    proved_at BIGINT NOT NULL DEFAULT 0,  -- when that was shown
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX private_links_by_secret ON private_links (secret_hash);
CREATE INDEX private_links_by_case ON private_links (organisation_id, case_id, id);
CREATE INDEX private_links_unproved ON private_links (organisation_id, person_id, id)
    WHERE proved_at = 0;
