//! What a token costs above its signature, for both signers and both encodings.
//!
//! A plain program, because ratios are what counts: every round measures the raw
//! operation and ours one after the other over the same bytes, so that noise of the
//! machine falls on both. Run it with `cargo bench --bench token_issuance`.

#![expect(
    clippy::print_stdout,
    reason = "the tables are what this program is for"
)]

use std::{
    error::Error,
    hint::black_box,
    time::{Duration, Instant},
};

use ed25519_dalek::{Signature, VerifyingKey};
use hellojohn_core::{
    id::{SessionId, TenantId, TokenId, UserId},
    ports::Keystore,
    time::Timestamp,
    token::{
        AccessClaims, AwsLcKeystore, DalekKeystore, Expected, KeySet, Seed, SigningKey,
        TokenFormat, issue_access_token, verify_access_token,
    },
};

const ISSUER: &str = "https://auth.example.com";
const NOW: i64 = 1_700_000_000;
const SEED: [u8; 32] = [0x42; 32];
const ROUNDS: usize = 400;
const CALLS: u32 = 32;

fn main() -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    rows.extend(issuing("dalek", &DalekKeystore)?);
    rows.extend(issuing("aws-lc-rs", &AwsLcKeystore)?);
    rows.extend(verifying()?);

    println!(
        "\n{:<44} {:>10} {:>10} {:>8}",
        "operation", "median", "minimum", "ratio"
    );
    for row in rows {
        println!(
            "{:<44} {:>7.2} µs {:>7.2} µs {:>8.3}",
            row.name, row.median, row.minimum, row.ratio
        );
    }
    let key = SigningKey::from_seed(&Seed::new(SEED), &DalekKeystore)?;
    let signed = signing_input(&claims(), &key)?.len();
    println!(
        "\n{signed} bytes are signed; ratio: median over {ROUNDS} rounds of ours / raw within the same round"
    );
    Ok(())
}

/// One line of the table, in microseconds per call.
struct Row {
    name: String,
    median: f64,
    minimum: f64,
    ratio: f64,
}

fn issuing(name: &str, keystore: &dyn Keystore) -> Result<Vec<Row>, Box<dyn Error>> {
    let claims = claims();
    let key = SigningKey::from_seed(&Seed::new(SEED), keystore)?;
    let signer = keystore.signer(&SEED);
    let message = signing_input(&claims, &key)?;
    let [raw, jwt, paseto] = interleave([
        &mut || {
            black_box(signer.sign(black_box(message.as_bytes())));
        },
        &mut || {
            black_box(issue_access_token(black_box(&claims), &key, TokenFormat::Jwt).is_ok());
        },
        &mut || {
            black_box(issue_access_token(black_box(&claims), &key, TokenFormat::Paseto).is_ok());
        },
    ]);
    Ok(vec![
        row(format!("{name}: raw Ed25519 signature"), &raw, &raw),
        row(format!("{name}: JWT issue"), &jwt, &raw),
        row(format!("{name}: PASETO issue"), &paseto, &raw),
    ])
}

fn verifying() -> Result<Vec<Row>, Box<dyn Error>> {
    let claims = claims();
    let key = SigningKey::from_seed(&Seed::new(SEED), &DalekKeystore)?;
    let keys = KeySet::from_iter([key.public().clone()]);
    let expected = Expected::new(ISSUER, claims.tenant_id, Timestamp::from_seconds(NOW));
    let jwt = issue_access_token(&claims, &key, TokenFormat::Jwt)?;
    let paseto = issue_access_token(&claims, &key, TokenFormat::Paseto)?;
    verify_access_token(&jwt, &keys, &expected)?;
    verify_access_token(&paseto, &keys, &expected)?;

    let message = signing_input(&claims, &key)?;
    let point = VerifyingKey::from_bytes(key.public().as_bytes())?;
    let signature = Signature::from_bytes(&DalekKeystore.signer(&SEED).sign(message.as_bytes()));
    let [raw, jwt, paseto] = interleave([
        &mut || {
            black_box(
                point
                    .verify_strict(black_box(message.as_bytes()), &signature)
                    .is_ok(),
            );
        },
        &mut || {
            black_box(verify_access_token(black_box(&jwt), &keys, &expected).is_ok());
        },
        &mut || {
            black_box(verify_access_token(black_box(&paseto), &keys, &expected).is_ok());
        },
    ]);
    Ok(vec![
        row("raw Ed25519 verify_strict".to_owned(), &raw, &raw),
        row("JWT verify".to_owned(), &jwt, &raw),
        row("PASETO verify".to_owned(), &paseto, &raw),
    ])
}

/// Microseconds per call of each operation, round by round; the order turns every round.
fn interleave<const N: usize>(mut operations: [&mut dyn FnMut(); N]) -> [Vec<f64>; N] {
    let mut times = [const { Vec::new() }; N];
    for round in 0..ROUNDS + ROUNDS / 10 {
        let mut measured = [0.0; N];
        let order = (0..N).map(|nth| (nth + round) % N);
        for nth in order {
            let (Some(operation), Some(slot)) = (operations.get_mut(nth), measured.get_mut(nth))
            else {
                continue;
            };
            *slot = microseconds(timed(operation));
        }
        // The first tenth warms caches and the clock of the processor.
        if round >= ROUNDS / 10 {
            for (times, measured) in times.iter_mut().zip(measured) {
                times.push(measured);
            }
        }
    }
    times
}

fn timed(operation: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..CALLS {
        operation();
    }
    start.elapsed()
}

fn microseconds(elapsed: Duration) -> f64 {
    elapsed.as_secs_f64() * 1e6 / f64::from(CALLS)
}

fn row(name: String, ours: &[f64], raw: &[f64]) -> Row {
    Row {
        name,
        median: median(ours.to_vec()),
        minimum: ours.iter().copied().fold(f64::INFINITY, f64::min),
        ratio: median(ours.iter().zip(raw).map(|(ours, raw)| ours / raw).collect()),
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What the signature of the JWT covers: the raw operations sign and check these bytes.
fn signing_input(claims: &AccessClaims, key: &SigningKey) -> Result<String, Box<dyn Error>> {
    let token = issue_access_token(claims, key, TokenFormat::Jwt)?;
    let (signed, _) = token.rsplit_once('.').ok_or("no signature")?;
    Ok(signed.to_owned())
}

fn claims() -> AccessClaims {
    let now = Timestamp::from_seconds(NOW);
    let tenant_id = TenantId::new(now, [1; 10]);
    AccessClaims {
        issuer: ISSUER.to_owned(),
        subject: UserId::new(now, [2; 10]),
        audience: tenant_id.to_string(),
        issued_at: NOW,
        not_before: NOW,
        expires_at: NOW + 900,
        token_id: TokenId::new(now, [3; 10]),
        tenant_id,
        client_id: None,
        session_id: SessionId::new(now, [4; 10]),
        email: Some("ana@example.com".to_owned()),
        email_verified: true,
        name: Some("Ana Example".to_owned()),
        org_id: None,
        role: Some("member".to_owned()),
        org_role: None,
        roles: vec!["member".to_owned()],
        permissions: None,
        mfa_verified: false,
        amr: vec!["pwd".to_owned()],
        auth_time: NOW,
        mfa_at: None,
        public_metadata: serde_json::Map::new(),
        custom: serde_json::Map::new(),
        act: None,
    }
}
