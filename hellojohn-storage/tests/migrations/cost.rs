use hellojohn_storage::{
    Blocking, Dialect, LockMode, Migration, MigrationError, MigrationOptions, Phase, Threshold,
    Verdict, Work,
};

use crate::{
    databases::{Database, empty_postgres},
    raw::Raw,
    world::{DROP_TWO, OURS, options, others, run, schema, with},
};

stamp!(
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    a_fresh_schema_is_in_nobodys_way,
    a_change_of_a_large_table_needs_a_window,
);

async fn a_fresh_schema_is_in_nobodys_way(db: Database) {
    let plan = db
        .store
        .migrations()
        .plan(Threshold::default())
        .await
        .unwrap();
    let names: Vec<_> = plan
        .iter()
        .map(|migration| migration.name.as_str())
        .collect();
    assert_eq!(names, OURS);
    assert!(
        plan.iter()
            .all(|migration| migration.reversible && migration.phase == Phase::Expand)
    );
    assert_eq!(plan[0].verdict(), Verdict::Online);
    assert!(
        plan[0].statements[0]
            .text
            .starts_with("CREATE TABLE cp_tenant")
    );
    assert!(plan[1].verdict() < Verdict::NeedsWindow);
    assert!(schema(&db).await.is_empty());
}

fn changes() -> Vec<Migration> {
    let mut catalog = others(DROP_TWO);
    let scripts = [
        ("20270103001_four", "ALTER TABLE one ADD COLUMN note TEXT"),
        ("20270103002_five", "UPDATE one SET note = id"),
        (
            "20270103003_six",
            "-- hellojohn: phase contract\nALTER TABLE one DROP COLUMN note; DROP INDEX idx_two; DO $$ BEGIN END $$",
        ),
    ];
    let migrations = scripts.map(|(stem, up)| Migration::new(stem, up, None).unwrap());
    catalog.extend(migrations);
    catalog
}

async fn a_change_of_a_large_table_needs_a_window(db: Database) {
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    Raw::open(&db)
        .await
        .run("INSERT INTO one VALUES ('c'), ('d'), ('e')")
        .await;
    let migrations = with(&db.store, changes());
    let small = Threshold {
        rows: 3,
        bytes: u64::MAX,
    };
    let plan = migrations.plan(small).await.unwrap();
    let sqlite = db.url.starts_with("sqlite");
    let mode = |mode| if sqlite { LockMode::Write } else { mode };

    let add = &plan[0].statements[0].locks[0];
    assert_eq!(
        (add.mode, add.work),
        (mode(LockMode::AccessExclusive), Work::None)
    );
    assert_eq!((add.table.as_deref(), add.rows), (Some("one"), Some(4)));
    assert!(add.bytes.is_some_and(|bytes| bytes >= 4096), "{add:?}");
    assert_eq!(plan[0].verdict(), Verdict::BriefLock);
    assert!(!plan[0].reversible);

    let update = &plan[1].statements[0].locks[0];
    assert_eq!(
        (update.mode, update.work),
        (mode(LockMode::RowExclusive), Work::Update)
    );
    assert_eq!(plan[1].verdict(), Verdict::NeedsWindow);

    assert_eq!(plan[2].phase, Phase::Contract);
    assert_eq!(plan[2].statements[1].locks[0].table.as_deref(), Some("two"));
    assert_eq!(plan[2].statements[2].verdict, Verdict::NeedsWindow);

    let large = Threshold {
        rows: 4,
        bytes: u64::MAX,
    };
    assert!(migrations.plan(large).await.unwrap()[1].verdict() < Verdict::NeedsWindow);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_that_keeps_others_out_of_a_large_table_is_refused() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let before = schema(&db).await;
    let mut catalog = others(DROP_TWO);
    let four = "CREATE TABLE four (id TEXT);\nALTER TABLE one ALTER id TYPE VARCHAR(9)";
    catalog.push(Migration::new("20270103001_four", four, None).unwrap());
    let migrations = with(&db.store, catalog);
    let refusing = MigrationOptions {
        blocking: Blocking::RefuseAbove(Threshold { rows: 0, bytes: 0 }),
        ..options()
    };
    let error = migrations.run(&refusing).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::Blocking { name, lock: LockMode::AccessExclusive, table, .. }
            if name == "20270103_001_four" && table == "one"),
        "{error:?}"
    );
    assert_eq!(schema(&db).await, before);
    let allowing = MigrationOptions {
        blocking: Blocking::Allow,
        ..options()
    };
    assert_eq!(migrations.run(&allowing).await.unwrap().len(), 1);
}

/// The sequence that the lint asks for, and the two orders in which PostgreSQL would look at every row.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_null_after_a_validated_check_is_let_through() {
    let db = empty_postgres().await;
    let mut catalog = others(DROP_TWO);
    let check = "ALTER TABLE one ADD CONSTRAINT full_id CHECK (id IS NOT NULL) NOT VALID";
    catalog.push(Migration::new("20270103001_four", check, None).unwrap());
    run(&with(&db.store, catalog.clone())).await.unwrap();
    let [validate, set, drop] = [
        "ALTER TABLE one VALIDATE CONSTRAINT full_id;",
        "ALTER TABLE one ALTER COLUMN id SET NOT NULL;",
        "ALTER TABLE one DROP CONSTRAINT full_id;",
    ];
    let refusing = MigrationOptions {
        blocking: Blocking::RefuseAbove(Threshold { rows: 0, bytes: 0 }),
        ..options()
    };
    let at_once =
        "ALTER TABLE one ALTER COLUMN id SET NOT NULL, DROP CONSTRAINT full_id;".to_owned();
    for unsafe_order in [
        format!("{set}{validate}{drop}"),
        format!("{validate}{drop}{set}"),
        format!("{validate}{at_once}"),
    ] {
        let mut catalog = catalog.clone();
        catalog.push(Migration::new("20270103002_five", unsafe_order.clone(), None).unwrap());
        let refused = with(&db.store, catalog).run(&refusing).await;
        assert!(
            matches!(&refused, Err(MigrationError::Blocking { name, .. }) if name == "20270103_002_five"),
            "{unsafe_order}: {refused:?}"
        );
    }
    let five = format!("{validate}\n{set}\n{drop}");
    let five = Migration::new("20270103002_five", five, None).unwrap();
    assert_eq!(
        five.lint(Dialect::Postgres).len(),
        1,
        "it has no way back, and no other finding"
    );
    catalog.push(five);
    let migrations = with(&db.store, catalog);
    assert_eq!(migrations.run(&refusing).await.unwrap().len(), 1);
}
