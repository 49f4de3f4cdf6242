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
    match problems(catalog, applied, newer).into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(not_applied(catalog, applied)),
    }
}

/// Everything in the ledger that does not go with this program's migrations.
pub(super) fn problems(
    catalog: &[Migration],
    applied: &[Entry],
    newer: Newer,
) -> Vec<MigrationError> {
    let newest_known = catalog.last().map_or("", Migration::version);
    let mut problems = Vec::new();
    for entry in applied {
        let name = entry.name.clone();
        match catalog.iter().find(|m| m.version() == entry.version()) {
            Some(known) if known.checksum() != entry.checksum => {
                problems.push(MigrationError::Changed { name });
            }
            Some(_) => {}
            None if entry.version() > newest_known => {
                if newer == Newer::Refuse {
                    problems.push(MigrationError::Newer { name });
                }
            }
            None => problems.push(MigrationError::Missing { name }),
        }
    }
    if let Some(last) = applied.last() {
        let skipped = not_applied(catalog, applied).into_iter();
        let skipped = skipped.filter(|pending| pending.version() < last.version());
        problems.extend(skipped.map(|pending| MigrationError::OutOfOrder {
            name: pending.name().to_owned(),
            newest: last.name.clone(),
        }));
    }
    problems
}

/// What the ledger does not name, whatever else is wrong.
pub(super) fn not_applied<'c>(catalog: &'c [Migration], applied: &[Entry]) -> Vec<&'c Migration> {
    catalog
        .iter()
        .filter(|m| !applied.iter().any(|entry| entry.version() == m.version()))
        .collect()
}
