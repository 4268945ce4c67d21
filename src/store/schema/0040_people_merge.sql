-- Two people who turn out to be one: a pointer, so that it can be taken back exactly.
ALTER TABLE people ADD COLUMN merged_into BIGINT;            -- who it was merged into; NULL: nobody
ALTER TABLE people ADD COLUMN root_id BIGINT NOT NULL DEFAULT 0; -- whose face it has: often its own
UPDATE people SET root_id = id;
CREATE INDEX people_by_root ON people (organisation_id, root_id, id);

CREATE TABLE person_merges (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    winner_id BIGINT NOT NULL,
    loser_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT NOT NULL,
    score BIGINT NOT NULL,             -- of the proposal; 0: there was none
    reasons TEXT NOT NULL,             -- JSON: what was known then
    undone_at BIGINT NOT NULL DEFAULT 0, -- 0: it holds
    undone_by BIGINT NOT NULL DEFAULT 0, -- the user
    PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX person_merges_now ON person_merges (organisation_id, loser_id)
    WHERE undone_at = 0;
CREATE INDEX person_merges_by_winner ON person_merges (organisation_id, winner_id, id);
CREATE INDEX person_merges_by_loser ON person_merges (organisation_id, loser_id, id);

-- Who belongs to whom: a contact person of an organisation, who calls for her mother.
CREATE TABLE person_relations (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- contact_of, member_of, represents, family_of
    other_id BIGINT NOT NULL,
    note TEXT NOT NULL,
    since BIGINT NOT NULL DEFAULT 0,   -- 0: as long as we know
    until BIGINT NOT NULL DEFAULT 0,   -- 0: it goes on
    removed_at BIGINT NOT NULL DEFAULT 0, -- 0: it wasn't
    created_at BIGINT NOT NULL,
    created_by BIGINT NOT NULL DEFAULT 0, -- the user
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX person_relations_by_person ON person_relations (organisation_id, person_id, id);
CREATE INDEX person_relations_by_other ON person_relations (organisation_id, other_id, id);
-- A customer may be an organisation.
ALTER TABLE people ADD COLUMN kind TEXT NOT NULL DEFAULT 'person'; -- person, organisation
