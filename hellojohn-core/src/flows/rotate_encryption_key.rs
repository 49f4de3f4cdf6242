use crate::{
    Engine, Error,
    access::Operator,
    seal::{
        SealError,
        places::{self, SealedColumn},
    },
    secret::same,
    store::{Access, RowKey, SealedCount, SealedRow, StoreError},
    trail::Entry,
};

/// What the rotation did to one column.
#[derive(Clone, Debug)]
pub struct ResealedColumn {
    /// Which.
    pub column: SealedColumn,
    /// How many values were sealed anew.
    pub resealed: u64,
    /// The names of rows that do not open with any configured key; they were left as they are.
    pub unreadable: Vec<String>,
    /// What is sealed with which key now, counted in the database.
    pub now: Vec<SealedCount>,
}

impl ResealedColumn {
    /// How many values carry another key's id than this.
    pub fn left(&self, key_id: &str) -> u64 {
        let others = self.now.iter().filter(|count| count.key_id != key_id);
        others.map(|count| count.values).sum()
    }
}

/// Rows sealed anew in one transaction.
const BATCH: u32 = 100;
/// How often everything is walked: other instances may seal with the former key meanwhile.
const PASSES: u32 = 5;
/// How often a batch is tried whose rows others change at the same time.
const TRIES: u32 = 5;

impl Engine {
    /// How many values are sealed with which key, column by column.
    pub async fn sealed_values(
        &self,
        operator: &Operator,
    ) -> Result<Vec<(SealedColumn, Vec<SealedCount>)>, Error> {
        operator.require("keys:read")?;
        let mut unit = self.store().begin_control(Access::Read).await?;
        let mut columns = Vec::new();
        for column in places::ALL {
            columns.push((column, unit.count_sealed(&column).await?));
        }
        Ok(columns)
    }

    /// Seals every value anew that does not carry the current encryption key's id (R196).
    ///
    /// Works in batches while others read and write, and may be stopped and begun again at any
    /// moment. Each new text is read back and opened before its batch is committed; a row that
    /// somebody changed meanwhile is left to the next pass. `progress` is told how many rows were
    /// looked at so far.
    pub async fn rotate_encryption_key(
        &self,
        operator: &Operator,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Vec<ResealedColumn>, Error> {
        operator.require("keys:write")?;
        let mut done: Vec<ResealedColumn> = places::ALL.map(begin).into();
        let mut seen = 0;
        for _ in 0..PASSES {
            let mut changed = 0;
            for column in &mut done {
                column.unreadable.clear();
                let before = column.resealed;
                self.reseal_column(column, &mut |rows| {
                    seen += rows;
                    progress(seen);
                })
                .await?;
                changed += column.resealed - before;
            }
            if changed == 0 {
                break;
            }
        }
        let mut unit = self.store().begin_control(Access::Write).await?;
        let mut entry = Entry::new("encryption_key.rotated")
            .on("encryption_key", self.inner().sealer.current().id());
        for column in &mut done {
            column.now = unit.count_sealed(&column.column).await?;
            let name = format!("{}.{}", column.column.table, column.column.column);
            entry = entry.with(&name, column.resealed);
        }
        self.record_control(&mut *unit, operator, None, entry)
            .await?;
        unit.commit().await?;
        Ok(done)
    }

    async fn reseal_column(
        &self,
        column: &mut ResealedColumn,
        looked_at: &mut (dyn FnMut(u64) + Send),
    ) -> Result<(), Error> {
        let mut after = None;
        loop {
            let batch = self.reseal_batch(&column.column, after.as_ref()).await?;
            let Some(last) = batch.last else {
                return Ok(());
            };
            after = Some(last);
            column.resealed += batch.resealed;
            column.unreadable.extend(batch.unreadable);
            looked_at(batch.rows);
        }
    }

    async fn reseal_batch(
        &self,
        column: &SealedColumn,
        after: Option<&RowKey>,
    ) -> Result<Batch, Error> {
        let mut tries = 1;
        loop {
            match self.try_batch(column, after).await {
                // A deadlock with somebody who changed the same rows in another order.
                Err(Error::Store(StoreError::Unavailable(_))) if tries < TRIES => tries += 1,
                outcome => return outcome,
            }
        }
    }

    async fn try_batch(
        &self,
        column: &SealedColumn,
        after: Option<&RowKey>,
    ) -> Result<Batch, Error> {
        let inner = self.inner();
        let mut unit = self.store().begin_control(Access::Read).await?;
        let current = inner.sealer.current().id();
        let rows = unit.sealed_otherwise(column, current, after, BATCH).await?;
        drop(unit);
        let mut batch = Batch {
            rows: u64::try_from(rows.len()).unwrap_or(u64::MAX),
            ..Batch::default()
        };
        // Sealed before the writing begins: SQLite has one writer, and others wait for it.
        let mut anew = Vec::new();
        for row in &rows {
            match self.reseal(column, row) {
                Ok(sealed) => anew.push((row, sealed)),
                Err(_) => batch.unreadable.push(row.name.clone()),
            }
        }
        if !anew.is_empty() {
            let mut unit = self.store().begin_control(Access::Write).await?;
            for (row, sealed) in &anew {
                if let Some(kept) = unit.replace_sealed(column, row, sealed).await? {
                    self.verify(column, row, &kept)?;
                    batch.resealed += 1;
                }
            }
            unit.commit().await?;
        }
        batch.last = rows.into_iter().next_back().map(|row| row.key);
        Ok(batch)
    }

    fn reseal(&self, column: &SealedColumn, row: &SealedRow) -> Result<String, SealError> {
        let inner = self.inner();
        let place = column.place(&row.name);
        let secret = inner.sealer.open(place, &row.sealed)?;
        inner.sealer.seal(place, &secret, &*inner.ports.random)
    }

    /// What the database kept must open to what it held before.
    fn verify(&self, column: &SealedColumn, row: &SealedRow, kept: &str) -> Result<(), SealError> {
        let sealer = &self.inner().sealer;
        let place = column.place(&row.name);
        let (before, after) = (sealer.open(place, &row.sealed)?, sealer.open(place, kept)?);
        same(&before, &after)
            .then_some(())
            .ok_or(SealError::Altered)
    }
}

#[derive(Default)]
struct Batch {
    rows: u64,
    resealed: u64,
    unreadable: Vec<String>,
    last: Option<RowKey>,
}

const fn begin(column: SealedColumn) -> ResealedColumn {
    ResealedColumn {
        column,
        resealed: 0,
        unreadable: Vec::new(),
        now: Vec::new(),
    }
}
