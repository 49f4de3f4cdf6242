//! The environment as a look-up that remembers what was wrong with it.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fmt::{self, Display},
    fs,
};

use secrecy::{ExposeSecret as _, SecretString};

use super::settings::Setting;

/// Variables by name, and everything found missing, wrong or odd while reading them.
#[derive(Default)]
pub(crate) struct Env {
    variables: BTreeMap<String, OsString>,
    overrides: BTreeMap<&'static str, String>,
    defaults: BTreeMap<&'static str, SecretString>,
    missing: Vec<&'static Setting>,
    wrong: Vec<String>,
    warnings: Vec<String>,
}

/// A value and the variable it came from.
pub(crate) struct Found {
    pub(crate) variable: String,
    pub(crate) value: String,
}

/// Why this process does not start: everything that is missing, or what is wrong.
#[derive(Debug, Default, thiserror::Error)]
pub(crate) struct ConfigError {
    missing: Vec<&'static Setting>,
    wrong: Vec<String>,
}

impl Env {
    /// The environment of this process.
    pub(crate) fn of_process() -> Self {
        Self::of(
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))),
        )
    }

    /// These variables and no others.
    pub(crate) fn of(variables: impl IntoIterator<Item = (String, impl Into<OsString>)>) -> Self {
        Self {
            variables: variables
                .into_iter()
                .map(|(name, value)| (name, value.into()))
                .collect(),
            ..Self::default()
        }
    }

    /// A value from the command line: beats every variable.
    pub(crate) fn override_with(&mut self, setting: &'static Setting, value: &str) {
        self.overrides.insert(setting.name, value.to_owned());
    }

    /// A value for when no variable has one.
    pub(crate) fn default_to(&mut self, setting: &'static Setting, value: SecretString) {
        self.defaults.insert(setting.name, value);
    }

    /// The value of a setting, if it has one.
    pub(crate) fn optional(&mut self, setting: &'static Setting) -> Option<Found> {
        if let Some(value) = self.overrides.get(setting.name) {
            return Some(Found {
                variable: setting.variable(),
                value: value.clone(),
            });
        }
        self.direct(setting)
            .or_else(|| self.in_file(setting))
            .or_else(|| {
                let value = self.defaults.get(setting.name)?;
                Some(Found {
                    variable: setting.variable(),
                    value: value.expose_secret().to_owned(),
                })
            })
    }

    /// The value of a setting that must have one; remembers if it has not.
    pub(crate) fn required(&mut self, setting: &'static Setting) -> Option<Found> {
        let found = self.optional(setting);
        if found.is_none() && !self.already_wrong(setting) {
            self.missing.push(setting);
        }
        found
    }

    /// The value read by `parse`, or the default; remembers what could not be read.
    pub(crate) fn parsed<T>(
        &mut self,
        setting: &'static Setting,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> T {
        let Some(found) = self.optional(setting) else {
            return default;
        };
        parse(found.value.trim()).unwrap_or_else(|why| {
            self.refuse(&found.variable, why);
            default
        })
    }

    /// Remembers that a variable's value is not acceptable. `why` never repeats the value.
    pub(crate) fn refuse(&mut self, variable: &str, why: impl Display) {
        self.wrong.push(format!("{variable}: {why}"));
    }

    /// Remembers something the operator should know.
    pub(crate) fn warn(&mut self, text: String) {
        if !self.warnings.contains(&text) {
            self.warnings.push(text);
        }
    }

    /// The names of all variables.
    pub(crate) fn names(&self) -> Vec<String> {
        self.variables.keys().cloned().collect()
    }

    /// What should be said, or why not to go on.
    pub(crate) fn finish(self) -> Result<Vec<String>, ConfigError> {
        if self.missing.is_empty() && self.wrong.is_empty() {
            Ok(self.warnings)
        } else {
            Err(ConfigError {
                missing: self.missing,
                wrong: self.wrong,
            })
        }
    }

    fn direct(&mut self, setting: &Setting) -> Option<Found> {
        let mut first: Option<Found> = None;
        for variable in setting.variables() {
            let Some(value) = self.variable(&variable) else {
                continue;
            };
            match &first {
                None => first = Some(Found { variable, value }),
                Some(winner) if winner.value != value => {
                    let text = format!(
                        "{} and {variable} are both set and differ; {} is used",
                        winner.variable, winner.variable
                    );
                    self.warn(text);
                }
                Some(_) => {}
            }
        }
        first
    }

    fn in_file(&mut self, setting: &Setting) -> Option<Found> {
        let variables: Vec<String> = setting.variables().collect();
        for variable in variables {
            let variable = format!("{variable}_FILE");
            let Some(path) = self.variable(&variable) else {
                continue;
            };
            match fs::read_to_string(path) {
                Ok(text) => {
                    let value = text.trim_end_matches(['\r', '\n']).to_owned();
                    if !value.is_empty() {
                        return Some(Found { variable, value });
                    }
                }
                Err(error) => {
                    let why = format!("the file it names cannot be read ({})", error.kind());
                    self.refuse(&variable, why);
                    return None;
                }
            }
        }
        None
    }

    fn variable(&mut self, name: &str) -> Option<String> {
        let value = self.variables.get(name)?;
        let Some(value) = value.to_str() else {
            self.refuse(name, "not valid UTF-8");
            return None;
        };
        // Kubernetes gives every pod `<SERVICE>_PORT=tcp://…` for a service called `hellojohn`.
        let is_link = name.ends_with("_PORT") && value.starts_with("tcp://");
        (!value.is_empty() && !is_link).then(|| value.to_owned())
    }

    fn already_wrong(&self, setting: &Setting) -> bool {
        self.wrong.iter().any(|line| {
            setting
                .variables()
                .any(|variable| line.starts_with(&variable))
        })
    }
}

