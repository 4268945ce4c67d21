-- Lists by channel: a channel with few cases among many others.
CREATE INDEX cases_by_channel
    ON cases (organisation_id, channel_id, is_active, waiting_order, id);
