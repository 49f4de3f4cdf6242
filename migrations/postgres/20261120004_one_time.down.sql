DROP TABLE hj_one_time;
