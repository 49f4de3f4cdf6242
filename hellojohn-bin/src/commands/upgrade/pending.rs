use hellojohn_storage::{
    Migrations, Phase, PlannedMigration, Standing, Threshold, Verdict as Cost,
};

use super::Verdict;
use crate::{failure::chain, findings::Findings};

/// What applying the pending migrations takes, told for each.
pub(super) async fn look(
    migrations: &Migrations,
    standing: &Standing,
    findings: &mut Findings,
) -> Verdict {
    if standing.pending.is_empty() {
        findings.good("migrations", "none is pending");
        return Verdict::Rolling;
    }
    let planned = match migrations.plan(Threshold::default()).await {
        Ok(planned) => planned,
        Err(error) => {
            findings.bad("migrations", chain(&error), "run `hj migrations plan`");
            return Verdict::Incompatible;
        }
    };
    // Nobody serves from an empty database, so nobody waits for its locks.
    let fresh = standing.version.is_none();
    let verdicts = planned
        .iter()
        .map(|migration| tell(migration, fresh, findings));
    verdicts.max().unwrap_or(Verdict::Rolling)
}

fn tell(migration: &PlannedMigration, fresh: bool, findings: &mut Findings) -> Verdict {
    let name = &migration.name;
    let seen = format!(
        "{name} is pending: {}, {}",
        migration.phase,
        migration.verdict()
    );
    let (verdict, fix) = weigh(migration.phase, migration.verdict(), fresh);
    match fix {
        Some(fix) => findings.warn("migrations", seen, fix),
        None => findings.good("migrations", seen),
    }
    if !migration.reversible {
        findings.warn(
            "way back",
            format!("{name} has no down script"),
            "back up first: afterwards only a restore leads back",
        );
    }
    verdict
}

/// What one migration means for instances of the version before, which run on while it is applied.
const fn weigh(phase: Phase, cost: Cost, fresh: bool) -> (Verdict, Option<&'static str>) {
    match (phase, cost) {
        _ if fresh => (Verdict::Rolling, None),
        (Phase::Contract, _) => (
            Verdict::NeedsStop,
            Some("it takes away what the version before may still use: stop that one first"),
        ),
        (_, Cost::NeedsWindow) => (
            Verdict::NeedsStop,
            Some("others would wait for as long as it takes: stop them, and plan a quiet hour"),
        ),
        _ => (Verdict::Rolling, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_hurts_the_version_before_needs_a_stop() {
        for (phase, cost, fresh, expected) in [
            (Phase::Expand, Cost::Online, false, Verdict::Rolling),
            (Phase::Expand, Cost::BriefLock, false, Verdict::Rolling),
            (Phase::Backfill, Cost::Online, false, Verdict::Rolling),
            (Phase::Expand, Cost::NeedsWindow, false, Verdict::NeedsStop),
            (Phase::Contract, Cost::Online, false, Verdict::NeedsStop),
            (Phase::Contract, Cost::NeedsWindow, true, Verdict::Rolling),
        ] {
            let (verdict, fix) = weigh(phase, cost, fresh);
            assert_eq!(verdict, expected, "{phase} {cost}");
            assert_eq!(fix.is_some(), expected == Verdict::NeedsStop);
        }
    }
}
