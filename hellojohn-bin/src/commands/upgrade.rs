//! `hj upgrade check`: whether this program can take over from the one that runs.

mod pending;

use clap::Subcommand;
use hellojohn_core::{Engine, Error};
use hellojohn_storage::{SqlStore, Standing};
use serde_json::json;

use super::instance;
use crate::{
    cli::Global,
    compose::{self, Use},
    config::{Config, Purpose, deprecations},
    failure::{Exit, Failure, chain},
    findings::{Findings, Mark},
    output::Output,
    schema_watch::{Refusal, own_release, refusal},
};

#[derive(Subcommand)]
pub(crate) enum Upgrade {
    /// Exit 0: instances can be replaced one by one; 3: stop them first; 4: not possible
    Check,
}

/// What all findings together mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Rolling,
    NeedsStop,
    Incompatible,
}

impl Verdict {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Rolling => "rolling",
            Self::NeedsStop => "needs_stop",
            Self::Incompatible => "incompatible",
        }
    }
}

pub(crate) async fn run(
    global: &Global,
    output: &mut Output,
    command: &Upgrade,
) -> Result<(), Failure> {
    let Upgrade::Check = command;
    let mut findings = Findings::default();
    findings.group("Program");
    findings.good("version", env!("CARGO_PKG_VERSION"));
    let config = configuration(global, &mut findings)?;
    let mut verdict = Verdict::Rolling;
    if let Some(config) = &config {
        verdict = database(config, &mut findings).await;
    }
    if findings.count(Mark::Bad) > 0 {
        verdict = Verdict::Incompatible;
    }
    let facts = json!({ "version": env!("CARGO_PKG_VERSION"), "verdict": verdict.as_str() });
    findings.print(output, facts)?;
    match verdict {
        Verdict::Rolling if output.format() == crate::output::Format::Json => Ok(()),
        Verdict::Rolling => {
            output.line("\n✅ A rolling upgrade is possible: replace the instances one by one")
        }
        Verdict::NeedsStop => Err(Failure::new(
            Exit::NeedsStop,
            "stop every instance, run `hj migrations run`, then start this version",
        )),
        Verdict::Incompatible => Err(Failure::new(
            Exit::Incompatible,
            "this version cannot take over as it is; mend what is marked ❌ first",
        )),
    }
}

fn configuration(global: &Global, findings: &mut Findings) -> Result<Option<Config>, Failure> {
    findings.group("Configuration");
    let around = instance::of_command(global)?;
    let config = match Config::from_env(around.env, around.profile, Purpose::Serve) {
        Ok(config) => config,
        Err(error) => {
            for line in error.each() {
                findings.bad("settings", line, "see `hellojohn serve --help`");
            }
            return Ok(None);
        }
    };
    findings.good("settings", "complete and understood by this version");
    for warning in &config.warnings {
        findings.warn("settings", warning.as_str(), "settle it before it matters");
    }
    for warning in deprecations::of_routes() {
        findings.warn("API", warning, "the log names who still uses it");
    }
    Ok(Some(config))
}

async fn database(config: &Config, findings: &mut Findings) -> Verdict {
    findings.group("Database");
    let store = match compose::connect(&config.database, Use::Command).await {
        Ok(store) => store,
        Err(failure) => {
            findings.bad(
                "connection",
                failure.to_string(),
                "start it, and check HELLOJOHN_DATABASE_URL",
            );
            return Verdict::Incompatible;
        }
    };
    let looked = server(&store, findings).await;
    let standing = match store.migrations().standing().await {
        Ok(standing) if looked => standing,
        Ok(_) => return Verdict::Incompatible,
        Err(error) => {
            findings.bad("schema", chain(&error), "check the role's rights");
            return Verdict::Incompatible;
        }
    };
    encryption_key(config, &store, &standing, findings).await;
    if !schema(&standing, findings) {
        return Verdict::Incompatible;
    }
    pending::look(&store.migrations(), &standing, findings).await
}

/// Says what the database is; false if it did not answer.
pub(super) async fn server(store: &SqlStore, findings: &mut Findings) -> bool {
    match store.server_info().await {
        Ok(server) => {
            let seen = format!("{} {}", server.product, server.version);
            if server.product == "PostgreSQL" && server.major < 14 {
                findings.bad(
                    "version",
                    seen,
                    "upgrade PostgreSQL to 14 or later, best 16",
                );
            } else {
                findings.good("version", seen);
            }
            true
        }
        Err(error) => {
            findings.bad(
                "connection",
                chain(&error),
                "check that the database answers",
            );
            false
        }
    }
}

/// Says where the schema stands towards this program; false if nothing can be done with it.
pub(super) fn schema(standing: &Standing, findings: &mut Findings) -> bool {
    let version = standing.version.as_deref().unwrap_or("empty");
    if let Some(Refusal { why, fix }) = refusal(standing) {
        findings.bad("schema", why, &fix);
        return false;
    }
    if let Some(problem) = &standing.problem {
        findings.bad(
            "schema",
            problem.as_str(),
            "restore the released migration files; see docs/upgrading.md",
        );
        return false;
    }
    if standing.newer.is_empty() {
        findings.good(
            "schema",
            format!("version {version}, known to this program"),
        );
    } else {
        let seen = format!(
            "version {version}; {} not known to {}",
            standing.newer.join(", "),
            own_release()
        );
        findings.warn(
            "schema",
            seen,
            "this program serves it; go back to the newer one when you can",
        );
    }
    true
}

/// Says whether the configured key is the one of this database, by the rule of the server (R198).
pub(super) async fn encryption_key(
    config: &Config,
    store: &SqlStore,
    standing: &Standing,
    findings: &mut Findings,
) {
    const CHECK: &str = "encryption key";
    if standing.version.is_none() {
        findings.good(CHECK, "nothing is sealed in this database yet");
        return;
    }
    match Engine::require_usable(store, &compose::settings(config, "")).await {
        Ok(()) => findings.good(CHECK, "opens what this database sealed"),
        // Where the schema stands tells it already.
        Err(Error::Restore(_)) => {}
        Err(Error::Seal(error)) => findings.bad(
            CHECK,
            format!("not the key of this database: {error}"),
            "set the former key as HELLOJOHN_ENCRYPTION_KEY, or as HELLOJOHN_ENCRYPTION_KEY_PREVIOUS beside the new one",
        ),
        Err(error) => findings.bad(CHECK, chain(&error), "check the role's rights"),
    }
}
