use hellojohn_core::{
    Engine, Error,
    access::Operator,
    flows::{Claim, ListUsers, Repeatable},
    page::{PageRequest, Total},
    seal::{self, SealError, places},
    secret::{ExposeSecret, SecretString},
    settings::Settings,
};

use crate::world::{World, code, key, world};

const NEW: &str = "zyxwvutsrqponmlkjihgfedcba9876543210";

fn with_both(settings: &mut Settings) {
    settings.previous_encryption_key = Some(settings.encryption_key.clone());
    settings.encryption_key = key(NEW);
}

fn with_the_new_one(settings: &mut Settings) {
    settings.encryption_key = key(NEW);
}

fn request(key: &str) -> Repeatable<'_> {
    Repeatable {
        key,
        action: "POST /v1/users",
        body: b"{}",
    }
}

async fn settle(engine: &Engine, world: &World, name: &str) {
    let claimed = engine.claim_request(&world.caller, request(name)).await;
    let Ok(Claim::First(claimed)) = claimed else {
        panic!("{claimed:?}")
    };
    let answer = SecretString::from(format!("answer {name}"));
    let settled = engine.settle_request(&world.caller, claimed, &answer);
    settled.await.unwrap();
}

async fn kept(engine: &Engine, world: &World, name: &str) -> String {
    match engine.claim_request(&world.caller, request(name)).await {
        Ok(Claim::Done(answer)) => answer.expose_secret().to_owned(),
        other => panic!("{other:?}"),
    }
}

/// More rows than a batch has.
const MANY: usize = 230;

/// R196.
#[tokio::test]
async fn afterwards_nothing_carries_the_former_key() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    for number in 0..MANY {
        settle(&world.engine, &world, &number.to_string()).await;
    }
    let both = world.reopened(with_both).await.unwrap();
    let mut told = Vec::new();
    let done = both
        .rotate_encryption_key(&Operator::local(), &mut |rows| told.push(rows))
        .await
        .unwrap();
    // Two signing keys, the answers, the mail of the sign-up, and two settings.
    let resealed: Vec<u64> = done.iter().map(|column| column.resealed).collect();
    assert_eq!(resealed, [2, 230, 1, 0, 0, 2]);
    assert_eq!(told.last(), Some(&235));
    assert!(told.is_sorted());
    for column in &done {
        assert!(column.unreadable.is_empty());
        assert_eq!(column.left(key(NEW).id()), 0, "{column:?}");
    }
    assert_eq!(world.audited_control("encryption_key.rotated").await, 1);

    // The former key may go: tokens and answers work without it.
    let after = world.reopened(with_the_new_one).await.unwrap();
    for number in 0..MANY {
        let name = number.to_string();
        assert_eq!(kept(&after, &world, &name).await, format!("answer {name}"));
    }
    let refreshed = after.refresh(&world.caller, &ada.tokens.refresh_token);
    let access = refreshed.await.unwrap().tokens.access_token;
    after
        .verify_access_token(&world.caller, &access)
        .await
        .unwrap();
    let again = after
        .rotate_encryption_key(&Operator::local(), &mut |_| ())
        .await
        .unwrap();
    assert!(again.iter().all(|column| column.resealed == 0));
    // Whoever has only the former key is refused, and told which one is missing.
    let refused = world.reopened(|_| ()).await.unwrap_err();
    let Error::Seal(SealError::OtherKey { missing, .. }) = refused else {
        panic!("{refused}")
    };
    assert_eq!(missing, key(NEW).id());
}

/// A change that was stopped between the signing keys and the settings: who has only one of the
/// two keys would make new signing keys beside those it cannot read.
#[tokio::test]
async fn half_a_change_of_key_is_opened_with_both_keys_only() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    for statement in [
        "CREATE TABLE former_setting AS SELECT * FROM cp_setting",
        "CREATE TABLE former_key AS SELECT * FROM cp_signing_key",
    ] {
        world.execute(statement).await;
    }
    let both = world.reopened(with_both).await.unwrap();
    both.rotate_encryption_key(&Operator::local(), &mut |_| ())
        .await
        .unwrap();
    let keys = "SELECT id || sealed FROM cp_signing_key ORDER BY id";
    for stop in [
        "UPDATE cp_setting SET value = (SELECT f.value FROM former_setting f WHERE f.name = cp_setting.name)",
        "UPDATE cp_signing_key SET sealed = (SELECT f.sealed FROM former_key f WHERE f.id = cp_signing_key.id)",
    ] {
        world
            .execute("CREATE TABLE whole_setting AS SELECT * FROM cp_setting")
            .await;
        world.execute(stop).await;
        let before = world.texts(keys).await;
        let refused_former = world.reopened(|_| ()).await.unwrap_err();
        let refused_new = world.reopened(with_the_new_one).await.unwrap_err();
        let former = world.engine.settings().encryption_key.id().to_owned();
        let new = key(NEW).id().to_owned();
        for (refused, lacks) in [(refused_former, new), (refused_new, former)] {
            let Error::Seal(SealError::OtherKey { missing, .. }) = refused else {
                panic!("{refused}")
            };
            assert_eq!(missing, lacks, "{stop}");
        }
        assert_eq!(world.texts(keys).await, before, "{stop}");
        let both = world.reopened(with_both).await.unwrap();
        both.verify_access_token(&world.caller, &ada.tokens.access_token)
            .await
            .unwrap();
        world
            .execute("UPDATE cp_setting SET value = (SELECT f.value FROM whole_setting f WHERE f.name = cp_setting.name)")
            .await;
        world.execute("DROP TABLE whole_setting").await;
    }
}

