-- Up Migration
-- What a caller and the member who comes write to each other. Numbered within the call; erased some time after its end.
CREATE TABLE call_messages (
  call_id uuid NOT NULL REFERENCES calls,
  number integer NOT NULL,
  -- Who was coming: a thread is between the two of them, and no business of whoever comes after.
  member_id uuid NOT NULL REFERENCES members,
  is_from_caller boolean NOT NULL,
  -- Made by the sender's page: the same again is the same message.
  key uuid NOT NULL,
  text text NOT NULL,
  said_at timestamptz NOT NULL,
  PRIMARY KEY (call_id, number),
  UNIQUE (call_id, is_from_caller, key)
);

-- Down Migration
DROP TABLE call_messages;
