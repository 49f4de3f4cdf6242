use hellojohn_core::{event::Event, id::EventId};
use serde_json::json;

use crate::{databases::Database, samples::*};

on_every_database!(old_events_are_purged_oldest_first);

fn event(number: u8) -> Event {
    Event {
        id: EventId::new(at(1), [number; 10]),
        kind: "user.created".to_owned(),
        data: object(json!({"user": {"id": "usr_1"}})),
        created_at: at(i64::from(number)),
    }
}

async fn old_events_are_purged_oldest_first(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=5 {
        unit.append_event(&event(number)).await.unwrap();
    }
    assert_eq!(unit.purge_events(at(4), 2).await.unwrap(), 2);
    assert_eq!(unit.purge_events(at(4), 2).await.unwrap(), 1);
    assert_eq!(unit.purge_events(at(4), 2).await.unwrap(), 0);
    let again = unit.append_event(&event(5)).await.unwrap_err();
    assert!(again.is_conflict("event_id"), "{again:?}");
}
