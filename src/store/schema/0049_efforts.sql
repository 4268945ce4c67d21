-- What each finished case cost its customer, so that one can be held against the usual.
CREATE TABLE case_efforts (
    organisation_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    done_at BIGINT NOT NULL,
    contacts_n BIGINT NOT NULL,
    forced_switches_n BIGINT NOT NULL,
    repeats_n BIGINT NOT NULL,
    handovers_n BIGINT NOT NULL,
    dead_ends_n BIGINT NOT NULL,
    waiting_minutes BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, case_id)
);
CREATE INDEX case_efforts_newest ON case_efforts (organisation_id, done_at, case_id);
