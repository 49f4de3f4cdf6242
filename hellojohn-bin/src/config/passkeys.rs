use hellojohn_core::passkey::{RelyingParty, RelyingPartySettings};

use super::{
    env::Env,
    http::origin_list,
    settings::{WEBAUTHN_ORIGINS, WEBAUTHN_RP_ID, WEBAUTHN_RP_NAME},
};

/// Reads whom passkeys are for. What is unset follows the public base URL, if that is known.
pub(crate) fn relying_party(env: &mut Env, base_url: Option<&str>) -> RelyingPartySettings {
    let origins = env.parsed(&WEBAUTHN_ORIGINS, Vec::new(), origin_list);
    let of_id = origins.clone();
    let id = env.parsed(&WEBAUTHN_RP_ID, None, |text| {
        let placeholder = vec![format!("https://{text}")];
        let used = if of_id.is_empty() { placeholder } else { of_id };
        RelyingParty::new(text, text, used)
            .map(|party| Some(party.id().to_owned()))
            .map_err(|_| {
                "not a domain such as example.com that every one of the origins lies under"
                    .to_owned()
            })
    });
    let name = env.parsed(&WEBAUTHN_RP_NAME, None, |text| Ok(Some(text.to_owned())));
    let settings = RelyingPartySettings { id, name, origins };
    if let Some(base_url) = base_url {
        check(env, &settings, base_url);
    }
    settings
}

/// Settings that do not fit the base URL would leave every passkey refused, one user at a time.
fn check(env: &mut Env, read: &RelyingPartySettings, base_url: &str) {
    if RelyingParty::of_instance(base_url, read).is_ok() {
        return;
    }
    match (&read.id, read.origins.is_empty()) {
        (None, false) => env.refuse(
            &WEBAUTHN_ORIGINS.variable(),
            "not all of them lie under the host of APP_URL; set WEBAUTHN_RP_ID to the domain they \
             have in common",
        ),
        (Some(_), true) => env.refuse(
            &WEBAUTHN_RP_ID.variable(),
            "APP_URL does not lie under it; set WEBAUTHN_ORIGINS to the origins of the pages that \
             use passkeys",
        ),
        // Both are checked above, and without either an address has no passkeys.
        (Some(_), false) | (None, true) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<RelyingPartySettings, String> {
        let mut env = Env::of(variables.iter().map(|&(n, v)| (n.to_owned(), v)));
        let read = relying_party(&mut env, Some("https://auth.example.com"));
        env.finish()
            .map(|_| read)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn origins_lie_under_the_domain() {
        let read_back = read(&[
            ("WEBAUTHN_RP_ID", "example.com"),
            ("HELLOJOHN_WEBAUTHN_RP_NAME", "Example"),
            (
                "WEBAUTHN_ORIGINS",
                "https://app.example.com, https://example.com:8443",
            ),
        ])
        .unwrap();
        assert_eq!(read_back.id.as_deref(), Some("example.com"));
        assert_eq!(read_back.name.as_deref(), Some("Example"));
        assert_eq!(
            read_back.origins,
            ["https://app.example.com", "https://example.com:8443"]
        );
        assert!(read(&[("WEBAUTHN_RP_ID", "example.com")]).is_ok());
        assert!(read(&[("WEBAUTHN_ORIGINS", "https://auth.example.com")]).is_ok());
        for (variables, name) in [
            (&[("WEBAUTHN_RP_ID", "192.0.2.1")][..], "WEBAUTHN_RP_ID"),
            (
                &[("WEBAUTHN_RP_ID", "https://example.com")],
                "WEBAUTHN_RP_ID",
            ),
            (&[("WEBAUTHN_ORIGINS", "example.com")], "WEBAUTHN_ORIGINS"),
            (
                &[("WEBAUTHN_ORIGINS", "https://app.example.com")],
                "HELLOJOHN_WEBAUTHN_ORIGINS",
            ),
            (
                &[("WEBAUTHN_RP_ID", "example.org")],
                "HELLOJOHN_WEBAUTHN_RP_ID",
            ),
            (
                &[
                    ("WEBAUTHN_RP_ID", "example.com"),
                    ("WEBAUTHN_ORIGINS", "https://badexample.com"),
                ],
                "WEBAUTHN_RP_ID",
            ),
        ] {
            let error = read(variables).unwrap_err();
            assert!(error.starts_with(name), "{error}");
        }
    }
}
