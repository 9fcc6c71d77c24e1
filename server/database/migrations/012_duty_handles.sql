-- Up Migration
-- What position frames call a person while this duty lasts: the same after a restart, so that screens, which keep their
-- list over it, never put one person's name to another's mark.
ALTER TABLE duties ADD COLUMN handle integer GENERATED ALWAYS AS IDENTITY;

-- Down Migration
ALTER TABLE duties DROP COLUMN handle;
