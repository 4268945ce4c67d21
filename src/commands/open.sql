-- name: organisations_count
SELECT count(*)
  FROM organisations;
