-- name: preferences_get
SELECT signature, settings, version
  FROM preferences
 WHERE organisation_id = $1 AND user_id = $2;

-- name: preferences_save
-- The first ones are version 1; a window that read older ones changes no row.
INSERT INTO preferences (organisation_id, user_id, signature, settings, version)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (organisation_id, user_id)
    DO UPDATE SET signature = excluded.signature, settings = excluded.settings,
                  version = excluded.version
        WHERE preferences.version = excluded.version - 1;
