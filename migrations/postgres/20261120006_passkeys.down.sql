DROP TABLE hj_passkey_credential;
