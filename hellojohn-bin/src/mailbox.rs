//! The mailbox of a development server: mails are kept in memory, shown in a browser and printed.
//!
//! It can only be made with the proof that this process was started for development, so no
//! production server has one (R039).

use std::{
    collections::VecDeque,
    fmt::Write as _,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use hellojohn_core::{
    network::is_public,
    ports::{Clock as _, mail::OutgoingMail, system::SystemClock},
    time::Timestamp,
};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::{config::Development, output::note};

/// Mails that a development server sent.
#[derive(Clone, Default)]
pub(crate) struct Mailbox(Arc<Mutex<VecDeque<Kept>>>);

struct Kept {
    at: Timestamp,
    mail: OutgoingMail,
}

/// How many are kept.
const MOST: usize = 200;

impl Mailbox {
    /// An empty one.
    pub(crate) fn new(_: Development) -> Self {
        Self::default()
    }

    /// Keeps a mail, and prints what a developer would look for in it.
    pub(crate) fn put(&self, mail: &OutgoingMail) {
        note(line(mail));
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(MOST - 1);
        kept.push_front(Kept {
            at: SystemClock.now(),
            mail: mail.clone(),
        });
    }

    /// Whether somebody at this address, who calls this server by this name, may look: nobody
    /// from outside, and no page that made its own name point here.
    pub(crate) fn is_shown_to(peer: Option<IpAddr>, host: Option<&str>) -> bool {
        let host = host.unwrap_or_default();
        let host = match host.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => host,
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let local =
            host == "localhost" || host.ends_with(".localhost") || host.parse::<IpAddr>().is_ok();
        local && peer.is_some_and(|peer| !is_public(peer))
    }

    /// The newest first, for programs.
    pub(crate) fn as_json(&self) -> Value {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mails = kept.iter().map(|Kept { at, mail }| {
            let secret = |text: &Option<secrecy::SecretString>| {
                text.as_ref().map(|text| text.expose_secret().to_owned())
            };
            json!({
                "at": at,
                "message_id": mail.message_id,
                "template": mail.template.map(hellojohn_core::mail::Template::as_str),
                "to": mail.to,
                "from": { "name": mail.from.name, "email": mail.from.email },
                "reply_to": mail.reply_to,
                "subject": mail.subject,
                "text": mail.text.expose_secret(),
                "html": secret(&mail.html),
                "link": secret(&mail.link),
                "code": secret(&mail.code),
            })
        });
        json!({ "messages": mails.collect::<Vec<_>>() })
    }

    /// The newest first, for people.
    pub(crate) fn as_html(&self) -> String {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut page = String::from(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Mailbox</title>\
             </head><body><h1>Mailbox</h1>",
        );
        if kept.is_empty() {
            page.push_str("<p>No mail was sent yet. Load this page again after one was.</p>");
        }
        // Writing to a String cannot fail.
        for Kept { at, mail } in kept.iter() {
            let _ = write!(
                page,
                "<hr><h2>{}</h2><p>{at}, to {}</p><pre>{}</pre>",
                escaped(&mail.subject),
                escaped(mail.to.as_str()),
                escaped(mail.text.expose_secret())
            );
            let link = mail.link.as_ref().map(|link| escaped(link.expose_secret()));
            if let Some(link) = link.filter(|link| link.starts_with("http")) {
                let _ = write!(page, "<p><a href=\"{link}\">{link}</a></p>");
            }
        }
        page.push_str("</body></html>\n");
        page
    }
}

/// One short line with the link or code.
fn line(mail: &OutgoingMail) -> String {
    let template = mail.template.map_or("test", |template| template.as_str());
    let mut line = format!("✉ {template} to {}", mail.to);
    if let Some(link) = &mail.link {
        let _ = write!(line, ": {}", link.expose_secret());
    }
    if let Some(code) = &mail.code {
        let _ = write!(line, ": code {}", code.expose_secret());
    }
    line
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use hellojohn_core::{input::Email, ports::mail::Sender};

    use super::*;
    use crate::config::Profile;

    fn mail(number: usize) -> OutgoingMail {
        OutgoingMail {
            message_id: format!("<{number}@localhost>"),
            template: None,
            to: Email::parse("ada@example.com").unwrap(),
            from: Sender::default(),
            reply_to: None,
            subject: format!("<b>{number}</b>"),
            text: "a & b".to_owned().into(),
            html: None,
            link: Some("http://localhost/x?a=1&b=2".to_owned().into()),
            code: None,
        }
    }

    #[test]
    fn production_has_no_mailbox() {
        assert!(Profile::Production.development().is_none());
        assert!(Profile::Development.development().is_some());
    }

    #[test]
    fn the_newest_come_first_and_only_so_many_are_kept() {
        let mailbox = Mailbox::new(Profile::Development.development().unwrap());
        (0..MOST + 5).for_each(|number| mailbox.put(&mail(number)));
        let all = mailbox.as_json();
        let all = all["messages"].as_array().unwrap();
        assert_eq!(all.len(), MOST);
        assert_eq!(all[0]["message_id"], format!("<{}@localhost>", MOST + 4));
        let page = mailbox.as_html();
        assert!(
            !page.contains("<b>") && page.contains("&lt;b&gt;204"),
            "{page}"
        );
        assert!(
            page.contains("href=\"http://localhost/x?a=1&amp;b=2\""),
            "{page}"
        );
    }

    #[test]
    fn nobody_from_outside_looks_into_it() {
        let shown = |peer: &str, host| Mailbox::is_shown_to(Some(peer.parse().unwrap()), host);
        for host in [
            "localhost:3000",
            "127.0.0.1:3000",
            "[::1]:3000",
            "x.localhost",
            "192.168.1.7",
        ] {
            assert!(shown("127.0.0.1", Some(host)), "{host}");
        }
        assert!(!shown("127.0.0.1", Some("evil.example:3000")));
        assert!(!shown("127.0.0.1", None));
        assert!(!shown("1.1.1.1", Some("localhost:3000")));
        assert!(!Mailbox::is_shown_to(None, Some("localhost")));
    }
}
