-- Jobs that wait for the same other side (a channel's server) share a lane, so that one that is
-- slow doesn't keep all workers waiting. 0: waits for nobody.
ALTER TABLE jobs ADD COLUMN lane BIGINT NOT NULL DEFAULT 0;
