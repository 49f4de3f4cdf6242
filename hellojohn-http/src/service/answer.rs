//! A request's way through: sizes, limits, route, policy, body, handler, headers.

use std::{net::IpAddr, sync::Arc, time::Instant};

use bytes::Bytes;
use hellojohn_core::{flows::Credentials, secret::SecretHash};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header,
    request::Parts,
};
use http_body::Body;
use http_body_util::Full;
use tower::BoxError;

use super::{Gate, Shared, sizes};
use crate::{
    access,
    call::{Call, Who},
    cors::{self, Seen},
    headers::{self, Transport},
    metrics::MatchedRoute,
    parse,
    problem::Problem,
    proxy::{self, PeerAddress},
    repeat,
    reply::{Caching, JSON, Reply},
    request_id::{RequestName, X_REQUEST_ID},
    route::{Access, Media, Origins, Presence, RateClass, Route},
    routes::Found,
};

const X_HELLOJOHN_VERSION: HeaderName = HeaderName::from_static("x-hellojohn-version");

/// One request while it is being answered, with what is known of it so far.
struct Exchange {
    shared: Arc<Shared>,
    name: RequestName,
    route: Option<Arc<Route>>,
    who: Option<Who>,
    gate: Option<Gate>,
}

/// Answers any request.
pub(super) async fn answer<B>(shared: Arc<Shared>, request: Request<B>) -> Response<Full<Bytes>>
where
    B: Body + Send,
    B::Error: Into<BoxError>,
{
    let started = Instant::now();
    let under_way = shared.meters.begin();
    let (head, body) = request.into_parts();
    let mut exchange = Exchange {
        name: RequestName::of(&head.headers, &shared.engine),
        shared,
        route: None,
        who: None,
        gate: None,
    };
    let answered = exchange.run(&head, body).await;
    let reply = answered.unwrap_or_else(|problem| exchange.refuse(&problem));
    let route = exchange.route.clone();
    let shared = Arc::clone(&exchange.shared);
    let response = exchange.finish(&head, reply).await;
    let of_route = route.as_ref().and_then(|route| route.meter.as_deref());
    let meter = if head.method == Method::OPTIONS {
        &shared.meters.preflight
    } else {
        of_route.unwrap_or(&shared.meters.unmatched)
    };
    meter.answered(response.status(), started.elapsed());
    drop(under_way);
    response
}

impl Exchange {
    async fn run<B>(&mut self, head: &Parts, body: B) -> Result<Reply, Problem>
    where
        B: Body + Send,
        B::Error: Into<BoxError>,
    {
        sizes::check_head(head)?;
        let shared = Arc::clone(&self.shared);
        let place = shared.table.at(head.uri.path());
        let place = place.ok_or_else(Problem::not_found)?;
        if head.method == Method::OPTIONS {
            self.route = place.routes.first().cloned();
            let origins = self.route.as_ref().map_or(Origins::Listed, |r| r.origins);
            let methods = place.methods();
            return cors::options(&shared.engine, &head.headers, origins, &methods).await;
        }
        let found = place.route(&head.method)?;
        self.route = Some(Arc::clone(&found.route));
        let gate = Gate::new(&shared, found.route.rate_class, self.address(head));
        self.gate = Some(gate.clone());
        gate.before_admission(&head.headers).await?;
        let admitted = self.admit(head, &found.route).await;
        let who = admitted.inspect_err(|problem| gate.note_refusal(problem))?;
        gate.after_admission(&who).await?;
        self.who = Some(who.clone());
        let body = read_body(head, body, &found.route).await?;
        let call = Call {
            shared,
            gate,
            who,
            headers: head.headers.clone(),
            peer: head.extensions.get::<PeerAddress>().map(|peer| peer.0.ip()),
            parameters: found.parameters.clone(),
            origin: access::origin(&head.headers, self.address(head), &self.name),
            query: head.uri.query().map(str::to_owned),
            body,
        };
        self.handle(head, found, call).await
    }

    fn address(&self, head: &Parts) -> Option<IpAddr> {
        let hops = self.shared.settings.trusted_proxy_hops;
        proxy::client_address(&head.headers, &head.extensions, hops)
    }

    async fn admit(&self, head: &Parts, route: &Route) -> Result<Who, Problem> {
        let shared = &self.shared;
        let access = route.access.ok_or_else(Problem::internal)?;
        if access == Access::Public {
            return Ok(Who::Anybody);
        }
        let shown = access::credentials(&head.headers, self.address(head), &self.name)?;
        let credentials = Credentials {
            reach: route.reach(),
            ..shown
        };
        access::admit(&shared.engine, access, credentials).await
    }

