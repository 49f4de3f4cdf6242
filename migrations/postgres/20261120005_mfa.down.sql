DROP TABLE hj_recovery_request;
DROP TABLE hj_otp_code;
DROP TABLE hj_mfa_challenge;
DROP TABLE hj_backup_code;
DROP TABLE hj_mfa_factor;
