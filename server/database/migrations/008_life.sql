-- Up Migration
-- Facts: written with the change, in its own transaction, under a gap-free number. Told after commit.
CREATE TABLE fact_counter (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  seq bigint NOT NULL DEFAULT 0
);
INSERT INTO fact_counter DEFAULT VALUES;

CREATE TABLE facts (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  -- What changed: the kind of record and its id. Its content is read when it is told, so nothing personal rests here.
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  -- The subtree it belonged to when it changed; null = no area.
  area_path text
);
CREATE INDEX facts_at ON facts (at);

-- Duty 在岗: one row a stretch. Positions are taken inside a stretch and nowhere else.
CREATE TABLE duties (
  id uuid PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  -- self, a dispatcher, the gateway, or the end of the longest allowed stretch.
  ended_by text,
  CHECK (ended_at >= started_at)
);
CREATE UNIQUE INDEX duties_open ON duties (member_id) WHERE ended_at IS NULL;
CREATE INDEX duties_member ON duties (member_id, started_at);

-- Who agreed to which text about being located, and when.
CREATE TABLE duty_agreements (
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  notice_version integer NOT NULL,
  agreed_at timestamptz NOT NULL,
  PRIMARY KEY (member_id, notice_version)
);

-- Trackers paired to members. Only the SHA-256 of a pairing secret is kept.
CREATE TABLE devices (
  id uuid PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  source text NOT NULL CHECK (source IN ('owntracks', 'osmand')),
  name text NOT NULL,
  secret_hash bytea NOT NULL UNIQUE,
  reports_every_ms integer NOT NULL CHECK (reports_every_ms BETWEEN 1000 AND 3600000),
  paired_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX devices_member ON devices (member_id);

-- Gateways: another system that speaks for named devices, each bound to a member by an administrator.
CREATE TABLE gateways (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  reports_every_ms integer NOT NULL CHECK (reports_every_ms BETWEEN 1000 AND 3600000),
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);
CREATE TABLE gateway_devices (
  gateway_id uuid NOT NULL REFERENCES gateways ON DELETE CASCADE,
  device text NOT NULL,
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  PRIMARY KEY (gateway_id, device)
);

-- The newest fix of everyone on duty, so that a restart shows each with its true age. Coordinates are degrees × 1e7.
CREATE TABLE latest_positions (
  member_id uuid PRIMARY KEY REFERENCES members ON DELETE CASCADE,
  fix_at timestamptz NOT NULL,
  longitude integer NOT NULL,
  latitude integer NOT NULL,
  accuracy_metres real,
  heading_degrees real,
  source text NOT NULL,
  reports_every_ms integer NOT NULL,
  is_suspect boolean NOT NULL DEFAULT false
);

-- Raw history, a partition a UTC day, dropped after the retention time. The key drops the very same fix again.
CREATE TABLE position_history (
  member_id uuid NOT NULL,
  fix_at timestamptz NOT NULL,
  longitude integer NOT NULL,
  latitude integer NOT NULL,
  accuracy_metres real,
  PRIMARY KEY (member_id, fix_at)
) PARTITION BY RANGE (fix_at);
CREATE INDEX position_history_fix_at ON position_history USING brin (fix_at);

-- Refused fixes, counted by hour: what, from where, why.
CREATE TABLE fix_refusals (
  hour timestamptz NOT NULL,
  source text NOT NULL,
  reason text NOT NULL,
  count integer NOT NULL,
  PRIMARY KEY (hour, source, reason)
);

-- Down Migration
DROP TABLE fix_refusals, position_history, latest_positions, gateway_devices, gateways, devices, duty_agreements,
  duties, facts, fact_counter;
