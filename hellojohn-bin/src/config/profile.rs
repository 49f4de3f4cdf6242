use super::{env::Env, settings::ENV};

/// What the process is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// On somebody's own machine: everything has a default, nothing is asked.
    Development,
    /// Everything that protects users must be configured.
    Production,
}

/// Proof that this process was started for development.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Development(());

impl Profile {
    /// The proof, if it was.
    pub(crate) const fn development(self) -> Option<Development> {
        match self {
            Self::Development => Some(Development(())),
            Self::Production => None,
        }
    }

    /// Production unless `--dev` was given or the environment says development.
    pub(crate) fn choose(env: &mut Env, dev: bool) -> Self {
        if dev {
            return Self::Development;
        }
        let Some(found) = env.optional(&ENV) else {
            return Self::Production;
        };
        match found.value.to_ascii_lowercase().as_str() {
            "development" | "dev" => Self::Development,
            "production" | "prod" => Self::Production,
            // `ENV` alone is also what shells call their start-up file, and what other
            // programs call their stage; whatever it is, it is not development.
            _ if found.variable == ENV.name => Self::Production,
            _ => {
                env.refuse(&found.variable, "neither development nor production");
                Self::Production
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_word_lowers_the_guard() {
        let of = |variables: &[(&str, &str)]| {
            let mut env = Env::of(variables.iter().map(|&(n, v)| (n.to_owned(), v)));
            let profile = Profile::choose(&mut env, false);
            (profile, env.finish().is_ok())
        };
        assert_eq!(of(&[]), (Profile::Production, true));
        assert_eq!(of(&[("ENV", "development")]), (Profile::Development, true));
        assert_eq!(of(&[("ENV", "staging")]), (Profile::Production, true));
        assert_eq!(
            of(&[("HELLOJOHN_ENV", "staging")]),
            (Profile::Production, false)
        );
        assert_eq!(
            Profile::choose(&mut Env::default(), true),
            Profile::Development
        );
    }
}
