-- Up Migration
-- The end of the audit chain. Locking this one row numbers entries without a gap on both databases.
CREATE TABLE audit_head (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  id bigint NOT NULL,
  hash bytea NOT NULL
);
INSERT INTO audit_head (id, hash) VALUES (0, '\x');

-- Down Migration
DROP TABLE audit_head;
