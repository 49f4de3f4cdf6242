//! The instance a command works on: the same configuration as the server's.

use hellojohn_core::Engine;
use hellojohn_storage::{SqlStore, Standing};

use crate::{
    cli::Global,
    compose::{self, Use},
    config::{self, Config, DatabaseConfig, Env, Profile, Purpose},
    data_dir::DataDir,
    failure::Failure,
    output::note,
    schema_watch::{require_known, require_own_major},
};

/// The environment with what the command line and the data folder add to it.
pub(super) struct Surroundings {
    pub(super) env: Env,
    pub(super) profile: Profile,
    pub(super) data_dir: Option<DataDir>,
}

/// For the server: development only when it was asked for.
pub(super) fn of_server(global: &Global) -> Result<Surroundings, Failure> {
    let (mut env, profile) = look_around(global);
    let data_dir = match profile {
        Profile::Development => Some(open(&mut env)?),
        Profile::Production => None,
    };
    Ok(Surroundings {
        env,
        profile,
        data_dir,
    })
}

/// For a command: the development instance also when nothing else is named and there is one.
pub(super) fn of_command(global: &Global) -> Result<Surroundings, Failure> {
    let (mut env, mut profile) = look_around(global);
    let path = config::data_dir(&mut env);
    let mut data_dir = None;
    if profile == Profile::Development {
        data_dir = Some(open(&mut env)?);
    } else if !config::names_database(&mut env) && DataDir::exists(&path) {
        note(format_args!(
            "Using the development data in {}",
            path.display()
        ));
        profile = Profile::Development;
        data_dir = Some(open(&mut env)?);
    }
    Ok(Surroundings {
        env,
        profile,
        data_dir,
    })
}

fn look_around(global: &Global) -> (Env, Profile) {
    let mut env = Env::of_process();
    if let Some(url) = &global.database_url {
        config::with_database_url(&mut env, url);
    }
    let profile = Profile::choose(&mut env, global.dev);
    (env, profile)
}

fn open(env: &mut Env) -> Result<DataDir, Failure> {
    let path = config::data_dir(env);
    let dir =
        DataDir::open(&path).map_err(|error| Failure::general(crate::failure::chain(&error)))?;
    config::with_data_dir(env, &dir);
    Ok(dir)
}

/// The engine over the configured database, for one command.
pub(super) async fn engine(global: &Global) -> Result<Engine, Failure> {
    let (config, store, standing) = look_at(global).await?;
    require_known(&standing)?;
    require_current(&standing)?;
    compose::engine(&config, &store, &base_url(&config), Use::Command).await
}

/// The same over a restored backup, whose epoch may not be opened yet.
pub(super) async fn restored_engine(global: &Global) -> Result<Engine, Failure> {
    let (config, store, standing) = look_at(global).await?;
    require_rows(&store).await?;
    require_own_major(&standing)?;
    require_current(&standing)?;
    compose::restored_engine(&config, &store, &base_url(&config)).await
}

fn base_url(config: &Config) -> String {
    let url = config.http.app_url.clone();
    url.unwrap_or_else(|| "http://localhost".to_owned())
}

/// Refuses a database a restore was begun into whose rows never came: opening its epoch would make
/// an empty instance of it (R200).
///
/// They come in one transaction, and no instance is without a signing key.
pub(super) async fn require_rows(store: &SqlStore) -> Result<(), Failure> {
    let standing = store.migrations().standing().await?;
    if !standing.half_restored {
        return Ok(());
    }
    let has_tables = standing.version.is_some();
    if has_tables && store.count("cp_signing_key").await? > 0 {
        return Ok(());
    }
    Err(Failure::general(
        "a restore into this database ended before its rows came: drop the database, create it anew \
         and run `hj backup restore` again",
    ))
}

fn require_current(standing: &Standing) -> Result<(), Failure> {
    if standing.pending.is_empty() {
        return Ok(());
    }
    Err(Failure::general(format!(
        "the database lacks {}; run `hj migrations run` first",
        standing.pending.join(", ")
    )))
}

/// The configuration and the database, and where its schema stands.
async fn look_at(global: &Global) -> Result<(Config, SqlStore, Standing), Failure> {
    let around = of_command(global)?;
    let config = Config::from_env(around.env, around.profile, Purpose::Command)
        .map_err(|error| Failure::general(error.to_string()))?;
    for warning in &config.warnings {
        note(format_args!("Warning: {warning}"));
    }
    let store = compose::connect(&config.database, Use::Command).await?;
    let standing = store.migrations().standing().await?;
    Ok((config, store, standing))
}

/// The database alone, for migrations.
pub(super) async fn store(global: &Global) -> Result<(SqlStore, DatabaseConfig), Failure> {
    let mut around = of_command(global)?;
    let database = DatabaseConfig::from_env(&mut around.env);
    let warnings = around
        .env
        .finish()
        .map_err(|error| Failure::general(error.to_string()))?;
    for warning in warnings {
        note(format_args!("Warning: {warning}"));
    }
    let store = compose::connect(&database, Use::Command).await?;
    Ok((store, database))
}
