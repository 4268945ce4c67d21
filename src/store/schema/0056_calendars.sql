-- Opening hours: of the organisation, and of teams that have others.
CREATE TABLE calendars (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    is_default BOOLEAN NOT NULL,       -- of every team that has none of its own
    rules TEXT NOT NULL,               -- JSON of struct timetable in domain/calendars
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX calendars_once ON calendars (organisation_id, name);
CREATE UNIQUE INDEX calendars_default ON calendars (organisation_id) WHERE is_default = TRUE;

CREATE TABLE calendar_teams (
    organisation_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,           -- a team counts in one calendar
    calendar_id BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, team_id)
);
CREATE INDEX calendar_teams_by_calendar ON calendar_teams (organisation_id, calendar_id, team_id);
