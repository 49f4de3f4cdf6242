use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

/// An answer to a request.
#[derive(Debug)]
pub(crate) struct Answer {
    /// 0 if there was none.
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Reads the answer on a connection that is closed after it.
    pub(crate) fn read(stream: &mut TcpStream) -> Self {
        let mut text = String::new();
        // A connection that is cut off leaves what came.
        let _ = stream.read_to_string(&mut text);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Self {
            status: status.unwrap_or(0),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }
}

/// Sends one request and reads its answer; status 0 if nobody listens.
pub(crate) fn request(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let Some(mut stream) = send_head(address, &format!("{method} {path}"), headers, body.len())
    else {
        return Answer {
            status: 0,
            head: String::new(),
            body: String::new(),
        };
    };
    let _ = stream.write_all(body.as_bytes());
    Answer::read(&mut stream)
}

/// Sends the head of a request whose body is still to come.
pub(crate) fn send_head(
    address: &str,
    what: &str,
    headers: &[(&str, &str)],
    length: usize,
) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let mut head = format!(
        "{what} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n"
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    Some(stream)
}
