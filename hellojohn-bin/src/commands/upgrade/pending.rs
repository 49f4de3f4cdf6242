use hellojohn_storage::{Migrations, Standing};

use super::Verdict;
use crate::findings::Findings;

/// What applying the pending migrations takes.
pub(super) async fn look(
    _migrations: &Migrations,
    standing: &Standing,
    findings: &mut Findings,
) -> Verdict {
    if standing.pending.is_empty() {
        findings.good("migrations", "none is pending");
    }
    for name in &standing.pending {
        findings.good("migrations", format!("{name} is pending"));
    }
    Verdict::Rolling
}
