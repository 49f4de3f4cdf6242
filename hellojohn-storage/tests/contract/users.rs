use hellojohn_core::{
    input::Email,
    page::{Order, Position, SortKey, Window},
    store::{StoreError, UserStore},
    time::Timestamp,
    user::{PasswordHash, User, UserFilter, UserSort, UserStatus},
};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_user_reads_back_what_was_written,
    metadata_comes_back_as_it_went_in,
    an_update_leaves_the_sign_in_times_alone,
    taken_names_conflict_by_rule,
    a_sign_in_touches_nothing_else,
    deleting_a_user_takes_sessions_along,
    lists_window_and_sort_alike,
    filters_select_alike,
    a_ban_that_has_ended_is_none,
    searching_takes_odd_characters_as_they_are,
    a_position_of_another_list_is_refused,
);

fn full_user() -> User {
    let mut whole = user(1, 1);
    whole.email_verified = true;
    whole.username = Some("ada".to_owned());
    whole.name = Some("Ada Løvelace".to_owned());
    whole.first_name = Some("Ada".to_owned());
    whole.last_name = Some("Løvelace".to_owned());
    whole.phone = Some("+4915112345678".to_owned());
    whole.phone_verified = true;
    whole.avatar_url = Some("https://a.example/x.png".to_owned());
    whole.external_id = Some("ext 1".to_owned());
    whole.role = "admin".to_owned();
    whole.status = UserStatus::Banned;
    whole.status_reason = Some("spam".to_owned());
    whole.banned_until = Some(at(50));
    whole.password_hash = Some(PasswordHash::new("$argon2id$…".to_owned()));
    whole.password_changed_at = Some(at(2));
    whole.mfa_enabled = true;
    whole.public_metadata = metadata();
    whole.private_metadata = metadata();
    whole.updated_at = at(3);
    whole.last_sign_in_at = Some(at(4));
    whole.last_active_at = Some(at(5));
    whole
}

async fn a_user_reads_back_what_was_written(db: Database) {
    two_tenants(&db.store).await;
    let whole = full_user();
    let mut unit = write(&db.store, 1).await;
    unit.insert_user(&whole).await.unwrap();
    unit.insert_user(&user(1, 2)).await.unwrap();
    assert_eq!(
        unit.user_for_update(whole.id).await.unwrap().unwrap(),
        whole
    );
    assert!(unit.user_for_update(user_id(9)).await.unwrap().is_none());
    unit.commit().await.unwrap();

    let mut unit = read(&db.store, 1).await;
    assert_eq!(unit.user(whole.id).await.unwrap().unwrap(), whole);
    assert_eq!(unit.user(user_id(2)).await.unwrap().unwrap(), user(1, 2));
    let by_email = unit.user_by_email(&whole.email).await.unwrap();
    assert_eq!(by_email.unwrap(), whole);
    let by_name = unit.user_by_username("ada").await.unwrap();
    assert_eq!(by_name.unwrap(), whole);
    assert!(unit.user_by_username("ADA").await.unwrap().is_none());
    assert!(unit.user(user_id(9)).await.unwrap().is_none());
}

/// JSONB writes numbers out in full; what comes back must be the same number on both databases.
async fn metadata_comes_back_as_it_went_in(db: Database) {
    two_tenants(&db.store).await;
    let numbers = "[0,-1,9007199254740993,18446744073709551615,-9223372036854775808,0.1,-0.1,1e-7,5e-324,2.2250738585072014e-308,1e300,1.5e21]";
    let text = format!(
        r#"{{"numbers":{numbers},"text":"\u00e9\u2028\ud83d\ude00 \"\\","empty":{{}},"list":[],"null":null}}"#
    );
    let mut user = user(1, 1);
    user.public_metadata =
        hellojohn_core::input::Metadata::parse("m", serde_json::from_str(&text).unwrap()).unwrap();
    let mut unit = write(&db.store, 1).await;
    unit.insert_user(&user).await.unwrap();
    let stored = unit.user(user.id).await.unwrap().unwrap();
    assert_eq!(stored.public_metadata, user.public_metadata);
}

