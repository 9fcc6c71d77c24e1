-- Up Migration
-- A session from a one-time link may set a password without the current one: that is how a forgotten one is replaced.
ALTER TABLE sessions ADD COLUMN is_by_link boolean NOT NULL DEFAULT false;
-- null: nobody ever signed in to this account.
ALTER TABLE accounts ADD COLUMN last_seen_at timestamptz;

-- Down Migration
ALTER TABLE accounts DROP COLUMN last_seen_at;
ALTER TABLE sessions DROP COLUMN is_by_link;
