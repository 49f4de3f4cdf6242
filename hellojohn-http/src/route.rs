//! One route as data: the router, the access checks, the OpenAPI document and the tests are derived from it.

use std::{fmt, pin::Pin, sync::Arc};

use http::{Method, StatusCode};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};

use crate::{
    call::Call, deprecation::Deprecation, metrics::RouteMeter, problem::Problem, reply::Reply,
};

/// The largest request body, unless the route says otherwise (R186).
pub const BODY_LIMIT: usize = 64 * 1024;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Access {
    /// Anybody; the route belongs to no tenant.
    Public,
    /// Anybody who names a tenant, with a publishable key or `X-Tenant-ID`.
    Anyone,
    /// Whoever holds the one-time secret in the body, which names its tenant; a credential may be
    /// there too, and must then be of the same tenant.
    Handle,
    /// A frontend with a publishable key.
    Publishable,
    /// A signed-in user.
    User,
    /// A server whose secret key covers this scope.
    Server(&'static str),
    /// A signed-in user for what is theirs, or a server whose secret key covers this scope.
    UserOrServer(&'static str),
    /// An operator whose master key covers this scope.
    Operator(&'static str),
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("anybody"),
            Self::Anyone => f.write_str("publishable key, or X-Tenant-ID alone"),
            Self::Handle => f.write_str("the one-time secret in the body"),
            Self::Publishable => f.write_str("publishable key"),
            Self::User => f.write_str("access token of a user"),
            Self::Server(scope) => write!(f, "secret key with {scope}"),
            Self::UserOrServer(scope) => {
                write!(f, "access token of the user, or secret key with {scope}")
            }
            Self::Operator(scope) => write!(f, "master key with {scope}"),
        }
    }
}

/// Which budget of requests a route draws from; [`RateLimits`](crate::RateLimits) says how large it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RateClass {
    /// Not counted: health and metadata.
    Unlimited,
    /// Per address, and all of a tenant together: sign-in and other password checks.
    SignIn,
    /// Per address: sign-up.
    SignUp,
    /// Per address and e-mail address: asking for a magic link.
    MagicLink,
    /// Per address and e-mail address: asking for another verification mail.
    EmailResend,
    /// Per address: showing the token of a verification mail.
    EmailVerify,
    /// Per address and e-mail address: asking for a reset mail.
    PasswordForgot,
    /// Per address: showing the token of a reset mail.
    PasswordReset,
    /// Per address: showing the token of an unlock mail.
    Unlock,
    /// Per address and user: asking for a code.
    MfaChallenge,
    /// Per address: showing a code; how many codes a user may try is counted in the database.
    MfaVerify,
    /// Per address: asking for the options of a passkey.
    PasskeyOptions,
    /// Per address: showing a passkey.
    PasskeyVerify,
    /// Per address and session: refresh.
    Refresh,
    /// Per address: coming back from another identity provider.
    Callback,
    /// Per key or user: reading.
    Read,
    /// Per key or user: writing.
    Write,
    /// Per key: writing many at once.
    Bulk,
    /// Per key: sending a mail to try the settings.
    EmailTest,
    /// Per key: showing a mail without sending it.
    TemplatePreview,
}

impl RateClass {
    /// The name in metrics and of the budget.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unlimited => "unlimited",
            Self::SignIn => "sign_in",
            Self::SignUp => "sign_up",
            Self::MagicLink => "magic_link",
            Self::EmailResend => "email_resend",
            Self::EmailVerify => "email_verify",
            Self::PasswordForgot => "password_forgot",
            Self::PasswordReset => "password_reset",
            Self::Unlock => "unlock",
            Self::MfaChallenge => "mfa_challenge",
            Self::MfaVerify => "mfa_verify",
            Self::PasskeyOptions => "passkey_options",
            Self::PasskeyVerify => "passkey_verify",
            Self::Refresh => "refresh",
            Self::Callback => "callback",
            Self::Read => "read",
            Self::Write => "write",
            Self::Bulk => "bulk",
            Self::EmailTest => "email_test",
            Self::TemplatePreview => "template_preview",
        }
    }

    /// Every class that is counted.
    pub(crate) const COUNTED: [Self; 19] = [
        Self::SignIn,
        Self::SignUp,
        Self::MagicLink,
        Self::EmailResend,
        Self::EmailVerify,
        Self::PasswordForgot,
        Self::PasswordReset,
        Self::Unlock,
        Self::MfaChallenge,
        Self::MfaVerify,
        Self::PasskeyOptions,
        Self::PasskeyVerify,
        Self::Refresh,
        Self::Callback,
        Self::Read,
        Self::Write,
        Self::Bulk,
        Self::EmailTest,
        Self::TemplatePreview,
    ];
}

/// Which browser pages may read the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origins {
    /// Those the tenant or the instance lists (R183).
    Listed,
    /// Every one: public metadata without credentials.
    Every,
}

/// One operation of the API.
#[derive(Clone)]
pub struct Route {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) operation_id: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) tag: &'static str,
    pub(crate) access: Option<Access>,
    pub(crate) rate_class: RateClass,
    pub(crate) body_limit: usize,
    pub(crate) takes_session_mode: bool,
    pub(crate) origins: Origins,
    pub(crate) query: Option<Shape>,
    pub(crate) body: Option<RequestBody>,
    pub(crate) reply: ReplyShape,
    /// Error codes that do not follow from the kind of route.
    pub(crate) refusals: &'static [&'static str],
    pub(crate) handler: Option<Handler>,
    pub(crate) deprecation: Option<Deprecation>,
    /// Made with the table that serves the route.
    pub(crate) meter: Option<Arc<RouteMeter>>,
}

