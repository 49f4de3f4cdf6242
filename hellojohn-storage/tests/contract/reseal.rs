use hellojohn_core::{
    seal::places::{self, KEPT_ANSWERS, SECRET_SETTINGS, SIGNING_KEYS},
    secret::SecretHash,
    signing_key::{KeyPurpose, SigningKey},
    store::{KeptAnswer, KeyPart, RowKey, SealedCount},
};

use crate::{databases::Database, samples::*};

on_every_database!(
    sealed_rows_are_walked_by_primary_key,
    a_row_is_replaced_only_if_it_is_as_it_was_read,
    only_the_named_settings_are_sealed,
);

fn sealed(key_id: &str, text: &str) -> String {
    format!("v1:{key_id}:nonce:{text}")
}

fn counts(counts: &[(&str, u64)]) -> Vec<SealedCount> {
    let count = |(key_id, values): &(&str, u64)| SealedCount {
        key_id: (*key_id).to_owned(),
        values: *values,
    };
    counts.iter().map(count).collect()
}

/// Answers 1 to 4 of tenants 1 and 2, the last one not answered yet.
async fn answers(db: &Database) {
    two_tenants(&db.store).await;
    for tenant in [1, 2] {
        let mut unit = write(&db.store, tenant).await;
        for number in 1..=4 {
            let kept = KeptAnswer {
                key: SecretHash::from_bytes([number; 32]),
                fingerprint: SecretHash::of(b"request"),
                answer: None,
                created_at: at(0),
                expires_at: at(100),
            };
            unit.claim(&kept, at(-60)).await.unwrap();
            let key_id = if number == 2 { "newnewne" } else { "oldoldol" };
            if number < 4 {
                let text = sealed(key_id, &format!("{tenant}{number}"));
                unit.settle(&kept.key, at(0), &text).await.unwrap();
            }
        }
        unit.commit().await.unwrap();
    }
}

async fn sealed_rows_are_walked_by_primary_key(db: Database) {
    answers(&db).await;
    let mut unit = control(&db.store).await;
    let all = unit.count_sealed(&KEPT_ANSWERS).await.unwrap();
    assert_eq!(all, counts(&[("newnewne", 2), ("oldoldol", 4)]));
    let mut after: Option<RowKey> = None;
    let mut walked = Vec::new();
    loop {
        let rows = unit
            .sealed_otherwise(&KEPT_ANSWERS, "newnewne", after.as_ref(), 3)
            .await
            .unwrap();
        assert!(rows.len() <= 3);
        let Some(last) = rows.last() else { break };
        after = Some(last.key.clone());
        walked.extend(rows);
    }
    let texts: Vec<&str> = walked.iter().map(|row| row.sealed.as_str()).collect();
    let expected: Vec<String> = ["11", "13", "21", "23"]
        .iter()
        .map(|text| sealed("oldoldol", text))
        .collect();
    assert_eq!(texts, expected);
    let first = &walked[0];
    assert_eq!(first.name, places::row_of_bytes(&[1; 32]));
    let key = vec![
        KeyPart::Text(tenant_id(1).to_string()),
        KeyPart::Bytes(vec![1; 32]),
    ];
    assert_eq!(first.key, RowKey(key));
}

async fn a_row_is_replaced_only_if_it_is_as_it_was_read(db: Database) {
    let mut unit = control(&db.store).await;
    for number in 1..=2 {
        let key = SigningKey {
            id: format!("kid_{number}"),
            purpose: KeyPurpose::RefreshToken,
            public_key: None,
            sealed: sealed("oldoldol", "a"),
            created_at: at(0),
            active_from: None,
            retired_at: None,
        };
        unit.insert_signing_key(&key).await.unwrap();
    }
    let rows = unit
        .sealed_otherwise(&SIGNING_KEYS, "newnewne", None, 10)
        .await
        .unwrap();
    let row = &rows[0];
    let new = sealed("newnewne", "b");
    let kept = unit.replace_sealed(&SIGNING_KEYS, row, &new).await.unwrap();
    assert_eq!(kept, Some(new.clone()));
    let late = unit
        .replace_sealed(&SIGNING_KEYS, row, "late")
        .await
        .unwrap();
    assert_eq!(late, None);
    let keys = unit.signing_keys().await.unwrap();
    let texts: Vec<&str> = keys.iter().map(|key| key.sealed.as_str()).collect();
    assert_eq!(texts, [new.as_str(), &sealed("oldoldol", "a")]);
}

async fn only_the_named_settings_are_sealed(db: Database) {
    let mut unit = control(&db.store).await;
    let text = sealed("oldoldol", "a");
    for name in ["derived_keys", "encryption_check", "restore_epoch"] {
        unit.put_setting(name, &text, at(0)).await.unwrap();
    }
    let rows = unit
        .sealed_otherwise(&SECRET_SETTINGS, "newnewne", None, 10)
        .await
        .unwrap();
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["derived_keys", "encryption_check"]);
    let all = unit.count_sealed(&SECRET_SETTINGS).await.unwrap();
    assert_eq!(all, counts(&[("oldoldol", 2)]));
}
