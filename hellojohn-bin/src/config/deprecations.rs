//! What will be removed, one release ahead (U14).

use hellojohn_http::{Route, routes};

use super::env::Env;

/// A setting that will go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DeprecatedSetting {
    /// The variable, whole.
    pub(crate) variable: &'static str,
    /// The release that deprecated it.
    pub(crate) since: &'static str,
    /// The release that will not read it any more.
    pub(crate) removed_in: &'static str,
    /// What to set instead.
    pub(crate) instead: &'static str,
}

/// None yet. Names without `HELLOJOHN_` and the documented aliases are not deprecated.
const SETTINGS: &[DeprecatedSetting] = &[];

/// A warning for each deprecated setting that is set.
pub(crate) fn in_use(env: &Env) -> Vec<String> {
    warnings(env, SETTINGS)
}

/// A warning for each route that will go. Who uses them is in the log.
pub(crate) fn of_routes() -> Vec<String> {
    routes().iter().filter_map(of_route).collect()
}

fn of_route(route: &Route) -> Option<String> {
    let deprecation = route.deprecation()?;
    Some(format!(
        "{} {} is deprecated since {} and will be removed in {}; use {}",
        route.method(),
        route.path(),
        deprecation.since,
        deprecation.removed_in,
        deprecation.instead
    ))
}

fn warnings(env: &Env, deprecated: &[DeprecatedSetting]) -> Vec<String> {
    let names = env.names();
    deprecated
        .iter()
        .filter(|setting| names.iter().any(|name| name == setting.variable))
        .map(|setting| {
            format!(
                "{} is deprecated since {} and will be removed in {}; set {}",
                setting.variable, setting.since, setting.removed_in, setting.instead
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_set_is_warned_of() {
        let deprecated = [DeprecatedSetting {
            variable: "HELLOJOHN_OLD",
            since: "0.9.0",
            removed_in: "1.0.0",
            instead: "HELLOJOHN_NEW",
        }];
        let of = |name: &str| warnings(&Env::of([(name.to_owned(), "x")]), &deprecated);
        assert_eq!(
            of("HELLOJOHN_OLD"),
            [
                "HELLOJOHN_OLD is deprecated since 0.9.0 and will be removed in 1.0.0; set HELLOJOHN_NEW"
            ]
        );
        assert!(of("HELLOJOHN_NEW").is_empty());
    }

    #[test]
    fn what_replaces_a_setting_is_a_setting() {
        let known = |variable: &str| {
            let settings = super::super::settings::SETTINGS.iter();
            settings
                .flat_map(|setting| setting.variables())
                .any(|name| name == variable)
        };
        for setting in SETTINGS {
            assert!(known(setting.instead), "{setting:?}");
            let removed = |release: &str| release.parse::<hellojohn_storage::Release>().unwrap();
            assert!(
                removed(setting.removed_in) > removed(setting.since),
                "{setting:?}"
            );
        }
    }
}