pub(crate) type Handler = fn(Call) -> Pin<Box<dyn Future<Output = Result<Reply, Problem>> + Send>>;

/// The schema of a type, inlined or as a component.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Everything in place.
    pub(crate) inlined: fn() -> Schema,
    /// A reference into the generator's definitions.
    pub(crate) referenced: fn(&mut SchemaGenerator) -> Schema,
}

impl Shape {
    pub(crate) fn of<T: JsonSchema>() -> Self {
        Self {
            inlined: inlined_schema::<T>,
            referenced: SchemaGenerator::subschema_for::<T>,
        }
    }
}

/// The schema of a type that is read, with everything in place.
pub(crate) fn inlined_schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator()
        .into_root_schema_for::<T>()
}

/// What a request carries.
#[derive(Clone, Copy)]
pub(crate) struct RequestBody {
    pub(crate) shape: Shape,
    pub(crate) presence: Presence,
}

/// Whether there must be a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
}

/// What a good answer carries.
#[derive(Clone, Copy)]
pub(crate) struct ReplyShape {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    pub(crate) shape: Option<Shape>,
    /// Another status that carries the same shape.
    pub(crate) or_status: Option<StatusCode>,
}

impl Route {
    pub(crate) fn new(
        method: Method,
        path: &'static str,
        operation_id: &'static str,
        summary: &'static str,
    ) -> Self {
        let rate_class = if method == Method::GET {
            RateClass::Read
        } else {
            RateClass::Write
        };
        Self {
            method,
            path,
            operation_id,
            summary,
            tag: "",
            access: None,
            rate_class,
            body_limit: BODY_LIMIT,
            takes_session_mode: false,
            origins: Origins::Listed,
            query: None,
            body: None,
            reply: ReplyShape {
                status: StatusCode::NO_CONTENT,
                content_type: "application/json",
                shape: None,
                or_status: None,
            },
            refusals: &[],
            handler: None,
            deprecation: None,
            meter: None,
        }
    }

    pub(crate) fn get(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::GET, path, id, summary)
    }

    pub(crate) fn post(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::POST, path, id, summary)
    }

    pub(crate) fn patch(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::PATCH, path, id, summary)
    }

    pub(crate) fn delete(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::DELETE, path, id, summary)
    }

    pub(crate) const fn tagged(mut self, tag: &'static str) -> Self {
        self.tag = tag;
        self
    }

    pub(crate) const fn access(mut self, access: Access) -> Self {
        self.access = Some(access);
        self
    }

    pub(crate) const fn rate(mut self, class: RateClass) -> Self {
        self.rate_class = class;
        self
    }

    /// Reads `X-HelloJohn-Session-Mode`.
    pub(crate) const fn taking_session_mode(mut self) -> Self {
        self.takes_session_mode = true;
        self
    }

    pub(crate) const fn readable_by_every_origin(mut self) -> Self {
        self.origins = Origins::Every;
        self
    }

    pub(crate) fn query<T: JsonSchema>(mut self) -> Self {
        self.query = Some(Shape::of::<T>());
        self
    }

    pub(crate) fn body<T: JsonSchema>(self) -> Self {
        self.carrying::<T>(Presence::Required)
    }

    pub(crate) fn optional_body<T: JsonSchema>(self) -> Self {
        self.carrying::<T>(Presence::Optional)
    }

    fn carrying<T: JsonSchema>(mut self, presence: Presence) -> Self {
        let shape = Shape::of::<T>();
        self.body = Some(RequestBody { shape, presence });
        self
    }

    pub(crate) fn replies<T: JsonSchema>(mut self, status: StatusCode) -> Self {
        self.reply.status = status;
        self.reply.shape = Some(Shape::of::<T>());
        self
    }

    /// Says with another status what the good answer says with its own.
    pub(crate) const fn or_with(mut self, status: StatusCode) -> Self {
        self.reply.or_status = Some(status);
        self
    }

    pub(crate) const fn replies_with(mut self, content_type: &'static str) -> Self {
        self.reply.status = StatusCode::OK;
        self.reply.content_type = content_type;
        self
    }

    /// Names error codes that do not follow from the kind of route.
    pub(crate) const fn refuses(mut self, codes: &'static [&'static str]) -> Self {
        self.refusals = codes;
        self
    }

    pub(crate) const fn handled_by(mut self, handler: Handler) -> Self {
        self.handler = Some(handler);
        self
    }

    /// Announces in every answer that this route will go.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "no route is deprecated in this release")
    )]
    pub(crate) const fn deprecated(mut self, deprecation: Deprecation) -> Self {
        self.deprecation = Some(deprecation);
        self
    }

    /// Whether and when it will go.
    pub const fn deprecation(&self) -> Option<&Deprecation> {
        self.deprecation.as_ref()
    }

    /// The method. Routes that answer GET answer HEAD as well.
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The path, with `{name}` for parameters.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The name in the OpenAPI document and in metrics.
    pub const fn operation_id(&self) -> &'static str {
        self.operation_id
    }

    /// Who may call it; [`Api::new`](crate::Api::new) refuses a table in which that is missing.
    pub const fn who(&self) -> Option<Access> {
        self.access
    }

    /// Which budget of requests it draws from.
    pub const fn rate_class(&self) -> RateClass {
        self.rate_class
    }

    /// Whether it reads a request body.
    pub const fn has_body(&self) -> bool {
        self.body.is_some()
    }

    /// The status of a good answer.
    pub const fn success(&self) -> StatusCode {
        self.reply.status
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({:?})", self.method, self.path, self.access)
    }
}
