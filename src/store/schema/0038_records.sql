-- What stands about a customer in other systems: orders, repairs, invoices, complaints.

CREATE TABLE record_types (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,                -- as it stands in addresses: order
    words TEXT NOT NULL,               -- JSON: what people read of it (label, fields, statuses)
    lookup_url TEXT,                   -- where a record can be asked for, with {key}; NULL: nowhere
    lookup_secret BYTEA,               -- sealed: what goes along as Authorization
    lookup_ttl_s BIGINT NOT NULL,      -- how long an answer holds
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, name)
);

CREATE TABLE records (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    type_id BIGINT NOT NULL,
    key TEXT NOT NULL,                 -- what the other system calls it
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    status_at BIGINT NOT NULL,
    data TEXT,                         -- JSON object
    url TEXT,                          -- its page in the other system
    person_id BIGINT,                  -- whose it is, where that was said by our id
    owner_kind TEXT,                   -- else by an address, whoever has it
    owner TEXT,                        -- as it was written
    owner_value TEXT,                  -- as it's compared
    checked_at BIGINT NOT NULL,        -- when the other system last said so
    lookup_error TEXT,                 -- why it couldn't be asked then
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, type_id, key)
);
CREATE INDEX records_by_type ON records (organisation_id, type_id, id);
CREATE INDEX records_by_key ON records (organisation_id, key, id);
CREATE INDEX records_by_person ON records (organisation_id, person_id, id)
    WHERE person_id IS NOT NULL;
CREATE INDEX records_by_owner ON records (organisation_id, owner_kind, owner_value, id)
    WHERE owner_value IS NOT NULL;

CREATE TABLE record_statuses (
    organisation_id BIGINT NOT NULL,
    record_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    status TEXT NOT NULL,
    at BIGINT NOT NULL,                -- by the other system, where it says
    PRIMARY KEY (organisation_id, record_id, id)
);
