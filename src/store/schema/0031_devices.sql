-- The browsers in which a colleague wants to be told, also when the desk isn't open.
CREATE TABLE devices (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    session_id BIGINT NOT NULL,        -- it is told nothing once this one has ended
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    endpoint_hash BYTEA NOT NULL,      -- of the address: the same browser again
    address BYTEA NOT NULL,            -- JSON of struct device_address, sealed
    notify_assigned BOOLEAN NOT NULL,
    notify_answered BOOLEAN NOT NULL,
    notify_mentioned BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX devices_by_endpoint ON devices (organisation_id, endpoint_hash);
CREATE INDEX devices_by_user ON devices (organisation_id, user_id, id);

-- What a device is to be told; taken away when its push service has it.
CREATE TABLE notices (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    device_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- assigned, answered, mentioned
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX notices_by_device ON notices (organisation_id, device_id, id);
