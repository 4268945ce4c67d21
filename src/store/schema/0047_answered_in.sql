-- The case that our newest answer in a provider's thread belongs to, where it isn't the thread's own:
-- there is one thread with each number, and what comes back in it answers that.
ALTER TABLE conversations ADD COLUMN answered_in BIGINT;
