-- What is attached to a draft is found by the index alone: SQLite would walk through all of them.
DROP INDEX draft_files_by_draft;
CREATE INDEX draft_files_by_draft ON draft_files (organisation_id, draft_id, file_id);
