-- What nobody asks for any more is swept: uploads that no message took, and contents that no row
-- refers to.
DROP INDEX files_unfinished;
CREATE INDEX files_unsent ON files (created_at, organisation_id, id) WHERE message_id IS NULL;

-- Since when a row that referred to it is gone; another one still may. NULL: none is gone.
ALTER TABLE blobs ADD COLUMN dropped_at BIGINT;
CREATE INDEX blobs_dropped ON blobs (dropped_at, organisation_id, hash)
    WHERE dropped_at IS NOT NULL;
CREATE INDEX blobs_large ON blobs (hash) WHERE data IS NULL;
CREATE INDEX files_by_hash ON files (organisation_id, hash) WHERE hash IS NOT NULL;
CREATE INDEX envelopes_by_hash ON envelopes (organisation_id, raw_hash)
    WHERE raw_hash IS NOT NULL;

UPDATE blobs
   SET dropped_at = 0
 WHERE NOT EXISTS (SELECT 1 FROM files f
                    WHERE f.organisation_id = blobs.organisation_id AND f.hash = blobs.hash)
   AND NOT EXISTS (SELECT 1 FROM envelopes e
                    WHERE e.organisation_id = blobs.organisation_id
                      AND e.raw_hash = blobs.hash);
