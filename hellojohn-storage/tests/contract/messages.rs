use std::collections::HashSet;

use hellojohn_core::{
    id::{MessageId, TenantId},
    mail::{Channel, Message, MessageStatus, Template},
    store::{
        Access, MessageClaim, MessageCounts, MessageFilter, SendOutcome, Settled, Store as _,
        Unfinished,
    },
    time::Timestamp,
};
use hellojohn_storage::SqlStore;

use crate::{databases::Database, samples::*};

on_every_database!(
    a_message_is_claimed_when_due_and_by_one,
    workers_at_once_never_hold_the_same,
    a_lost_claim_ends_and_its_worker_may_say_nothing,
    what_became_of_a_message_is_kept,
    dead_messages_are_listed_counted_and_tried_anew,
    what_is_long_done_is_purged,
    what_waits_is_forgotten_after_a_restore,
);

fn message_id(number: u8) -> MessageId {
    MessageId::new(at(i64::from(number)), [number; 10])
}

fn message(number: u8) -> Message {
    Message {
        id: message_id(number),
        channel: Channel::Email,
        template: Template::VerifyEmail,
        recipient: format!("user{number}@example.com"),
        user_id: Some(user_id(1)),
        sealed: Some("v1:key:nonce:text".to_owned()),
        status: MessageStatus::Pending,
        attempts: 0,
        next_attempt_at: at(i64::from(number)),
        claimed_until: None,
        last_error: None,
        created_at: at(0),
        sent_at: None,
    }
}

async fn queue(store: &SqlStore, tenant: u8, numbers: impl IntoIterator<Item = u8>) {
    let mut unit = write(store, tenant).await;
    for number in numbers {
        unit.insert_message(&message(number)).await.unwrap();
    }
    unit.commit().await.unwrap();
}

/// Claims what is due at a moment, for ten seconds.
async fn claim(store: &SqlStore, now: i64, without: &[TenantId]) -> Option<(TenantId, Message)> {
    let mut unit = store.begin_control(Access::Write).await.unwrap();
    let claim = MessageClaim {
        now: at(now),
        until: at(now + 10),
    };
    let claimed = unit.claim_message(claim, without).await.unwrap();
    unit.commit().await.unwrap();
    claimed.map(|queued| (queued.tenant, queued.message))
}

async fn settle(store: &SqlStore, tenant: u8, of: &Message, outcome: SendOutcome) -> bool {
    let mut unit = write(store, tenant).await;
    let settled = Settled {
        id: of.id,
        claimed_until: of.claimed_until.unwrap(),
        outcome,
    };
    let held = unit.settle_message(&settled).await.unwrap();
    unit.commit().await.unwrap();
    held
}

async fn listed(store: &SqlStore, filter: MessageFilter) -> Vec<Message> {
    let mut unit = store.begin_control(Access::Read).await.unwrap();
    let filter = MessageFilter {
        limit: 100,
        ..filter
    };
    let all = unit.messages(&filter).await.unwrap();
    all.into_iter().map(|queued| queued.message).collect()
}

async fn is_due(store: &SqlStore, now: Timestamp) -> bool {
    let mut unit = store.begin_control(Access::Read).await.unwrap();
    unit.is_message_due(now).await.unwrap()
}

fn dead() -> SendOutcome {
    SendOutcome::Dead {
        error: "550 no".to_owned(),
    }
}

async fn a_message_is_claimed_when_due_and_by_one(db: Database) {
    two_users_each(&db.store).await;
    queue(&db.store, 1, [2, 3]).await;
    queue(&db.store, 2, [1]).await;
    assert!(!is_due(&db.store, at(0)).await);
    assert_eq!(claim(&db.store, 0, &[]).await, None);
    assert!(is_due(&db.store, at(1)).await);
    let (tenant, first) = claim(&db.store, 5, &[]).await.unwrap();
    assert_eq!((tenant, first.id), (tenant_id(2), message_id(1)));
    assert_eq!((first.attempts, first.claimed_until), (1, Some(at(15))));
    let as_queued = Message {
        attempts: 0,
        claimed_until: None,
        ..first
    };
    assert_eq!(as_queued, message(1));
    assert_eq!(claim(&db.store, 5, &[tenant_id(1)]).await, None);
    let (tenant, second) = claim(&db.store, 5, &[tenant_id(2)]).await.unwrap();
    assert_eq!((tenant, second.id), (tenant_id(1), message_id(2)));
    assert_eq!(claim(&db.store, 5, &[]).await.unwrap().1.id, message_id(3));
    assert_eq!(claim(&db.store, 5, &[]).await, None);
    assert!(!is_due(&db.store, at(5)).await);
}