async fn an_update_leaves_the_sign_in_times_alone(db: Database) {
    two_users_each(&db.store).await;
    let changed = full_user();
    let mut unit = write(&db.store, 1).await;
    unit.note_sign_in(changed.id, at(40), None).await.unwrap();
    assert!(unit.update_user(&changed).await.unwrap());
    let mut expected = changed.clone();
    expected.last_sign_in_at = Some(at(40));
    expected.last_active_at = Some(at(40));
    assert_eq!(unit.user(changed.id).await.unwrap().unwrap(), expected);
    let found = UserFilter {
        q: Some("løvelace".to_owned()),
        ..UserFilter::default()
    };
    assert_eq!(unit.count_users(&found).await.unwrap(), 1);
    assert!(!unit.update_user(&user(1, 9)).await.unwrap());
    assert_eq!(unit.user(user_id(2)).await.unwrap().unwrap(), user(1, 2));
    unit.commit().await.unwrap();
}

type Change = fn(&mut User, &User);

async fn taken_names_conflict_by_rule(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_user(&full_user()).await.unwrap();
    unit.insert_user(&user(1, 2)).await.unwrap();
    unit.commit().await.unwrap();

    let cases: [(&str, Change); 5] = [
        ("user_email", |user, taken| user.email = taken.email.clone()),
        ("user_username", |user, taken| {
            user.username.clone_from(&taken.username);
        }),
        ("user_phone", |user, taken| {
            user.phone.clone_from(&taken.phone);
        }),
        ("user_external_id", |user, taken| {
            user.external_id.clone_from(&taken.external_id);
        }),
        // Which of two broken rules is told must not depend on the database.
        ("user_email", |user, taken| {
            user.email = taken.email.clone();
            user.username.clone_from(&taken.username);
            user.phone.clone_from(&taken.phone);
        }),
    ];
    for (rule, change) in cases {
        let mut other = user(1, 3);
        change(&mut other, &full_user());
        let mut unit = write(&db.store, 1).await;
        let error = unit.insert_user(&other).await.unwrap_err();
        assert!(error.is_conflict(rule), "insert {rule}: {error:?}");

        let mut other = user(1, 2);
        change(&mut other, &full_user());
        drop(unit);
        let mut unit = write(&db.store, 1).await;
        let error = unit.update_user(&other).await.unwrap_err();
        assert!(error.is_conflict(rule), "update {rule}: {error:?}");
    }
    let mut again = user(1, 2);
    again.email = Email::parse("new@example.com").unwrap();
    let mut unit = write(&db.store, 1).await;
    let error = unit.insert_user(&again).await.unwrap_err();
    assert!(error.is_conflict("user_id"), "{error:?}");
}

async fn a_sign_in_touches_nothing_else(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let hash = PasswordHash::new("new".to_owned());
    unit.note_sign_in(user_id(1), at(9), Some(&hash))
        .await
        .unwrap();
    unit.note_sign_in(user_id(77), at(9), None).await.unwrap();
    let mut expected = user(1, 1);
    expected.last_sign_in_at = Some(at(9));
    expected.last_active_at = Some(at(9));
    expected.password_hash = Some(hash);
    assert_eq!(unit.user(user_id(1)).await.unwrap().unwrap(), expected);
    unit.note_sign_in(user_id(1), at(10), None).await.unwrap();
    let after = unit.user(user_id(1)).await.unwrap().unwrap();
    assert_eq!(after.password_hash, expected.password_hash);
    assert_eq!(unit.user(user_id(2)).await.unwrap().unwrap(), user(1, 2));
    unit.commit().await.unwrap();
}

async fn deleting_a_user_takes_sessions_along(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_session(&session(1, 1, 1)).await.unwrap();
    unit.insert_session(&session(1, 2, 2)).await.unwrap();
    let hash = PasswordHash::new("old".to_owned());
    unit.remember_password(user_id(1), &hash, at(1), 5)
        .await
        .unwrap();
    assert!(unit.delete_user(user_id(1)).await.unwrap());
    assert!(!unit.delete_user(user_id(1)).await.unwrap());
    assert!(unit.user(user_id(1)).await.unwrap().is_none());
    assert!(unit.session(session_id(1)).await.unwrap().is_none());
    assert!(unit.session(session_id(2)).await.unwrap().is_some());
    let former = unit.former_passwords(user_id(1), 5).await.unwrap();
    assert!(former.is_empty());
    unit.commit().await.unwrap();
}

