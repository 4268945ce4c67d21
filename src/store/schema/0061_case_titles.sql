-- A case is found by its title too. Most begin with a message that says what the title says: the
-- index has those words already. Here are the others, each as the index has it: to forget a title
-- it wants to hear its words again.
CREATE TABLE case_titles (
    organisation_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    is_indexed BOOLEAN NOT NULL, -- FALSE: the words are still to be made, by the next housekeeping
    PRIMARY KEY (organisation_id, case_id)
);
CREATE INDEX case_titles_to_index ON case_titles (organisation_id, case_id) WHERE is_indexed = FALSE;
INSERT INTO case_titles (organisation_id, case_id, title, is_indexed)
SELECT c.organisation_id, c.id, c.title, FALSE
  FROM cases c
 WHERE NOT EXISTS (SELECT 1
                     FROM messages m
                    WHERE m.organisation_id = c.organisation_id AND m.case_id = c.id
                      AND (m.subject = c.title OR substr(m.text, 1, length(c.title)) = c.title));
