use hellojohn_core::{
    Error,
    flows::ListUsers,
    input::Email,
    page::Order,
    user::{UserFilter, UserSort},
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::UserBody;
use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    wire::{Moment, PageBody, PageQuery, word},
};

#[derive(Deserialize, JsonSchema)]
pub(super) struct Query {
    #[serde(flatten)]
    page: PageQuery,
    /// Part of name, address, user name or telephone number.
    q: Option<String>,
    /// Exactly this address.
    email: Option<String>,
    /// Exactly this external id.
    external_id: Option<String>,
    /// `active`, `disabled`, `banned` or `pending`.
    status: Option<String>,
    /// With this role.
    role: Option<String>,
    /// With a proven address, or without.
    email_verified: Option<bool>,
    /// Disabled or banned, or neither.
    disabled: Option<bool>,
    /// Made after this moment.
    created_after: Option<Moment>,
    /// Made before this moment.
    created_before: Option<Moment>,
    /// `created_at` (default), `last_sign_in_at` or `email`. Alias `order_by`.
    #[serde(alias = "order_by")]
    sort: Option<String>,
    /// `asc` or `desc` (default). Alias `direction`.
    #[serde(alias = "direction")]
    order: Option<String>,
}

/// The longest text to search for.
const LONGEST_SEARCH: usize = 200;

pub(super) async fn list(call: Call) -> Result<Reply, Problem> {
    let request = request(call.query()?)?;
    let page = call.engine().list_users(call.caller()?, request).await?;
    let now = call.engine().now();
    Reply::ok(&PageBody::of(page, |user| UserBody::of(user, now)))
}

fn request(query: Query) -> Result<ListUsers, Problem> {
    if query.q.as_ref().is_some_and(|q| q.len() > LONGEST_SEARCH) {
        return Err(Problem::field("q", "too_long"));
    }
    let order = match query.order.as_deref() {
        None | Some("desc") => Order::Descending,
        Some("asc") => Order::Ascending,
        Some(_) => return Err(Problem::field("order", "invalid_value")),
    };
    let email = query.email.as_deref().map(Email::parse).transpose();
    Ok(ListUsers {
        filter: UserFilter {
            q: query.q.map(|q| q.to_lowercase()),
            email: email.map_err(Error::from)?,
            external_id: query.external_id,
            status: word("status", query.status.as_deref())?,
            role: query.role,
            email_verified: query.email_verified,
            disabled: query.disabled,
            created_after: query.created_after.map(|at| at.0),
            created_before: query.created_before.map(|at| at.0),
        },
        sort: word::<UserSort>("sort", query.sort.as_deref())?.unwrap_or_default(),
        order,
        page: query.page.request()?,
    })
}
