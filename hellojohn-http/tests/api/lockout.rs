//! Guessing from outside: never more passwords are checked than the limit, and nothing tells
//! whether an account exists.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use hellojohn_core::{
    captcha::Action,
    flows::{Ban, Disable, NewPassword, NewUser},
    lockout::LockoutPolicy,
    ports::{Captcha, CaptchaUnreachable, CaptchaVerdict, Passwords, PasswordsError, Verdict},
    secret::{ExposeSecret, SecretString},
};
use hellojohn_http::Api;
use http::Method;
use serde_json::{Value, json};

use crate::{
    ask::{Answer, Ask},
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    two_hundred_guesses_at_once_check_no_more_passwords_than_the_limit,
    every_state_of_an_account_answers_alike,
    accounts_and_names_of_nobody_lock_alike,
    every_name_of_an_account_is_counted_together,
    an_administrator_unlocks,
    a_captcha_is_asked_for_where_the_settings_say_so,
    a_soft_lock_opens_to_who_solved_a_captcha,
);

/// Counts how often a password is looked at, and says what a stored hash was made of.
#[derive(Default)]
struct Counted(AtomicU32);

#[async_trait]
impl Passwords for Counted {
    async fn hash(&self, password: &SecretString) -> Result<String, PasswordsError> {
        Ok(format!("made of {}", password.expose_secret()))
    }

    async fn verify(
        &self,
        password: &SecretString,
        hash: Option<&str>,
    ) -> Result<Verdict, PasswordsError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        // Long enough for others to be looked at meanwhile.
        tokio::time::sleep(Duration::from_millis(20)).await;
        let made_of = hash.and_then(|hash| hash.strip_prefix("made of "));
        Ok(if made_of == Some(password.expose_secret()) {
            Verdict::Right
        } else {
            Verdict::Wrong
        })
    }
}

/// Accepts one word.
struct Word;

#[async_trait]
impl Captcha for Word {
    async fn verify(
        &self,
        token: &SecretString,
        _client: Option<&str>,
    ) -> Result<CaptchaVerdict, CaptchaUnreachable> {
        match token.expose_secret() {
            "solved" => Ok(CaptchaVerdict::Solved),
            "outage" => Err(CaptchaUnreachable(None)),
            _ => Ok(CaptchaVerdict::Refused),
        }
    }
}

fn sign_in(world: &World, api: &Api, body: &Value) -> Ask {
    Ask::new(api, Method::POST, "/v1/auth/sign-in")
        .bearer(&world.acme.publishable)
        .header("x-request-id", "same")
        .json(body)
}

async fn guess(world: &World, email: &str) -> Answer {
    let body = json!({ "email": email, "password": "wrong" });
    sign_in(world, &world.api, &body).send().await
}

/// R020, R021: on three instances, from two hundred addresses, with the right password among the guesses.
async fn two_hundred_guesses_at_once_check_no_more_passwords_than_the_limit(world: World) {
    for email in ["ada@example.com", "nobody@example.com"] {
        let counted = Arc::new(Counted::default());
        let mut instances = Vec::new();
        for _ in 0..3 {
            let passwords = Arc::clone(&counted) as Arc<dyn Passwords>;
            let instance = world.instance(|ports, settings| {
                ports.passwords = passwords;
                // Without waits between, as with a captcha solved each time.
                settings.lockout.soft = settings.lockout.hard;
            });
            instances.push(instance.await.1);
        }
        let guesses = (0..200).map(|number: usize| {
            let body = json!({ "email": email, "password": format!("guess {number}") });
            let address = format!("198.51.{number}.1:4000");
            let ask = sign_in(&world, &instances[number % 3], &body).peer(&address);
            tokio::spawn(ask.send())
        });
        let mut outcomes = Vec::new();
        for guess in guesses.collect::<Vec<_>>() {
            outcomes.push(guess.await.unwrap().outcome());
        }
        assert_eq!(counted.0.load(Ordering::SeqCst), 10, "{email}");
        let of = |what: &str| outcomes.iter().filter(|outcome| *outcome == what).count();
        assert_eq!(of("401 invalid_credentials"), 10, "{outcomes:?}");
        assert_eq!(of("403 account_locked"), 190);
    }
    // The lock holds the right password, too.
    let right = json!({ "email": "ada@example.com", "password": PASSWORD });
    let locked = sign_in(&world, &world.api, &right).send().await;
    assert_eq!(locked.outcome(), "403 account_locked");
    assert_eq!(locked.at("/error/unlock"), "email");
}

