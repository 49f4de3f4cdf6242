//! What can be typed after the program's name.

use std::ffi::OsString;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, error::ErrorKind};

use crate::{
    commands::{
        admin, backup, doctor, hash, health, keys, migrations, sessions, signing_keys, tenants,
        upgrade,
    },
    config,
    failure::Failure,
    output::Format,
};

/// HelloJohn: users, sign-in, sessions and tokens for your application.
#[derive(Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = false)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What every command takes.
#[derive(Args, Clone)]
pub(crate) struct Global {
    /// The database; beats `HELLOJOHN_DATABASE_URL`
    #[arg(long, global = true, value_name = "URL", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
    /// Development: everything is kept in ./hellojohn-data (`HELLOJOHN_DATA_DIR`), nothing is asked
    #[arg(long, global = true)]
    pub(crate) dev: bool,
    /// How lists are printed
    #[arg(long, short = 'o', global = true, value_enum)]
    pub(crate) format: Option<Format>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Start the server (also without any command)
    Serve,
    /// Apply pending database migrations and exit
    Migrate(migrations::Migrate),
    /// Manage the database schema
    #[command(alias = "migration", subcommand)]
    Migrations(migrations::Migrations),
    /// Make backups, verify and restore them
    #[command(visible_alias = "backups", subcommand)]
    Backup(backup::Backup),
    /// Manage API keys
    #[command(
        visible_alias = "key",
        alias = "api-keys",
        alias = "api-key",
        subcommand
    )]
    Keys(keys::Keys),
    /// Manage the keys that sign access tokens
    #[command(visible_alias = "signing-key", subcommand)]
    SigningKeys(signing_keys::SigningKeys),
    /// End sessions
    #[command(visible_alias = "session", subcommand)]
    Sessions(sessions::Sessions),
    /// What concerns the whole instance
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Manage tenants
    #[command(visible_alias = "tenant", subcommand)]
    Tenants(tenants::Tenants),
    /// Whether this version can take over: compares program, schema and configuration
    #[command(subcommand)]
    Upgrade(upgrade::Upgrade),
    /// Go through the production checklist, or try a running server
    Doctor(doctor::Doctor),
    /// Password hashing
    #[command(subcommand)]
    Hash(hash::Hash),
    /// Ask a running server whether it is fit for traffic
    Health(health::Health),
    /// Print the version
    Version,
}

/// What the arguments ask for.
pub(crate) enum Parsed {
    /// A command.
    Run(Box<Cli>),
    /// Help or the version.
    Show(String),
}

/// Reads this process's arguments.
pub(crate) fn parse() -> Result<Parsed, Failure> {
    parse_from(std::env::args_os())
}

fn parse_from(arguments: impl IntoIterator<Item = OsString>) -> Result<Parsed, Failure> {
    let command = Cli::command()
        .name("hellojohn")
        .mut_subcommand("serve", |serve| serve.after_long_help(config::help()));
    let parsed = command
        .try_get_matches_from(with_one_word_for_formats(arguments))
        .and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => Ok(Parsed::Run(Box::new(cli))),
        // The texts are doc comments; a terminal has no use for their markup.
        Err(shown) if !shown.use_stderr() => Ok(Parsed::Show(shown.to_string().replace('`', ""))),
        Err(wrong) if wrong.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Err(
            Failure::general("name a command of this group (see --help)"),
        ),
        Err(wrong) => Err(Failure::general(in_one_line(&wrong.to_string()))),
    }
}

/// `--output json` is `--format json`; with anything else `--output` names a file, where there is one to name.
fn with_one_word_for_formats(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let words = Format::value_variants()
        .iter()
        .filter_map(ValueEnum::to_possible_value);
    let formats: Vec<String> = words.map(|word| word.get_name().to_owned()).collect();
    let is_format = |word: &OsString| formats.iter().any(|format| word == format.as_str());
    for format in &formats {
        for argument in &mut arguments {
            if *argument == *format!("--output={format}") {
                *argument = format!("--format={format}").into();
            }
        }
    }
    for at in 1..arguments.len() {
        if let Some([name, value]) = arguments.get_mut(at - 1..=at)
            && *name == "--output"
            && is_format(value)
        {
            *name = "--format".into();
        }
    }
    arguments
}

/// Errors are one line: what is wrong and what may be meant, without the usage that follows.
fn in_one_line(message: &str) -> String {
    let mut paragraphs = message.split("\n\n");
    let first = paragraphs.next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    let tip = paragraphs.find_map(|paragraph| paragraph.trim_start().strip_prefix("tip: "));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match tip {
        Some(tip) => format!("{}; {} (see --help)", words(first), words(tip)),
        None => format!("{} (see --help)", words(first)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(arguments: &[&str]) -> Result<Parsed, Failure> {
        let program = std::iter::once("hj");
        parse_from(program.chain(arguments.iter().copied()).map(OsString::from))
    }

    #[test]
    fn the_declaration_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn singular_and_plural_nouns_and_old_forms_are_understood() {
        for arguments in [
            &["tenant", "list"][..],
            &["tenants", "list"],
            &["key", "list"],
            &["signing-key", "list"],
            &["migrate", "status"],
            &["migrations", "run", "--dry-run", "--timeout", "5m"],
            &["tenants", "list", "--output", "json"],
            &["tenants", "list", "--output=table"],
            &["backup", "create", "--output", "file.hjb"],
            &["backup", "create", "--output", "json", "--output=a/folder"],
            &["--dev"],
            &["serve", "--dev"],
            &[],
        ] {
            assert!(
                matches!(run(arguments), Ok(Parsed::Run(_))),
                "{arguments:?}"
            );
        }
    }

    #[test]
    fn wrong_usage_is_one_line() {
        for arguments in [
            &["fly"][..],
            &["tenants", "create"],
            &["serve", "--nope"],
            &["tenants", "list", "--output", "file"],
        ] {
            let Err(failure) = run(arguments) else {
                panic!("{arguments:?} was taken");
            };
            let text = failure.to_string();
            assert!(!text.contains('\n') && !text.starts_with("error"), "{text}");
        }
    }

    #[test]
    fn the_help_of_serve_lists_the_settings() {
        let Ok(Parsed::Show(help)) = run(&["serve", "--help"]) else {
            panic!("no help");
        };
        assert!(help.contains("HELLOJOHN_DATABASE_URL"), "{help}");
        assert!(!help.contains('`'), "{help}");
    }
}
