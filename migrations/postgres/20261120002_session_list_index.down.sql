-- hellojohn: no-transaction
DROP INDEX CONCURRENTLY idx_hj_session_created_at;
