-- Full text. The words come in already folded and stemmed (language/words.h), so that both
-- engines give the same hits; the engines only index them. id: a message or a person. Each word
-- begins with four letters made from its organisation, so that a list of hits is one tenant's.

-- only: sqlite
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', columnsize = 0, tokenize = 'ascii');
-- end

-- only: postgres
CREATE TABLE search (
    organisation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (organisation_id, id)
);
CREATE INDEX search_by_words ON search USING GIN (words) WITH (gin_pending_list_limit = 256);
-- end
