-- Up Migration
-- Codes of members, teams and service points that are entered by hand; loaded ones bring their own.
CREATE SEQUENCE record_numbers;

-- Down Migration
DROP SEQUENCE record_numbers;
