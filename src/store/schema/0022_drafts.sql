-- What a colleague is writing to a customer or to the others, and hasn't sent yet.
CREATE TABLE drafts (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- reply, note
    content TEXT NOT NULL,             -- JSON of struct draft_content
    send_at BIGINT NOT NULL DEFAULT 0, -- 0: not asked to
    send_error TEXT,                   -- why it could not be sent
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX drafts_by_case ON drafts (organisation_id, user_id, case_id, kind);
CREATE INDEX drafts_by_update ON drafts (organisation_id, user_id, updated_at, id);

-- What is attached to one: kept as long as the draft is.
CREATE TABLE draft_files (
    organisation_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    draft_id BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, file_id, draft_id)
);
CREATE INDEX draft_files_by_draft ON draft_files (organisation_id, draft_id);
