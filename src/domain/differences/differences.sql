-- name: reconciliation_newest
SELECT id, began_at, ended_at, at_part, at_id, looked_n, found_n
  FROM reconciliations
 WHERE organisation_id = $1
 ORDER BY id DESC
 LIMIT 1;

-- name: reconciliation_get
SELECT id, began_at, ended_at, at_part, at_id, looked_n, found_n
  FROM reconciliations
 WHERE organisation_id = $1 AND id = $2;

-- name: reconciliation_list
SELECT id, began_at, ended_at, at_part, at_id, looked_n, found_n
  FROM reconciliations
 WHERE organisation_id = $1 AND id < $2
 ORDER BY id DESC
 LIMIT $3;

-- name: reconciliation_add
INSERT INTO reconciliations (organisation_id, id, began_at)
VALUES ($1, $2, $3);

-- name: reconciliation_save
UPDATE reconciliations
   SET at_part = $3, at_id = $4, looked_n = $5, found_n = $6
 WHERE organisation_id = $1 AND id = $2;

-- name: reconciliation_end
UPDATE reconciliations
   SET ended_at = $3
 WHERE organisation_id = $1 AND id = $2;

-- name: reconciliation_forget
DELETE FROM reconciliations
 WHERE organisation_id = $1 AND id < $2;

-- name: difference_see
INSERT INTO differences (organisation_id, id, kind, about, detail, found_at, seen_at, gone_at)
VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
    ON CONFLICT (organisation_id, kind, about, detail) DO UPDATE
   SET seen_at = excluded.seen_at,
       found_at = CASE WHEN differences.gone_at > 0 THEN excluded.found_at
                       ELSE differences.found_at END,
       gone_at = excluded.gone_at
RETURNING id, found_at, seen_at;

-- name: difference_list
SELECT id, kind, about, detail, found_at, seen_at, gone_at
  FROM differences
 WHERE organisation_id = $1 AND gone_at = 0 AND id < $2
 ORDER BY id DESC
 LIMIT $3;

-- name: difference_list_all
SELECT id, kind, about, detail, found_at, seen_at, gone_at
  FROM differences
 WHERE organisation_id = $1 AND id < $2
 ORDER BY id DESC
 LIMIT $3;

-- name: difference_count
-- Ends at $2.
SELECT count(*)
  FROM (SELECT id
          FROM differences
         WHERE organisation_id = $1 AND gone_at = 0
         LIMIT $2) AS counted;

-- name: difference_leave
-- What the reconciliation that began at $2 didn't see again.
UPDATE differences
   SET gone_at = $3
 WHERE organisation_id = $1 AND gone_at = 0 AND seen_at < $2;

-- name: difference_forget
DELETE FROM differences
 WHERE organisation_id = $1 AND gone_at > 0 AND gone_at < $2;

-- name: difference_mailboxes
SELECT c.id AS channel_id, c.name AS channel, f.folder, f.compared_at
  FROM channels c
  JOIN channel_folders f ON f.organisation_id = c.organisation_id AND f.channel_id = c.id
 WHERE c.organisation_id = $1 AND c.enabled = TRUE
 ORDER BY c.name, f.folder
 LIMIT $2;

-- name: difference_compare_again
-- Whoever reads the mailboxes compares them from the start.
UPDATE channel_folders
   SET compared_at = 0, compared_uid = 0
 WHERE organisation_id = $1;