async fn workers_at_once_never_hold_the_same(db: Database) {
    two_users_each(&db.store).await;
    queue(&db.store, 1, 1..=40).await;
    let workers = (0..8).map(|_| {
        let store = db.store.clone();
        tokio::spawn(async move {
            let mut held = Vec::new();
            // Another one may just hold the row that comes next.
            while is_due(&store, at(100)).await {
                if let Some((_, message)) = claim(&store, 100, &[]).await {
                    held.push(message.id);
                }
            }
            held
        })
    });
    let mut seen = HashSet::new();
    for worker in workers.collect::<Vec<_>>() {
        for id in worker.await.unwrap() {
            assert!(seen.insert(id), "{id} was in two hands");
        }
    }
    assert_eq!(seen.len(), 40);
}

async fn a_lost_claim_ends_and_its_worker_may_say_nothing(db: Database) {
    two_users_each(&db.store).await;
    queue(&db.store, 1, [1]).await;
    let (_, lost) = claim(&db.store, 1, &[]).await.unwrap();
    assert_eq!(claim(&db.store, 10, &[]).await, None);
    let (_, second) = claim(&db.store, 11, &[]).await.unwrap();
    assert_eq!((second.id, second.attempts), (lost.id, 2));
    assert!(!settle(&db.store, 1, &lost, dead()).await);
    assert!(!settle(&db.store, 2, &second, dead()).await);
    assert!(settle(&db.store, 1, &second, SendOutcome::Sent(at(12))).await);
    assert!(!settle(&db.store, 1, &second, dead()).await);
    assert_eq!(claim(&db.store, 1_000, &[]).await, None);
}

async fn what_became_of_a_message_is_kept(db: Database) {
    two_users_each(&db.store).await;
    queue(&db.store, 1, [1]).await;
    let (_, held) = claim(&db.store, 1, &[]).await.unwrap();
    let outcome = SendOutcome::Unsent {
        at: at(20),
        error: "nobody".to_owned(),
    };
    assert!(settle(&db.store, 1, &held, outcome).await);
    assert_eq!(claim(&db.store, 19, &[]).await, None);
    let (_, held) = claim(&db.store, 20, &[]).await.unwrap();
    assert_eq!(
        (held.attempts, held.last_error.as_deref()),
        (1, Some("nobody"))
    );
    let outcome = SendOutcome::Retry {
        at: at(30),
        error: "451 later".to_owned(),
    };
    assert!(settle(&db.store, 1, &held, outcome).await);
    let (_, held) = claim(&db.store, 30, &[]).await.unwrap();
    assert_eq!(
        (held.attempts, held.last_error.as_deref()),
        (2, Some("451 later"))
    );
    assert!(settle(&db.store, 1, &held, SendOutcome::Sent(at(31))).await);
    let sent = listed(&db.store, MessageFilter::default()).await.remove(0);
    assert_eq!(sent.status, MessageStatus::Sent);
    assert_eq!(
        (sent.sealed, sent.last_error),
        (None, None),
        "what it said is forgotten"
    );
    assert_eq!((sent.sent_at, sent.claimed_until), (Some(at(31)), None));
}

