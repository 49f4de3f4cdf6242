//! The one list of columns that hold sealed text.
//!
//! Whoever seals, seals anew or verifies a backup goes by it. A column that is not listed
//! keeps its former key for ever, so a test looks for sealed text everywhere else.

use data_encoding::HEXLOWER;

use super::Place;

/// A column that holds sealed text, and how its rows are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedColumn {
    /// The table.
    pub table: &'static str,
    /// The column; null where nothing is sealed.
    pub column: &'static str,
    /// The primary key of the table, in its order.
    pub primary_key: &'static [KeyColumn],
    /// The column whose value is [`Place::row`]; bytes are written as lower-case hex.
    pub named_by: KeyColumn,
    /// The names of the rows that are sealed; empty if every row is.
    pub only: &'static [&'static str],
}

/// A column of a primary key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyColumn {
    /// It holds text.
    Text(&'static str),
    /// It holds bytes.
    Bytes(&'static str),
}

impl KeyColumn {
    /// The column's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text(name) | Self::Bytes(name) => name,
        }
    }
}

impl SealedColumn {
    /// Where the value of one row is sealed.
    pub const fn place<'a>(&self, row: &'a str) -> Place<'a> {
        Place {
            table: self.table,
            column: self.column,
            row,
        }
    }
}

/// The name of a row whose [`SealedColumn::named_by`] holds bytes.
pub fn row_of_bytes(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// The private halves of signing keys.
pub const SIGNING_KEYS: SealedColumn = SealedColumn {
    table: "cp_signing_key",
    column: "sealed",
    primary_key: &[KeyColumn::Text("id")],
    named_by: KeyColumn::Text("id"),
    only: &[],
};

/// Settings that are secret, and the known text that tells whether the right encryption key
/// is configured (R198).
pub const SECRET_SETTINGS: SealedColumn = SealedColumn {
    table: "cp_setting",
    column: "value",
    primary_key: &[KeyColumn::Text("name")],
    named_by: KeyColumn::Text("name"),
    only: &["derived_keys", "encryption_check"],
};

/// Answers kept for repeated requests.
pub const KEPT_ANSWERS: SealedColumn = SealedColumn {
    table: "hj_idempotency",
    column: "answer",
    primary_key: &[KeyColumn::Text("tenant_id"), KeyColumn::Bytes("key_hash")],
    named_by: KeyColumn::Bytes("key_hash"),
    only: &[],
};

const fn of_tenant_row(
    table: &'static str,
    primary_key: &'static [KeyColumn],
    id: &'static str,
) -> SealedColumn {
    SealedColumn {
        table,
        column: "sealed",
        primary_key,
        named_by: KeyColumn::Text(id),
        only: &[],
    }
}

const TENANT_AND_ID: &[KeyColumn] = &[KeyColumn::Text("tenant_id"), KeyColumn::Text("id")];

/// What messages say until they are sent.
pub const MESSAGES: SealedColumn = of_tenant_row("hj_message", TENANT_AND_ID, "id");

/// The SMTP passwords of tenants.
pub const EMAIL_CONFIGS: SealedColumn = of_tenant_row(
    "hj_email_config",
    &[KeyColumn::Text("tenant_id")],
    "tenant_id",
);

/// The shared secrets of second factors.
pub const FACTORS: SealedColumn = of_tenant_row("hj_mfa_factor", TENANT_AND_ID, "id");

/// Every sealed column. The settings are last: the encryption check is sealed anew after everything else.
pub const ALL: [SealedColumn; 6] = [
    SIGNING_KEYS,
    KEPT_ANSWERS,
    MESSAGES,
    EMAIL_CONFIGS,
    FACTORS,
    SECRET_SETTINGS,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_named_by_a_column_of_its_primary_key() {
        for sealed in ALL {
            assert!(sealed.primary_key.contains(&sealed.named_by), "{sealed:?}");
        }
    }
}
