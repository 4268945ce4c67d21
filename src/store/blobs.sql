-- name: blob_add
INSERT INTO blobs (organisation_id, hash, size, data)
VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation_id, hash) DO NOTHING;

-- name: blob_get
SELECT size, data
  FROM blobs
 WHERE organisation_id = $1 AND hash = $2;

-- name: blob_keep
-- Who sweeps it at this moment meets this change, and looks again.
UPDATE blobs
   SET dropped_at = NULL
 WHERE organisation_id = $1 AND hash = $2 AND dropped_at IS NOT NULL;

-- name: blob_drop
UPDATE blobs
   SET dropped_at = $3
 WHERE organisation_id = $1 AND hash = $2;

-- name: blob_large_rows
-- Over all organisations: they share the file.
SELECT count(*)
  FROM blobs
 WHERE hash = $1 AND data IS NULL;
