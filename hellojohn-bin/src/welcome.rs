//! What a development server prints: where it is, and at its first start how to call it.

use std::fmt::Write as _;

use data_encoding::BASE32_NOPAD;
use hellojohn_core::ports::{Random as _, system::SystemRandom};
use secrecy::ExposeSecret as _;

use crate::first_start::FreshKeys;

/// Where the server is.
pub(crate) struct Whereabouts<'a> {
    pub(crate) url: &'a str,
    pub(crate) data: Option<&'a str>,
    /// Whether mails are kept here and shown.
    pub(crate) mailbox: Mailboxes,
    /// As it was called.
    pub(crate) program: &'a str,
}

/// Where mails go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mailboxes {
    /// Into the mailbox of this server.
    Here,
    /// To a mail server.
    Elsewhere,
}

/// The text of a start; with the keys if some were made.
pub(crate) fn text(at: &Whereabouts<'_>, fresh: Option<&FreshKeys>) -> String {
    let Whereabouts {
        url, data, program, ..
    } = at;
    let mut text = format!("\nHelloJohn {} is running.\n\n", env!("CARGO_PKG_VERSION"));
    let mut line = |name: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name:<17}{value}");
    };
    line("URL", url);
    line("Documentation", &format!("{url}/docs"));
    line("JWKS", &format!("{url}/.well-known/jwks.json"));
    if at.mailbox == Mailboxes::Here {
        line("Mailbox", &format!("{url}/dev/mailbox"));
    }
    if let Some(data) = data {
        line("Data", data);
    }
    if let Some(FreshKeys { tenant, .. }) = fresh {
        line("Tenant", &format!("{} ({})", tenant.id, tenant.name));
    }
    let publishable = fresh.and_then(|fresh| fresh.publishable.as_ref());
    if let Some(key) = publishable {
        line("Publishable key", key.expose_secret());
    }
    if let Some(key) = fresh.and_then(|fresh| fresh.secret.as_ref()) {
        line("Secret key", key.expose_secret());
    }
    if fresh.is_some() {
        text.push_str(KEEP_THEM);
    }
    if let Some(key) = publishable {
        text.push_str(&how_to_call(url, key.expose_secret()));
    }
    let program = for_a_shell(program);
    let _ = write!(
        text,
        "\nNew keys:  {program} keys create --dev --name web --type publishable\n\n"
    );
    text
}

const KEEP_THEM: &str = "
The keys are shown this once. The publishable key may be in a browser; keep the secret key
on your server.
";

fn how_to_call(url: &str, key: &str) -> String {
    // A printed password would soon be in every list of breached ones.
    let password = one_time_password();
    format!(
        "
Copy this to sign a first user up:

  curl -sS {url}/v1/auth/sign-up \\
    -H 'Authorization: Bearer {key}' \\
    -H 'Content-Type: application/json' \\
    -d '{{\"email\":\"ada@example.com\",\"password\":\"{password}\"}}'

and this to sign in:

  curl -sS {url}/v1/auth/sign-in \\
    -H 'Authorization: Bearer {key}' \\
    -H 'Content-Type: application/json' \\
    -d '{{\"email\":\"ada@example.com\",\"password\":\"{password}\"}}'
"
    )
}

/// A word that a shell reads as it is.
fn for_a_shell(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%".contains(c);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn one_time_password() -> String {
    let mut bytes = [0; 10];
    // Without randomness the engine would not have started.
    if let Ok(random) = SystemRandom::new() {
        random.fill(&mut bytes);
    }
    BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::for_a_shell;

    #[test]
    fn odd_paths_are_quoted() {
        assert_eq!(for_a_shell("target/release/hj"), "target/release/hj");
        assert_eq!(for_a_shell("/a b/it's"), r"'/a b/it'\''s'");
    }
}