    /// Runs the handler, once per `Idempotency-Key`.
    async fn handle(&self, head: &Parts, found: Found, call: Call) -> Result<Reply, Problem> {
        let handler = found.route.handler.ok_or_else(Problem::internal)?;
        // A refresh repeats itself within its grace period; a kept answer would outlast that.
        if head.method != Method::POST || found.route.rate_class == RateClass::Refresh {
            return handler(call).await;
        }
        let engine = &self.shared.engine;
        let action = format!("{} {}", head.method, path_and_query(head));
        let caller = call.who.caller().cloned();
        let request = (action.as_str(), &call.body);
        match repeat::claim(engine, caller.as_ref(), &head.headers, request).await? {
            repeat::Turn::Plain => handler(call).await,
            repeat::Turn::Repeat(reply) => Ok(reply),
            repeat::Turn::First(kept) => {
                let reply = handler(call).await;
                let reply = reply.unwrap_or_else(|problem| self.refuse(&problem));
                kept.settle(engine, &reply).await;
                Ok(reply)
            }
        }
    }

    /// An error as an answer.
    fn refuse(&self, problem: &Problem) -> Reply {
        problem.log(self.name.as_str());
        let body = problem.body(self.name.as_str());
        let mut reply = Reply::text(JSON, body).with_status(problem.status());
        reply.headers.extend(problem.header().cloned());
        reply
    }

    async fn finish(self, head: &Parts, reply: Reply) -> Response<Full<Bytes>> {
        let Self {
            shared,
            name,
            route,
            who,
            gate,
        } = self;
        let reply = revalidate(&head.headers, reply);
        let mut response = Response::new(Full::default());
        *response.status_mut() = reply.status;
        if let Some(route) = &route {
            response.extensions_mut().insert(MatchedRoute(route.path));
        }
        let to = response.headers_mut();
        for (name, value) in reply.headers {
            to.append(name, value);
        }
        if let Some(content_type) = reply.content_type {
            to.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        headers::secure(to, transport(&shared, &head.headers));
        headers::cache(to, reply.caching, route.as_ref().and_then(|r| r.access));
        if let Some(gate) = &gate {
            gate.announce(to);
        }
        insert(to, X_REQUEST_ID, name.as_str());
        insert(to, X_HELLOJOHN_VERSION, &shared.settings.version);
        if let Some((route, deprecation)) = route.as_ref().and_then(|r| Some((r, r.deprecation()?)))
        {
            deprecation.announce(to);
            tracing::warn!(
                request.id = name.as_str(),
                http.route = route.path,
                deprecation.since = deprecation.since,
                deprecation.removed_in = deprecation.removed_in,
                "a deprecated route was used; use {} instead",
                deprecation.instead
            );
        }
        let seen = Seen {
            route: route.as_deref(),
            caller: who.as_ref().and_then(Who::caller),
        };
        let origin = head.headers.get(header::ORIGIN);
        cors::share(&shared.engine, to, origin, seen).await;
        if head.method == Method::HEAD {
            // As long as the answer to GET would be (RFC 9110 §9.3.2).
            to.insert(header::CONTENT_LENGTH, reply.body.len().into());
        } else {
            *response.body_mut() = Full::new(reply.body);
        }
        response
    }
}

async fn read_body<B>(head: &Parts, body: B, route: &Route) -> Result<Bytes, Problem>
where
    B: Body + Send,
    B::Error: Into<BoxError>,
{
    let Some(wanted) = route.body else {
        return Ok(Bytes::new());
    };
    let bytes = sizes::read(&head.headers, body, route.body_limit).await?;
    if bytes.is_empty() && wanted.presence == Presence::Optional {
        return Ok(bytes);
    }
    parse::require_media(&head.headers, wanted.media)?;
    if bytes.is_empty() && wanted.media == Media::Json {
        return Err(Problem::invalid_json("the body is empty"));
    }
    Ok(bytes)
}

/// Gives a cacheable answer its tag, and leaves the body out if the client has it (RFC 9110 §13.1.2).
fn revalidate(asked: &HeaderMap, reply: Reply) -> Reply {
    if reply.caching == Caching::Never || reply.status != StatusCode::OK {
        return reply;
    }
    let digest = SecretHash::of(&reply.body);
    let tag = format!("\"{}\"", data_encoding::HEXLOWER.encode(digest.as_bytes()));
    let known = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|entry| entry.trim().trim_start_matches("W/"))
        .any(|entry| entry == "*" || entry == tag);
    let Ok(tag) = HeaderValue::from_str(&tag) else {
        return reply;
    };
    let mut reply = reply.with_header(header::ETAG, tag);
    if known {
        reply.status = StatusCode::NOT_MODIFIED;
        reply.content_type = None;
        reply.body = Bytes::new();
    }
    reply
}

fn transport(shared: &Shared, headers: &HeaderMap) -> Transport {
    let issuer = &shared.engine.settings().issuer;
    let hops = shared.settings.trusted_proxy_hops;
    if issuer.starts_with("https://") || proxy::is_https(headers, hops) {
        Transport::Tls
    } else {
        Transport::Plain
    }
}

fn path_and_query(head: &Parts) -> &str {
    head.uri
        .path_and_query()
        .map_or("", http::uri::PathAndQuery::as_str)
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