/// Walks the whole list in windows of `limit` and answers the users' numbers in their order.
async fn walk(unit: &mut dyn UserStore, by: UserSort, order: Order, limit: u32) -> Vec<String> {
    let mut after = None;
    let mut emails = Vec::new();
    loop {
        let window = Window {
            order,
            after: after.take(),
            limit,
        };
        let page = unit
            .users(&UserFilter::default(), by, &window)
            .await
            .unwrap();
        let Some(last) = page.last() else {
            return emails;
        };
        let never = Timestamp::from_micros(0);
        let key = match by {
            UserSort::CreatedAt => SortKey::Time(last.created_at.as_micros()),
            UserSort::LastSignInAt => {
                SortKey::Time(last.last_sign_in_at.unwrap_or(never).as_micros())
            }
            UserSort::Email => SortKey::Text(last.email.as_str().to_owned()),
        };
        after = Some(Position {
            key,
            id: last.id.to_string(),
        });
        emails.extend(page.into_iter().map(|user| user.email.as_str().to_owned()));
    }
}

async fn lists_window_and_sort_alike(db: Database) {
    two_tenants(&db.store).await;
    // Order in which a locale would not put them, ties in both times, and absent sign-ins.
    let emails = ["a_b", "a-b", "a.b", "ab", "a+b", "b", "z", "a1", "a~b", "_"];
    let mut all = Vec::new();
    let mut unit = write(&db.store, 1).await;
    for (number, local) in (1_u8..).zip(emails) {
        let mut user = user(1, number);
        user.email = Email::parse(&format!("{local}@example.com")).unwrap();
        user.created_at = at(i64::from(number / 3));
        user.last_sign_in_at = (number % 3 != 0).then(|| at(i64::from(number % 2)));
        unit.insert_user(&user).await.unwrap();
        all.push(user);
    }
    unit.commit().await.unwrap();

    let mut unit = read(&db.store, 1).await;
    for by in [UserSort::CreatedAt, UserSort::LastSignInAt, UserSort::Email] {
        all.sort_by_key(|user| {
            let time = match by {
                UserSort::CreatedAt => user.created_at.as_micros(),
                UserSort::LastSignInAt => user.last_sign_in_at.map_or(0, Timestamp::as_micros),
                UserSort::Email => 0,
            };
            let text = match by {
                UserSort::Email => user.email.as_str().to_owned(),
                _ => String::new(),
            };
            (time, text, user.id)
        });
        let mut expected: Vec<String> = all
            .iter()
            .map(|user| user.email.as_str().to_owned())
            .collect();
        for limit in [1, 3, 100] {
            let ascending = walk(&mut *unit, by, Order::Ascending, limit).await;
            assert_eq!(ascending, expected, "{by:?} {limit}");
        }
        expected.reverse();
        for limit in [1, 4] {
            let descending = walk(&mut *unit, by, Order::Descending, limit).await;
            assert_eq!(descending, expected, "{by:?} {limit}");
        }
    }
}

type Narrow = fn(&mut UserFilter);

async fn filters_select_alike(db: Database) {
    two_tenants(&db.store).await;
    let statuses = [
        UserStatus::Active,
        UserStatus::Disabled,
        UserStatus::Banned,
        UserStatus::Pending,
    ];
    let mut unit = write(&db.store, 1).await;
    for (number, status) in (1_u8..).zip(statuses) {
        let mut user = user(1, number);
        user.status = status;
        user.email_verified = number % 2 == 0;
        user.role = if number == 1 { "admin" } else { "member" }.to_owned();
        user.external_id = Some(format!("ext{number}"));
        unit.insert_user(&user).await.unwrap();
    }
    let cases: [(Narrow, &[u8]); 12] = [
        (|_| {}, &[1, 2, 3, 4]),
        (|filter| filter.email = Some(user(1, 2).email), &[2]),
        (|filter| filter.external_id = Some("ext3".to_owned()), &[3]),
        (|filter| filter.status = Some(UserStatus::Banned), &[3]),
        (|filter| filter.role = Some("admin".to_owned()), &[1]),
        (|filter| filter.email_verified = Some(true), &[2, 4]),
        (|filter| filter.email_verified = Some(false), &[1, 3]),
        (|filter| filter.disabled = Some(true), &[2, 3]),
        (|filter| filter.disabled = Some(false), &[1, 4]),
        (|filter| filter.created_after = Some(at(2)), &[3, 4]),
        (|filter| filter.created_before = Some(at(2)), &[1]),
        (
            |filter| {
                filter.q = Some("user".to_owned());
                filter.email_verified = Some(true);
                filter.created_before = Some(at(4));
            },
            &[2],
        ),
    ];
    for (narrow, numbers) in cases {
        let mut filter = UserFilter::default();
        narrow(&mut filter);
        let found = unit
            .users(&filter, UserSort::CreatedAt, &everything())
            .await
            .unwrap();
        let ids: Vec<_> = found.iter().map(|user| user.id).collect();
        let expected: Vec<_> = numbers.iter().copied().map(user_id).collect();
        assert_eq!(ids, expected, "{filter:?}");
        let count = unit.count_users(&filter).await.unwrap();
        assert_eq!(count, numbers.len() as u64, "{filter:?}");
    }
}

