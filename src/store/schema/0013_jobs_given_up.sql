-- The graveyard is listed by id: found by a moment, SQLite walked through all jobs instead.
DROP INDEX jobs_given_up;
CREATE INDEX jobs_given_up ON jobs (organisation_id, id) WHERE given_up_at > 0;
