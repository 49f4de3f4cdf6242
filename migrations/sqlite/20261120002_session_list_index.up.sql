-- hellojohn: release 0.2.0
--
-- Lists of all sessions of a tenant are ordered by when they began; without this each page sorts
-- every session there is.
CREATE INDEX idx_hj_session_created_at ON hj_session (tenant_id, created_at, id);
