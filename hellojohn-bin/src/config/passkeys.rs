use hellojohn_core::passkey::{RelyingParty, RelyingPartySettings};

use super::{
    env::Env,
    http::origin_list,
    settings::{WEBAUTHN_ORIGINS, WEBAUTHN_RP_ID, WEBAUTHN_RP_NAME},
};

/// Reads whom passkeys are for. What is unset follows the public base URL.
pub(crate) fn relying_party(env: &mut Env) -> RelyingPartySettings {
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
    RelyingPartySettings { id, name, origins }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<RelyingPartySettings, String> {
        let mut env = Env::of(variables.iter().map(|&(n, v)| (n.to_owned(), v)));
        let read = relying_party(&mut env);
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
        for (variables, name) in [
            (&[("WEBAUTHN_RP_ID", "192.0.2.1")][..], "WEBAUTHN_RP_ID"),
            (
                &[("WEBAUTHN_RP_ID", "https://example.com")],
                "WEBAUTHN_RP_ID",
            ),
            (&[("WEBAUTHN_ORIGINS", "example.com")], "WEBAUTHN_ORIGINS"),
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
