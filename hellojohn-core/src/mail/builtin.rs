//! The words of the built-in mails.

use super::{
    Template,
    content::Part::{self, Code, Link, Say},
};

const HELLO: Part = Say("Hello{% if user.name %} {{ user.name }}{% endif %},");
const NOT_YOU: Part =
    Say("If this was not you, change your password now, and tell whoever runs {{ tenant.name }}.");
const IGNORE: Part = Say("If you did not ask for this, you can ignore this mail.");
const FROM_WHERE: Part = Say("{% if device %}Device: {{ device }}. {% endif %}\
     {% if ip_address %}Address: {{ ip_address }}. {% endif %}\
     {% if time %}Time: {{ time }}.{% endif %}");

/// Subject and parts of a template.
#[expect(clippy::too_many_lines, reason = "a table of words")]
pub(super) const fn of(template: Template) -> (&'static str, &'static [Part]) {
    match template {
        Template::VerifyEmail => (
            "Confirm your e-mail address for {{ tenant.name }}",
            &[
                HELLO,
                Say(
                    "please confirm that this is your e-mail address. The link works once, for {{ expires_in }}.",
                ),
                Link("Confirm the address"),
                IGNORE,
            ],
        ),
        Template::MagicLink => (
            "Your sign-in link for {{ tenant.name }}",
            &[
                HELLO,
                Say(
                    "here is your sign-in link. It works once, for {{ expires_in }}. Do not pass it on.",
                ),
                Link("Sign in"),
                IGNORE,
            ],
        ),
        Template::PasswordReset => (
            "Reset your password for {{ tenant.name }}",
            &[
                HELLO,
                Say(
                    "somebody asked to set a new password for your account. The link works once, for {{ expires_in }}.",
                ),
                Link("Set a new password"),
                Say("If that was not you, ignore this mail: your password stays as it is."),
            ],
        ),
        Template::EmailChange => (
            "Confirm your new e-mail address for {{ tenant.name }}",
            &[
                HELLO,
                Say(
                    "an account is to be moved to this e-mail address. The link works once, for {{ expires_in }}.",
                ),
                Link("Confirm the new address"),
                IGNORE,
            ],
        ),
        Template::EmailChangeNotice => (
            "Your e-mail address for {{ tenant.name }} changes",
            &[
                HELLO,
                Say(
                    "the e-mail address of your account is changed{% if new_email %} to {{ new_email }}{% endif %}. If you asked for that, there is nothing to do.",
                ),
                Say(
                    "If you did not, take the change back within {{ expires_in or 'a short time' }}, and set a new password.",
                ),
                Link("Take the change back"),
            ],
        ),
        Template::Invitation => (
            "You are invited to {{ organization.name or tenant.name }}",
            &[
                Say("Hello,"),
                Say(
                    "{{ inviter.name or 'somebody' }} invites you to {{ organization.name or tenant.name }}. The invitation holds for {{ expires_in }}.",
                ),
                Link("Accept the invitation"),
                Say("If you do not know what this is about, you can ignore this mail."),
            ],
        ),
        Template::Welcome => (
            "Welcome to {{ tenant.name }}",
            &[
                HELLO,
                Say("welcome to {{ tenant.name }}. Your account is ready."),
            ],
        ),
        Template::MfaCode => (
            "Your code for {{ tenant.name }}",
            &[
                HELLO,
                Say(
                    "this is your code. It is good for {{ expires_in }}. Nobody else needs it: do not pass it on.",
                ),
                Code,
                Say(
                    "If you are not signing in just now, somebody may know your password: change it.",
                ),
            ],
        ),
        Template::AccountUnlock => (
            "Your account at {{ tenant.name }} is locked",
            &[
                HELLO,
                Say(
                    "your account was locked after too many failed attempts to sign in. The link unlocks it; it works once, for {{ expires_in }}.",
                ),
                Link("Unlock the account"),
                NOT_YOU,
            ],
        ),
        Template::NewDevice => (
            "New sign-in to {{ tenant.name }}",
            &[
                HELLO,
                Say("somebody signed in to your account from a device we have not seen before."),
                FROM_WHERE,
                NOT_YOU,
            ],
        ),
        Template::MfaReset => (
            "Your second factors at {{ tenant.name }} were removed",
            &[
                HELLO,
                Say(
                    "an administrator removed the second factors of your account. You can set up new ones at your next sign-in.",
                ),
                NOT_YOU,
            ],
        ),
        Template::MfaChanged => (
            "Your second factors at {{ tenant.name }} changed",
            &[
                HELLO,
                Say(
                    "a second factor{% if factor %} ({{ factor }}){% endif %} of your account was {{ change or 'changed' }}.",
                ),
                FROM_WHERE,
                NOT_YOU,
            ],
        ),
        Template::BackupCodeUsed => (
            "A backup code was used at {{ tenant.name }}",
            &[
                HELLO,
                Say(
                    "somebody signed in to your account with a backup code.{% if remaining is not none %} Codes left: {{ remaining }}.{% endif %}",
                ),
                FROM_WHERE,
                NOT_YOU,
            ],
        ),
        Template::MfaRecovery => (
            "Getting back into your account at {{ tenant.name }}",
            &[
                HELLO,
                Say(
                    "somebody asked to get back into your account without its second factor. The link proves that you read this mail; it works once, for {{ expires_in }}. An administrator decides afterwards.",
                ),
                Link("Prove that it is you"),
                NOT_YOU,
            ],
        ),
        Template::PasswordChanged => (
            "Your password at {{ tenant.name }} was changed",
            &[
                HELLO,
                Say("the password of your account was changed."),
                FROM_WHERE,
                Say(
                    "If this was not you, set a new password with \"forgot password\" now, and tell whoever runs {{ tenant.name }}.",
                ),
            ],
        ),
        Template::AccountExists => (
            "You have an account at {{ tenant.name }} already",
            &[
                HELLO,
                Say(
                    "somebody, probably you, tried to sign up with this e-mail address. There is an account with it: sign in instead, or set a new password if you do not know it any more.",
                ),
                Say("If that was not you, there is nothing to do."),
            ],
        ),
    }
}

/// The text of an SMS.
pub(super) const SMS: &str = "{% if code %}{{ code }} is your code for {{ tenant.name }}\
    {% if expires_in %}, good for {{ expires_in }}{% endif %}. Do not pass it on.\
    {% else %}{{ tenant.name }}: {{ link }}{% endif %}";
