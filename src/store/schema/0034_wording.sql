-- How an organisation words what it writes, and what of numbers and addresses is its own.
CREATE TABLE wordings (
    organisation_id BIGINT NOT NULL,
    words TEXT NOT NULL,               -- JSON: own, forbidden, form of address
    version BIGINT NOT NULL,
    PRIMARY KEY (organisation_id)
);
