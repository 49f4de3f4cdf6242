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
