use clap::{Args, ValueEnum};
use hellojohn_core::{
    access::Operator, flows::OpenedEpoch, restore::SessionsAfterRestore, time::format_span,
};
use serde_json::{Value, json};

use super::super::instance;
use crate::{
    cli::Global,
    failure::Failure,
    output::{Format, Output},
};

#[derive(Args)]
pub(crate) struct RestoreEpoch {
    /// What becomes of the sessions of the backup
    #[arg(long, value_enum, default_value_t)]
    sessions: Choice,
}

/// What becomes of the sessions a backup brought back.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Choice {
    /// They end: everybody signs in again
    #[default]
    Invalidate,
    /// They go on, also those revoked since the backup
    Keep,
}

impl From<Choice> for SessionsAfterRestore {
    fn from(choice: Choice) -> Self {
        match choice {
            Choice::Invalidate => Self::Invalidate,
            Choice::Keep => Self::Keep,
        }
    }
}

pub(super) async fn run(
    global: &Global,
    output: &mut Output,
    command: RestoreEpoch,
) -> Result<(), Failure> {
    let engine = instance::restored_engine(global).await?;
    let opened = engine
        .open_restore_epoch(&Operator::local(), command.sessions.into())
        .await?;
    let longest = format_span(engine.settings().access_token_ttl);
    match output.format() {
        Format::Json => output.json(&as_json(&opened, &longest)),
        Format::Table => output.text(&as_text(&opened, &longest)),
    }
}

/// What was opened, for programs.
pub(crate) fn as_json(opened: &OpenedEpoch, longest: &str) -> Value {
    let ended = match opened.choice {
        SessionsAfterRestore::Invalidate => opened.sessions,
        SessionsAfterRestore::Keep => 0,
    };
    json!({
        "former_epoch": opened.former.number,
        "epoch": opened.epoch.number,
        "opened_at": opened.opened_at,
        "sessions": opened.choice.as_str(),
        "sessions_ended": ended,
        "sessions_kept": opened.sessions - ended,
        "answers_forgotten": opened.answers_forgotten,
        "links_voided": opened.links_voided,
        "messages_voided": opened.messages_voided,
        "live_api_keys": opened.live_keys,
        "access_token_ttl": longest,
    })
}

/// What was opened and what follows from it, for people.
pub(crate) fn as_text(opened: &OpenedEpoch, longest: &str) -> String {
    let OpenedEpoch {
        former,
        epoch,
        sessions,
        answers_forgotten,
        links_voided,
        messages_voided,
        live_keys,
        ..
    } = opened;
    let fate = match opened.choice {
        SessionsAfterRestore::Invalidate => format!(
            "Live sessions of the backup that ended: {sessions}\n  \
             No refresh token made until now works; everybody signs in again"
        ),
        SessionsAfterRestore::Keep => format!(
            "Live sessions of the backup that go on: {sessions}\n  \
             Those revoked since the backup are among them, and those made since are gone; \
             `hj sessions revoke --all` ends them"
        ),
    };
    format!(
        "✅ Restore epoch: {} → {}\n\n  \
         {fate}\n  \
         Kept answers of repeated requests that were forgotten: {answers_forgotten}\n  \
         Unused links, codes and challenges that are void: {links_voided}\n  \
         Messages not sent that were dropped: {messages_voided}\n\n\
         ⚠️  What the backup brought back and stays:\n  \
         API keys that work: {live_keys}; those revoked since the backup are among them, so look \
         through `hj keys list`\n  \
         Signing keys are as they were too; if one was retired since because it leaked, take it \
         out again: `hj signing-keys retire --force`\n  \
         Passwords, bans and roles are as they were when the backup was made\n  \
         Access tokens checked without asking the server are accepted until they expire, {longest} \
         unless a tenant says otherwise\n",
        former.number, epoch.number,
    )
}
