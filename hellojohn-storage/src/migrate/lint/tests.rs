use std::borrow::Cow;

use super::*;

fn rules(script: &'static str, dialect: Dialect) -> Vec<Rule> {
    let down = Some(Cow::Borrowed("SELECT 1"));
    let migration = Migration::new("20270101001_x", script, down).unwrap();
    migration
        .lint(dialect)
        .into_iter()
        .map(|finding| finding.rule)
        .collect()
}

/// A rule, a script that breaks it, and one like it that does not.
const TABLE: &[(Rule, &str, &str)] = &[
    (
        Rule::DestructiveOutsideContract,
        "ALTER TABLE t DROP COLUMN a",
        "-- hellojohn: phase contract\nALTER TABLE t DROP COLUMN a",
    ),
    (
        Rule::DestructiveOutsideContract,
        "DROP TABLE t",
        "CREATE TABLE t (a INT); DROP TABLE t",
    ),
    (
        Rule::DestructiveOutsideContract,
        "ALTER TABLE t RENAME COLUMN a TO b",
        "ALTER TABLE t ADD COLUMN rename_me TEXT",
    ),
    (
        Rule::DestructiveOutsideContract,
        "ALTER TABLE t RENAME TO u",
        "-- ALTER TABLE t RENAME TO u\nSELECT 1",
    ),
    (
        Rule::DestructiveOutsideContract,
        "ALTER TABLE t ALTER COLUMN a TYPE BIGINT",
        "-- hellojohn: phase contract\nALTER TABLE t ALTER COLUMN a TYPE BIGINT",
    ),
    (
        Rule::Conditional,
        "CREATE TABLE IF NOT EXISTS t (a INT)",
        "CREATE TABLE t (a INT, b BOOLEAN CHECK (b IS NOT NULL OR EXISTS (SELECT 1)))",
    ),
    (
        Rule::Conditional,
        "-- hellojohn: phase contract\nDROP TABLE IF EXISTS t",
        "INSERT INTO t VALUES ('IF NOT EXISTS')",
    ),
    (
        Rule::VolatileDefault,
        "ALTER TABLE t ADD a UUID DEFAULT gen_random_uuid()",
        "ALTER TABLE t ADD a TEXT NOT NULL DEFAULT 'x'",
    ),
    (
        Rule::PlainIndex,
        "CREATE INDEX i ON t (a)",
        "-- hellojohn: no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a)",
    ),
    (
        Rule::PlainIndex,
        "CREATE TABLE u (a INT); CREATE UNIQUE INDEX i ON t (a)",
        "CREATE TABLE t (a INT); CREATE INDEX i ON t (a)",
    ),
    (
        Rule::UnsafeNotNull,
        "ALTER TABLE t ALTER a SET NOT NULL",
        "ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t ALTER a SET NOT NULL; ALTER TABLE t DROP CONSTRAINT c",
    ),
    (
        Rule::UnsafeNotNull,
        "ALTER TABLE t ADD a INT NOT NULL",
        "ALTER TABLE t ADD a INT NOT NULL DEFAULT 0",
    ),
    (
        Rule::ValidConstraint,
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
    ),
    (
        Rule::ValidConstraint,
        "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u (a)",
        "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u (a) NOT VALID",
    ),
    (
        Rule::ValidConstraint,
        "ALTER TABLE t ADD a INT REFERENCES u (a)",
        "CREATE TABLE t (a INT REFERENCES u (a))",
    ),
    (
        Rule::ValidatedAtOnce,
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c",
        "ALTER TABLE t VALIDATE CONSTRAINT c",
    ),
    (
        Rule::KeyWithoutIndex,
        "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)",
        "ALTER TABLE t ADD CONSTRAINT c UNIQUE USING INDEX i",
    ),
    (
        Rule::NotOneStatement,
        "-- hellojohn: no-transaction\nSELECT 1; SELECT 2",
        "-- hellojohn: no-transaction\nSELECT ';'; -- SELECT 2;",
    ),
    (
        Rule::NothingRemaining,
        "-- hellojohn: backfill\nUPDATE t SET a = 1 WHERE id IN (SELECT id FROM t LIMIT 9)",
        "-- hellojohn: backfill\n-- hellojohn: remaining SELECT 1\nUPDATE t SET a = 1 WHERE id IN (SELECT id FROM t LIMIT 9)",
    ),
    (
        Rule::UnboundedBackfill,
        "-- hellojohn: backfill\n-- hellojohn: remaining SELECT 1\nUPDATE t SET a = 1",
        "UPDATE t SET a = 1",
    ),
    (
        Rule::WrongTransaction,
        "CREATE INDEX CONCURRENTLY i ON t (a)",
        "-- hellojohn: no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a)",
    ),
    (
        Rule::UnknownDirective,
        "-- hellojohn: no-transactions\nSELECT 1",
        "-- Hello, John.\n-- hellojohn: release 0.2.0\nSELECT 1",
    ),
];

#[test]
fn each_rule_is_found_and_its_cure_is_not() {
    for (rule, bad, good) in TABLE {
        assert_eq!(rules(bad, Dialect::Postgres), [*rule], "{bad}");
        assert!(rules(good, Dialect::Postgres).is_empty(), "{good}");
    }
}

#[test]
fn sqlite_builds_indexes_in_transactions_and_only_there() {
    assert!(rules("CREATE INDEX i ON t (a)", Dialect::Sqlite).is_empty());
    let bare = "-- hellojohn: no-transaction\nSELECT 1";
    assert_eq!(rules(bare, Dialect::Sqlite), [Rule::WrongTransaction]);
}

#[test]
fn having_no_way_back_is_said_aloud() {
    let silent = Migration::new("20270101001_x", "SELECT 1", None).unwrap();
    let found = silent.lint(Dialect::Postgres);
    assert_eq!(found[0].rule, Rule::NoDownScript);
    assert!(found[0].to_string().ends_with(": 20270101_001_x"));
    let script = "-- hellojohn: forward-only\nSELECT 1";
    let aloud = Migration::new("20270101001_x", script, None).unwrap();
    assert!(aloud.lint(Dialect::Postgres).is_empty());
}
