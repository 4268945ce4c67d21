-- What differs by engine ends in _sqlite or _postgres and is prepared there only.

-- name: search_add_sqlite
INSERT INTO search (rowid, words) VALUES ($1, $2);

-- name: search_remove_sqlite
-- The index keeps no texts: to forget a row it wants to hear its words again.
INSERT INTO search (search, rowid, words) VALUES ('delete', $1, $2);

-- name: search_find_sqlite
SELECT rowid AS id
  FROM search
 WHERE search MATCH $1 AND rowid < $2
 ORDER BY rowid DESC
 LIMIT $3;

-- name: search_add_postgres
-- No parser of PostgreSQL's: it would see addresses and numbers where SQLite sees words.
INSERT INTO search (organisation_id, id, words)
VALUES ($1, $2, array_to_tsvector(string_to_array($3, ' ')));

-- name: search_remove_postgres
DELETE FROM search WHERE organisation_id = $1 AND id = $2;

-- name: search_newest_postgres
-- Among the newest rows only, by walking the primary key backwards: finds frequent words at once.
SELECT id
  FROM (SELECT id, words
          FROM search
         WHERE organisation_id = $1 AND id < $3
         ORDER BY id DESC
         LIMIT $5) AS newest
 WHERE words @@ CAST($2 AS TSQUERY)
 ORDER BY id DESC
 LIMIT $4;

-- name: search_rare_postgres
-- MATERIALIZED and without an order inside, so that the planner has no reason to walk the primary
-- key; all hits, if there are fewer than $5, so they can be sorted.
WITH hits AS MATERIALIZED (
    SELECT id
      FROM search
     WHERE organisation_id = $1 AND words @@ CAST($2 AS TSQUERY) AND id < $3
     LIMIT $5
)
SELECT id, (SELECT count(*) FROM hits) AS hits_n
  FROM hits
 ORDER BY id DESC
 LIMIT $4;

-- name: search_frequent_postgres
SELECT id
  FROM search
 WHERE organisation_id = $1 AND id < $3 AND words @@ CAST($2 AS TSQUERY)
 ORDER BY id DESC
 LIMIT $4;
