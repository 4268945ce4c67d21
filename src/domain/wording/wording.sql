-- name: wording_get
SELECT words, version
  FROM wordings
 WHERE organisation_id = $1;

-- name: wording_save
-- The first one is version 1; who read an older one changes no row.
INSERT INTO wordings (organisation_id, words, version)
VALUES ($1, $2, $3)
    ON CONFLICT (organisation_id)
    DO UPDATE SET words = excluded.words, version = excluded.version
        WHERE wordings.version = excluded.version - 1;
