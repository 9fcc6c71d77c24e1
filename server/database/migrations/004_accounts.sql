-- Up Migration
CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  sign_in_name text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('member', 'gridLeader', 'department', 'dispatcher', 'communityAdmin', 'streetAdmin')),
  member_id uuid REFERENCES members,
  department_id uuid REFERENCES departments,
  -- argon2id; null until its owner sets one.
  password_hash text,
  is_disabled boolean NOT NULL DEFAULT false,
  -- Rises with every change of role, scope, password or state; a session made under an older one is over.
  authorisation_version integer NOT NULL DEFAULT 1,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX accounts_sign_in_name ON accounts (lower(sign_in_name));
CREATE UNIQUE INDEX accounts_member ON accounts (member_id);

-- Subtrees an account reaches; area_id null = everywhere (only the installation's first administrator).
CREATE TABLE account_scopes (
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  area_id uuid REFERENCES areas,
  UNIQUE NULLS NOT DISTINCT (account_id, area_id)
);

-- One-time links. Only the SHA-256 of the token is kept; a token says what it is for.
CREATE TABLE sign_in_links (
  token_hash bytea PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  purpose text NOT NULL CHECK (purpose IN ('signIn')),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);

-- Sessions. Only the SHA-256 of the cookie is kept.
CREATE TABLE sessions (
  id_hash bytea PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  authorisation_version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  active_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);

-- Append only, each row chained to the one before.
CREATE TABLE audit_log (
  id bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_id uuid,
  actor text,
  action text NOT NULL,
  resource text NOT NULL,
  resource_id text,
  area_path text,
  detail jsonb NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL
);
CREATE INDEX audit_log_at ON audit_log (at);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_steps_append_only BEFORE UPDATE OR DELETE ON case_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_steps_no_truncate BEFORE TRUNCATE ON case_steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Commands carry a key; the same key again gets the stored answer, another body under it is refused.
CREATE TABLE idempotency_keys (
  actor_id uuid NOT NULL,
  key uuid NOT NULL,
  route text NOT NULL,
  body_hash bytea NOT NULL,
  answer jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_keys_at ON idempotency_keys (at);

CREATE TABLE loads (
  id uuid PRIMARY KEY,
  file_name text NOT NULL,
  file_hash bytea NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  actor text,
  state text NOT NULL CHECK (state IN ('running', 'done', 'refused', 'cancelled')),
  rows_read integer NOT NULL DEFAULT 0,
  added integer NOT NULL DEFAULT 0,
  changed integer NOT NULL DEFAULT 0,
  unchanged integer NOT NULL DEFAULT 0,
  refused_count integer NOT NULL DEFAULT 0,
  refused jsonb NOT NULL DEFAULT '[]',
  message text
);
CREATE INDEX loads_at ON loads (at);

-- Down Migration
DROP TABLE loads, idempotency_keys, audit_log, sessions, sign_in_links, account_scopes, accounts;
DROP FUNCTION refuse_change() CASCADE;
