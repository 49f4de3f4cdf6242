//! `hj doctor`: the production checklist, one line each, and a trial of a running server.

mod backups;
mod configuration;
mod database;
mod keys;
mod public;
mod redis;
mod smoke;
mod yourself;

use clap::Args;
use serde_json::json;

use super::instance;
use crate::{
    cli::Global,
    compose::{self, Use},
    config::{Config, Purpose},
    failure::Failure,
    findings::{Findings, Mark},
    output::{Format, Output, counted},
};

/// Looks at this host's configuration and database; nothing is changed without --smoke
#[derive(Args)]
pub(crate) struct Doctor {
    /// Also look at the server behind this address, as a client sees it
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Instead of the checklist: sign a new user up, in, refresh, revoke, and delete them again
    #[arg(long)]
    smoke: bool,
    /// With --smoke: the tenant to do that in, by id or slug; needed if there are several
    #[arg(long, short = 't', requires = "smoke", value_name = "TENANT")]
    tenant: Option<String>,
}

pub(crate) async fn run(
    global: &Global,
    output: &mut Output,
    command: &Doctor,
) -> Result<(), Failure> {
    let url = command.url.as_deref().map(|url| url.trim_end_matches('/'));
    if command.smoke {
        return smoke::run(global, output, url, command.tenant.as_deref()).await;
    }
    let mut findings = Findings::default();
    if let Some(config) = configuration(global, &mut findings)? {
        look_at(&config, &mut findings).await;
    }
    if let Some(url) = url {
        findings.group("Public side");
        public::look(url, &mut findings).await;
    }
    findings.group("Not to be seen from here");
    yourself::list(&mut findings);
    let counts = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "ok": findings.count(Mark::Good),
        "warnings": findings.count(Mark::Warning),
        "failed": findings.count(Mark::Bad),
    });
    findings.print(output, counts)?;
    let (warnings, bad) = (findings.count(Mark::Warning), findings.count(Mark::Bad));
    if bad > 0 {
        let checks = counted(bad as u64, "check");
        return Err(Failure::general(format!("{checks} failed")));
    }
    match output.format() {
        Format::Table => output.line(format_args!(
            "\n✅ Nothing failed; {}",
            counted(warnings as u64, "warning")
        )),
        Format::Json => Ok(()),
    }
}

/// The configuration the server would start with.
fn configuration(global: &Global, findings: &mut Findings) -> Result<Option<Config>, Failure> {
    findings.group("Configuration");
    let around = instance::of_command(global)?;
    match Config::from_env(around.env, around.profile, Purpose::Serve) {
        Ok(config) => {
            configuration::look(&config, findings);
            Ok(Some(config))
        }
        Err(error) => {
            for line in error.each() {
                findings.bad("settings", line, "see `hellojohn serve --help`");
            }
            Ok(None)
        }
    }
}

async fn look_at(config: &Config, findings: &mut Findings) {
    findings.group("Database");
    match compose::connect(&config.database, Use::Command).await {
        Ok(store) => {
            database::look(config, &store, findings).await;
            findings.group("Keys");
            keys::look(config, &store, findings).await;
        }
        Err(failure) => findings.bad(
            "connection",
            failure.to_string(),
            "start the database, and check HELLOJOHN_DATABASE_URL",
        ),
    }
    if let Some(options) = &config.rate_limits.redis {
        findings.group("Redis");
        redis::look(options, findings).await;
    }
    findings.group("Backups");
    backups::look(config, findings);
}
