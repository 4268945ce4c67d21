-- Messages in a mailbox that its server couldn't hand over: passed, and asked for again for a day.
CREATE TABLE channel_aside (
    organisation_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    folder TEXT NOT NULL,
    uid_validity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    since BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (organisation_id, channel_id, folder, uid_validity, uid)
);
