//! One thing that is not as it should be, and how it is told.

use std::fmt;

use serde::Serialize;

/// One way in which a live schema is not the expected one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    /// What is the matter with it.
    pub problem: Problem,
    /// What sort of thing it is.
    pub kind: ObjectKind,
    /// Its name; `table.column` for a column.
    pub object: String,
    /// What it should be, where the problem is a difference.
    pub expected: Option<String>,
    /// What it is, where the problem is a difference.
    pub found: Option<String>,
}

/// What is the matter with a part of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// It is not there.
    Missing,
    /// It is there, but not as expected.
    Different,
    /// An index that is not complete, or not used.
    Invalid,
    /// A constraint that does not hold for older rows.
    NotValidated,
    /// Nobody expects it.
    Unexpected,
}

/// What sort of thing a part of a schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectKind {
    /// A table.
    Table,
    /// A column.
    Column,
    /// A primary key, unique key or condition.
    Constraint,
    /// A reference to another table.
    ForeignKey,
    /// An index that no constraint made.
    Index,
    /// A view.
    View,
    /// A function.
    Function,
    /// A trigger.
    Trigger,
    /// A policy of row security.
    Policy,
    /// A rewrite rule.
    Rule,
}

impl Difference {
    pub(super) fn missing(kind: ObjectKind, object: impl Into<String>) -> Self {
        Self::plain(Problem::Missing, kind, object)
    }

    pub(super) fn unexpected(kind: ObjectKind, object: impl Into<String>) -> Self {
        Self::plain(Problem::Unexpected, kind, object)
    }

    pub(super) fn plain(problem: Problem, kind: ObjectKind, object: impl Into<String>) -> Self {
        Self {
            problem,
            kind,
            object: object.into(),
            expected: None,
            found: None,
        }
    }

    pub(super) fn different(
        kind: ObjectKind,
        object: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self {
            expected: Some(expected.into()),
            found: Some(found.into()),
            ..Self::plain(Problem::Different, kind, object)
        }
    }
}

impl fmt::Display for Difference {
    /// `Missing table: hj_user`, `Different column: hj_user.role (type integer instead of text)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.problem, self.kind, self.object)?;
        if let (Some(expected), Some(found)) = (&self.expected, &self.found) {
            write!(
                f,
                " ({found} instead of {})",
                without_repetition(expected, found)
            )?;
        }
        Ok(())
    }
}

/// `type integer instead of text`, not `instead of type text`.
fn without_repetition<'e>(expected: &'e str, found: &str) -> &'e str {
    ["type ", "default ", "options "]
        .into_iter()
        .filter(|word| found.starts_with(word))
        .find_map(|word| expected.strip_prefix(word))
        .unwrap_or(expected)
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "Missing",
            Self::Different => "Different",
            Self::Invalid => "Invalid",
            Self::NotValidated => "Not validated",
            Self::Unexpected => "Unexpected",
        })
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Table => "table",
            Self::Column => "column",
            Self::Constraint => "constraint",
            Self::ForeignKey => "foreign key",
            Self::Index => "index",
            Self::View => "view",
            Self::Function => "function",
            Self::Trigger => "trigger",
            Self::Policy => "policy",
            Self::Rule => "rule",
        })
    }
}
