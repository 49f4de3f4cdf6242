//! `hellojohn serve`: start, say where, and stop in order.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use hellojohn_core::{Engine, ports::system::SystemRandom};
use hellojohn_http::{Api, HttpSettings, Readiness};
use hellojohn_storage::{MigrationError, Newer, SqlStore};
use tokio::{net::TcpListener, time::sleep};

use super::instance;
use crate::{
    cli::Global,
    compose::{self, Use},
    config::{Config, InstanceMail, MigrateAtStart, Profile, Purpose},
    data_dir::DataDir,
    failure::{Exit, Failure, chain},
    first_start, housekeeping,
    mail_workers::MailWorkers,
    metrics::Numbers,
    output::Output,
    schema_watch::{SchemaWatch, require_known},
    server::{Drained, Front, Server},
    shutdown::Signals,
    telemetry,
    welcome::{self, Mailboxes, Whereabouts},
};

pub(super) async fn run(global: &Global, output: &mut Output) -> Result<(), Failure> {
    let around = instance::of_server(global)?;
    let config = Config::from_env(around.env, around.profile, Purpose::Serve)
        .map_err(|error| Failure::general(error.to_string()))?;
    telemetry::start(config.logging);
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let mut signals = Signals::listen()?;
    let random = SystemRandom::new().map_err(|error| Failure::because("no start", &error))?;
    let readiness = Readiness::default();
    let numbers = Numbers::start(&readiness)?;
    let front = Front::new(Arc::new(random), readiness.clone());
    let front = front.with_metrics(numbers.page(&config.metrics));
    let front = Arc::new(match &config.mail.instance {
        InstanceMail::Mailbox(mailbox) => front.with_mailbox(mailbox.clone()),
        InstanceMail::Server(_) | InstanceMail::Nobody => front,
    });
    let listener = listen(&config).await?;
    let address = listener.local_addr()?;
    tracing::info!("listening on {address}");
    // From here on it is alive, and ready for nothing yet.
    let server = Server::start(listener, Arc::clone(&front), config.http.max_connections);

    let (started, watch) = tokio::select! {
        started = start(&config, address, &readiness, &numbers) => started?,
        () = signals.next() => {
            tracing::info!("stopped before it was ready");
            return Ok(());
        }
    };
    front.open(started.api.clone());
    numbers.serving();
    let beside = [
        tokio::spawn(housekeeping::run(started.engine.clone())),
        tokio::spawn(watch.run(started.engine.clone())),
        tokio::spawn(numbers.keep_small()),
    ];
    if matches!(config.mail.instance, InstanceMail::Nobody) {
        tracing::warn!("no mail server is configured (SMTP_HOST): messages wait");
    }
    let mail = MailWorkers::start(&started.engine);
    announce(&config, &started, around.data_dir.as_ref(), output).await?;
    tracing::info!(server.address = %address, server.url = %started.url, "ready");

    signals.next().await;
    beside.iter().for_each(tokio::task::JoinHandle::abort);
    tokio::select! {
        ((), ()) = async { tokio::join!(
            stop(&config, &readiness, server),
            mail.drain(config.http.shutdown_grace),
        ) } => {}
        () = signals.next() => {
            return Err(Failure::new(Exit::Interrupted, "stopped at once by a second signal"));
        }
    }
    // Nothing is under way any more; a database that does not answer shall not hold us up.
    let _ = tokio::time::timeout(Duration::from_secs(2), started.store.close()).await;
    tracing::info!("stopped");
    Ok(())
}

/// What a started server consists of.
struct Started {
    store: SqlStore,
    engine: Engine,
    api: Api,
    url: String,
}

async fn listen(config: &Config) -> Result<TcpListener, Failure> {
    let (host, port) = (config.http.host.as_str(), config.http.port);
    TcpListener::bind((host, port)).await.map_err(|error| {
        let what = format!("cannot listen on {host}:{port} (HELLOJOHN_HOST, HELLOJOHN_PORT)");
        Failure::because(what, &error)
    })
}