/// Accounts in every state, and a name that no account has.
async fn accounts(world: &World) -> Vec<String> {
    let (engine, caller) = (&world.engine, &world.acme.caller);
    let mut names = vec![
        "nobody@example.com".to_owned(),
        "ada@example.com".to_owned(),
    ];
    for state in [
        "disabled",
        "banned",
        "passwordless",
        "unverified",
        "verified",
    ] {
        let email = format!("{state}@example.com");
        let new = NewUser {
            email: email.clone(),
            password: match state {
                "passwordless" => NewPassword::None,
                _ => NewPassword::Clear(SecretString::from(PASSWORD)),
            },
            email_verified: Some(state == "verified"),
            ..NewUser::default()
        };
        let user = engine.create_user(caller, new).await.unwrap();
        match state {
            "disabled" => {
                let disable = Disable::default();
                engine
                    .disable_user(caller, user.id, disable)
                    .await
                    .map(drop)
            }
            "banned" => engine
                .ban_user(caller, user.id, Ban::default())
                .await
                .map(drop),
            _ => Ok(()),
        }
        .unwrap();
        names.push(email);
    }
    names
}

/// An account whose password is locked hard.
async fn locked_account(world: &World) -> String {
    let email = "locked@example.com";
    let new = NewUser {
        email: email.to_owned(),
        ..NewUser::default()
    };
    let (engine, caller) = (&world.engine, &world.acme.caller);
    engine.create_user(caller, new).await.unwrap();
    for wait in [0, 0, 0, 0, 0, 2, 4, 8, 16, 32] {
        world.clock.advance(Duration::from_secs(wait));
        let answer = guess(world, email).await;
        assert_eq!(answer.outcome(), "401 invalid_credentials");
    }
    assert_eq!(guess(world, email).await.outcome(), "403 account_locked");
    email.to_owned()
}

/// What an answer shows, with what is of chance left out.
fn shown(answer: &Answer) -> String {
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort_unstable();
    let mut text = answer.text.clone();
    for at in ["/challenge_id", "/options/challenge"] {
        if let Some(chance) = answer.body.pointer(at).and_then(Value::as_str) {
            text = text.replace(chance, &"*".repeat(chance.len()));
        }
    }
    // Decoys are of the address, as passkeys are.
    if let Some((before, rest)) = text.split_once(r#""allowCredentials":[{"#) {
        let (_, after) = rest.split_once("}],").unwrap();
        text = format!("{before}{after}");
    }
    format!("{} {headers:?} {text}", answer.status)
}

/// A route that takes an identifier from anybody, with the body for one.
struct Probe {
    path: &'static str,
    body: fn(&str) -> Value,
    answers: u16,
}

const SIGN_IN: &str = "/v1/auth/sign-in";
const PROBES: &[Probe] = &[
    Probe {
        path: SIGN_IN,
        body: |email| json!({ "email": email, "password": "wrong" }),
        answers: 401,
    },
    Probe {
        path: "/v1/auth/password/forgot",
        body: |email| json!({ "email": email }),
        answers: 202,
    },
    Probe {
        path: "/v1/auth/magic-link",
        body: |email| json!({ "email": email }),
        answers: 202,
    },
    Probe {
        path: "/v1/auth/email/resend",
        body: |email| json!({ "email": email }),
        answers: 202,
    },
    Probe {
        path: "/v1/auth/passkey/options",
        body: |email| json!({ "email": email }),
        answers: 200,
    },
    // The last: nobody is somebody afterwards.
    Probe {
        path: "/v1/auth/sign-up",
        body: |email| json!({ "email": email, "password": "violet harbour timid anvil" }),
        answers: 202,
    },
];

