//! `hj signing-keys`: the keys that sign access tokens, and the one behind refresh tokens. A running server sees changes within a second.

use clap::{Args, Subcommand};
use hellojohn_core::{
    access::Operator,
    flows::{Activation, FormerTokens, KeyMaterial, NewSigningKey, Retirement},
    signing_key::{KeyStanding, KeyState},
};
use serde_json::{Value, json};

use super::instance;
use crate::{
    cli::Global,
    failure::Failure,
    output::{Output, Table, date_and_time, or_dash},
};

#[derive(Subcommand)]
pub(crate) enum SigningKeys {
    /// List the keys and what each does
    List,
    /// Make a key; it is published at once and waits until it is activated
    Generate(Generate),
    /// Let a key take over signing
    Activate(Activate),
    /// Take a key out of the JWKS for ever
    Retire(Retire),
    /// Make a new key behind refresh tokens; sessions go on
    RotateRefresh(RotateRefresh),
}

#[derive(Args)]
pub(crate) struct RotateRefresh {
    /// Refuse every refresh token made before: the key has leaked, everybody signs in again
    #[arg(long)]
    refuse_former: bool,
}

#[derive(Args)]
pub(crate) struct Generate {
    /// Let it take over as soon as verifiers had time to see it
    #[arg(long)]
    activate: bool,
    #[command(flatten)]
    when: When,
}

#[derive(Args)]
pub(crate) struct Activate {
    /// The key's id, `kid_…`
    kid: String,
    #[command(flatten)]
    when: When,
}

#[derive(Args, Clone, Copy)]
struct When {
    /// Let it take over at once, whatever verifiers have cached
    #[arg(long)]
    now: bool,
}

impl From<When> for Activation {
    fn from(when: When) -> Self {
        if when.now {
            Self::Now
        } else {
            Self::WhenPublished
        }
    }
}

#[derive(Args)]
pub(crate) struct Retire {
    /// The key's id, `kid_…`
    kid: String,
    /// Even if its tokens may be alive: they are refused from now on
    #[arg(long)]
    force: bool,
}

pub(crate) async fn run(
    global: &Global,
    output: &mut Output,
    command: SigningKeys,
) -> Result<(), Failure> {
    let engine = instance::engine(global).await?;
    let operator = Operator::local();
    match command {
        SigningKeys::List => {
            let keys = engine.signing_keys(&operator).await?;
            let rows: Vec<Value> = keys.iter().map(as_json).collect();
            output.list(&table(&keys), &rows.into())
        }
        SigningKeys::Generate(Generate { activate, when }) => {
            let mut new = NewSigningKey::standby(KeyMaterial::Generate);
            new.activation = (activate || when.now).then(|| when.into());
            let key = engine.add_signing_key(&operator, new).await?;
            output.json(&as_json(&key))
        }
        SigningKeys::Activate(Activate { kid, when }) => {
            let key = engine
                .activate_signing_key(&operator, &kid, when.into())
                .await?;
            output.json(&as_json(&key))
        }
        SigningKeys::Retire(Retire { kid, force }) => {
            let retirement = if force {
                Retirement::Now
            } else {
                Retirement::WhenFree
            };
            engine
                .retire_signing_key(&operator, &kid, retirement)
                .await?;
            output.line(format_args!("✅ {kid} is retired"))
        }
        SigningKeys::RotateRefresh(RotateRefresh { refuse_former }) => {
            let former = if refuse_former {
                FormerTokens::Refuse
            } else {
                FormerTokens::Accept
            };
            let kid = engine.rotate_refresh_key(&operator, former).await?;
            output.line(format_args!("✅ {kid} is behind new refresh tokens"))
        }
    }
}

fn table(keys: &[KeyStanding]) -> Table {
    let mut table = Table::new(&["KEY ID", "STATUS", "CREATED", "ACTIVE FROM", "FREE FROM"]);
    for standing in keys {
        table.row([
            standing.key.id.clone(),
            standing.state.as_str().to_owned(),
            date_and_time(standing.key.created_at),
            or_dash(standing.key.active_from.map(date_and_time)),
            or_dash(standing.free_from.map(date_and_time)),
        ]);
    }
    table
}

fn as_json(standing: &KeyStanding) -> Value {
    let KeyStanding {
        key,
        state,
        free_from,
    } = standing;
    json!({
        "key_id": key.id,
        "algorithm": key.purpose.algorithm(),
        "status": state.as_str(),
        "is_signing_key": *state == KeyState::Active,
        "created_at": key.created_at,
        "active_from": key.active_from,
        "free_from": free_from,
        "retired_at": key.retired_at,
    })
}