async fn start(
    config: &Config,
    address: SocketAddr,
    readiness: &Readiness,
    numbers: &Numbers,
) -> Result<(Started, SchemaWatch), Failure> {
    let store = compose::connect(&config.database, Use::Server).await?;
    numbers.watch(&store);
    let mut watch = SchemaWatch::new(store.clone(), readiness.clone());
    require_known(&watch.look().await?)?;
    compose::require_usable(config, &store).await?;
    match config.database.migrate_at_start {
        MigrateAtStart::Yes => migrate(config, &store).await?,
        MigrateAtStart::No => wait_for_migrations(&mut watch).await?,
    }
    require_known(&watch.look().await?)?;
    let url = config
        .http
        .app_url
        .clone()
        .unwrap_or_else(|| local_url(address));
    let engine = compose::engine(config, &store, &url, Use::Server).await?;
    numbers.watch_limiter(&engine);
    let settings = HttpSettings {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        trusted_proxy_hops: config.http.trusted_proxy_hops,
        rate_limits: config.rate_limits.limits.clone(),
        readiness: readiness.clone(),
        metrics: numbers.page(&config.metrics),
    };
    let api = Api::new(engine.clone(), settings)
        .map_err(|error| Failure::because("the API is not complete", &error))?;
    let started = Started {
        store,
        engine,
        api,
        url,
    };
    Ok((started, watch))
}

async fn migrate(config: &Config, store: &SqlStore) -> Result<(), Failure> {
    let mut options = compose::migration_options(&config.database);
    let migrations = store.migrations();
    let done = match migrations.run(&options).await {
        // Migrations only add, so during an upgrade and after going back this program still works (U4, U11).
        Err(MigrationError::Newer { .. }) => {
            options.newer = Newer::Allow;
            migrations.run(&options).await?
        }
        done => done?,
    };
    for done in done {
        let milliseconds = u64::try_from(done.duration.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(migration.name = %done.name, duration_ms = milliseconds, "migration applied");
    }
    Ok(())
}

/// Alive but not ready, until somebody has brought the schema forward (U10).
async fn wait_for_migrations(watch: &mut SchemaWatch) -> Result<(), Failure> {
    let mut told = Vec::new();
    let mut away = false;
    loop {
        match watch.look().await {
            Ok(standing) => {
                require_known(&standing)?;
                away = false;
                if standing.pending.is_empty() {
                    return Ok(());
                }
                tell_pending(standing.pending, &mut told);
            }
            Err(error) if !away => {
                away = true;
                tracing::warn!(error = %chain(&error), "not ready: the schema cannot be read");
            }
            Err(_) => {}
        }
        sleep(Duration::from_secs(1)).await;
    }
}

/// Once for each state, not for every look.
fn tell_pending(pending: Vec<String>, told: &mut Vec<String>) {
    if pending != *told {
        tracing::warn!(
            migrations.pending = %pending.join(", "),
            "not ready: migrations are pending; run `hj migrations run`"
        );
        *told = pending;
    }
}

/// The base URL of a development server. An address of everywhere is reached here, too.
fn local_url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://127.0.0.1:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

/// In development the terminal tells how to go on; in production the log says enough.
async fn announce(
    config: &Config,
    started: &Started,
    data_dir: Option<&DataDir>,
    output: &mut Output,
) -> Result<(), Failure> {
    if config.profile == Profile::Production {
        return Ok(());
    }
    let fresh = first_start::complete(&started.engine).await?;
    let data = data_dir.map(|dir| dir.path().display().to_string());
    let program = std::env::args_os().next();
    let program = program.as_ref().and_then(|program| program.to_str());
    let at = Whereabouts {
        url: &started.url,
        data: data.as_deref(),
        mailbox: match config.mail.instance {
            InstanceMail::Mailbox(_) => Mailboxes::Here,
            InstanceMail::Server(_) | InstanceMail::Nobody => Mailboxes::Elsewhere,
        },
        program: program.unwrap_or("hellojohn"),
    };
    output.text(&welcome::text(&at, fresh.as_ref()))
}

/// Unready first, then no new connections, then the requests under way (U12).
async fn stop(config: &Config, readiness: &Readiness, server: Server) {
    tracing::info!("stopping");
    readiness.set_unready();
    sleep(config.http.drain_delay).await;
    match server.drain(config.http.shutdown_grace).await {
        Drained::Whole => {}
        Drained::CutOff(connections) => {
            tracing::warn!(
                connections,
                "the grace period is over; connections were cut off"
            );
        }
    }
}
