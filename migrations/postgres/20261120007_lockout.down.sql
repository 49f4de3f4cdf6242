DROP TABLE hj_device;
DROP TABLE hj_lockout;
