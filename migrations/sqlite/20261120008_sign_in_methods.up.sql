-- hellojohn: release 0.3.0
--
-- `methods` is the whole list of how a session was proven; `amr` keeps what programs before 0.3.0 can read.
ALTER TABLE hj_session ADD COLUMN methods TEXT;
ALTER TABLE hj_session ADD COLUMN mfa_at INTEGER;
ALTER TABLE hj_user ADD COLUMN pending_email TEXT;
