-- What comes in from outside names a channel, not its organisation.
CREATE UNIQUE INDEX channels_by_id ON channels (id);
CREATE INDEX channels_fetched ON channels (type, organisation_id, id) WHERE enabled = TRUE;
