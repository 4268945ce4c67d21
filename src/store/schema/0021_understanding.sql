-- What a customer's words say (mood, language), what people corrected of it, and what was learned.
ALTER TABLE messages ADD COLUMN understood TEXT;   -- JSON of struct judgement; NULL: not judged
ALTER TABLE cases ADD COLUMN emotion TEXT;         -- of the customer's newest message
ALTER TABLE cases ADD COLUMN urgency TEXT;

CREATE TABLE corrections (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    subject TEXT NOT NULL,             -- polarity, emotion, intent, urgency
    was TEXT NOT NULL,                 -- what we said
    value TEXT NOT NULL,               -- what a person says
    user_id BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX corrections_by_message ON corrections (organisation_id, message_id, subject);

CREATE TABLE learned (
    organisation_id BIGINT NOT NULL PRIMARY KEY,
    weights BYTEA NOT NULL,            -- of src/language/learn.h
    at BIGINT NOT NULL
);
