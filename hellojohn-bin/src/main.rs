//! The `hellojohn` command: the server and its command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    hellojohn_bin::main()
}
