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
    /// Not available in this version.
    organization_id: Option<String>,
    /// `created_at` (default), `last_sign_in_at` or `email`.
    sort: Option<String>,
    /// `asc` or `desc` (default).
    order: Option<String>,
    /// The same as `sort`.
    #[schemars(extend("deprecated" = true))]
    order_by: Option<String>,
    /// The same as `order`.
    #[schemars(extend("deprecated" = true))]
    direction: Option<String>,
}

pub(super) async fn list(call: Call) -> Result<Reply, Problem> {
    let request = request(call.query()?)?;
    let page = call.engine().list_users(call.caller()?, request).await?;
    let now = call.engine().now();
    Reply::ok(&PageBody::of(page, |user| UserBody::of(user, now)))
}

fn request(query: Query) -> Result<ListUsers, Problem> {
    if query.organization_id.is_some() {
        return Err(Problem::not_available("this version has no organizations"));
    }
    let sort = either(("sort", query.sort), ("order_by", query.order_by))?;
    let order = either(("order", query.order), ("direction", query.direction))?;
    let email = query.email.as_deref().map(Email::parse).transpose();
    Ok(ListUsers {
        filter: UserFilter {
            q: query.q,
            email: email.map_err(Error::from)?,
            external_id: query.external_id,
            status: word("status", query.status.as_deref())?,
            role: query.role,
            email_verified: query.email_verified,
            disabled: query.disabled,
            created_after: query.created_after.map(|at| at.0),
            created_before: query.created_before.map(|at| at.0),
            ..UserFilter::default()
        },
        sort: match sort {
            Some((name, text)) => word::<UserSort>(name, Some(&text))?.unwrap_or_default(),
            None => UserSort::default(),
        },
        order: match order.as_ref().map(|(name, text)| (*name, text.as_str())) {
            None | Some((_, "desc")) => Order::Descending,
            Some((_, "asc")) => Order::Ascending,
            Some((name, _)) => return Err(Problem::field(name, "invalid_value")),
        },
        page: query.page.request()?,
    })
}

/// A parameter and the name it was given with: its own, or the one it had before.
fn either(
    (name, text): (&'static str, Option<String>),
    (former, formerly): (&'static str, Option<String>),
) -> Result<Option<(&'static str, String)>, Problem> {
    match (text, formerly) {
        (Some(_), Some(_)) => Err(Problem::invalid_request(format!(
            "{former} is the former name of {name}; send one of them"
        ))),
        (Some(text), None) => Ok(Some((name, text))),
        (None, formerly) => Ok(formerly.map(|text| (former, text))),
    }
}
