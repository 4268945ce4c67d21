-- Views that look for words showed every status, newest first, whatever they said: now they say it.
UPDATE views SET status = 'all' WHERE q IS NOT NULL AND q <> '' AND status = 'active';
UPDATE views SET sort = 'newest' WHERE q IS NOT NULL AND q <> '';
