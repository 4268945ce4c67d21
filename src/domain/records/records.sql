-- name: record_find
SELECT r.id, t.name AS type, r.key, r.title, r.status, r.status_at, r.data, r.url, r.person_id,
       r.owner_kind, r.owner, r.owner_value, r.checked_at, r.lookup_error, r.created_at, r.updated_at,
       r.version
  FROM records r
  JOIN record_types t ON t.organisation_id = r.organisation_id AND t.id = r.type_id
 WHERE r.organisation_id = $1 AND r.type_id = $2 AND r.key = $3;

-- name: record_list
SELECT r.id, t.name AS type, r.key, r.title, r.status, r.status_at, r.data, r.url, r.person_id,
       r.owner_kind, r.owner, r.checked_at, r.lookup_error, r.created_at, r.updated_at, r.version
  FROM records r
  JOIN record_types t ON t.organisation_id = r.organisation_id AND t.id = r.type_id
 WHERE r.organisation_id = $1 AND r.id < $2
 ORDER BY r.id DESC
 LIMIT $3;

-- name: record_list_of_type
SELECT r.id, t.name AS type, r.key, r.title, r.status, r.status_at, r.data, r.url, r.person_id,
       r.owner_kind, r.owner, r.checked_at, r.lookup_error, r.created_at, r.updated_at, r.version
  FROM records r
  JOIN record_types t ON t.organisation_id = r.organisation_id AND t.id = r.type_id
 WHERE r.organisation_id = $1 AND r.type_id = $4 AND r.id < $2
 ORDER BY r.id DESC
 LIMIT $3;

-- name: record_list_of_key
SELECT r.id, t.name AS type, r.key, r.title, r.status, r.status_at, r.data, r.url, r.person_id,
       r.owner_kind, r.owner, r.checked_at, r.lookup_error, r.created_at, r.updated_at, r.version
  FROM records r
  JOIN record_types t ON t.organisation_id = r.organisation_id AND t.id = r.type_id
 WHERE r.organisation_id = $1 AND r.key = $4 AND r.id < $2
 ORDER BY r.id DESC
 LIMIT $3;

-- name: record_list_of_person
-- Of all who have one face, by our id or by an address that is mainly theirs. CROSS JOIN: SQLite
-- then keeps this order.
SELECT r.id, t.name AS type, r.key, r.title, r.status, r.status_at, r.data, r.url, r.person_id,
       r.owner_kind, r.owner, r.checked_at, r.lookup_error, r.created_at, r.updated_at, r.version
  FROM records r
  JOIN record_types t ON t.organisation_id = r.organisation_id AND t.id = r.type_id
 WHERE r.organisation_id = $1 AND r.id < $2
   AND r.id IN (SELECT a.id
                  FROM people m CROSS JOIN records a
                 WHERE m.organisation_id = $1 AND m.root_id = $4
                   AND a.organisation_id = $1 AND a.person_id = m.id
                 UNION
                SELECT b.id
                  FROM people m CROSS JOIN identities i CROSS JOIN records b
                 WHERE m.organisation_id = $1 AND m.root_id = $4
                   AND i.organisation_id = $1 AND i.person_id = m.id AND i.removed_at = 0
                   AND i.is_main
                   AND b.organisation_id = $1 AND b.owner_kind = i.kind
                   AND b.owner_value = i.value)
 ORDER BY r.id DESC
 LIMIT $3;

-- name: record_add
INSERT INTO records (organisation_id, id, type_id, key, title, status, status_at, data, url, person_id,
                     owner_kind, owner, owner_value, checked_at, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $14);

-- name: record_change
UPDATE records
   SET title = $3, status = $4, status_at = $5, data = $6, url = $7, person_id = $8, owner_kind = $9,
       owner = $10, owner_value = $11, checked_at = $12, updated_at = $12, lookup_error = NULL,
       version = version + 1
 WHERE organisation_id = $1 AND id = $2;

-- name: record_checked
UPDATE records
   SET checked_at = $3, lookup_error = $4
 WHERE organisation_id = $1 AND id = $2;

-- name: record_remove
DELETE FROM records
 WHERE organisation_id = $1 AND id = $2;

-- name: record_status_add
INSERT INTO record_statuses (organisation_id, record_id, id, status, at)
VALUES ($1, $2, $3, $4, $5);

-- name: record_status_list
SELECT status, at
  FROM record_statuses
 WHERE organisation_id = $1 AND record_id = $2
 ORDER BY id DESC
 LIMIT 200;

-- name: record_status_remove
DELETE FROM record_statuses
 WHERE organisation_id = $1 AND record_id = $2;

-- name: record_open_cases
-- Those of the customer that aren't done: they are told of a new status.
SELECT c.id
  FROM people m CROSS JOIN cases c
 WHERE m.organisation_id = $1 AND m.root_id = $2
   AND c.organisation_id = $1 AND c.person_id = m.id
   AND c.status <> 'done' AND c.merged_into IS NULL
 ORDER BY c.id DESC
 LIMIT 50;
