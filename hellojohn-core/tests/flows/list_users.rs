use hellojohn_core::{
    flows::{Disable, ListUsers, NewUser},
    input::Email,
    page::{Order, PageRequest, Total},
    user::{UserFilter, UserSort, UserStatus},
};

use crate::world::{World, code, seconds, world};

async fn fill(world: &World) {
    for name in ["Ada", "Berta", "Cleo", "Dora", "Émilie"] {
        let email = format!("{}@example.com", name.to_lowercase().replace('é', "e"));
        let new = NewUser {
            email,
            name: Some(name.to_owned()),
            ..NewUser::default()
        };
        world.engine.create_user(&world.caller, new).await.unwrap();
        world.wait(seconds(1));
    }
}

async fn emails(world: &World, request: ListUsers) -> Vec<String> {
    let page = world
        .engine
        .list_users(&world.caller, request)
        .await
        .unwrap();
    page.items
        .iter()
        .map(|user| user.email.to_string())
        .collect()
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let world = world().await;
    fill(&world).await;
    for (sort, order) in [
        (UserSort::CreatedAt, Order::Ascending),
        (UserSort::CreatedAt, Order::Descending),
        (UserSort::Email, Order::Ascending),
        (UserSort::LastSignInAt, Order::Descending),
    ] {
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let page = PageRequest {
                limit: 2,
                cursor,
                total: Total::Counted,
            };
            let request = ListUsers {
                sort,
                order,
                page,
                ..ListUsers::default()
            };
            let page = world
                .engine
                .list_users(&world.caller, request)
                .await
                .unwrap();
            assert_eq!(page.total, Some(5));
            seen.extend(page.items.iter().map(|user| user.email.to_string()));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((seen.len(), sorted.len()), (5, 5), "{sort:?} {order:?}");
        if sort == UserSort::Email {
            assert_eq!(seen, sorted);
        }
    }
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let world = world().await;
    fill(&world).await;
    let with = |filter: UserFilter| ListUsers {
        filter,
        sort: UserSort::Email,
        order: Order::Ascending,
        ..ListUsers::default()
    };
    let q = |q: &str| {
        with(UserFilter {
            q: Some(q.to_owned()),
            ..UserFilter::default()
        })
    };
    assert_eq!(emails(&world, q("ER")).await, ["berta@example.com"]);
    assert_eq!(emails(&world, q("ÉMI")).await, ["emilie@example.com"]);
    assert_eq!(emails(&world, q("%")).await, [""; 0]);
    let exact = UserFilter {
        email: Some(Email::parse("cleo@example.com").unwrap()),
        ..UserFilter::default()
    };
    let cleo = world
        .engine
        .list_users(&world.caller, with(exact))
        .await
        .unwrap()
        .items
        .remove(0);
    world
        .engine
        .disable_user(&world.caller, cleo.id, Disable::default())
        .await
        .unwrap();
    let disabled = UserFilter {
        status: Some(UserStatus::Disabled),
        ..UserFilter::default()
    };
    assert_eq!(emails(&world, with(disabled)).await, ["cleo@example.com"]);
    let later = UserFilter {
        created_after: Some(cleo.created_at),
        ..UserFilter::default()
    };
    assert_eq!(
        emails(&world, with(later)).await,
        ["dora@example.com", "emilie@example.com"]
    );
    let nul = q("a\0b");
    assert_eq!(
        code(world.engine.list_users(&world.caller, nul).await),
        "validation_failed"
    );
}

/// R174: a cursor is good for the list it was made for, and for no other tenant.
#[tokio::test]
async fn a_cursor_does_not_travel() {
    let world = world().await;
    fill(&world).await;
    let page = PageRequest {
        limit: 2,
        ..PageRequest::default()
    };
    let first = world
        .engine
        .list_users(
            &world.caller,
            ListUsers {
                page: page.clone(),
                ..ListUsers::default()
            },
        )
        .await
        .unwrap();
    let page = PageRequest {
        cursor: first.next,
        ..page
    };
    let other_order = ListUsers {
        page: page.clone(),
        order: Order::Ascending,
        ..ListUsers::default()
    };
    assert_eq!(
        code(world.engine.list_users(&world.caller, other_order).await),
        "invalid_cursor"
    );
    let other = world.other_tenant("Other").await;
    let elsewhere = ListUsers {
        page,
        ..ListUsers::default()
    };
    assert_eq!(
        code(world.engine.list_users(&other, elsewhere).await),
        "invalid_cursor"
    );
}
