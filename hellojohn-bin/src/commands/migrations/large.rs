use clap::Args;
use hellojohn_storage::Threshold;

/// From where on a table counts as large.
#[derive(Args, Clone, Copy)]
pub(crate) struct Large {
    /// A table with more rows than this is large [default: 100000]
    #[arg(long, value_name = "ROWS")]
    large_rows: Option<u64>,
    /// A table that takes more megabytes than this, with its indexes, is large [default: 100]
    #[arg(long, value_name = "MB")]
    large_megabytes: Option<u64>,
}

impl From<Large> for Threshold {
    fn from(large: Large) -> Self {
        let usual = Self::default();
        Self {
            rows: large.large_rows.unwrap_or(usual.rows),
            bytes: large
                .large_megabytes
                .map_or(usual.bytes, |megabytes| megabytes.saturating_mul(1_000_000)),
        }
    }
}
