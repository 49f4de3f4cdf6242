-- hellojohn: release 0.2.0
-- hellojohn: no-transaction
--
-- Lists of all sessions of a tenant are ordered by when they began; without this each page sorts
-- every session there is.
CREATE INDEX CONCURRENTLY idx_hj_session_created_at ON hj_session (tenant_id, created_at, id);
