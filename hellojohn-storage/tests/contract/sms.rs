use hellojohn_core::{
    id::MessageId,
    mail::{Channel, Message, MessageStatus, Template},
};

use crate::{databases::Database, samples::*};

on_every_database!(
    text_messages_of_one_tenant_are_counted_from_a_moment_on,
    of_many_that_queue_at_once_no_more_than_the_limit_do,
);

fn message(number: u8, channel: Channel, seconds: i64) -> Message {
    Message {
        id: MessageId::new(at(i64::from(number)), [number; 10]),
        channel,
        template: Template::MfaCode,
        recipient: "+4915112345678".to_owned(),
        user_id: None,
        sealed: None,
        status: MessageStatus::Pending,
        attempts: 0,
        next_attempt_at: at(seconds),
        claimed_until: None,
        last_error: None,
        created_at: at(seconds),
        sent_at: None,
    }
}

async fn text_messages_of_one_tenant_are_counted_from_a_moment_on(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for (number, channel, seconds) in [
        (1, Channel::Sms, 10),
        (2, Channel::Sms, 20),
        (3, Channel::Email, 20),
    ] {
        let message = message(number, channel, seconds);
        unit.insert_message(&message).await.unwrap();
    }
    assert_eq!(unit.sms_queued_since(at(9)).await.unwrap(), 2);
    assert_eq!(unit.sms_queued_since(at(10)).await.unwrap(), 1);
    assert_eq!(unit.sms_queued_since(at(20)).await.unwrap(), 0);
    unit.commit().await.unwrap();
    let mut elsewhere = write(&db.store, 2).await;
    assert_eq!(elsewhere.sms_queued_since(at(0)).await.unwrap(), 0);
}

/// R129: counting and queueing are one turn.
async fn of_many_that_queue_at_once_no_more_than_the_limit_do(db: Database) {
    two_tenants(&db.store).await;
    let racers = (1..=12).map(|number| {
        let store = db.store.clone();
        tokio::spawn(async move {
            let mut unit = write(&store, 1).await;
            if unit.sms_queued_since(at(0)).await.unwrap() < 5 {
                let message = message(number, Channel::Sms, 1);
                unit.insert_message(&message).await.unwrap();
            }
            unit.commit().await.unwrap();
        })
    });
    for racer in racers.collect::<Vec<_>>() {
        racer.await.unwrap();
    }
    let mut unit = write(&db.store, 1).await;
    assert_eq!(unit.sms_queued_since(at(0)).await.unwrap(), 5);
}
