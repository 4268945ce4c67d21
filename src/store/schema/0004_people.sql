-- Who asks.

CREATE TABLE people (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation_id, id)
);

CREATE TABLE identities (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- email, phone, handle, login, external
    value TEXT NOT NULL,               -- normalised: what is compared
    label TEXT NOT NULL,               -- as it was written
    state TEXT NOT NULL,               -- claimed, verified, suspected
    verified_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, kind, value)
);
CREATE INDEX identities_by_person ON identities (organisation_id, person_id, id);
