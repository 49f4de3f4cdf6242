use super::{Migration, MigrationError, ledger::Entry};

/// What to make of applied migrations that are newer than everything this program knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Newer {
    /// Stop: an older program may misread a newer schema.
    #[default]
    Refuse,
    /// Go on: migrations only add, so the program before can still work (R203).
    Allow,
}

/// Compares what is known with what is applied; answers what is pending, oldest first.
pub(super) fn pending<'c>(
    catalog: &'c [Migration],
    applied: &[Entry],
    newer: Newer,
) -> Result<Vec<&'c Migration>, MigrationError> {
    let newest_known = catalog.last().map_or("", Migration::version);
    for entry in applied {
        let name = || entry.name.clone();
        match catalog.iter().find(|m| m.version() == entry.version()) {
            Some(known) if known.checksum() != entry.checksum => {
                return Err(MigrationError::Changed { name: name() });
            }
            Some(_) => {}
            None if entry.version() > newest_known => {
                if newer == Newer::Refuse {
                    return Err(MigrationError::Newer { name: name() });
                }
            }
            None => return Err(MigrationError::Missing { name: name() }),
        }
    }
    let pending = not_applied(catalog, applied);
    match (pending.first(), applied.last()) {
        (Some(first), Some(last)) if first.version() < last.version() => {
            Err(MigrationError::OutOfOrder {
                name: first.name().to_owned(),
                newest: last.name.clone(),
            })
        }
        _ => Ok(pending),
    }
}

/// What the ledger does not name, whatever else is wrong.
pub(super) fn not_applied<'c>(catalog: &'c [Migration], applied: &[Entry]) -> Vec<&'c Migration> {
    catalog
        .iter()
        .filter(|m| !applied.iter().any(|entry| entry.version() == m.version()))
        .collect()
}
