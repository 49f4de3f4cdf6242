use hellojohn_core::{
    id::MessageId,
    mail::{Channel, Message, MessageStatus, Template},
};

use crate::{databases::Database, samples::*};

on_every_database!(what_was_sent_to_a_recipient_is_found,);

fn message(number: u8, template: Template, recipient: &str) -> Message {
    let made = at(i64::from(number));
    Message {
        id: MessageId::new(made, [number; 10]),
        channel: Channel::Email,
        template,
        recipient: recipient.to_owned(),
        user_id: None,
        sealed: None,
        status: MessageStatus::Sent,
        attempts: 1,
        next_attempt_at: made,
        claimed_until: None,
        last_error: None,
        created_at: made,
        sent_at: Some(made),
    }
}

/// R040.
async fn what_was_sent_to_a_recipient_is_found(db: Database) {
    two_users_each(&db.store).await;
    let (ada, reset) = ("ada@example.com", Template::PasswordReset);
    let mut unit = write(&db.store, 1).await;
    for number in 1..=4 {
        let ours = message(number, reset, ada);
        unit.insert_message(&ours).await.unwrap();
    }
    for other in [
        message(11, reset, "bob@example.com"),
        message(12, Template::MagicLink, ada),
    ] {
        unit.insert_message(&other).await.unwrap();
    }
    unit.commit().await.unwrap();
    let mut elsewhere = write(&db.store, 2).await;
    let theirs = message(13, reset, ada);
    elsewhere.insert_message(&theirs).await.unwrap();
    elsewhere.commit().await.unwrap();

    let mut unit = write(&db.store, 1).await;
    let found = unit.messages_to(ada, reset, at(1), 9).await.unwrap();
    assert_eq!(found, [at(4), at(3), at(2)]);
    let newest = unit.messages_to(ada, reset, at(0), 2).await.unwrap();
    assert_eq!(newest, [at(4), at(3)]);
}
