-- name: record_type_list
SELECT id, name, words, lookup_url, lookup_secret, lookup_ttl_s, created_at, version
  FROM record_types
 WHERE organisation_id = $1
 ORDER BY name
 LIMIT 1000;

-- name: record_type_named
SELECT id, name, words, lookup_url, lookup_secret, lookup_ttl_s, created_at, version
  FROM record_types
 WHERE organisation_id = $1 AND name = $2;

-- name: record_type_add
INSERT INTO record_types (organisation_id, id, name, words, lookup_url, lookup_secret, lookup_ttl_s,
                          created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: record_type_change
UPDATE record_types
   SET words = $4, lookup_url = $5, lookup_secret = $6, lookup_ttl_s = $7, version = version + 1
 WHERE organisation_id = $1 AND id = $2 AND version = $3;

-- name: record_type_hold
-- Changes nothing, but two who put the same new record down at the same moment do it one after the
-- other.
UPDATE record_types
   SET version = version
 WHERE organisation_id = $1 AND id = $2;
