//! The same program as `hellojohn`, under its short name.

use std::process::ExitCode;

fn main() -> ExitCode {
    hellojohn_bin::main()
}
