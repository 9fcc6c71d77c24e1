-- Up Migration
CREATE SEQUENCE call_numbers;

-- One-click calls. A live one always has an owner: a clock that will act (due_at), everybody (alarm), the dispatcher who
-- took it, or the member who comes. Only the SHA-256 of the caller's secret link, device and address are kept.
CREATE TABLE calls (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  secret_hash bytea NOT NULL UNIQUE,
  device_hash bytea,
  address_hash bytea,
  is_verified boolean NOT NULL DEFAULT false,
  position geometry(Point, 4326) NOT NULL,
  accuracy_metres double precision,
  area_id uuid REFERENCES areas,
  wish text CHECK (wish IN ('partyMember', 'gridMember')),
  skill text,
  note text,
  state text NOT NULL CHECK (state IN ('searching', 'ringing', 'dispatcher', 'alarm', 'taken', 'accepted', 'onTheWay',
    'arrived', 'done', 'rated', 'cancelled')),
  -- How many were asked on the ladder.
  hop integer NOT NULL DEFAULT 0,
  offer_id uuid,
  handler_id uuid REFERENCES members,
  -- The dispatcher who took it or assigned it.
  taken_by uuid REFERENCES accounts,
  queued_because text,
  due_at timestamptz,
  placed_at timestamptz NOT NULL,
  accepted_at timestamptz,
  on_the_way_at timestamptz,
  arrived_at timestamptz,
  alarmed_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  stars integer CHECK (stars BETWEEN 1 AND 5),
  rating_text text,
  rated_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CHECK ((state IN ('searching', 'ringing', 'dispatcher')) = (due_at IS NOT NULL)),
  CHECK ((state = 'ringing') = (offer_id IS NOT NULL)),
  CHECK (state NOT IN ('accepted', 'onTheWay', 'arrived') OR handler_id IS NOT NULL),
  CHECK (state <> 'taken' OR taken_by IS NOT NULL),
  CHECK ((state IN ('done', 'rated', 'cancelled')) = (ended_at IS NOT NULL)),
  CHECK ((state = 'rated') = (rated_at IS NOT NULL))
);
CREATE INDEX calls_due ON calls (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX calls_live ON calls (placed_at) WHERE ended_at IS NULL;
CREATE INDEX calls_device ON calls (device_hash, placed_at);
CREATE INDEX calls_address ON calls (address_hash, placed_at);
-- A member comes to one call at a time.
CREATE UNIQUE INDEX calls_handler ON calls (handler_id) WHERE state IN ('accepted', 'onTheWay', 'arrived');

-- A call offered to one member (振铃). Rung once, by whoever wrote the row, after its commit; never again.
CREATE TABLE call_offers (
  id uuid PRIMARY KEY,
  call_id uuid NOT NULL REFERENCES calls,
  hop integer NOT NULL,
  member_id uuid NOT NULL REFERENCES members,
  is_assigned boolean NOT NULL DEFAULT false,
  way text,
  way_metres double precision,
  worst_seconds double precision,
  rung_at timestamptz NOT NULL,
  delivered_at timestamptz,
  due_at timestamptz NOT NULL,
  ended_at timestamptz,
  outcome text CHECK (outcome IN ('accepted', 'declined', 'silent', 'dead', 'withdrawn')),
  reason text,
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
CREATE INDEX call_offers_call ON call_offers (call_id, rung_at);
CREATE INDEX call_offers_accepted ON call_offers (ended_at) WHERE outcome = 'accepted';
-- A phone rings for one call at a time, and a call at one phone at a time.
CREATE UNIQUE INDEX call_offers_open_member ON call_offers (member_id) WHERE outcome IS NULL;
CREATE UNIQUE INDEX call_offers_open_call ON call_offers (call_id) WHERE outcome IS NULL;

-- Work that one process does for all; whoever holds the row until then.
CREATE TABLE leases (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  until timestamptz NOT NULL
);

-- Down Migration
DROP TABLE leases, call_offers, calls;
DROP SEQUENCE call_numbers;
