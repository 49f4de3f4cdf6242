//! The names of tables and columns, as statements use them.

use sea_query::Iden;

/// Tenants.
#[derive(Clone, Copy, Iden)]
pub(crate) enum CpTenant {
    Table,
    Id,
    Name,
    Slug,
    Status,
    Plan,
    Config,
    PublicMetadata,
    PrivateMetadata,
    CreatedAt,
    UpdatedAt,
}

/// API keys of tenants.
#[derive(Clone, Copy, Iden)]
pub(crate) enum CpApiKey {
    Table,
    TenantId,
    Id,
    Name,
    Kind,
    Environment,
    LastFour,
    Hash,
    Scopes,
    CreatedAt,
    LastUsedAt,
    ExpiresAt,
    RevokedAt,
}

/// API keys of the instance.
#[derive(Clone, Copy, Iden)]
pub(crate) enum CpMasterKey {
    Table,
    Id,
    Name,
    Kind,
    Environment,
    LastFour,
    Hash,
    Scopes,
    CreatedAt,
    LastUsedAt,
    ExpiresAt,
    RevokedAt,
}

/// Signing keys.
#[derive(Clone, Copy, Iden)]
pub(crate) enum CpSigningKey {
    Table,
    Id,
    Purpose,
    PublicKey,
    Sealed,
    CreatedAt,
    ActiveFrom,
    RetiredAt,
}

/// Small facts of the instance.
#[derive(Clone, Copy, Iden)]
pub(crate) enum CpSetting {
    Table,
    Name,
    Value,
    UpdatedAt,
}

/// The instance's audit log; its columns are those of [`HjAuditLog`].
#[derive(Clone, Copy, Iden)]
pub(crate) enum CpAuditLog {
    Table,
}

/// Users.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjUser {
    Table,
    TenantId,
    Id,
    Email,
    EmailVerified,
    Username,
    Name,
    FirstName,
    LastName,
    Phone,
    PhoneVerified,
    AvatarUrl,
    ExternalId,
    Role,
    Status,
    StatusReason,
    BannedUntil,
    PasswordHash,
    PasswordChangedAt,
    MfaEnabled,
    PublicMetadata,
    PrivateMetadata,
    SearchText,
    CreatedAt,
    UpdatedAt,
    LastSignInAt,
    LastActiveAt,
    PendingEmail,
}

/// Sessions.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjSession {
    Table,
    TenantId,
    Id,
    UserId,
    Generation,
    RotatedAt,
    CreatedAt,
    LastActiveAt,
    ExpiresAt,
    IdleExpiresAt,
    RevokedAt,
    AuthTime,
    MfaVerified,
    Salt,
    Amr,
    Methods,
    MfaAt,
    RevokedReason,
    IpAddress,
    UserAgent,
    Country,
    DeviceType,
}

/// Former password hashes.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjPasswordHistory {
    Table,
    TenantId,
    UserId,
    Ordinal,
    PasswordHash,
    CreatedAt,
}

/// The audit logs of tenants.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjAuditLog {
    Table,
    TenantId,
    Id,
    Kind,
    ActorKind,
    ActorId,
    ActorEmail,
    ResourceKind,
    ResourceId,
    IpAddress,
    UserAgent,
    Country,
    DeviceType,
    Outcome,
    Reason,
    RequestId,
    Metadata,
    CreatedAt,
}

/// Events that wait to be delivered.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjOutbox {
    Table,
    TenantId,
    Id,
    Kind,
    Data,
    CreatedAt,
}

/// Answers kept for repeated requests.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjIdempotency {
    Table,
    TenantId,
    KeyHash,
    Fingerprint,
    Answer,
    CreatedAt,
    ExpiresAt,
}

/// Messages that wait to be sent, and what became of them.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjMessage {
    Table,
    TenantId,
    Id,
    Channel,
    Template,
    Recipient,
    UserId,
    Sealed,
    Status,
    Attempts,
    NextAttemptAt,
    ClaimedUntil,
    LastError,
    CreatedAt,
    SentAt,
}

/// How tenants send mail.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjEmailConfig {
    Table,
    TenantId,
    Provider,
    FromName,
    FromEmail,
    ReplyTo,
    Host,
    Port,
    Security,
    Username,
    Sealed,
    UpdatedAt,
}

/// Tenants' own mail templates.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjEmailTemplate {
    Table,
    TenantId,
    Name,
    Locale,
    Subject,
    Html,
    Text,
    UpdatedAt,
}

/// What is good for one use: links, exchange codes, ceremonies.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjOneTime {
    Table,
    TenantId,
    Purpose,
    Hash,
    UserId,
    Email,
    Data,
    CreatedAt,
    ExpiresAt,
    ConsumedAt,
}

/// Second factors of users.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjMfaFactor {
    Table,
    TenantId,
    Id,
    UserId,
    Kind,
    Name,
    Status,
    Sealed,
    Target,
    LastStep,
    CreatedAt,
    ConfirmedAt,
    LastUsedAt,
    ExpiresAt,
}

/// Backup codes of users.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjBackupCode {
    Table,
    TenantId,
    UserId,
    Hash,
    CreatedAt,
    UsedAt,
}

/// Sign-ins and step-ups that wait for a second factor.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjMfaChallenge {
    Table,
    TenantId,
    Hash,
    UserId,
    Kind,
    SessionId,
    Attempts,
    Data,
    CreatedAt,
    ExpiresAt,
    ConsumedAt,
}

/// Codes sent by mail or SMS, for one challenge or one enrolment each.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjOtpCode {
    Table,
    TenantId,
    Subject,
    FactorId,
    Hash,
    Attempts,
    CreatedAt,
    ExpiresAt,
}

/// Requests of users who lost their second factor.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjRecoveryRequest {
    Table,
    TenantId,
    Id,
    UserId,
    Email,
    Status,
    Reason,
    CreatedAt,
    ExpiresAt,
    ProvenAt,
    DecidedAt,
    DecidedBy,
}

/// Passkeys (WebAuthn credentials).
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjPasskeyCredential {
    Table,
    TenantId,
    Id,
    UserId,
    FactorId,
    CredentialId,
    UserHandle,
    Passkey,
    SignCount,
    Aaguid,
    Transports,
    BackupEligible,
    BackupState,
    CreatedAt,
    LastUsedAt,
}

/// Failed attempts per account and authenticator.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjLockout {
    Table,
    TenantId,
    Subject,
    Authenticator,
    Network,
    Failures,
    Stage,
    WaitUntil,
    LockedAt,
    UpdatedAt,
}

/// Devices a user has signed in from.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjDevice {
    Table,
    TenantId,
    UserId,
    Fingerprint,
    Network,
    Label,
    CreatedAt,
    LastSeenAt,
}

/// Which migrations were applied.
#[derive(Clone, Copy, Iden)]
pub(crate) enum HjSchemaMigration {
    Table,
    Version,
    Name,
    Checksum,
    Batch,
    AppliedAt,
    DurationMs,
    DownScript,
    DownChecksum,
}
