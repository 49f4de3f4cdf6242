//! Databases made for a trial.

use hellojohn_storage::backup::{Made, drop_database, make_database};

use crate::databases::empty_postgres;

#[tokio::test]
async fn of_many_who_want_a_name_at_once_one_gets_it() {
    let server = empty_postgres().await;
    // With a character that would end a quotation.
    let name = format!("hj_scratch\"{}", std::process::id());
    let (one, other) = tokio::join!(
        make_database(&server.url, &name),
        make_database(&server.url, &name)
    );
    let mut made = [one.unwrap(), other.unwrap()];
    made.sort_by_key(|made| *made == Made::NameTaken);
    assert_eq!(made, [Made::New, Made::NameTaken]);
    drop_database(&server.url, &name).await.unwrap();
    assert!(drop_database(&server.url, &name).await.is_err());
}
