use hellojohn_core::{
    Error,
    access::Caller,
    credential::CredentialError,
    flows::{LinkView, ResetPassword},
    one_time::Purpose,
    secret::ExposeSecret,
};
use http::StatusCode;

use super::{
    Fields,
    shown::{Kind, asking, holder, refused, sentence, view},
};
use crate::{
    call::Call,
    pages::{Field, Page},
    problem::Problem,
    reply::Reply,
};

pub(super) const VERIFY: Kind = Kind {
    purposes: &[Purpose::VerifyEmail, Purpose::ChangeEmail],
    action: "verify-email",
    button: "Yes, this is my address",
    fields: &[],
    words: |caller, view| {
        let page = Page::new("Confirm your e-mail address");
        let address = address(view);
        let tenant = &caller.tenant().name;
        match view.purpose {
            Purpose::ChangeEmail => page
                .line(format!("An account at {tenant} is to move to {address}."))
                .line("If it is not yours, close this page: nothing has changed."),
            _ => page
                .line(format!(
                    "Is {address} your address? It was given for an account at {tenant}."
                ))
                .line("If you did not make that account, close this page."),
        }
    },
};

pub(super) const UNDO: Kind = Kind {
    purposes: &[Purpose::UndoEmailChange],
    action: "undo-email-change",
    button: "Take the change back",
    fields: &[],
    words: |caller, view| {
        Page::new("Take a change of address back")
            .line(format!(
                "Your account at {} goes back to {}, and every device is signed out.",
                caller.tenant().name,
                address(view)
            ))
            .line("Set a new password afterwards if it was not you who asked for the change.")
    },
};

pub(super) const RESET: Kind = Kind {
    purposes: &[Purpose::ResetPassword],
    action: "reset-password",
    button: "Set the password",
    fields: &[
        Field {
            name: "new_password",
            label: "New password",
        },
        Field {
            name: "repeated_password",
            label: "The same again",
        },
    ],
    words: |caller, view| {
        Page::new("Set a new password").line(format!(
            "For {} at {}. Every device is signed out.",
            address(view),
            caller.tenant().name
        ))
    },
};

pub(super) const UNLOCK: Kind = Kind {
    purposes: &[Purpose::Unlock],
    action: "unlock",
    button: "Unlock the account",
    fields: &[],
    words: |caller, view| {
        Page::new("Unlock your account")
            .line(format!(
                "There were too many wrong passwords for {} at {}.",
                address(view),
                caller.tenant().name
            ))
            .line("If it was not you, choose a new password afterwards.")
    },
};

pub(super) const RECOVERY: Kind = Kind {
    purposes: &[Purpose::MfaRecovery],
    action: "mfa-recovery",
    button: "Yes, I asked for this",
    fields: &[],
    words: |caller, view| {
        Page::new("Recover your account")
            .line(format!(
                "Somebody who knows the password of {} at {} has lost the second factor.",
                address(view),
                tenant(caller)
            ))
            .line("If it was not you, close this page and change your password.")
    },
};

pub(super) async fn verify(call: Call) -> Result<Reply, Problem> {
    let fields: Fields = call.form()?;
    let done = async {
        let caller = holder(&call, &fields.token.0).await?;
        call.engine().verify_email(&caller, &fields.token.0).await
    };
    match done.await {
        Ok(email) => Page::new("Thank you")
            .line(format!("{email} is confirmed. You can close this page."))
            .reply(),
        Err(error) => refused(error)?.reply(),
    }
}

pub(super) async fn undo(call: Call) -> Result<Reply, Problem> {
    let fields: Fields = call.form()?;
    let done = async {
        let caller = holder(&call, &fields.token.0).await?;
        call.engine()
            .undo_email_change(&caller, &fields.token.0)
            .await
    };
    match done.await {
        Ok(email) => Page::new("The change is taken back")
            .line(format!("Your account has the address {email} again."))
            .line("If it was not you who changed it, set a new password now.")
            .reply(),
        Err(error) => refused(error)?.reply(),
    }
}

pub(super) async fn reset(call: Call) -> Result<Reply, Problem> {
    let Fields {
        token,
        new_password,
        repeated_password,
    } = call.form()?;
    let (caller, view) = match view(&call, RESET.purposes, &token.0).await {
        Ok(found) => found,
        Err(error) => return refused(error)?.reply(),
    };
    let again = |why: String| {
        asking(&RESET, &caller, &view, &token.0)
            .notice(why, StatusCode::UNPROCESSABLE_ENTITY)
            .reply()
    };
    let new_password = match (new_password, repeated_password) {
        (Some(new), Some(repeated)) if new.0.expose_secret() == repeated.0.expose_secret() => new.0,
        _ => return again("The two passwords are not the same.".to_owned()),
    };
    let request = ResetPassword {
        token: token.0.clone(),
        new_password,
    };
    match call.engine().reset_password(&caller, request).await {
        Ok(()) => Page::new("Your password is changed")
            .line("Sign in with the new one. You can close this page.")
            .reply(),
        Err(error @ Error::Credential(CredentialError::Weak(_))) => {
            again(format!("{}.", sentence(&error)))
        }
        Err(error) => refused(error)?.reply(),
    }
}

pub(super) async fn unlock(call: Call) -> Result<Reply, Problem> {
    let fields: Fields = call.form()?;
    let done = async {
        let caller = holder(&call, &fields.token.0).await?;
        call.engine().unlock(&caller, &fields.token.0).await
    };
    match done.await {
        Ok(()) => Page::new("Your account is unlocked")
            .line("Sign in again. You can close this page.")
            .reply(),
        Err(error) => refused(error)?.reply(),
    }
}

pub(super) async fn prove_recovery(call: Call) -> Result<Reply, Problem> {
    let fields: Fields = call.form()?;
    let done = async {
        let caller = holder(&call, &fields.token.0).await?;
        call.engine().prove_recovery(&caller, &fields.token.0).await
    };
    match done.await {
        Ok(()) => Page::new("Your mailbox is proven")
            .line("An administrator decides now; you will get a mail.")
            .reply(),
        Err(error) => refused(error)?.reply(),
    }
}

/// The mailbox a link is about.
pub(super) fn address(view: &LinkView) -> String {
    view.email
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The tenant as people know it.
pub(super) fn tenant(caller: &Caller) -> &str {
    &caller.tenant().name
}
