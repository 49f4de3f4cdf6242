//! Lets a request in by its credential and the `Access` of its route, or says why not. Restricted sessions
//! are refused where the engine authenticates, by the route's `Reach`.

use std::net::IpAddr;

use hellojohn_core::{
    Engine, Error,
    access::{AccessError, Caller, Principal, RequestOrigin},
    flows::{Credentials, Identity},
    mfa::policy::Reach,
    secret::SecretString,
    session::ClientInfo,
};
use http::{HeaderMap, HeaderValue, header};

use crate::{call::Who, problem::Problem, request_id::RequestName, route::Access};

/// Finds out who asks and holds them against the route's policy.
///
/// What is shown is checked before the policy is applied, so that a bad credential is told
/// as such on every route.
pub(crate) async fn admit(
    engine: &Engine,
    access: Access,
    credentials: Credentials,
) -> Result<Who, Problem> {
    if access == Access::Public {
        return Ok(Who::Anybody);
    }
    if access == Access::Handle && credentials.bearer.is_none() && credentials.tenant.is_none() {
        return Ok(Who::Anybody);
    }
    if credentials.bearer.is_none() && !matches!(access, Access::Anyone | Access::Handle) {
        return Err(refusal(AccessError::MissingToken));
    }
    let who = match engine.authenticate(credentials).await? {
        Identity::Tenant(caller) => Who::Tenant(caller),
        Identity::Instance(operator) => Who::Instance(operator),
    };
    if allows(access, &who) {
        Ok(who)
    } else {
        Err(refusal(AccessError::InsufficientPermissions))
    }
}

fn allows(access: Access, who: &Who) -> bool {
    match who {
        Who::Tenant(caller) => allows_caller(access, caller),
        Who::Instance(operator) => match access {
            Access::Operator(scope) => operator.may(scope),
            _ => false,
        },
        Who::Anybody => access == Access::Public,
    }
}

fn allows_caller(access: Access, caller: &Caller) -> bool {
    match (access, caller.principal()) {
        // A signed-in frontend sends its token along; the handler takes no notice of it.
        (Access::Handle, Principal::Anonymous | Principal::Publishable(_) | Principal::User(_))
        | (Access::Anyone, Principal::Anonymous | Principal::Publishable(_))
        | (Access::Publishable | Access::UserOrPublishable, Principal::Publishable(_))
        | (
            Access::User | Access::UserOrServer(_) | Access::UserOrPublishable,
            Principal::User(_),
        ) => true,
        (Access::Server(scope) | Access::UserOrServer(scope), Principal::Secret { scopes, .. }) => {
            scopes.cover(scope)
        }
        _ => false,
    }
}

fn refusal(error: AccessError) -> Problem {
    Error::from(error).into()
}

/// What a request shows of itself.
pub(crate) fn credentials(
    headers: &HeaderMap,
    address: Option<IpAddr>,
    name: &RequestName,
) -> Result<Credentials, Problem> {
    let bearer = match bearer(headers)? {
        None => client_id(headers)?,
        shown => shown,
    };
    let tenant = single(headers, "x-tenant-id")?.map(str::to_owned);
    Ok(Credentials {
        bearer,
        tenant,
        origin: origin(headers, address, name),
        reach: Reach::default(),
    })
}

/// Where a request comes from.
pub(crate) fn origin(
    headers: &HeaderMap,
    address: Option<IpAddr>,
    name: &RequestName,
) -> RequestOrigin {
    let agent = headers.get(header::USER_AGENT);
    let agent = agent.and_then(|value| value.to_str().ok());
    RequestOrigin {
        client: ClientInfo::new(address.map(|address| address.to_string()), agent),
        request_id: name.id(),
    }
}

/// The bearer credential (RFC 6750 §2.1). Another scheme is no credential for us.
fn bearer(headers: &HeaderMap) -> Result<Option<SecretString>, Problem> {
    let Some(text) = single(headers, "authorization")? else {
        return Ok(None);
    };
    let (scheme, credential) = text.split_once(' ').unwrap_or((text, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(refusal(AccessError::MissingToken));
    }
    let credential = credential.trim_matches(' ');
    if credential.is_empty() {
        return Err(refusal(AccessError::MissingToken));
    }
    if !credential.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(refusal(AccessError::InvalidToken));
    }
    Ok(Some(credential.to_owned().into()))
}

/// The documented alias of the bearer for publishable keys.
fn client_id(headers: &HeaderMap) -> Result<Option<SecretString>, Problem> {
    match single(headers, "x-client-id")? {
        Some(key) if !key.starts_with("pk_") => Err(refusal(AccessError::InvalidPublishableKey)),
        key => Ok(key.map(|key| key.to_owned().into())),
    }
}

/// A header that may be there once (R189: two readers must not see two values).
pub(crate) fn single<'a>(
    headers: &'a HeaderMap,
    name: &'static str,
) -> Result<Option<&'a str>, Problem> {
    let mut values = headers.get_all(name).iter();
    match (values.next().map(HeaderValue::to_str), values.next()) {
        (None, _) => Ok(None),
        (Some(Ok(text)), None) => Ok(Some(text)),
        _ => Err(Problem::invalid_request(format!(
            "the header {name} is not readable or is there twice"
        ))),
    }
}
