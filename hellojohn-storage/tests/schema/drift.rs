use hellojohn_storage::Advice;
use tokio::task::JoinSet;

use crate::{databases::Database, raw::Raw};

/// A change behind the back of the migrations, and the lines that tell it.
pub(crate) type Drift = (&'static str, &'static [&'static str]);

/// Makes each change in a database of its own, and expects to read exactly its lines.
pub(crate) async fn each_is_found<D>(drifts: &'static [Drift], fresh: fn() -> D)
where
    D: Future<Output = Database> + Send + 'static,
{
    // R204 asks for 20 in all.
    assert!(drifts.len() >= 25);
    // Keeps the template others are copied from.
    let kept = fresh().await;
    let mut wrong = Vec::new();
    for some in drifts.chunks(4) {
        let mut under_way = JoinSet::new();
        for drift in some {
            under_way.spawn(async move { judge(&fresh().await, drift).await });
        }
        wrong.extend(under_way.join_all().await.into_iter().flatten());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(kept.store.validate_schema().await.unwrap().is_valid());
}

/// What is wrong with how a change is told.
async fn judge(db: &Database, (change, lines): &Drift) -> Option<String> {
    Raw::open(db).await.run(change).await;
    let validation = db.store.validate_schema().await.unwrap();
    let told: Vec<String> = validation
        .differences
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(validation.advice, Advice::Repair, "{change}");
    (told != *lines).then(|| format!("{change}\n  told     {told:#?}\n  expected {lines:#?}"))
}
