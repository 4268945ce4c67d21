-- name: presence_news
-- Over all organisations: streams are of everybody. Only what changed in the
-- last minute, and of that the newest.
SELECT organisation_id AS organisation, max(change) AS change
  FROM (SELECT organisation_id, change
          FROM presence
         WHERE change > $1
         ORDER BY change DESC
         LIMIT 10000) AS newest
 GROUP BY organisation_id;
