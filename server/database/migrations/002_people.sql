-- Up Migration
CREATE TABLE members (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  badge text,
  phone text,
  is_party_member boolean NOT NULL DEFAULT false,
  branch_id uuid REFERENCES branches,
  skills text[] NOT NULL DEFAULT '{}',
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1
);

CREATE TABLE service_points (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('centre', 'station', 'microComplex', 'mediationRoom')),
  address text,
  phone text,
  services text[] NOT NULL DEFAULT '{}',
  -- Seven lists of ["HH:MM", "HH:MM"], Monday first.
  hours jsonb NOT NULL CHECK (jsonb_array_length(hours) = 7),
  closed_on date,
  closed_reason text,
  position geometry(Point, 4326) NOT NULL,
  area_id uuid REFERENCES areas,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX service_points_position ON service_points USING gist (position);
CREATE INDEX service_points_area ON service_points (area_id);

-- Who answers for what: a post ties a member to an area and, where it has one, a building or service point.
CREATE TABLE posts (
  id uuid PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  post text NOT NULL,
  area_id uuid NOT NULL REFERENCES areas,
  building_id uuid REFERENCES buildings,
  service_point_id uuid REFERENCES service_points,
  UNIQUE NULLS NOT DISTINCT (member_id, post, area_id, building_id, service_point_id)
);
CREATE INDEX posts_area ON posts (area_id);
CREATE INDEX posts_building ON posts (building_id);
CREATE INDEX posts_service_point ON posts (service_point_id);

CREATE TABLE teams (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('service', 'patrol')),
  area_id uuid NOT NULL REFERENCES areas,
  leader_id uuid REFERENCES members,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX teams_area ON teams (area_id);

CREATE TABLE team_members (
  team_id uuid NOT NULL REFERENCES teams ON DELETE CASCADE,
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  PRIMARY KEY (team_id, member_id)
);
CREATE INDEX team_members_member ON team_members (member_id);

CREATE TABLE departments (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  phone text
);

CREATE TRIGGER members_version AFTER INSERT OR UPDATE OR DELETE ON members
  FOR EACH STATEMENT EXECUTE FUNCTION raise_data_version('members');
CREATE TRIGGER posts_version AFTER INSERT OR UPDATE OR DELETE ON posts
  FOR EACH STATEMENT EXECUTE FUNCTION raise_data_version('members');
CREATE TRIGGER teams_version AFTER INSERT OR UPDATE OR DELETE ON teams
  FOR EACH STATEMENT EXECUTE FUNCTION raise_data_version('members');
CREATE TRIGGER service_points_version AFTER INSERT OR UPDATE OR DELETE ON service_points
  FOR EACH STATEMENT EXECUTE FUNCTION raise_data_version('servicePoints');

-- Down Migration
DROP TABLE team_members, teams, posts, service_points, departments, members;
