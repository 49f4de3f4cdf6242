DROP TABLE hj_email_template;
DROP TABLE hj_email_config;
DROP TABLE hj_message;
