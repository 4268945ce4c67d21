-- A case's timeline is read in parts, by ids. Who read it (audit.…) stands in no timeline: where a
-- case is opened often that is most of its history.
CREATE INDEX events_of_case ON events (organisation_id, case_id, id)
    WHERE (kind < 'audit.' OR kind >= 'audit/');
