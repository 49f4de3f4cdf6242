use hellojohn_core::{
    id::SessionId,
    page::{Order, Position, SortKey},
    session::{Amr, RevocationReason, SessionFilter, SessionStatus},
};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_session_reads_back_what_was_written,
    a_session_needs_its_user,
    sessions_are_filtered_and_windowed,
    only_live_sessions_are_revoked,
    all_but_one_session_of_a_user_are_revoked,
    the_oldest_sessions_are_revoked,
    ended_sessions_are_purged,
);

async fn a_session_reads_back_what_was_written(db: Database) {
    two_users_each(&db.store).await;
    let mut whole = session(1, 1, 1);
    whole.generation = u32::MAX;
    whole.idle_expires_at = Some(at(60));
    whole.revoked_at = Some(at(61));
    whole.revoked_reason = Some(RevocationReason::RefreshReuse);
    whole.client.country = Some("DE".to_owned());
    whole.amr = vec![Amr::Password, Amr::Application];
    whole.mfa_verified = true;
    let mut bare = session(1, 1, 2);
    bare.amr = Vec::new();
    bare.client = hellojohn_core::session::ClientInfo::default();
    let mut unit = write(&db.store, 1).await;
    unit.insert_session(&whole).await.unwrap();
    unit.insert_session(&bare).await.unwrap();
    assert_eq!(unit.session(whole.id).await.unwrap().unwrap(), whole);
    let locked = unit.session_for_update(bare.id).await.unwrap();
    assert_eq!(locked.unwrap(), bare);
    assert!(unit.session(session_id(9)).await.unwrap().is_none());
    let none = unit.session_for_update(session_id(9)).await.unwrap();
    assert!(none.is_none());
    unit.commit().await.unwrap();
}

async fn a_session_needs_its_user(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let error = unit.insert_session(&session(1, 9, 1)).await.unwrap_err();
    assert!(error.is_conflict("reference"), "{error:?}");
    drop(unit);
    let mut unit = write(&db.store, 1).await;
    unit.insert_session(&session(1, 1, 1)).await.unwrap();
    let error = unit.insert_session(&session(1, 2, 1)).await.unwrap_err();
    assert!(error.is_conflict("session_id"), "{error:?}");
}

