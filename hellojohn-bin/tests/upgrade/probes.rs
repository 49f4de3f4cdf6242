use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use hellojohn_core::{
    Engine, Ports, default_keystore,
    password::{Argon2Params, PasswordPool, PoolSettings},
    ports::{Random, system::SystemRandom},
    seal::EncryptionKey,
    settings::Settings,
};
use hellojohn_http::{Api, HttpSettings};
use hellojohn_storage::SqlStore;
use http::Request;
use http_body_util::{BodyExt as _, Full};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::{
    held_clock::HeldClock,
    release::{Probe, Release},
};

/// Asks every probe of this program, in order, by the clock of the moment the sample was taken.
/// Each answer that is not the released program's is a line.
pub(crate) async fn wrong_answers(release: &Release, store: &SqlStore) -> Vec<String> {
    let api = api(release, store).await;
    let mut wrong = Vec::new();
    for probe in &release.probes {
        let (status, body) = ask(&api, probe).await;
        let code = body.pointer("/error/code").and_then(Value::as_str);
        if status != probe.status || code != probe.code.as_deref() {
            let expected = probe.code.as_deref().unwrap_or_default();
            wrong.push(format!(
                "{}: {status} {} instead of {} {expected}",
                probe.name,
                code.unwrap_or_default(),
                probe.status,
            ));
            continue;
        }
        for (pointer, kept) in &probe.keeps {
            if body.pointer(pointer) != Some(kept) {
                let found = body.pointer(pointer);
                wrong.push(format!(
                    "{}: {pointer} is {found:?} instead of {kept}",
                    probe.name
                ));
            }
        }
    }
    wrong
}

async fn ask(api: &Api, probe: &Probe) -> (u16, Value) {
    let mut request = Request::builder()
        .method(probe.method.as_str())
        .uri(&probe.path);
    if let Some(bearer) = &probe.bearer {
        request = request.header("authorization", format!("Bearer {bearer}"));
    }
    for (name, value) in &probe.headers {
        request = request.header(name, value);
    }
    let body = match &probe.body {
        Some(body) => {
            request = request.header("content-type", "application/json");
            Bytes::from(body.to_string())
        }
        None => Bytes::new(),
    };
    let request = request.body(Full::new(body)).unwrap();
    let (head, body) = api.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    (head.status.as_u16(), body)
}

async fn api(release: &Release, store: &SqlStore) -> Api {
    let random: Arc<dyn Random> = Arc::new(SystemRandom::new().unwrap());
    let number = |name| release.setting(name).parse().unwrap();
    let params = Argon2Params::new(
        number("ARGON2_MEMORY_KIB"),
        number("ARGON2_ITERATIONS"),
        number("ARGON2_PARALLELISM"),
    );
    let pool = PoolSettings {
        params: params.unwrap(),
        max_wait: Duration::from_mins(1),
        ..PoolSettings::for_cores(1)
    };
    let ports = Ports {
        store: Arc::new(store.clone()),
        clock: Arc::new(HeldClock::at(release.taken_at)),
        passwords: Arc::new(PasswordPool::start(pool, Arc::clone(&random)).unwrap()),
        random,
        keystore: default_keystore(),
        limiter: Arc::new(hellojohn_core::rate::InProcessLimiter::default()),
        breaches: None,
    };
    let key = release.setting("ENCRYPTION_KEY").to_owned();
    let key = EncryptionKey::parse(&key.into()).unwrap();
    let span = |name| hellojohn_core::time::parse_span(release.setting(name)).unwrap();
    let mut settings = Settings::new(release.setting("APP_URL"), key);
    settings.signing_key = Some(release.setting("JWT_SIGNING_KEY").to_owned().into());
    settings.refresh_grace = span("REFRESH_GRACE");
    settings.jwks_max_age = span("JWKS_MAX_AGE");
    settings.password_policy.history_count = number("PASSWORD_HISTORY_COUNT");
    settings.password_policy.breach_check = false;
    let engine = Engine::open(ports, settings).await.unwrap();
    Api::new(engine, HttpSettings::default()).unwrap()
}