async fn dead_messages_are_listed_counted_and_tried_anew(db: Database) {
    two_users_each(&db.store).await;
    queue(&db.store, 1, [1, 2]).await;
    queue(&db.store, 2, [3]).await;
    for _ in 0..3 {
        let (tenant, held) = claim(&db.store, 5, &[]).await.unwrap();
        let number = if tenant == tenant_id(1) { 1 } else { 2 };
        let outcome = if held.id == message_id(2) {
            SendOutcome::Sent(at(6))
        } else {
            dead()
        };
        assert!(settle(&db.store, number, &held, outcome).await);
    }
    let ids = async |filter| {
        let all = listed(&db.store, filter).await;
        all.into_iter()
            .map(|message| message.id)
            .collect::<Vec<_>>()
    };
    let of = |tenant: Option<u8>, status, after: Option<u8>| MessageFilter {
        tenant: tenant.map(tenant_id),
        status,
        after: after.map(message_id),
        limit: 0,
    };
    let status = MessageStatus::Dead;
    assert_eq!(
        ids(of(None, Some(status), None)).await,
        [message_id(1), message_id(3)]
    );
    assert_eq!(
        ids(of(Some(1), None, None)).await,
        [message_id(1), message_id(2)]
    );
    assert_eq!(
        ids(of(None, None, Some(1))).await,
        [message_id(2), message_id(3)]
    );
    let count = async || control(&db.store).await.count_messages().await.unwrap();
    assert_eq!(
        count().await,
        MessageCounts {
            pending: 0,
            dead: 2
        }
    );

    let mut unit = control(&db.store).await;
    let requeued = unit.requeue_message(message_id(1), at(50)).await.unwrap();
    assert_eq!(requeued, Some(tenant_id(1)));
    let sent = unit.requeue_message(message_id(2), at(50)).await.unwrap();
    assert_eq!(sent, None, "what was sent is not sent again");
    assert_eq!(
        unit.requeue_dead_messages(Some(tenant_id(1)), at(50))
            .await
            .unwrap(),
        0
    );
    assert_eq!(unit.requeue_dead_messages(None, at(51)).await.unwrap(), 1);
    unit.commit().await.unwrap();
    assert_eq!(
        count().await,
        MessageCounts {
            pending: 2,
            dead: 0
        }
    );
    let (_, again) = claim(&db.store, 50, &[]).await.unwrap();
    assert_eq!((again.id, again.attempts), (message_id(1), 1));
    assert!(again.sealed.is_some());
    assert_eq!(claim(&db.store, 50, &[]).await, None);
}

async fn what_is_long_done_is_purged(db: Database) {
    two_users_each(&db.store).await;
    queue(&db.store, 1, [1, 2, 3]).await;
    queue(&db.store, 2, [4]).await;
    let (_, sent) = claim(&db.store, 5, &[]).await.unwrap();
    settle(&db.store, 1, &sent, SendOutcome::Sent(at(6))).await;
    let (_, given_up) = claim(&db.store, 5, &[]).await.unwrap();
    settle(&db.store, 1, &given_up, dead()).await;
    let mut unit = write(&db.store, 1).await;
    assert_eq!(unit.purge_messages(at(6), at(0), 9).await.unwrap(), 0);
    assert_eq!(unit.purge_messages(at(7), at(0), 9).await.unwrap(), 1);
    assert_eq!(unit.purge_messages(at(7), at(1), 9).await.unwrap(), 1);
    assert_eq!(unit.purge_messages(at(99), at(99), 9).await.unwrap(), 0);
    unit.commit().await.unwrap();
    assert_eq!(listed(&db.store, MessageFilter::default()).await.len(), 2);
}

async fn what_waits_is_forgotten_after_a_restore(db: Database) {
    two_users_each(&db.store).await;
    queue(&db.store, 1, [1, 2, 3]).await;
    queue(&db.store, 2, [4]).await;
    let (_, sent) = claim(&db.store, 5, &[]).await.unwrap();
    settle(&db.store, 1, &sent, SendOutcome::Sent(at(6))).await;
    let mut unit = control(&db.store).await;
    let mut forget = async |limit| {
        unit.forget_unfinished(tenant_id(1), Unfinished::Message, limit)
            .await
            .unwrap()
    };
    assert_eq!(forget(1).await, 1);
    assert_eq!(forget(9).await, 1);
    assert_eq!(forget(9).await, 0);
    for other in [
        Unfinished::OneTime,
        Unfinished::MfaChallenge,
        Unfinished::OtpCode,
        Unfinished::Recovery,
    ] {
        let none = unit.forget_unfinished(tenant_id(1), other, 9).await;
        assert_eq!(none.unwrap(), 0);
    }
    unit.commit().await.unwrap();
    let left = listed(&db.store, MessageFilter::default()).await;
    assert_eq!(
        left.iter().map(|m| m.id).collect::<Vec<_>>(),
        [message_id(1), message_id(4)]
    );
}
