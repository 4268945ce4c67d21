-- name: blob_add
INSERT INTO blobs (organisation_id, hash, size, data)
VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation_id, hash) DO NOTHING;

-- name: blob_get
SELECT size, data
  FROM blobs
 WHERE organisation_id = $1 AND hash = $2;
