-- What has to be done, by whom and until when, see src/domain/tasks/tasks.h.
CREATE TABLE task_kinds (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    words TEXT NOT NULL,                -- JSON: the fields and the checklist of its tasks
    norm_minutes BIGINT NOT NULL,       -- of open time until it is due; 0: nobody said
    team_id BIGINT,                     -- who gets it when nobody says
    is_retired BOOLEAN NOT NULL,        -- no new ones are made
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);

CREATE TABLE tasks (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind_id BIGINT,
    title TEXT NOT NULL,
    details TEXT NOT NULL,
    case_id BIGINT,
    place_case_id BIGINT,               -- the member of a merged case in which it lives
    promise_id BIGINT,                  -- what it is done for
    team_id BIGINT,
    assignee_id BIGINT,
    due_at BIGINT NOT NULL,             -- 0: nobody said
    state TEXT NOT NULL,                -- new, taken, waiting_customer, waiting_other, returned, done
    list_order BIGINT NOT NULL,         -- returned first, then by due_at, then what is done
    words TEXT NOT NULL,                -- JSON: the values of its fields, and its checklist
    steps_n BIGINT NOT NULL,            -- of the checklist
    steps_done_n BIGINT NOT NULL,
    waits_for TEXT,                     -- what for, while it waits
    return_why TEXT,                    -- misrouted, unclear, other: while it is returned
    return_words TEXT,
    outcome TEXT,                       -- what came of it, when it is done
    returned_n BIGINT NOT NULL DEFAULT 0,
    misrouted_n BIGINT NOT NULL DEFAULT 0,
    from_user_id BIGINT,                -- who gave it to who has it, and to whom it goes back
    from_team_id BIGINT,
    given_at BIGINT NOT NULL,
    done_at BIGINT NOT NULL DEFAULT 0,
    late_at BIGINT NOT NULL DEFAULT 0,  -- the moment of which was said that it is past
    actor_kind TEXT NOT NULL,           -- who made it
    actor_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
-- Each list goes along one of these, also that of one state.
CREATE INDEX tasks_by_order ON tasks (organisation_id, list_order, id);
CREATE INDEX tasks_by_state ON tasks (organisation_id, state, list_order, id);
CREATE INDEX tasks_by_team ON tasks (organisation_id, team_id, list_order, id);
CREATE INDEX tasks_by_team_state ON tasks (organisation_id, team_id, state, list_order, id);
CREATE INDEX tasks_by_assignee ON tasks (organisation_id, assignee_id, list_order, id);
CREATE INDEX tasks_by_assignee_state ON tasks (organisation_id, assignee_id, state, list_order, id);
CREATE INDEX tasks_by_kind ON tasks (organisation_id, kind_id, list_order, id);
CREATE INDEX tasks_by_kind_state ON tasks (organisation_id, kind_id, state, list_order, id);
CREATE INDEX tasks_by_case ON tasks (organisation_id, case_id, list_order, id)
    WHERE case_id IS NOT NULL;
CREATE INDEX tasks_by_promise ON tasks (organisation_id, promise_id, list_order, id)
    WHERE promise_id IS NOT NULL;

CREATE TABLE task_watchers (
    organisation_id BIGINT NOT NULL,
    task_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, task_id, user_id)
);

-- Each time that one came back: counted for who it was given to.
CREATE TABLE task_returns (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    task_id BIGINT NOT NULL,
    team_id BIGINT,                     -- who gave it back
    why TEXT NOT NULL,
    lost_ms BIGINT NOT NULL,            -- of their open time, since they had it
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX task_returns_by_team ON task_returns (organisation_id, team_id, why, id);

-- What happened to a task is read by the task.
CREATE INDEX events_of_task ON events (organisation_id, about, id)
    WHERE kind >= 'task.' AND kind < 'task/';
