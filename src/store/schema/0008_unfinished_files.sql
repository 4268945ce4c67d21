-- Uploads that nobody finished are looked for by age.
CREATE INDEX files_unfinished ON files (created_at, organisation_id, id) WHERE hash IS NULL;
