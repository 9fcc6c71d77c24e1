-- Up Migration
-- When a gateway's key was last used, so that one that fell silent is noticed.
ALTER TABLE gateways ADD COLUMN seen_at timestamptz;

-- Down Migration
ALTER TABLE gateways DROP COLUMN seen_at;
