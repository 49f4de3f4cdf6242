use crate::{databases::Database, samples::*};

on_every_database!(a_setting_is_set_once, a_setting_is_replaced);

async fn a_setting_is_set_once(db: Database) {
    let mut unit = control(&db.store).await;
    assert_eq!(unit.setting("pepper").await.unwrap(), None);
    let first = unit.init_setting("pepper", "a", at(1)).await.unwrap();
    let second = unit.init_setting("pepper", "b", at(2)).await.unwrap();
    assert_eq!((first.as_str(), second.as_str()), ("a", "a"));
    assert_eq!(unit.setting("pepper").await.unwrap().unwrap(), "a");
    assert_eq!(unit.setting("Pepper").await.unwrap(), None);
    unit.commit().await.unwrap();
}

async fn a_setting_is_replaced(db: Database) {
    let mut unit = control(&db.store).await;
    for value in ["a", "b"] {
        unit.put_setting("epoch", value, at(1)).await.unwrap();
        let now = unit.setting("epoch").await.unwrap();
        assert_eq!(now.as_deref(), Some(value));
    }
}