/// R012, R015, R017.
async fn every_state_of_an_account_answers_alike(world: World) {
    world
        .configure(json!({ "magic_link_enabled": true, "hide_existing_accounts": true }))
        .await;
    let names = accounts(&world).await;
    let locked = locked_account(&world).await;
    for probe in PROBES {
        let path = probe.path;
        // At sign-in a lock is told, of names that nobody has as well: see below.
        let more = (path != SIGN_IN).then_some(&locked);
        let mut first = None;
        for name in names.iter().chain(more) {
            let ask = world.post(path).bearer(&world.acme.publishable);
            let ask = ask.header("x-request-id", "same").json(&(probe.body)(name));
            let answer = ask.send().await;
            assert_eq!(answer.status, probe.answers, "{path} {name}");
            let answer = shown(&answer);
            let first = first.get_or_insert_with(|| answer.clone());
            assert_eq!(*first, answer, "{path} {name}");
        }
    }
}

/// R018.
async fn accounts_and_names_of_nobody_lock_alike(world: World) {
    let names = accounts(&world).await;
    let policy = LockoutPolicy::default();
    let mut seen = Vec::new();
    for name in &names {
        let mut answers = Vec::new();
        for _ in 0..=policy.soft.failures {
            answers.push(shown(&guess(&world, name).await));
        }
        for wait in [2, 4, 8, 16, 32] {
            world.clock.advance(Duration::from_secs(wait));
            answers.push(shown(&guess(&world, name).await));
        }
        answers.push(shown(&guess(&world, name).await));
        seen.push(answers);
        world.clock.advance(Duration::from_hours(2));
    }
    let last = seen[0].last().unwrap();
    assert!(
        last.starts_with("403") && last.contains(r#""unlock":"email""#),
        "{last}"
    );
    let sixth = &seen[0][5];
    assert!(
        sixth.contains(r#""retry_after":2"#) && sixth.contains("retry-after"),
        "{sixth}"
    );
    for (name, answers) in names.iter().zip(&seen) {
        assert_eq!(*answers, seen[0], "{name}");
    }
}

/// R021, N25.
async fn every_name_of_an_account_is_counted_together(world: World) {
    let (engine, caller) = (&world.engine, &world.acme.caller);
    let changes = json!({ "username_enabled": true });
    let config = world.ask(Method::PATCH, "/v1/admin/config");
    let config = config
        .bearer(&world.acme.secret)
        .json(&changes)
        .send()
        .await;
    assert_eq!(config.outcome(), "200");
    let new = NewUser {
        email: "grace@example.com".to_owned(),
        username: Some("grace".to_owned()),
        ..NewUser::default()
    };
    engine.create_user(caller, new).await.unwrap();
    let names = [
        json!({ "email": "grace@example.com", "password": "wrong" }),
        json!({ "email": " Grace@EXAMPLE.com", "password": "wrong" }),
        json!({ "username": "grace", "password": "wrong" }),
        json!({ "username": "GRACE", "password": "wrong" }),
        json!({ "email": "grace@example.com", "password": "wrong" }),
    ];
    for body in names {
        let answer = sign_in(&world, &world.api, &body).send().await;
        assert_eq!(answer.outcome(), "401 invalid_credentials", "{body}");
    }
    for body in [
        json!({ "email": "grace@example.com", "password": "wrong" }),
        json!({ "username": "gRace", "password": "wrong" }),
    ] {
        let answer = sign_in(&world, &world.api, &body).send().await;
        assert_eq!(answer.outcome(), "403 account_locked", "{body}");
    }
}

async fn an_administrator_unlocks(world: World) {
    let right = json!({ "email": "ada@example.com", "password": PASSWORD });
    for route in ["unlock", "enable"] {
        for wait in [0, 0, 0, 0, 0, 2, 4, 8, 16, 32] {
            world.clock.advance(Duration::from_secs(wait));
            let answer = guess(&world, "ada@example.com").await;
            assert_eq!(answer.outcome(), "401 invalid_credentials");
        }
        let locked = sign_in(&world, &world.api, &right).send().await;
        assert_eq!(locked.at("/error/unlock"), "email");
        let path = format!("/v1/users/{}/{route}", world.acme.user_id());
        let unlocked = world.post(path).bearer(&world.acme.secret).send().await;
        assert_eq!(unlocked.outcome(), "200");
        let signed_in = sign_in(&world, &world.api, &right).send().await;
        assert_eq!(signed_in.outcome(), "200", "{route}");
    }
}

async fn a_captcha_is_asked_for_where_the_settings_say_so(world: World) {
    let (_, api) = world
        .instance(|ports, settings| {
            ports.captcha = Some(Arc::new(Word));
            settings.captcha_site_key = Some("site".to_owned());
            settings.captcha_required_for = vec![Action::SignIn];
        })
        .await;
    let mut body = json!({ "email": "ada@example.com", "password": PASSWORD });
    for (token, outcome) in [
        (None, "403 captcha_required"),
        (Some("guessed"), "403 captcha_invalid"),
        (Some(""), "403 captcha_invalid"),
        (Some("outage"), "503 service_unavailable"),
        (Some("solved"), "200"),
    ] {
        body["captcha_token"] = json!(token);
        let answer = sign_in(&world, &api, &body).send().await;
        assert_eq!(answer.outcome(), outcome, "{token:?}");
    }
    let new = json!({ "email": "new@example.com", "password": PASSWORD });
    let sign_up = |tenancy: &str| {
        let ask = Ask::new(&api, Method::POST, "/v1/auth/sign-up");
        ask.bearer(tenancy).json(&new).send()
    };
    assert_eq!(sign_up(&world.globex.publishable).await.outcome(), "201");
    // A tenant asks for more, and never for less.
    let changes = json!({ "captcha_required_for": ["sign_up"] });
    let config = Ask::new(&api, Method::PATCH, "/v1/admin/config").bearer(&world.acme.secret);
    let config = config.json(&changes).send().await;
    let both = json!(["sign_in", "sign_up"]);
    assert_eq!(config.body["captcha_required_for"], both);
    let refused = sign_up(&world.acme.publishable).await;
    assert_eq!(refused.outcome(), "403 captcha_required");
    let changes = json!({
        "captcha_required_for": ["magic_link", "password_forgot"], "magic_link_enabled": true,
    });
    let config = Ask::new(&api, Method::PATCH, "/v1/admin/config").bearer(&world.acme.secret);
    assert_eq!(config.json(&changes).send().await.outcome(), "200");
    for path in ["/v1/auth/magic-link", "/v1/auth/password/forgot"] {
        for (token, outcome) in [
            (None, "403 captcha_required"),
            (Some("guessed"), "403 captcha_invalid"),
            (Some("solved"), "202"),
        ] {
            let body = json!({ "email": "ada@example.com", "captcha_token": token });
            let ask = Ask::new(&api, Method::POST, path).bearer(&world.acme.publishable);
            let answer = ask.json(&body).send().await;
            assert_eq!(answer.outcome(), outcome, "{path} {token:?}");
        }
    }
    let both = json!(["sign_in", "magic_link", "password_forgot"]);
    let page = Ask::new(&api, Method::GET, "/v1/auth/config").bearer(&world.acme.publishable);
    let page = page.send().await;
    assert_eq!(page.at("/captcha_site_key"), "site");
    assert_eq!(page.body["captcha_required_for"], both);
}

async fn a_soft_lock_opens_to_who_solved_a_captcha(world: World) {
    let (_, api) = world
        .instance(|ports, _| ports.captcha = Some(Arc::new(Word)))
        .await;
    let ask = async |password: &str, token: Option<&str>| {
        let body = json!({
            "email": "ada@example.com", "password": password, "captcha_token": token,
        });
        sign_in(&world, &api, &body).send().await
    };
    for _ in 0..5 {
        let answer = ask("wrong", None).await;
        assert_eq!(answer.outcome(), "401 invalid_credentials");
    }
    let locked = ask(PASSWORD, None).await;
    assert_eq!(locked.outcome(), "403 account_locked");
    assert_eq!(locked.at("/error/unlock"), "captcha");
    let guessed = ask(PASSWORD, Some("guessed")).await;
    assert_eq!(guessed.outcome(), "403 captcha_invalid");
    let outage = ask(PASSWORD, Some("outage")).await;
    assert_eq!(outage.outcome(), "503 service_unavailable");
    for _ in 0..4 {
        let answer = ask("wrong", Some("solved")).await;
        assert_eq!(answer.outcome(), "401 invalid_credentials");
    }
    assert_eq!(ask(PASSWORD, Some("solved")).await.outcome(), "200");
    assert_eq!(ask(PASSWORD, None).await.outcome(), "200");
}
