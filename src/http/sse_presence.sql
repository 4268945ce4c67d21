-- name: presence_news
-- Over all organisations: streams are of everybody. Only what changed in the
-- last minute, and of that the newest.
SELECT organisation_id AS organisation, max(change) AS change
  FROM (SELECT organisation_id, change
          FROM (SELECT organisation_id, change
                  FROM presence
                 WHERE change > $1
                 ORDER BY change DESC
                 LIMIT 10000) AS colleagues
         UNION ALL
        SELECT organisation_id, change
          FROM (SELECT organisation_id, desk_change AS change
                  FROM chat_visitors
                 WHERE desk_change > $1
                 ORDER BY desk_change DESC
                 LIMIT 10000) AS visitors) AS newest
 GROUP BY organisation_id;

-- name: hints_news
-- Over all organisations: whose stream has news, oldest first; each stream knows what it told.
SELECT id AS topic, change
  FROM chat_visitors
 WHERE change > $1
 ORDER BY change, id
 LIMIT 10000;
