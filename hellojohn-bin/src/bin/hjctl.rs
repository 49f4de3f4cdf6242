//! The same program as `hellojohn`, under the name older instructions use.

use std::process::ExitCode;

fn main() -> ExitCode {
    hellojohn_bin::main()
}
