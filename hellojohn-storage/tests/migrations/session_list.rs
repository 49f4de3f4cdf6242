use crate::{databases::Database, raw::Raw};

stamp!(
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    the_list_of_sessions_is_read_in_the_order_of_an_index,
);

/// The statement of a page of the list, as `SessionStore::sessions` builds it.
async fn the_list_of_sessions_is_read_in_the_order_of_an_index(db: Database) {
    db.store.migrate().await.unwrap();
    let mut raw = Raw::open(&db).await;
    let page = "SELECT id, user_id FROM hj_session WHERE tenant_id = 't' ORDER BY created_at DESC, id DESC LIMIT 50";
    let plan = match &mut raw {
        Raw::Postgres(_) => {
            raw.run("SET enable_seqscan = off; SET enable_sort = off")
                .await;
            raw.texts(&format!("EXPLAIN {page}"), "").await
        }
        Raw::Sqlite(_) => raw.details(&format!("EXPLAIN QUERY PLAN {page}")).await,
    };
    let plan = plan.join("\n");
    assert!(plan.contains("idx_hj_session_created_at"), "{plan}");
    assert!(
        !plan.contains("Sort") && !plan.contains("TEMP B-TREE"),
        "{plan}"
    );
}
