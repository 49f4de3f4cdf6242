use super::{
    alter::{Action, action},
    cursor::Cursor,
    effect::LockMode,
    scan::{Token, lexemes},
};

/// What a statement does to a schema, as far as we can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Change {
    CreateTable {
        name: String,
        /// The tables its foreign keys name.
        references: Vec<String>,
    },
    CreateIndex {
        name: String,
        table: String,
        concurrently: bool,
    },
    DropIndex {
        name: String,
        concurrently: bool,
    },
    Alter {
        table: String,
        actions: Vec<Action>,
    },
    DropTable {
        names: Vec<String>,
    },
    /// DROP of anything else.
    Drop {
        table: Option<String>,
    },
    /// RENAME of anything but a table.
    Rename,
    Insert {
        table: String,
    },
    /// UPDATE or DELETE.
    Write {
        table: String,
    },
    /// A lock on a table for a moment, and perhaps a look at all of it.
    Hold {
        table: String,
        lock: LockMode,
        scans: bool,
    },
    /// VACUUM FULL and CLUSTER.
    Rewrite {
        table: String,
    },
    /// Functions, types, sequences, comments: no table others use.
    Beside,
    Unknown,
}

/// Says what a statement does; of one it does not know it says so.
pub(in super::super) fn change(statement: &str) -> Change {
    let lexemes = lexemes(statement);
    read(Cursor::new(&lexemes)).unwrap_or(Change::Unknown)
}

fn read(mut at: Cursor<'_, '_>) -> Option<Change> {
    if at.eat("CREATE") {
        return create(at);
    }
    if at.eat("DROP") {
        return drop(at);
    }
    if at.eat("ALTER TABLE") {
        at.eat("IF EXISTS");
        at.eat("ONLY");
        let table = at.name()?;
        let actions = at.parts().into_iter().map(action).collect();
        return Some(Change::Alter { table, actions });
    }
    if at.eat("ALTER INDEX") || at.eat("ALTER SEQUENCE") || at.eat("ALTER TYPE") {
        return if at.has("RENAME") {
            Some(Change::Rename)
        } else {
            None
        };
    }
    if at.eat("INSERT INTO") {
        return Some(Change::Insert { table: at.name()? });
    }
    if at.eat("UPDATE") || at.eat("DELETE FROM") {
        at.eat("ONLY");
        return Some(Change::Write { table: at.name()? });
    }
    if at.eat("COMMENT ON") || at.eat("GRANT") || at.eat("REVOKE") {
        return Some(Change::Beside);
    }
    if at.eat("TRUNCATE") {
        at.eat("TABLE");
        let names = at.parts().iter_mut().filter_map(Cursor::name).collect();
        return Some(Change::DropTable { names });
    }
    upkeep(at)
}

fn create(mut at: Cursor<'_, '_>) -> Option<Change> {
    at.eat("OR REPLACE");
    if at.eat_any(&["TABLE", "UNLOGGED TABLE"]) {
        at.eat("IF NOT EXISTS");
        let name = at.name()?;
        let references = at.references();
        return Some(Change::CreateTable { name, references });
    }
    at.eat("UNIQUE");
    if at.eat("INDEX") {
        let concurrently = at.eat("CONCURRENTLY");
        at.eat("IF NOT EXISTS");
        let name = at.name()?;
        if !at.eat("ON") {
            return None;
        }
        at.eat("ONLY");
        let table = at.name()?;
        return Some(Change::CreateIndex {
            name,
            table,
            concurrently,
        });
    }
    if at.eat_any(&["TRIGGER", "CONSTRAINT TRIGGER"]) {
        let table = at.after("ON")?.name()?;
        return Some(hold(table, LockMode::ShareRowExclusive));
    }
    if at.eat("POLICY") {
        let table = at.after("ON")?.name()?;
        return Some(hold(table, LockMode::AccessExclusive));
    }
    let beside = [
        "FUNCTION",
        "PROCEDURE",
        "TYPE",
        "SEQUENCE",
        "SCHEMA",
        "DOMAIN",
        "VIEW",
        "ROLE",
    ];
    at.eat_any(&beside).then_some(Change::Beside)
}

fn drop(mut at: Cursor<'_, '_>) -> Option<Change> {
    if at.eat("TABLE") {
        at.eat("IF EXISTS");
        let names = at.parts().iter_mut().filter_map(Cursor::name).collect();
        return Some(Change::DropTable { names });
    }
    if at.eat("INDEX") {
        let concurrently = at.eat("CONCURRENTLY");
        at.eat("IF EXISTS");
        let name = at.name()?;
        return Some(Change::DropIndex { name, concurrently });
    }
    if at.eat_any(&["TRIGGER", "POLICY"]) {
        let table = at.after("ON").and_then(|mut after| after.name());
        return Some(Change::Drop { table });
    }
    let beside = ["FUNCTION", "PROCEDURE", "TYPE", "SEQUENCE", "VIEW"];
    at.eat_any(&beside).then_some(Change::Drop { table: None })
}

/// What is done to tables without changing what they are.
fn upkeep(mut at: Cursor<'_, '_>) -> Option<Change> {
    if at.eat("VACUUM") || at.eat("CLUSTER") {
        let full = at.eat("FULL") || !at.eat("ANALYZE") && at.rest().iter().any(|l| l.is("FULL"));
        let table = at.name()?;
        return Some(if full {
            Change::Rewrite { table }
        } else {
            scan(table, LockMode::ShareUpdateExclusive)
        });
    }
    if at.eat("ANALYZE") {
        return Some(scan(at.name()?, LockMode::ShareUpdateExclusive));
    }
    if at.eat("LOCK") {
        at.eat("TABLE");
        let table = at.name()?;
        let lock = LockMode::named(&mode_words(at)).unwrap_or(LockMode::AccessExclusive);
        return Some(hold(table, lock));
    }
    if at.eat("SELECT") {
        return Some(match at.after("FROM").and_then(|mut after| after.name()) {
            Some(table) => scan(table, LockMode::AccessShare),
            None => Change::Beside,
        });
    }
    None
}

/// The words between IN and MODE.
fn mode_words(at: Cursor<'_, '_>) -> String {
    let Some(after) = at.after("IN") else {
        return String::new();
    };
    let words = after
        .rest()
        .iter()
        .take_while(|lexeme| lexeme.token == Token::Word && !lexeme.is("MODE"));
    words
        .map(|lexeme| lexeme.text.to_uppercase())
        .collect::<Vec<_>>()
        .join(" ")
}

const fn hold(table: String, lock: LockMode) -> Change {
    Change::Hold {
        table,
        lock,
        scans: false,
    }
}

const fn scan(table: String, lock: LockMode) -> Change {
    Change::Hold {
        table,
        lock,
        scans: true,
    }
}
