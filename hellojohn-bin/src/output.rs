//! The one writer for what commands print.

use std::{
    fmt::Display,
    io::{self, Write},
};

use clap::ValueEnum;
use hellojohn_core::time::Timestamp;
use serde_json::Value;

use crate::failure::Failure;

/// How lists are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people.
    #[default]
    Table,
    /// JSON for programs.
    Json,
}

/// `1 finding`, `2 findings`.
pub(crate) fn counted(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// Writes to standard output; a reader that went away is no error.
pub(crate) struct Output {
    writer: Box<dyn Write + Send>,
    format: Format,
}

impl Output {
    /// Writes to this process's standard output.
    pub(crate) fn to_stdout(format: Format) -> Self {
        Self {
            writer: Box::new(io::stdout()),
            format,
        }
    }

    /// The format that was asked for.
    pub(crate) const fn format(&self) -> Format {
        self.format
    }

    /// One line.
    pub(crate) fn line(&mut self, line: impl Display) -> Result<(), Failure> {
        self.write(&format!("{line}\n"))
    }

    /// Text as it is.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.write(text)
    }

    /// One JSON value, indented.
    pub(crate) fn json(&mut self, value: &Value) -> Result<(), Failure> {
        self.write(&format!("{value:#}\n"))
    }

    /// Rows under upper-case headers, or the JSON of the same.
    pub(crate) fn list(&mut self, table: &Table, json: &Value) -> Result<(), Failure> {
        match self.format {
            Format::Table => self.write(&table.render()),
            Format::Json => self.json(json),
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        let written = self
            .writer
            .write_all(text.as_bytes())
            .and_then(|()| self.writer.flush());
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// Tells people something beside the output.
pub(crate) fn note(text: impl Display) {
    // Nobody is left to tell if this fails.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Columns padded with spaces, without borders.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headers.
    pub(crate) fn new(headers: &[&str]) -> Self {
        Self {
            rows: vec![headers.iter().map(|&header| header.to_owned()).collect()],
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The lines of it.
    pub(crate) fn render(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
            })
            .collect();
        let mut text = String::new();
        for row in &self.rows {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, &width)| format!("{cell:<width$}"))
                .collect();
            text.push_str(cells.join("  ").trim_end());
            text.push('\n');
        }
        text
    }
}

/// `YYYY-MM-DD`.
pub(crate) fn date(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}

/// `YYYY-MM-DD HH:MM:SS`, UTC.
pub(crate) fn date_and_time(at: Timestamp) -> String {
    at.to_string().replace('T', " ").chars().take(19).collect()
}

/// A size in decimal units, as whole numbers.
pub(crate) fn bytes(size: u64) -> String {
    match size {
        0..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{} kB", size / 1_000),
        1_000_000..10_000_000_000 => format!("{} MB", size / 1_000_000),
        _ => format!("{} GB", size / 1_000_000_000),
    }
}

/// A value that may be missing, in a table.
pub(crate) fn or_dash(value: Option<String>) -> String {
    value.unwrap_or_else(|| "—".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_padded_and_lines_are_not() {
        let mut table = Table::new(&["ID", "NAME"]);
        table.row(["1".to_owned(), "Ünï".to_owned()]);
        table.row(["long-id".to_owned(), String::new()]);
        assert_eq!(table.render(), "ID       NAME\n1        Ünï\nlong-id\n");
    }

    #[test]
    fn sizes_are_short() {
        for (size, told) in [
            (0, "0 B"),
            (8_192, "8 kB"),
            (123_456_789, "123 MB"),
            (5 << 30, "5368 MB"),
            (12_000_000_000, "12 GB"),
        ] {
            assert_eq!(bytes(size), told);
        }
    }

    #[test]
    fn dates_have_the_documented_form() {
        let at = Timestamp::from_micros(1_705_309_200_123_456);
        assert_eq!(date(at), "2024-01-15");
        assert_eq!(date_and_time(at), "2024-01-15 09:00:00");
    }
}
