-- Up Migration
-- What a file holds may stay unknown; what was said about it is kept as codes, so that both languages can say it.
ALTER TABLE loads
  ALTER COLUMN kind DROP NOT NULL,
  ADD COLUMN notes jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN progress jsonb,
  -- A running load says here that it lives; one that has been silent for long is taken as broken off.
  ADD COLUMN alive_at timestamptz NOT NULL DEFAULT now();
CREATE UNIQUE INDEX loads_one_running ON loads ((true)) WHERE state = 'running';

-- Rows of the load under way, checked and placed in small transactions before one last transaction takes them over.
-- Emptied by TRUNCATE at the end: the embedded database has no autovacuum.
CREATE TABLE load_rows (
  load_id uuid NOT NULL REFERENCES loads,
  row_index integer NOT NULL,
  id uuid NOT NULL,
  code text NOT NULL,
  data jsonb NOT NULL,
  shape geometry(Geometry, 4326),
  -- A point inside the shape.
  place geometry(Point, 4326),
  area_id uuid,
  state text NOT NULL CHECK (state IN ('new', 'changed', 'same', 'refused')),
  PRIMARY KEY (load_id, row_index)
);

-- Down Migration
DROP TABLE load_rows;
DROP INDEX loads_one_running;
ALTER TABLE loads DROP COLUMN notes, DROP COLUMN progress, DROP COLUMN alive_at;
