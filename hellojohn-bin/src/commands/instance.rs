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
    schema_watch::require_known,
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
    require_migrated(&standing, "run `hj migrations run` first")?;
    compose::engine(&config, &store, &base_url(&config), Use::Command).await
}

/// The same over a restored backup, whose epoch may not be opened yet.
pub(super) async fn restored_engine(global: &Global) -> Result<Engine, Failure> {
    let (config, store, mut standing) = look_at(global).await?;
    // A restore migrates before it opens the epoch, and this database must not be migrated by hand.
    let way_on = if standing.half_restored {
        "its restore did not come that far: run `hj backup restore` again into an empty database"
    } else {
        "run `hj migrations run` first"
    };
    // Who opens the epoch ends just that.
    standing.half_restored = false;
    require_known(&standing)?;
    require_migrated(&standing, way_on)?;
    compose::restored_engine(&config, &store, &base_url(&config)).await
}

fn base_url(config: &Config) -> String {
    let url = config.http.app_url.clone();
    url.unwrap_or_else(|| "http://localhost".to_owned())
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

fn require_migrated(standing: &Standing, way_on: &str) -> Result<(), Failure> {
    if standing.pending.is_empty() {
        return Ok(());
    }
    let lacks = standing.pending.join(", ");
    Err(Failure::general(format!(
        "the database lacks {lacks}; {way_on}"
    )))
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
