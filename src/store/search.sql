-- What differs by engine ends in _sqlite or _postgres and is prepared there only.

-- name: search_add_sqlite
-- Over all organisations: each word begins with the letters of its own, as in the next two.
INSERT INTO search (rowid, words) VALUES ($1, $2);

-- name: search_remove_sqlite
-- Over all organisations: by the id of one row. The index keeps no texts: to forget a row it
-- wants to hear its words again.
INSERT INTO search (search, rowid, words) VALUES ('delete', $1, $2);

-- name: search_find_sqlite
-- Over all organisations: words of another one do not match (see search.h).
SELECT rowid AS id
  FROM search
 WHERE search MATCH $1 AND rowid < $2
 ORDER BY rowid DESC
 LIMIT $3;

-- name: search_among_sqlite
-- Over all organisations: as above. Looks the few rows up by their ids ("12,15") instead of walking
-- through all that have the words.
SELECT count(*)
  FROM search
 WHERE search MATCH $1 AND rowid IN (SELECT value FROM json_each('[' || $2 || ']'));

-- name: search_add_postgres
-- No parser of PostgreSQL's: it would see addresses and numbers where SQLite sees words.
INSERT INTO search (organisation_id, id, words)
VALUES ($1, $2, array_to_tsvector(string_to_array($3, ' ')));

-- name: search_remove_postgres
DELETE FROM search WHERE organisation_id = $1 AND id = $2;

-- name: search_newest_postgres
-- Among the newest $5 rows only, walking the primary key backwards until there are enough.
SELECT id
  FROM (SELECT id, words
          FROM search
         WHERE organisation_id = $1 AND id < $3
         ORDER BY id DESC
         LIMIT $5) AS newest
 WHERE words @@ CAST($2 AS TSQUERY)
 ORDER BY id DESC
 LIMIT $4;

-- name: search_index_postgres
-- From the index of words, at most $5 hits; hits_n tells whether these were all. MATERIALIZED and
-- + 0, so that the planner never thinks of walking the primary key instead.
WITH hits AS MATERIALIZED (
    SELECT id
      FROM search
     WHERE words @@ CAST($2 AS TSQUERY) AND organisation_id + 0 = $1 AND id + 0 < $3
     LIMIT $5
)
SELECT id, (SELECT count(*) FROM hits) AS hits_n
  FROM hits
 ORDER BY id DESC
 LIMIT $4;

-- name: search_among_postgres
-- MATERIALIZED, so that the planner looks the few rows up first and never begins with the words.
WITH few AS MATERIALIZED (
    SELECT words
      FROM search
     WHERE organisation_id = $1 AND id = ANY (CAST(string_to_array($3, ',') AS BIGINT[]))
)
SELECT count(*)
  FROM few
 WHERE words @@ CAST($2 AS TSQUERY);