async fn a_ban_that_has_ended_is_none(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=4 {
        let mut user = user(1, number);
        user.status = UserStatus::Banned;
        match number {
            1 => user.banned_until = Some(at(50)),
            2 => user.banned_until = None,
            // An end that an administrator's other decision left behind ends nothing.
            3 => {
                user.status = UserStatus::Disabled;
                user.banned_until = Some(at(50));
            }
            _ => user.status = UserStatus::Pending,
        }
        unit.insert_user(&user).await.unwrap();
    }
    let cases: [(i64, Narrow, &[u8]); 8] = [
        (49, |filter| filter.status = Some(UserStatus::Active), &[]),
        (50, |filter| filter.status = Some(UserStatus::Active), &[1]),
        (
            49,
            |filter| filter.status = Some(UserStatus::Banned),
            &[1, 2],
        ),
        (50, |filter| filter.status = Some(UserStatus::Banned), &[2]),
        (
            50,
            |filter| filter.status = Some(UserStatus::Disabled),
            &[3],
        ),
        (49, |filter| filter.disabled = Some(true), &[1, 2, 3]),
        (50, |filter| filter.disabled = Some(true), &[2, 3]),
        (50, |filter| filter.disabled = Some(false), &[1, 4]),
    ];
    for (seconds, narrow, numbers) in cases {
        let mut filter = UserFilter {
            now: at(seconds),
            ..UserFilter::default()
        };
        narrow(&mut filter);
        let found = unit
            .users(&filter, UserSort::CreatedAt, &everything())
            .await
            .unwrap();
        let ids: Vec<_> = found.iter().map(|user| user.id).collect();
        let expected: Vec<_> = numbers.iter().copied().map(user_id).collect();
        assert_eq!(ids, expected, "{filter:?}");
        assert_eq!(
            unit.count_users(&filter).await.unwrap(),
            numbers.len() as u64
        );
        // The list and the single user must agree.
        if let Some(status) = filter.status {
            assert!(
                found
                    .iter()
                    .all(|user| user.status_at(filter.now) == status)
            );
        }
    }
}

async fn searching_takes_odd_characters_as_they_are(db: Database) {
    two_tenants(&db.store).await;
    let names = [
        "100% Ada",
        "100 Ada",
        "a_b",
        "axb",
        r"back\slash",
        "Ünal ŞAHİN",
        "a!b",
        "quote'quote",
    ];
    let mut unit = write(&db.store, 1).await;
    for (number, name) in (1_u8..).zip(names) {
        let mut user = user(1, number);
        user.name = Some(name.to_owned());
        unit.insert_user(&user).await.unwrap();
    }
    let cases: [(&str, &[u8]); 11] = [
        ("100%", &[1]),
        ("%", &[1]),
        ("_", &[3]),
        ("a_b", &[3]),
        ("\\", &[5]),
        ("!", &[7]),
        ("a!b", &[7]),
        ("ünal", &[6]),
        ("şahi̇n", &[6]),
        ("'", &[8]),
        ("ada", &[1, 2]),
    ];
    for (q, numbers) in cases {
        let filter = UserFilter {
            q: Some(q.to_owned()),
            ..UserFilter::default()
        };
        let found = unit
            .users(&filter, UserSort::CreatedAt, &everything())
            .await
            .unwrap();
        let ids: Vec<_> = found.iter().map(|user| user.id).collect();
        let expected: Vec<_> = numbers.iter().copied().map(user_id).collect();
        assert_eq!(ids, expected, "{q}");
    }
}

async fn a_position_of_another_list_is_refused(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = read(&db.store, 1).await;
    let after = Some(Position {
        key: SortKey::Text("x".to_owned()),
        id: "usr_1".to_owned(),
    });
    let window = window(Order::Ascending, 1, after);
    let refused = unit
        .users(&UserFilter::default(), UserSort::CreatedAt, &window)
        .await;
    assert!(matches!(refused, Err(StoreError::Failed(_))));
}
