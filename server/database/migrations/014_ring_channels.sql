-- Up Migration
-- The pair of keys (VAPID, RFC 8292) by which push services know this installation; made once.
CREATE TABLE push_keys (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  public_key text NOT NULL,
  private_key text NOT NULL
);

-- Where a member's browser is to be woken when a call rings. One to a session, and gone with it.
CREATE TABLE push_subscriptions (
  session_hash bytea PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
  endpoint text NOT NULL UNIQUE,
  p256dh text NOT NULL,
  auth text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);

-- Down Migration
DROP TABLE push_subscriptions, push_keys;
