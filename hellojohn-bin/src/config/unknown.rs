//! Variables that begin with `HELLOJOHN_` and mean nothing here.

use super::{Profile, env::Env, settings::SETTINGS};

/// Settings of the documentation that later versions will have, and names that belong to others:
/// the client libraries, the upgrade recipe.
const LATER_OR_ELSEWHERE: &[&str] = &[
    "HELLOJOHN_OAUTH_",
    "HELLOJOHN_GOOGLE_",
    "HELLOJOHN_GITHUB_",
    "HELLOJOHN_APPLE_",
    "HELLOJOHN_MICROSOFT_",
    "HELLOJOHN_FACEBOOK_",
    "HELLOJOHN_DISCORD_",
    "HELLOJOHN_TWITTER_",
    "HELLOJOHN_SLACK_",
    "HELLOJOHN_LINKEDIN_",
    "HELLOJOHN_WEBHOOK_",
    "HELLOJOHN_ADMIN_SEED_",
    "HELLOJOHN_DASHBOARD_",
    "HELLOJOHN_SESSION_COOKIE_",
    "HELLOJOHN_AUDIT_",
    "HELLOJOHN_TENANT_",
    "HELLOJOHN_DEFAULT_TENANT",
    "HELLOJOHN_JWT_PUBLIC_KEY_PATH",
    "HELLOJOHN_JWT_SECRET",
    "HELLOJOHN_SECRET_KEY",
    "HELLOJOHN_PUBLIC_KEY",
    "HELLOJOHN_API_",
    "HELLOJOHN_BASE_URL",
    "HELLOJOHN_OUTPUT",
    "HELLOJOHN_VERSION",
    "HELLOJOHN_IMAGE",
];

/// Refuses a misspelt setting in production, warns of it in development (R213).
pub(super) fn check(env: &mut Env, profile: Profile) {
    let mut ignored = Vec::new();
    for name in env.names() {
        if !name.starts_with("HELLOJOHN_") || is_known(&name) || is_service_link(&name) {
            continue;
        }
        let elsewhere = LATER_OR_ELSEWHERE
            .iter()
            .any(|prefix| name.starts_with(prefix));
        if elsewhere || profile == Profile::Development {
            ignored.push(name);
        } else {
            env.refuse(
                &name,
                "no setting of this program has this name; see `hellojohn serve --help`",
            );
        }
    }
    if !ignored.is_empty() {
        env.warn(format!(
            "{} has no effect in this version",
            ignored.join(", ")
        ));
    }
}

fn is_known(name: &str) -> bool {
    let plain = name.strip_suffix("_FILE").unwrap_or(name);
    SETTINGS
        .iter()
        .flat_map(|setting| setting.variables())
        .any(|variable| variable == plain || variable == name)
}

/// What Kubernetes adds for services whose names begin with `hellojohn`.
fn is_service_link(name: &str) -> bool {
    ["_SERVICE_HOST", "_SERVICE_PORT", "_TCP", "_UDP"]
        .iter()
        .any(|part| name.contains(part))
        || name.ends_with("_PORT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str], profile: Profile) -> Result<Vec<String>, String> {
        let mut env = Env::of(names.iter().map(|&name| (name.to_owned(), "x")));
        check(&mut env, profile);
        env.finish().map_err(|error| error.to_string())
    }

    #[test]
    fn a_misspelt_setting_stops_production() {
        let error = of(&["HELLOJOHN_ACESS_TOKEN_TTL"], Profile::Production).unwrap_err();
        assert!(error.starts_with("HELLOJOHN_ACESS_TOKEN_TTL: "), "{error}");
        assert!(of(&["HELLOJOHN_MFA_REQUIERD"], Profile::Production).is_err());
        let warnings = of(&["HELLOJOHN_ACESS_TOKEN_TTL"], Profile::Development).unwrap();
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn known_foreign_and_linked_names_do_not() {
        let names = [
            "HELLOJOHN_PORT",
            "HELLOJOHN_DATABASE_URL_FILE",
            "HELLOJOHN_SERVICE_HOST",
            "HELLOJOHN_PORT_3000_TCP_ADDR",
            "HELLOJOHN_DB_PORT",
            "HELLOJOHN_DB_MAX_CONNECTIONS",
            "HELLOJOHN_SMTP_PASSWORD",
            "PATH",
        ];
        assert_eq!(of(&names, Profile::Production), Ok(Vec::new()));
        let warnings = of(&["HELLOJOHN_GOOGLE_CLIENT_ID"], Profile::Production).unwrap();
        assert_eq!(
            warnings,
            ["HELLOJOHN_GOOGLE_CLIENT_ID has no effect in this version"]
        );
    }
}
