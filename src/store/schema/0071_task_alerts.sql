-- What a colleague finds in his desk until he has looked at the task, see alerts.h.
CREATE TABLE task_alerts (
    organisation_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    task_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- task_given, task_returned, task_done, task_late
    by_user_id BIGINT,                 -- whose doing it was
    at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, user_id, task_id, kind)
);
CREATE INDEX task_alerts_by_user ON task_alerts (organisation_id, user_id, at, task_id);
