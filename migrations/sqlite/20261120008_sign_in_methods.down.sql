ALTER TABLE hj_user DROP COLUMN pending_email;
ALTER TABLE hj_session DROP COLUMN mfa_at;
ALTER TABLE hj_session DROP COLUMN methods;
