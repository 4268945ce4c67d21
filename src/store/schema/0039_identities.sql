-- Several people may have one address (a family, a shared mailbox), and it is known how we know.
CREATE TABLE addresses (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                -- email, phone, handle, login, postal, external
    value TEXT NOT NULL,               -- normalised: what is compared
    label TEXT NOT NULL,               -- as it was written
    state TEXT NOT NULL,               -- claimed, verified, suspected
    state_at BIGINT NOT NULL,          -- since when it is that
    state_by TEXT NOT NULL,            -- how we know: message, agent, link, token, import
    is_main BOOLEAN NOT NULL,          -- of all who have it: who is meant when nothing else tells
    is_shared BOOLEAN NOT NULL,        -- somebody said that others have it too
    removed_at BIGINT NOT NULL DEFAULT 0, -- 0: it wasn't
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
INSERT INTO addresses (organisation_id, id, person_id, kind, value, label, state, state_at, state_by,
                       is_main, is_shared, created_at)
SELECT organisation_id, id, person_id, kind, value, label, state,
       CASE WHEN verified_at > 0 THEN verified_at ELSE created_at END, 'message', TRUE, FALSE,
       created_at
  FROM identities;
DROP TABLE identities;
ALTER TABLE addresses RENAME TO identities;
-- only: postgres
ALTER INDEX addresses_pkey RENAME TO identities_pkey;
-- end
CREATE UNIQUE INDEX identities_by_value ON identities (organisation_id, kind, value, person_id);
-- Two messages from a new address that come at the same moment are one person's.
CREATE UNIQUE INDEX identities_main ON identities (organisation_id, kind, value) WHERE is_main;
CREATE INDEX identities_by_person ON identities (organisation_id, person_id, id);

-- Which of somebody's addresses is meant for what. Of several people who are one: the newest.
CREATE TABLE identity_preferences (
    organisation_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    purpose TEXT NOT NULL,             -- answer, callback, letter
    identity_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, person_id, purpose)
);
