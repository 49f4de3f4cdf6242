use std::io::{BufRead, Read, Seek, SeekFrom};

use super::{
    BackupError, Header, Manifest,
    line::Lines,
    manifest::hash_of_header,
    signature::{Judged, Signed},
};

/// What the first and the last lines tell, without reading the rows between them.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The first line.
    pub header: Header,
    /// The manifest; none if the end of the file is not what it should be, or nothing fits.
    pub manifest: Option<Manifest>,
}

impl Summary {
    /// Reads both ends of a backup. A damaged row between them is found by [`verify`](super::verify) alone.
    pub fn read(mut backup: impl BufRead + Seek) -> Result<Self, BackupError> {
        let first = Lines::new(&mut backup)
            .next()?
            .ok_or(BackupError::NotABackup)?;
        let header = Header::from_line(&first.bytes)?;
        let manifest = end(&mut backup)?.filter(|(manifest, offset)| {
            manifest.header == hash_of_header(&first.bytes) && manifest.bytes == *offset
        });
        Ok(Self {
            header,
            manifest: manifest.map(|(manifest, _)| manifest),
        })
    }
}

/// The manifest and where it begins, if the last two lines are sound.
fn end(backup: &mut (impl Read + Seek)) -> Result<Option<(Manifest, u64)>, BackupError> {
    let size = backup.seek(SeekFrom::End(0))?;
    let mut length = 16 * 1024_u64;
    loop {
        let start = size.saturating_sub(length);
        backup.seek(SeekFrom::Start(start))?;
        let mut tail = Vec::new();
        backup.take(length).read_to_end(&mut tail)?;
        if let Some(found) = last_two_lines(&tail) {
            let before = u64::try_from(found.offset).unwrap_or(u64::MAX);
            return Ok(found.judge().map(|manifest| (manifest, start + before)));
        }
        if start == 0 || length > MOST {
            return Ok(None);
        }
        length *= 4;
    }
}

/// The list of keys is all that can make a manifest long.
const MOST: u64 = 16 * 1024 * 1024;

struct LastLines<'t> {
    offset: usize,
    manifest: &'t [u8],
    signature: &'t [u8],
}

impl LastLines<'_> {
    fn judge(&self) -> Option<Manifest> {
        let (manifest, hash) = Manifest::from_line(self.manifest)?;
        let judged = Signed::from_line(self.signature)?.judge(hash, None);
        (judged != Judged::Bad).then_some(manifest)
    }
}

/// None if the tail does not reach back to the line before them.
fn last_two_lines(tail: &[u8]) -> Option<LastLines<'_>> {
    let body = tail.strip_suffix(b"\n")?;
    let middle = body.iter().rposition(|byte| *byte == b'\n')?;
    let (before, signature) = body.split_at_checked(middle)?;
    let offset = before.iter().rposition(|byte| *byte == b'\n')? + 1;
    Some(LastLines {
        offset,
        manifest: before.get(offset..)?,
        signature: signature.get(1..)?,
    })
}
