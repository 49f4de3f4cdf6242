use std::net::IpAddr;

use hellojohn_core::{
    access::Caller,
    flows::LinkView,
    one_time::{LinkError, Purpose},
    secret::ExposeSecret,
};
use http::{HeaderValue, StatusCode, header};

use super::{
    Fields, Query,
    kinds::{address, tenant},
    shown::{Kind, asking, holder, refused, view},
};
use crate::{call::Call, pages::Page, problem::Problem, reply::Reply};

const SIGN_IN: Kind = Kind {
    purposes: &[Purpose::MagicLink],
    action: "callback",
    button: "Sign in",
    fields: &[],
    words,
};

/// Says for whom the link is, and when and from where it was asked for: whoever was sent somebody
/// else's link, or did not ask for one, can tell (R037, N18).
fn words(caller: &Caller, view: &LinkView) -> Page {
    let asked_at = view.asked_at.to_string();
    let minute = asked_at.get(..16).unwrap_or_default().replace('T', " ");
    let mut page = Page::new(format!("Sign in to {}", tenant(caller)))
        .line(format!("You will be signed in as {}.", address(view)))
        .line(format!(
            "This link was asked for at {minute} UTC{}.",
            place(view)
        ));
    if let Some(browser) = &view.asked_with {
        let browser: String = browser.chars().take(160).collect();
        page = page.line(format!("The browser was {browser}."));
    }
    page.line("If that was not you, close this page: nobody is signed in.")
}

fn place(view: &LinkView) -> String {
    let address = view.asked_from.as_deref();
    let network = address.and_then(|text| text.parse().ok()).map(network);
    network.map_or_else(String::new, |network| {
        format!(" from the network {network}")
    })
}

/// The network of an address: enough to know one's own.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

pub(super) async fn open(call: Call) -> Result<Reply, Problem> {
    let query: Query = call.query()?;
    let Some(token) = query.token else {
        return refused(LinkError::Invalid.into())?.reply();
    };
    match view(&call, SIGN_IN.purposes, &token.0).await {
        Ok((caller, view)) if view.next.is_some() => {
            asking(&SIGN_IN, &caller, &view, &token.0).reply()
        }
        Ok((caller, view)) => words(&caller, &view)
            .line("Open the link in the application that you asked for it: it cannot be finished here.")
            .reply(),
        Err(error) => refused(error)?.reply(),
    }
}

pub(super) async fn confirm(call: Call) -> Result<Reply, Problem> {
    let fields: Fields = call.form()?;
    let done = async {
        let caller = holder(&call, &fields.token.0).await?;
        call.engine()
            .confirm_magic_link(&caller, &fields.token.0)
            .await
    };
    match done.await {
        Ok(next) => {
            let mut location =
                HeaderValue::from_str(next.expose_secret()).map_err(|_| Problem::internal())?;
            location.set_sensitive(true);
            Ok(Reply::empty()
                .with_status(StatusCode::SEE_OTHER)
                .with_header(header::LOCATION, location))
        }
        Err(error) => refused(error)?.reply(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_shown_and_not_the_address() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("192.0.2.77"), "192.0.2.0/24");
        assert_eq!(of("2001:db8:12:34::1"), "2001:db8:12::/48");
    }
}