/// Of whom, in which state when, and which are found.
type Case = (Option<u8>, Option<(SessionStatus, i64)>, &'static [u8]);

async fn sessions_are_filtered_and_windowed(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=5 {
        let mut session = session(1, if number < 4 { 1 } else { 2 }, number);
        match number {
            2 => session.expires_at = at(50),
            3 => session.idle_expires_at = Some(at(50)),
            4 => session.revoked_at = Some(at(20)),
            5 => {
                session.revoked_at = Some(at(20));
                session.expires_at = at(50);
            }
            _ => {}
        }
        unit.insert_session(&session).await.unwrap();
    }
    let cases: [Case; 7] = [
        (None, None, &[1, 2, 3, 4, 5]),
        (Some(1), None, &[1, 2, 3]),
        (None, Some((SessionStatus::Active, 50)), &[1]),
        (None, Some((SessionStatus::Active, 49)), &[1, 2, 3]),
        (None, Some((SessionStatus::Expired, 50)), &[2, 3]),
        (None, Some((SessionStatus::Revoked, 50)), &[4, 5]),
        (Some(1), Some((SessionStatus::Revoked, 50)), &[]),
    ];
    for (user, status, numbers) in cases {
        let filter = SessionFilter {
            user_id: user.map(user_id),
            status: status.map(|(status, seconds)| (status, at(seconds))),
        };
        let found = unit.sessions(&filter, &everything()).await.unwrap();
        let ids: Vec<_> = found.iter().map(|session| session.id).collect();
        let expected: Vec<_> = numbers.iter().copied().map(session_id).collect();
        assert_eq!(ids, expected, "{filter:?}");
        let count = unit.count_sessions(&filter).await.unwrap();
        assert_eq!(count, numbers.len() as u64, "{filter:?}");
    }
    let after = Some(Position {
        key: SortKey::Time(at(4).as_micros()),
        id: session_id(4).to_string(),
    });
    let found = unit
        .sessions(
            &SessionFilter::default(),
            &window(Order::Descending, 2, after),
        )
        .await
        .unwrap();
    let ids: Vec<_> = found.iter().map(|session| session.id).collect();
    assert_eq!(ids, [session_id(3), session_id(2)]);
}

async fn only_live_sessions_are_revoked(db: Database) {
    two_users_each(&db.store).await;
    let mut idle = session(1, 1, 2);
    idle.idle_expires_at = Some(at(40));
    let mut over = session(1, 1, 3);
    over.expires_at = at(40);
    let mut unit = write(&db.store, 1).await;
    for session in [&session(1, 1, 1), &idle, &over] {
        unit.insert_session(session).await.unwrap();
    }
    let reason = RevocationReason::SignOut;
    for (number, live) in [(1, true), (1, false), (2, false), (3, false), (9, false)] {
        let revoked = unit
            .revoke_session(session_id(number), reason, at(40))
            .await
            .unwrap();
        assert_eq!(revoked, live, "{number}");
    }
    let mut expected = session(1, 1, 1);
    expected.revoked_at = Some(at(40));
    expected.revoked_reason = Some(reason);
    assert_eq!(
        unit.session(session_id(1)).await.unwrap().unwrap(),
        expected
    );
    assert_eq!(unit.session(session_id(2)).await.unwrap().unwrap(), idle);
}

async fn all_but_one_session_of_a_user_are_revoked(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=3 {
        let session = session(1, 1, number);
        unit.insert_session(&session).await.unwrap();
    }
    unit.insert_session(&session(1, 2, 4)).await.unwrap();
    let reason = RevocationReason::PasswordChanged;
    let ids = unit
        .revoke_sessions_of(user_id(1), Some(session_id(2)), reason, at(40))
        .await
        .unwrap();
    assert_eq!(ids, [session_id(1), session_id(3)]);
    let ids = unit
        .revoke_sessions_of(user_id(1), None, reason, at(41))
        .await
        .unwrap();
    assert_eq!(ids, [session_id(2)]);
    let other = unit.session(session_id(4)).await.unwrap().unwrap();
    assert_eq!(other, session(1, 2, 4));
}

async fn the_oldest_sessions_are_revoked(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=5 {
        let mut session = session(1, 1, number);
        // Two of one moment: the id decides. The newest is dead and does not count.
        session.created_at = at(i64::from(number / 2));
        session.revoked_at = (number == 5).then(|| at(30));
        unit.insert_session(&session).await.unwrap();
    }
    unit.insert_session(&session(1, 2, 6)).await.unwrap();
    let revoked = async |keep, unit: &mut dyn hellojohn_core::store::SessionStore| {
        unit.revoke_oldest_sessions_of(user_id(1), keep, at(40))
            .await
            .unwrap()
    };
    assert_eq!(revoked(9, &mut *unit).await, Vec::<SessionId>::new());
    assert_eq!(revoked(2, &mut *unit).await, [session_id(1), session_id(2)]);
    assert_eq!(revoked(0, &mut *unit).await, [session_id(3), session_id(4)]);
    let first = unit.session(session_id(1)).await.unwrap().unwrap();
    assert_eq!(
        first.revoked_reason,
        Some(RevocationReason::TooManySessions)
    );
}

async fn ended_sessions_are_purged(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=5 {
        let mut session = session(1, 1, number);
        match number {
            1 => session.expires_at = at(50),
            2 => session.idle_expires_at = Some(at(50)),
            3 => session.revoked_at = Some(at(50)),
            4 => session.revoked_at = Some(at(60)),
            _ => {}
        }
        unit.insert_session(&session).await.unwrap();
    }
    assert_eq!(unit.purge_sessions(at(50), 9).await.unwrap(), 0);
    assert_eq!(unit.purge_sessions(at(51), 2).await.unwrap(), 2);
    assert_eq!(unit.purge_sessions(at(51), 2).await.unwrap(), 1);
    let left = unit
        .sessions(&SessionFilter::default(), &everything())
        .await
        .unwrap();
    let ids: Vec<_> = left.iter().map(|session| session.id).collect();
    assert_eq!(ids, [session_id(4), session_id(5)]);
}
