-- Up Migration
-- Short codes printed as QR on grids and buildings: /g/<code>. A revoked one stays, so that its paper can be answered.
CREATE TABLE place_codes (
  id uuid PRIMARY KEY,
  -- 13 letters of Crockford's base 32: 65 random bits, not to be guessed.
  code text NOT NULL UNIQUE CHECK (code ~ '^[0-9a-hjkmnp-tv-z]{13}$'),
  area_id uuid REFERENCES areas ON DELETE CASCADE,
  building_id uuid REFERENCES buildings ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CHECK ((area_id IS NULL) <> (building_id IS NULL)),
  CHECK (revoked_at >= created_at)
);
CREATE UNIQUE INDEX place_codes_area ON place_codes (area_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX place_codes_building ON place_codes (building_id) WHERE revoked_at IS NULL;

-- Who reported a case without an account follows it by a secret. Only its SHA-256 is kept.
CREATE TABLE case_follows (
  secret_hash bytea PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE
);
CREATE INDEX case_follows_case ON case_follows (case_id);

-- Down Migration
DROP TABLE case_follows, place_codes;
