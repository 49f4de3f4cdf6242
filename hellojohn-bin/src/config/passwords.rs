use std::thread::available_parallelism;

use hellojohn_core::password::{Argon2Params, PasswordPolicy, PoolSettings};

use super::{
    Profile,
    env::Env,
    parse::{flag, number},
    settings::{
        ARGON2_ITERATIONS, ARGON2_MEMORY_KIB, ARGON2_PARALLELISM, ARGON2_QUEUE, ARGON2_THREADS,
        BREACH_URL, PASSWORD_BREACH_CHECK, PASSWORD_BREACH_CHECK_THRESHOLD, PASSWORD_EXPIRY_DAYS,
        PASSWORD_HISTORY_COUNT, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH,
        PASSWORD_REQUIRE_LOWERCASE, PASSWORD_REQUIRE_NUMBER, PASSWORD_REQUIRE_SYMBOL,
        PASSWORD_REQUIRE_UPPERCASE, PASSWORD_ZXCVBN_MIN_SCORE,
    },
};

/// What is accepted as a password, and what hashing one costs.
pub(crate) struct PasswordConfig {
    pub(crate) policy: PasswordPolicy,
    pub(crate) pool: PoolSettings,
    /// None if the list shall never be asked.
    pub(crate) breach_url: Option<String>,
}

impl PasswordConfig {
    /// Reads the settings; none if they contradict each other, which `env` remembers.
    pub(crate) fn from_env(env: &mut Env, profile: Profile) -> Option<Self> {
        let policy = policy(env);
        if let Err(why) = policy.validate() {
            env.refuse("HELLOJOHN_PASSWORD_…", why);
        }
        Some(Self {
            policy,
            pool: pool(env)?,
            breach_url: breach_url(env, profile),
        })
    }
}

fn policy(env: &mut Env) -> PasswordPolicy {
    let default = PasswordPolicy::default();
    env.parsed(&PASSWORD_EXPIRY_DAYS, (), |text| match text {
        "0" => Ok(()),
        _ => Err("only 0; this version has no expiry of passwords".to_owned()),
    });
    PasswordPolicy {
        min_length: env.parsed(&PASSWORD_MIN_LENGTH, default.min_length, number(1..=1_024)),
        max_length: env.parsed(&PASSWORD_MAX_LENGTH, default.max_length, number(64..=1_024)),
        require_uppercase: env.parsed(&PASSWORD_REQUIRE_UPPERCASE, false, flag),
        require_lowercase: env.parsed(&PASSWORD_REQUIRE_LOWERCASE, false, flag),
        require_number: env.parsed(&PASSWORD_REQUIRE_NUMBER, false, flag),
        require_symbol: env.parsed(&PASSWORD_REQUIRE_SYMBOL, false, flag),
        breach_check: env.parsed(&PASSWORD_BREACH_CHECK, default.breach_check, flag),
        breach_threshold: env.parsed(
            &PASSWORD_BREACH_CHECK_THRESHOLD,
            default.breach_threshold,
            number(1..=u32::MAX),
        ),
        history_count: env.parsed(
            &PASSWORD_HISTORY_COUNT,
            default.history_count,
            number(0..=100),
        ),
        zxcvbn_min_score: env.parsed(
            &PASSWORD_ZXCVBN_MIN_SCORE,
            default.zxcvbn_min_score,
            number(0..=4),
        ),
    }
}

fn pool(env: &mut Env) -> Option<PoolSettings> {
    let cores = available_parallelism().map_or(1, std::num::NonZero::get);
    let default = PoolSettings::for_cores(cores);
    let memory = env.parsed(
        &ARGON2_MEMORY_KIB,
        default.params.memory_kib(),
        number(0..=u32::MAX),
    );
    let passes = env.parsed(
        &ARGON2_ITERATIONS,
        default.params.iterations(),
        number(0..=u32::MAX),
    );
    let lanes = env.parsed(
        &ARGON2_PARALLELISM,
        default.params.parallelism(),
        number(1..=16),
    );
    let params = Argon2Params::new(memory, passes, lanes)
        .map_err(|why| {
            let variables = format!(
                "{}, {}",
                ARGON2_MEMORY_KIB.variable(),
                ARGON2_ITERATIONS.variable()
            );
            env.refuse(&variables, why);
        })
        .ok()?;
    Some(PoolSettings {
        params,
        threads: env.parsed(&ARGON2_THREADS, default.threads, number(1..=1_024)),
        queue: env.parsed(&ARGON2_QUEUE, default.queue, number(1..=65_536)),
        ..default
    })
}

fn breach_url(env: &mut Env, profile: Profile) -> Option<String> {
    let default = "https://api.pwnedpasswords.com/range/".to_owned();
    env.parsed(&BREACH_URL, Some(default), |text| {
        if text == "off" {
            return Ok(None);
        }
        let https = text.starts_with("https://");
        let http = text.starts_with("http://") && profile == Profile::Development;
        if !(https || http) || text.parse::<http::Uri>().is_err() {
            return Err("neither an https:// URL nor `off`".to_owned());
        }
        Ok(Some(format!("{}/", text.trim_end_matches('/'))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<PasswordConfig, String> {
        let mut env = Env::of(variables.iter().map(|&(n, v)| (n.to_owned(), v)));
        let passwords = PasswordConfig::from_env(&mut env, Profile::Production);
        env.finish().map_err(|error| error.to_string())?;
        Ok(passwords.unwrap())
    }

    #[test]
    fn hashes_below_the_floor_are_refused() {
        let error = read(&[("HELLOJOHN_ARGON2_MEMORY_KIB", "4096")])
            .map(|_| ())
            .unwrap_err();
        assert!(
            error.contains("HELLOJOHN_ARGON2_MEMORY_KIB") && error.contains("floor"),
            "{error}"
        );
        let least = read(&[("ARGON2_MEMORY_KIB", "19456"), ("ARGON2_ITERATIONS", "2")]).unwrap();
        assert_eq!(least.pool.params.memory_kib(), 19_456);
    }

    #[test]
    fn the_policy_follows_the_documented_names() {
        let read = read(&[
            ("PASSWORD_MIN_LENGTH", "12"),
            ("PASSWORD_REQUIRE_NUMBER", "true"),
            ("PASSWORD_BREACH_CHECK", "false"),
            ("HELLOJOHN_BREACH_URL", "https://mirror.example/range"),
        ])
        .unwrap();
        assert_eq!(read.policy.min_length, 12);
        assert!(read.policy.require_number && !read.policy.breach_check);
        let mirror = read.breach_url.as_deref();
        assert_eq!(mirror, Some("https://mirror.example/range/"));
    }

    #[test]
    fn the_breach_list_is_asked_over_https() {
        assert!(read(&[("BREACH_URL", "http://mirror.example/range/")]).is_err());
        assert_eq!(read(&[("BREACH_URL", "off")]).unwrap().breach_url, None);
        assert!(read(&[]).unwrap().breach_url.is_some());
    }
}
