//! The sessions that kept a migration waiting, for whoever has to end them.

use hellojohn_storage::Blocker;

use crate::output::{Table, date_and_time, or_dash};

/// What stands below the error; nothing if nobody was in the way.
pub(crate) fn text(blockers: &[Blocker]) -> String {
    if blockers.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["PID", "AGE", "QUERY START", "STATE", "QUERY"]);
    for blocker in blockers {
        let age = blocker.age.map(|age| format!("{}s", age.as_secs()));
        table.row([
            blocker.pid.to_string(),
            or_dash(age),
            or_dash(blocker.query_start.map(date_and_time)),
            or_dash(blocker.state.clone()),
            blocker.query.clone(),
        ]);
    }
    let mut text = "\nBlocking sessions:\n".to_owned();
    for line in table.render().lines() {
        text.push_str("  ");
        text.push_str(line);
        text.push('\n');
    }
    text.push_str("Cancel blocking queries: SELECT pg_cancel_backend(pid);");
    // There is no query to cancel in a session that is idle.
    let idle = |blocker: &Blocker| {
        blocker
            .state
            .as_ref()
            .is_some_and(|state| state.starts_with("idle"))
    };
    if blockers.iter().any(idle) {
        text.push_str("\nEnd sessions that are idle: SELECT pg_terminate_backend(pid);");
    }
    text
}
