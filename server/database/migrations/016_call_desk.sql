-- Up Migration
-- Calls that a dispatcher places for somebody have no caller's secret; they have the account that placed them.
ALTER TABLE calls ALTER COLUMN secret_hash DROP NOT NULL;
ALTER TABLE calls ADD COLUMN placed_by uuid REFERENCES accounts;
-- The case a call became.
ALTER TABLE calls ADD COLUMN case_id uuid REFERENCES cases;
CREATE UNIQUE INDEX calls_case ON calls (case_id) WHERE case_id IS NOT NULL;
-- The call about the same thing that this one went on in; never one that was merged itself.
ALTER TABLE calls ADD COLUMN merged_into uuid REFERENCES calls;
CREATE INDEX calls_merged_into ON calls (merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE calls DROP CONSTRAINT calls_state_check;
ALTER TABLE calls ADD CONSTRAINT calls_state_check CHECK (state IN ('searching', 'ringing', 'dispatcher', 'alarm',
  'taken', 'accepted', 'onTheWay', 'arrived', 'done', 'rated', 'cancelled', 'merged'));
ALTER TABLE calls DROP CONSTRAINT calls_check4;
ALTER TABLE calls ADD CONSTRAINT calls_ended CHECK (
  (state IN ('done', 'rated', 'cancelled', 'merged')) = (ended_at IS NOT NULL));
ALTER TABLE calls ADD CONSTRAINT calls_merged CHECK (merged_into IS NULL OR (state = 'merged' AND merged_into <> id));

-- Down Migration
ALTER TABLE calls DROP CONSTRAINT calls_merged, DROP CONSTRAINT calls_ended, DROP CONSTRAINT calls_state_check;
UPDATE calls SET merged_into = NULL, state = 'cancelled' WHERE state = 'merged';
ALTER TABLE calls DROP COLUMN merged_into, DROP COLUMN case_id, DROP COLUMN placed_by;
DELETE FROM call_offers WHERE call_id IN (SELECT id FROM calls WHERE secret_hash IS NULL);
DELETE FROM calls WHERE secret_hash IS NULL;
ALTER TABLE calls ALTER COLUMN secret_hash SET NOT NULL;
ALTER TABLE calls ADD CONSTRAINT calls_state_check CHECK (state IN ('searching', 'ringing', 'dispatcher', 'alarm',
  'taken', 'accepted', 'onTheWay', 'arrived', 'done', 'rated', 'cancelled'));
ALTER TABLE calls ADD CONSTRAINT calls_check4 CHECK ((state IN ('done', 'rated', 'cancelled')) = (ended_at IS NOT NULL));