impl ConfigError {
    /// What is wrong, one by one.
    pub(crate) fn each(&self) -> impl Iterator<Item = String> {
        let missing = self
            .missing
            .iter()
            .map(|setting| format!("{} is not set", setting.variable()));
        missing.chain(self.wrong.iter().cloned())
    }
}

impl Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.missing.is_empty() {
            let Some((first, others)) = self.wrong.split_first() else {
                return f.write_str("the configuration is incomplete");
            };
            f.write_str(first)?;
            return others
                .iter()
                .try_for_each(|wrong| write!(f, "\nAlso: {wrong}"));
        }
        let names: Vec<String> = self
            .missing
            .iter()
            .map(|setting| setting.variable())
            .collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        write!(f, "{} {verb} not set", names.join(", "))?;
        let others: Vec<String> = self
            .missing
            .iter()
            .flat_map(|setting| setting.variables().skip(1))
            // Documented names that are not to be recommended.
            .filter(|name| {
                !matches!(
                    name.as_str(),
                    "JWT_SECRET" | "HELLOJOHN_JWT_PRIVATE_KEY_PATH"
                )
            })
            .collect();
        write!(
            f,
            "\nAlso accepted: {}, and a file named by any of these with _FILE at its end. \
             To try it without any setting: hellojohn serve --dev",
            others.join(", ")
        )?;
        for wrong in &self.wrong {
            write!(f, "\nAlso: {wrong}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::settings::*, *};

    fn env(variables: &[(&str, &str)]) -> Env {
        Env::of(
            variables
                .iter()
                .map(|&(name, value)| (name.to_owned(), value)),
        )
    }

    #[test]
    fn the_prefixed_name_wins_and_a_difference_is_told_without_values() {
        let mut env = env(&[("HELLOJOHN_PORT", "1"), ("PORT", "2")]);
        assert_eq!(env.optional(&PORT).unwrap().value, "1");
        let warnings = env.finish().unwrap();
        assert_eq!(
            warnings,
            ["HELLOJOHN_PORT and PORT are both set and differ; HELLOJOHN_PORT is used"]
        );
    }

    #[test]
    fn empty_is_unset_and_aliases_come_last() {
        let mut env = env(&[
            ("HELLOJOHN_ALLOWED_ORIGINS", ""),
            ("CORS_ALLOWED_ORIGINS", "https://a.example"),
        ]);
        let found = env.optional(&ALLOWED_ORIGINS).unwrap();
        assert_eq!(found.variable, "CORS_ALLOWED_ORIGINS");
        assert!(env.finish().unwrap().is_empty());
    }

    #[test]
    fn a_file_gives_the_value_without_its_last_line_break() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "secret\n").unwrap();
        let path = file.path().to_str().unwrap();
        let mut with_file = env(&[("ENCRYPTION_KEY_FILE", path)]);
        assert_eq!(with_file.optional(&ENCRYPTION_KEY).unwrap().value, "secret");

        let mut without = env(&[("HELLOJOHN_ENCRYPTION_KEY_FILE", "/nowhere/at/all")]);
        assert!(without.required(&ENCRYPTION_KEY).is_none());
        let error = without.finish().unwrap_err().to_string();
        assert!(
            error.starts_with("HELLOJOHN_ENCRYPTION_KEY_FILE: "),
            "{error}"
        );
        assert!(!error.contains("/nowhere"), "{error}");
    }

    #[test]
    fn everything_missing_is_told_at_once() {
        let mut nothing = env(&[]);
        nothing.required(&DATABASE_URL);
        let error = nothing.finish().unwrap_err().to_string();
        assert_eq!(
            error.lines().next().unwrap(),
            "HELLOJOHN_DATABASE_URL is not set"
        );
        assert!(error.contains("DATABASE_URL,"), "{error}");

        let mut nothing = env(&[]);
        nothing.required(&DATABASE_URL);
        nothing.required(&APP_URL);
        let error = nothing.finish().unwrap_err().to_string();
        assert!(error.starts_with("HELLOJOHN_DATABASE_URL, HELLOJOHN_APP_URL are not set\n"));
    }

    #[test]
    fn a_service_link_of_kubernetes_is_not_a_port() {
        let mut env = env(&[("HELLOJOHN_PORT", "tcp://10.0.0.7:3000")]);
        assert!(env.optional(&PORT).is_none());
    }

    #[test]
    fn the_command_line_beats_the_environment_and_defaults_lose_to_it() {
        let mut env = env(&[("DATABASE_URL", "from-env")]);
        env.default_to(&DATABASE_URL, "default".into());
        assert_eq!(env.optional(&DATABASE_URL).unwrap().value, "from-env");
        env.override_with(&DATABASE_URL, "flag");
        assert_eq!(env.optional(&DATABASE_URL).unwrap().value, "flag");
    }
}
