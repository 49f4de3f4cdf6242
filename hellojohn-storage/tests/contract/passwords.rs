use hellojohn_core::user::PasswordHash;

use crate::{databases::Database, samples::*};

on_every_database!(only_the_newest_former_passwords_are_kept);

async fn only_the_newest_former_passwords_are_kept(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    // The clock may stand still or go back; what was remembered last stays the newest.
    for (text, time) in [("one", 5), ("two", 5), ("three", 4), ("four", 9)] {
        let hash = PasswordHash::new(text.to_owned());
        unit.remember_password(user_id(1), &hash, at(time), 3)
            .await
            .unwrap();
    }
    let other = PasswordHash::new("other".to_owned());
    unit.remember_password(user_id(2), &other, at(1), 3)
        .await
        .unwrap();
    let former = unit.former_passwords(user_id(1), 10).await.unwrap();
    let texts: Vec<_> = former.iter().map(PasswordHash::expose).collect();
    assert_eq!(texts, ["four", "three", "two"]);
    assert_eq!(unit.former_passwords(user_id(1), 1).await.unwrap().len(), 1);
    unit.remember_password(user_id(1), &other, at(9), 0)
        .await
        .unwrap();
    assert!(
        unit.former_passwords(user_id(1), 10)
            .await
            .unwrap()
            .is_empty()
    );
    let kept = unit.former_passwords(user_id(2), 10).await.unwrap();
    assert_eq!(kept, std::slice::from_ref(&other));
    let unknown = unit
        .remember_password(user_id(9), &other, at(1), 3)
        .await
        .unwrap_err();
    assert!(unknown.is_conflict("reference"), "{unknown:?}");
}
