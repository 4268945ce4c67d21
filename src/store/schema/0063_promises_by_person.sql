-- What is owed to somebody, over all of his cases.
CREATE INDEX promises_owed_by_person ON promises (organisation_id, person_id, due_at, id)
    WHERE is_owed = TRUE;
