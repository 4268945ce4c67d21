-- What was promised for a day, whatever became of it.
CREATE INDEX promises_by_due ON promises (organisation_id, due_at, id);
