-- Up Migration
-- The two lists of GB/T 47678 share code values, so the key is (standard, kind, code).
CREATE TABLE case_categories (
  standard text NOT NULL,
  kind text NOT NULL,
  code text NOT NULL,
  major_class text NOT NULL,
  name text NOT NULL,
  key text NOT NULL UNIQUE GENERATED ALWAYS AS (standard || '/' || kind || '/' || code) STORED,
  PRIMARY KEY (standard, kind, code)
);

CREATE SEQUENCE case_numbers;

CREATE TABLE cases (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  title text NOT NULL,
  text text,
  category_key text REFERENCES case_categories (key),
  -- What the screen shows: the category's name, or the source's own word for it.
  category_name text NOT NULL,
  source text NOT NULL CHECK (source IN ('resident', 'patrol', 'member', 'hotline', 'sensor', 'video', 'superior', 'import')),
  stage text NOT NULL CHECK (stage IN ('accept', 'verify', 'file', 'dispatch', 'handle', 'check', 'closed')),
  outcome text CHECK (outcome IN ('fixed', 'notFixed', 'notFiled', 'void', 'merged', 'selfHandled')),
  priority text NOT NULL DEFAULT 'normal' CHECK (priority IN ('urgent', 'high', 'normal', 'low')),
  is_supervised boolean NOT NULL DEFAULT false,
  reported_at timestamptz NOT NULL,
  warn_at timestamptz,
  due_at timestamptz,
  closed_at timestamptz,
  -- null: not on the map.
  position geometry(Point, 4326),
  address text,
  area_id uuid REFERENCES areas,
  building_id uuid REFERENCES buildings,
  department_id uuid REFERENCES departments,
  handler_id uuid REFERENCES members,
  reporter_name text,
  reporter_phone text,
  version integer NOT NULL DEFAULT 1,
  CHECK ((stage = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX cases_open ON cases (due_at, reported_at) WHERE closed_at IS NULL;
CREATE INDEX cases_area ON cases (area_id, reported_at);
CREATE INDEX cases_closed ON cases (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_department ON cases (department_id) WHERE closed_at IS NULL;
CREATE INDEX cases_building ON cases (building_id) WHERE closed_at IS NULL;
CREATE INDEX cases_position ON cases USING gist (position) WHERE closed_at IS NULL;

-- What happened to a case, in order. Append only.
CREATE TABLE case_steps (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  at timestamptz NOT NULL,
  stage text NOT NULL,
  actor text,
  note text
);
CREATE INDEX case_steps_case ON case_steps (case_id, at);

CREATE TRIGGER cases_version AFTER INSERT OR UPDATE OR DELETE ON cases
  FOR EACH STATEMENT EXECUTE FUNCTION raise_data_version('cases');

-- Down Migration
DROP TABLE case_steps, cases, case_categories;
DROP SEQUENCE case_numbers;
