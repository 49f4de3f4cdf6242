use super::Query;
use crate::{
    call::Call,
    pages::{Field, Form, Page},
    problem::{Problem, status_of},
    reply::Reply,
};
use hellojohn_core::{
    Error,
    access::Caller,
    flows::LinkView,
    one_time::{LinkError, Purpose},
    secret::{ExposeSecret, SecretString},
};

/// What the page of a kind of link says.
pub(super) struct Kind {
    /// What its links may be for.
    pub(super) purposes: &'static [Purpose],
    /// The last segment of its path.
    pub(super) action: &'static str,
    pub(super) button: &'static str,
    pub(super) fields: &'static [Field],
    /// Title and text.
    pub(super) words: fn(&Caller, &LinkView) -> Page,
}

/// Answers GET: shows what the link is for and uses nothing up.
pub(super) async fn open(call: Call, kind: &'static Kind) -> Result<Reply, Problem> {
    let query: Query = call.query()?;
    let Some(token) = query.token else {
        return refused(LinkError::Invalid.into())?.reply();
    };
    match view(&call, kind.purposes, &token.0).await {
        Ok((caller, view)) => asking(kind, &caller, &view, &token.0).reply(),
        Err(error) => refused(error)?.reply(),
    }
}

/// The link behind a secret, if it is for one of these purposes.
pub(super) async fn view(
    call: &Call,
    purposes: &[Purpose],
    token: &SecretString,
) -> Result<(Caller, LinkView), Error> {
    let caller = holder(call, token).await?;
    let view = call.engine().look_at_link(&caller, token).await?;
    if purposes.contains(&view.purpose) {
        Ok((caller, view))
    } else {
        Err(LinkError::Invalid.into())
    }
}

/// Whoever opened a page shows nothing but the secret.
pub(super) async fn holder(call: &Call, token: &SecretString) -> Result<Caller, Error> {
    let origin = call.origin.clone();
    call.engine().caller_by_handle(token, origin).await
}

/// The page with its button.
pub(super) fn asking(kind: &Kind, caller: &Caller, view: &LinkView, token: &SecretString) -> Page {
    (kind.words)(caller, view).form(Form {
        action: kind.action,
        token: token.expose_secret().to_owned(),
        fields: kind.fields,
        button: kind.button,
        leads_to: view.next.as_ref().map(|next| next.origin().to_owned()),
    })
}

/// The page that says why nothing happened; faults of ours are answered as everywhere.
pub(super) fn refused(error: Error) -> Result<Page, Problem> {
    let status = status_of(error.code());
    if !error.is_for_caller() || status.is_server_error() {
        return Err(error.into());
    }
    let (title, text) = match &error {
        Error::Link(LinkError::Expired) => (
            "This link has expired",
            "Ask for a new one where you asked for this one.".to_owned(),
        ),
        Error::Link(_) => (
            "This link is not valid",
            "It may have been used already, or a newer one was sent. Ask for a new one.".to_owned(),
        ),
        other => ("This is not possible", format!("{}.", sentence(other))),
    };
    Ok(Page::new(title).notice(text, status))
}

/// A message of ours as a sentence.
pub(super) fn sentence(error: &Error) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
