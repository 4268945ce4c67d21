-- Who chats by our widget, one row a browser; what he said stands in the case like everything else.
CREATE TABLE chat_visitors (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    secret_hash BYTEA NOT NULL,        -- of the secret that his browser keeps
    challenge BYTEA NOT NULL,          -- hash of the one he solved: each is good once
    address_hash BYTEA NOT NULL,       -- keyed hash of where he came from, to block it
    person_id BIGINT,                  -- since his first message
    conversation_id BIGINT,            -- the one he writes in now
    round BIGINT NOT NULL DEFAULT 1,   -- how many conversations he began
    login TEXT,                        -- who he is by the site's token
    email TEXT,                        -- where an answer may go
    email_is_verified BOOLEAN NOT NULL DEFAULT FALSE, -- the site's token said so
    name TEXT,
    language TEXT NOT NULL,
    page TEXT,                         -- where he is now
    state TEXT NOT NULL,               -- here, typing, away
    until BIGINT NOT NULL,             -- then what state says lapses
    seen_at BIGINT NOT NULL,           -- when he was last there
    newest BIGINT NOT NULL DEFAULT 0,  -- position of the newest item
    delivered BIGINT NOT NULL DEFAULT 0, -- up to there his browser has them
    read BIGINT NOT NULL DEFAULT 0,    -- up to there he saw them
    mailed BIGINT NOT NULL DEFAULT 0,  -- up to there what he didn't see went by mail
    transcripts BIGINT NOT NULL DEFAULT 0, -- how many went by mail
    change BIGINT NOT NULL,            -- an id: when there was last news for him
    desk_change BIGINT NOT NULL,       -- an id: when there was last news of him for desks
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX chat_visitors_by_challenge ON chat_visitors (organisation_id, challenge);
CREATE INDEX chat_visitors_by_conversation ON chat_visitors (organisation_id, conversation_id);
CREATE INDEX chat_visitors_by_change ON chat_visitors (change, id);
CREATE INDEX chat_visitors_by_desk_change ON chat_visitors (desk_change, organisation_id);
CREATE INDEX chat_visitors_idle ON chat_visitors (seen_at, organisation_id, id)
    WHERE conversation_id IS NULL;

-- What a visitor sees, in the order in which it became visible: positions without a gap.
CREATE TABLE chat_items (
    organisation_id BIGINT NOT NULL,
    visitor_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, visitor_id, position)
);
CREATE UNIQUE INDEX chat_items_by_message ON chat_items (organisation_id, message_id);

-- Who may not chat: a visitor, and whoever comes from where he came from.
CREATE TABLE chat_blocks (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    visitor_id BIGINT NOT NULL,
    address_hash BYTEA,                -- NULL: only this visitor
    name TEXT NOT NULL,                -- how he was called then
    reason TEXT,
    user_id BIGINT,                    -- who did it
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,             -- 0: for good
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX chat_blocks_by_visitor ON chat_blocks (organisation_id, visitor_id);
CREATE INDEX chat_blocks_by_address ON chat_blocks (organisation_id, address_hash)
    WHERE address_hash IS NOT NULL;