#[tokio::test]
async fn a_row_that_does_not_open_is_named_and_left() {
    let world = world().await;
    settle(&world.engine, &world, "good").await;
    settle(&world.engine, &world, "bad").await;
    world
        .execute(
            "UPDATE hj_idempotency SET answer = answer || 'AAAA' \
             WHERE key_hash = (SELECT max(key_hash) FROM hj_idempotency)",
        )
        .await;
    let both = world.reopened(with_both).await.unwrap();
    let done = both
        .rotate_encryption_key(&Operator::local(), &mut |_| ())
        .await
        .unwrap();
    let answers = done
        .iter()
        .find(|column| column.column == places::KEPT_ANSWERS)
        .unwrap();
    let hex = world
        .texts("SELECT lower(hex(max(key_hash))) FROM hj_idempotency")
        .await;
    assert_eq!(answers.unreadable, hex);
    assert_eq!((answers.resealed, answers.left(key(NEW).id())), (1, 1));
}

/// Instances of both configurations work side by side while the key is changed.
#[tokio::test]
async fn instances_with_the_former_and_with_both_keys_work_side_by_side() {
    let world = world().await;
    for name in ["a@example.com", "b@example.com", "c@example.com"] {
        world.sign_up(name).await;
    }
    settle(&world.engine, &world, "one").await;
    let both = world.reopened(with_both).await.unwrap();
    assert_eq!(kept(&both, &world, "one").await, "answer one");
    // Done by the one, so not done again by the other, which cannot read the answer yet.
    settle(&both, &world, "two").await;
    let repeated = world.engine.claim_request(&world.caller, request("two"));
    assert_eq!(code(repeated.await), "idempotency_conflict");
    // A list begun at the one goes on at the other, and after the rotation.
    let page = |cursor| ListUsers {
        page: PageRequest {
            limit: 1,
            cursor,
            total: Total::Omitted,
        },
        ..ListUsers::default()
    };
    let first = world.engine.list_users(&world.caller, page(None)).await;
    let second = both.list_users(&world.caller, page(first.unwrap().next));
    let second = second.await.unwrap();
    both.rotate_encryption_key(&Operator::local(), &mut |_| ())
        .await
        .unwrap();
    let after = world.reopened(with_the_new_one).await.unwrap();
    let third = after.list_users(&world.caller, page(second.next));
    assert_eq!(third.await.unwrap().items.len(), 1);
    assert_eq!(kept(&after, &world, "two").await, "answer two");
}

#[tokio::test]
async fn values_are_counted_by_the_key_that_seals_them() {
    let world = world().await;
    settle(&world.engine, &world, "one").await;
    let both = world.reopened(with_both).await.unwrap();
    settle(&both, &world, "two").await;
    let columns = both.sealed_values(&Operator::local()).await.unwrap();
    let of = |id: &str| -> u64 {
        let all = columns.iter().flat_map(|(_, counts)| counts);
        let of_key = all.filter(|count| count.key_id == id);
        of_key.map(|count| count.values).sum()
    };
    let former = key("0123456789abcdefghijklmnopqrstuvwxyz");
    assert_eq!((of(former.id()), of(key(NEW).id())), (5, 1));
}

/// A column that is not in the list would keep its former key for ever.
#[tokio::test]
async fn every_column_with_sealed_text_is_listed() {
    let world = world().await;
    crate::mfa::with_totp(&world).await;
    let server = crate::email_config::own(|_, _| ());
    let engine = &world.engine;
    engine.configure_email(&world.caller, server).await.unwrap();
    settle(&world.engine, &world, "one").await;
    let columns = world
        .texts(
            "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table'",
        )
        .await;
    let mut found = Vec::new();
    for column in columns {
        let (table, name) = column.split_once('.').unwrap();
        let texts = world
            .texts(format!(
                "SELECT CAST({name} AS TEXT) FROM {table} WHERE CAST({name} AS TEXT) LIKE 'v1:%'"
            ))
            .await;
        if texts.iter().any(|text| seal::key_id_of(text).is_some()) {
            found.push((table.to_owned(), name.to_owned()));
        }
    }
    let mut listed: Vec<(String, String)> = places::ALL
        .iter()
        .map(|sealed| (sealed.table.to_owned(), sealed.column.to_owned()))
        .collect();
    found.sort();
    listed.sort();
    assert_eq!(found, listed);
    let names = world
        .texts("SELECT name FROM cp_setting WHERE value LIKE 'v1:%' ORDER BY name")
        .await;
    assert_eq!(names, places::SECRET_SETTINGS.only);
}

/// Programs before this one kept no such keys and derived them from the encryption key at each start.
#[tokio::test]
async fn an_older_database_keeps_its_cursors_and_repeats_when_the_key_changes() {
    let world = world().await;
    settle(&world.engine, &world, "one").await;
    world
        .execute("DELETE FROM cp_setting WHERE name = 'derived_keys'")
        .await;
    let both = world.reopened(with_both).await.unwrap();
    assert_eq!(kept(&both, &world, "one").await, "answer one");
}
