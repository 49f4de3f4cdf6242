use super::{
    cursor::Cursor,
    scan::{Lexeme, Token},
};

/// One action of ALTER TABLE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Action {
    AddColumn {
        /// A default that each row must be given when the column comes.
        volatile: bool,
        /// NOT NULL without a default: fails on the first row there is.
        not_null_bare: bool,
        /// UNIQUE, CHECK or REFERENCES in the definition: all rows are looked at.
        checked: bool,
    },
    AddConstraint {
        check: Check,
        not_valid: bool,
    },
    /// UNIQUE or PRIMARY KEY, which build an index unless one is named.
    AddKey {
        using_index: bool,
    },
    ValidateConstraint,
    SetNotNull,
    SetType,
    DropColumn,
    DropConstraint,
    Rename,
    /// Defaults, DROP NOT NULL, owners, row security: the catalogue alone.
    Catalogue,
    /// Settings and statistics, under a lock that nobody notices.
    Settings,
    Unknown,
}

/// What a constraint asks of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Check {
    OfItself,
    /// A foreign key.
    Of(Vec<String>),
}

/// Reads one action.
pub(super) fn action(mut at: Cursor<'_, '_>) -> Action {
    if at.eat("ADD") {
        return add(at);
    }
    if at.eat("VALIDATE CONSTRAINT") {
        return Action::ValidateConstraint;
    }
    if at.eat("DROP CONSTRAINT") {
        return Action::DropConstraint;
    }
    if at.eat("DROP") {
        return Action::DropColumn;
    }
    if at.eat("RENAME") {
        return Action::Rename;
    }
    if at.eat_any(&["SET (", "RESET (", "CLUSTER", "SET WITHOUT CLUSTER"]) {
        return Action::Settings;
    }
    if at.eat_any(&["OWNER TO", "REPLICA IDENTITY"]) || is_switch(at) {
        return Action::Catalogue;
    }
    if at.eat("ALTER CONSTRAINT") {
        return Action::Catalogue;
    }
    if at.eat("ALTER") {
        at.eat("COLUMN");
        return if at.name().is_some() {
            column(at)
        } else {
            Action::Unknown
        };
    }
    Action::Unknown
}

fn is_switch(mut at: Cursor<'_, '_>) -> bool {
    at.eat_any(&["ENABLE", "DISABLE", "FORCE ROW", "NO FORCE ROW"])
}

fn add(mut at: Cursor<'_, '_>) -> Action {
    if at.eat("CONSTRAINT") {
        at.name();
        return constraint(at);
    }
    if let constraint @ (Action::AddConstraint { .. } | Action::AddKey { .. }) = constraint(at) {
        return constraint;
    }
    at.eat("COLUMN");
    at.eat("IF NOT EXISTS");
    if at.name().is_none() {
        return Action::Unknown;
    }
    let serial = at
        .rest()
        .first()
        .is_some_and(|word| word.text.to_lowercase().ends_with("serial"));
    let default = at.after("DEFAULT");
    Action::AddColumn {
        volatile: serial
            || at.has("GENERATED")
            || default.is_some_and(|default| !is_constant(default)),
        not_null_bare: at.has("NOT NULL") && default.is_none() && !serial && !at.has("GENERATED"),
        checked: ["UNIQUE", "CHECK", "REFERENCES", "PRIMARY"]
            .iter()
            .any(|word| at.has(word)),
    }
}

fn constraint(mut at: Cursor<'_, '_>) -> Action {
    let not_valid = at.has("NOT VALID");
    if at.eat("CHECK") {
        return Action::AddConstraint {
            check: Check::OfItself,
            not_valid,
        };
    }
    if at.eat("FOREIGN KEY") {
        return Action::AddConstraint {
            check: Check::Of(at.references()),
            not_valid,
        };
    }
    if at.eat("UNIQUE") || at.eat("PRIMARY KEY") {
        return Action::AddKey {
            using_index: at.has("USING INDEX"),
        };
    }
    Action::Unknown
}

fn column(mut at: Cursor<'_, '_>) -> Action {
    if at.eat("SET NOT NULL") {
        return Action::SetNotNull;
    }
    if at.eat_any(&["SET DATA TYPE", "TYPE"]) {
        return Action::SetType;
    }
    if at.eat("SET STATISTICS") || at.eat("SET (") {
        return Action::Settings;
    }
    if at.eat_any(&[
        "SET DEFAULT",
        "DROP DEFAULT",
        "DROP NOT NULL",
        "SET STORAGE",
    ]) {
        return Action::Catalogue;
    }
    Action::Unknown
}

/// Whether a default is the same for every row: a literal, a number, a word such as TRUE or the time
/// of the transaction, and casts of these. A call or an operator counts as different for each.
fn is_constant(default: Cursor<'_, '_>) -> bool {
    const FIXED: [&str; 5] = ["TRUE", "FALSE", "NULL", "CURRENT_TIMESTAMP", "CURRENT_DATE"];
    let mut at = default;
    at.eat_any(&["-", "+"]);
    if at.eat("now ( )") {
        return is_cast_or_over(at.rest());
    }
    let Some((first, after)) = at.rest().split_first() else {
        return false;
    };
    let fixed = match first.token {
        Token::Literal | Token::Number => true,
        Token::Word => FIXED.iter().any(|word| first.is(word)),
        Token::Quoted | Token::Sign => false,
    };
    fixed && is_cast_or_over(after)
}

/// Whether nothing but casts comes before what else is said of the column.
fn is_cast_or_over(after: &[Lexeme<'_>]) -> bool {
    const NEXT: [&str; 10] = [
        "NOT",
        "NULL",
        "CHECK",
        "CONSTRAINT",
        "UNIQUE",
        "REFERENCES",
        "PRIMARY",
        "COLLATE",
        "DEFERRABLE",
        "INITIALLY",
    ];
    let end = after
        .iter()
        .position(|lexeme| NEXT.iter().any(|word| lexeme.is(word)));
    let casts = after.get(..end.unwrap_or(after.len())).unwrap_or_default();
    if !casts.first().is_none_or(|first| first.is(":")) {
        return false;
    }
    // The names of types may hold lengths, as in `varchar(9)`; a call holds something else.
    let length_follows = |at: usize| {
        casts
            .get(at + 1)
            .is_some_and(|next| next.token == Token::Number)
    };
    casts
        .iter()
        .enumerate()
        .all(|(at, lexeme)| match lexeme.token {
            Token::Word => !lexeme.is("IS"),
            Token::Quoted | Token::Number => true,
            Token::Sign if lexeme.text == "(" => length_follows(at),
            Token::Sign => [":", ".", ",", ")", "[", "]"].contains(&lexeme.text),
            Token::Literal => false,
        })
}
