-- Up Migration
CREATE EXTENSION IF NOT EXISTS postgis;

-- One row a layer; it rises with every change, so that tiles, lists and screens know when to ask again.
CREATE TABLE data_versions (
  layer text PRIMARY KEY CHECK (layer IN ('base', 'areas', 'buildings', 'members', 'servicePoints', 'cases')),
  version bigint NOT NULL DEFAULT 1
);
INSERT INTO data_versions (layer) VALUES ('base'), ('areas'), ('buildings'), ('members'), ('servicePoints'), ('cases');

CREATE FUNCTION raise_data_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE data_versions SET version = version + 1 WHERE layer = TG_ARGV[0];
  RETURN NULL;
END $$;

-- Settings of the installation: district name, time zone, attribution, the demo's seed.
CREATE TABLE settings (
  key text PRIMARY KEY,
  value jsonb NOT NULL
);

CREATE TABLE branches (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL
);

CREATE TABLE areas (
  id uuid PRIMARY KEY,
  parent_id uuid REFERENCES areas,
  level text NOT NULL CHECK (level IN ('street', 'community', 'grid')),
  code text NOT NULL UNIQUE CHECK (code ~ '^[0-9A-Za-z._-]{1,40}$'),
  name text NOT NULL,
  -- "/code/code/": the codes from the root down, so that a subtree is a prefix. Kept by set_area_path().
  path text NOT NULL DEFAULT '',
  branch_id uuid REFERENCES branches,
  households integer CHECK (households >= 0),
  border geometry(MultiPolygon, 4326) NOT NULL CHECK (ST_IsValid(border)),
  -- Always inside the border, for labels and distances.
  centre geometry(Point, 4326) NOT NULL GENERATED ALWAYS AS (ST_PointOnSurface(border)) STORED,
  square_metres double precision NOT NULL GENERATED ALWAYS AS (ST_Area(border::geography)) STORED,
  border_from date NOT NULL DEFAULT CURRENT_DATE
);
CREATE INDEX areas_border ON areas USING gist (border);
CREATE INDEX areas_parent ON areas (parent_id);
CREATE INDEX areas_path ON areas (path text_pattern_ops);

CREATE FUNCTION set_area_path() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.path := coalesce((SELECT path FROM areas WHERE id = NEW.parent_id), '/') || NEW.code || '/';
  RETURN NEW;
END $$;
CREATE TRIGGER areas_path BEFORE INSERT OR UPDATE OF parent_id, code ON areas
  FOR EACH ROW EXECUTE FUNCTION set_area_path();

-- A subtree follows when its root moves.
CREATE FUNCTION move_area_subtree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.path <> OLD.path THEN
    UPDATE areas SET parent_id = parent_id WHERE parent_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER areas_subtree AFTER UPDATE OF parent_id, code ON areas
  FOR EACH ROW EXECUTE FUNCTION move_area_subtree();

-- Whether a path lies in any subtree of a scope; '/' is everywhere; a record on no area counts as the root.
-- One expression without a subquery, so that the planner inlines it: it is asked for every row of every list.
CREATE FUNCTION in_scope(path text, scope text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(path, '/') ^@ ANY (scope)
$$;

-- The grid that holds a point. On a shared border: the smallest code.
CREATE FUNCTION grid_at(place geometry) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT id FROM areas WHERE level = 'grid' AND ST_Covers(border, place) ORDER BY code LIMIT 1
$$;

-- Water, green, roads and rail of the base map; roads also carry what the walking network needs.
CREATE TABLE base_features (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  layer text NOT NULL CHECK (layer IN ('water', 'green', 'land', 'road', 'rail', 'place')),
  kind text NOT NULL,
  name text,
  is_bridge boolean NOT NULL DEFAULT false,
  is_tunnel boolean NOT NULL DEFAULT false,
  is_walkable boolean NOT NULL DEFAULT false,
  shape geometry(Geometry, 4326) NOT NULL
);
CREATE INDEX base_features_shape ON base_features USING gist (shape);

CREATE TABLE buildings (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text,
  estate text,
  address text,
  kind text,
  floors integer CHECK (floors BETWEEN 0 AND 300),
  height_metres double precision CHECK (height_metres >= 0),
  households integer CHECK (households >= 0),
  shape geometry(MultiPolygon, 4326),
  centre geometry(Point, 4326) NOT NULL,
  area_id uuid REFERENCES areas
);
CREATE INDEX buildings_shape ON buildings USING gist (shape);
CREATE INDEX buildings_centre ON buildings USING gist (centre);
CREATE INDEX buildings_area ON buildings (area_id);

CREATE TRIGGER areas_version AFTER INSERT OR UPDATE OR DELETE ON areas
  FOR EACH STATEMENT EXECUTE FUNCTION raise_data_version('areas');
CREATE TRIGGER base_features_version AFTER INSERT OR UPDATE OR DELETE ON base_features
  FOR EACH STATEMENT EXECUTE FUNCTION raise_data_version('base');
CREATE TRIGGER buildings_version AFTER INSERT OR UPDATE OR DELETE ON buildings
  FOR EACH STATEMENT EXECUTE FUNCTION raise_data_version('buildings');

-- Down Migration
DROP TABLE buildings, base_features, areas, branches, settings, data_versions;
DROP FUNCTION grid_at(geometry), in_scope(text, text[]), move_area_subtree(), set_area_path(), raise_data_version();
