//! Processes, databases and a small HTTP client.

mod database;
mod http;
mod postgres;
mod process;
mod text;
mod waiting;

pub(crate) use self::{
    database::Database,
    http::{Answer, request, send_head},
    postgres::{as_postgres, postgres},
    process::{ENCRYPTION_KEY, Finished, Program, Server},
    text::{normalised, tell_kid},
    waiting::until,
};
