//! What was looked at and how it was found: the lines of `hj doctor` and `hj upgrade check`.

use serde_json::{Value, json};

use crate::{
    failure::Failure,
    output::{Format, Output},
};

/// How something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// As it should be.
    Good,
    /// It works, and could be better.
    Warning,
    /// It must be mended.
    Bad,
    /// It cannot be seen from here.
    Yourself,
}

impl Mark {
    const fn symbol(self) -> &'static str {
        match self {
            Self::Good => "✅",
            Self::Warning => "⚠️ ",
            Self::Bad => "❌",
            Self::Yourself => "👉",
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Warning => "warning",
            Self::Bad => "failed",
            Self::Yourself => "check_yourself",
        }
    }
}

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) group: &'static str,
    pub(crate) check: String,
    pub(crate) mark: Mark,
    pub(crate) seen: String,
    pub(crate) fix: Option<String>,
}

/// All lines, in order.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    group: &'static str,
    all: Vec<Finding>,
}

impl Findings {
    /// What follows belongs to this group.
    pub(crate) fn group(&mut self, group: &'static str) {
        self.group = group;
    }

    /// Something is as it should be.
    pub(crate) fn good(&mut self, check: &str, seen: impl AsRef<str>) {
        self.add(Mark::Good, check, seen.as_ref(), None);
    }

    /// Something could be better.
    pub(crate) fn warn(&mut self, check: &str, seen: impl AsRef<str>, fix: &str) {
        self.add(Mark::Warning, check, seen.as_ref(), Some(fix));
    }

    /// Something must be mended.
    pub(crate) fn bad(&mut self, check: &str, seen: impl AsRef<str>, fix: &str) {
        self.add(Mark::Bad, check, seen.as_ref(), Some(fix));
    }

    /// Something cannot be seen from here.
    pub(crate) fn yourself(&mut self, check: &str, how: &str) {
        self.add(Mark::Yourself, check, how, None);
    }

    /// How many there are of a kind.
    pub(crate) fn count(&self, mark: Mark) -> usize {
        self.all.iter().filter(|found| found.mark == mark).count()
    }

    /// Prints a line for each, or the same as JSON beside `facts`.
    pub(crate) fn print(&self, output: &mut Output, facts: Value) -> Result<(), Failure> {
        if output.format() == Format::Json {
            return output.json(&self.json(facts));
        }
        let mut group = "";
        for found in &self.all {
            if found.group != group {
                group = found.group;
                output.line(format_args!("\n{group}"))?;
            }
            let fix = found.fix.as_ref().map(|fix| format!(" → {fix}"));
            output.line(format_args!(
                "  {} {}: {}{}",
                found.mark.symbol(),
                found.check,
                found.seen,
                fix.unwrap_or_default()
            ))?;
        }
        Ok(())
    }

    fn json(&self, mut facts: Value) -> Value {
        let findings = self.all.iter().map(|found| {
            json!({
                "group": found.group,
                "check": found.check,
                "status": found.mark.as_str(),
                "seen": found.seen,
                "fix": found.fix,
            })
        });
        let findings: Vec<Value> = findings.collect();
        if let Some(facts) = facts.as_object_mut() {
            facts.insert("findings".to_owned(), findings.into());
        }
        facts
    }

    fn add(&mut self, mark: Mark, check: &str, seen: &str, fix: Option<&str>) {
        self.all.push(Finding {
            group: self.group,
            check: check.to_owned(),
            mark,
            // One line each, whatever an error message brings.
            seen: seen.split_whitespace().collect::<Vec<_>>().join(" "),
            fix: fix.map(str::to_owned),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_one_line_and_its_group_a_member() {
        let mut findings = Findings::default();
        findings.group("Database");
        findings.bad("connection", "no answer\n  in time", "start it");
        findings.yourself("firewall", "look");
        assert_eq!(findings.count(Mark::Bad), 1);
        let json = findings.json(json!({ "version": "1" }));
        let expected = json!({
            "version": "1",
            "findings": [
                { "group": "Database", "check": "connection", "status": "failed", "seen": "no answer in time", "fix": "start it" },
                { "group": "Database", "check": "firewall", "status": "check_yourself", "seen": "look", "fix": null },
            ],
        });
        assert_eq!(json, expected);
    }
}
