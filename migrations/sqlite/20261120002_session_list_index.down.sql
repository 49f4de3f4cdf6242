DROP INDEX idx_hj_session_created_at;
