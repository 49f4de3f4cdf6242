use tracing::Level;

use super::{
    Profile,
    env::Env,
    parse::word,
    settings::{LOG_FORMAT, LOG_LEVEL},
};

/// What is logged, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogConfig {
    pub(crate) level: Level,
    pub(crate) format: LogFormat,
    pub(crate) profile: Profile,
}

/// How a log line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// One JSON object per line.
    Json,
    /// For people.
    Text,
}

impl LogConfig {
    /// Reads the settings.
    pub(crate) fn from_env(env: &mut Env, profile: Profile) -> Self {
        let format = match profile {
            Profile::Development => LogFormat::Text,
            Profile::Production => LogFormat::Json,
        };
        let levels = [
            ("trace", Level::TRACE),
            ("debug", Level::DEBUG),
            ("info", Level::INFO),
            ("warn", Level::WARN),
            ("warning", Level::WARN),
            ("error", Level::ERROR),
        ];
        let formats = [("json", LogFormat::Json), ("text", LogFormat::Text)];
        Self {
            level: env.parsed(&LOG_LEVEL, Level::INFO, word(&levels)),
            format: env.parsed(&LOG_FORMAT, format, word(&formats)),
            profile,
        }
    }
}
