//! The conformance protocol (PROTOCOL.md): a species hands its stages to `serve`; each makes `Out` of what is `Given`,
//! or gives nothing on bad input.
#![allow(dead_code)] // no species needs all of it

use std::fmt::Write as _;
use std::io::{self, BufRead, Write as _};

pub type Stage = (&'static str, fn(&Given) -> Option<Out>);

const DEPTH: usize = 64; // so deep values are read
const WORDS: u64 = 8000; // so many words are drawn at once

/// The stage every species has.
pub fn prng(given: &Given) -> Option<Out> {
    let (seed, skip, count) = (given.u32("seed")?, given.integer("skip", 1 << 53)?, given.integer("count", WORDS + 1)?);
    let words: Vec<u32> = (1..=count as u32).map(|i| crate::zoo::word(seed, (skip as u32).wrapping_add(i))).collect();
    Some(Out::new().u32s("words", &words))
}

/// Answers on stdout what is asked on stdin, until bye or the end of input.
pub fn serve(name: &str, model: &str, stages: &[Stage]) -> io::Result<()> {
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        let answer = match object(&line) {
            None => r#"{"token":null,"error":"no JSON object"}"#.to_string(),
            Some(request) if request.says("cmd", "bye") => break,
            Some(request) if request.says("cmd", "hello") => hello(name, model, stages),
            Some(request) => run(&request, model, stages),
        };
        println!("{answer}");
        io::stdout().flush()?;
    }
    Ok(())
}

fn hello(name: &str, model: &str, stages: &[Stage]) -> String {
    let names: Vec<&str> = stages.iter().map(|(name, _)| *name).collect();
    let head = format!(r#""protocol":1,"name":"{name}","version":"1.0","language":"Rust","exp":"pinned""#);
    format!(r#"{{{head},"models":["{model}"],"stages":{names:?}}}"#)
}

fn run(request: &Given, model: &str, stages: &[Stage]) -> String {
    let token = request.get("token").filter(|token| token.starts_with('"')).unwrap_or("null");
    let mine = request.says("cmd", "run") && request.says("model", model);
    let answer = match stages.iter().find(|(name, _)| mine && request.says("stage", name)) {
        None => r#""skip":"unknown command, model or stage""#.to_string(),
        Some((_, stage)) => match request.get("in").and_then(object).and_then(|given| stage(&given)) {
            None => r#""error":"bad input""#.to_string(),
            Some(Out(members)) => format!(r#""out":{{{members}}}"#),
        },
    };
    format!(r#"{{"token":{token},{answer}}}"#)
}

/// The members of an object, names and values as they stand in the line.
pub struct Given<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Given<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().rev().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }
    fn raw(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.strip_prefix('"')?.strip_suffix('"')
    }
    fn says(&self, key: &str, text: &str) -> bool {
        self.raw(key) == Some(text)
    }
    /// A text; half a surrogate pair is read as U+FFFD.
    pub fn text(&self, key: &str) -> Option<String> {
        let mut parts = self.raw(key)?.split('\\');
        let mut text = parts.next()?.to_string();
        while let Some(part) = parts.next() {
            match part.chars().next() {
                None => text = text + "\\" + parts.next()?, // two in a row
                Some('u') => {
                    let unit = u32::from_str_radix(part.get(1..5)?, 16).ok()?;
                    text.push(char::from_u32(unit).unwrap_or('\u{fffd}'));
                    text += &part[5..];
                }
                Some(letter) => {
                    text.push("\u{8}\u{c}\n\r\t".chars().nth("bfnrt".find(letter).unwrap_or(9)).unwrap_or(letter));
                    text += &part[1..];
                }
            }
        }
        Some(text)
    }
    /// A plain integer from 0 up to, and not including, a limit.
    pub fn integer(&self, key: &str, limit: u64) -> Option<u64> {
        self.get(key)?.parse().ok().filter(|n| *n < limit)
    }
    fn packed(&self, key: &str, tag: &str, digits: usize) -> Option<Vec<u64>> {
        let text = self.raw(key)?.strip_prefix(tag)?.strip_prefix(':')?;
        if text.len() % digits != 0 || !text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let element = |at: usize| u64::from_str_radix(&text[digits * at..digits * (at + 1)], 16).ok();
        (0..text.len() / digits).map(element).collect()
    }
    pub fn u32s(&self, key: &str, count: usize) -> Option<Vec<u32>> {
        let words: Vec<u32> = self.packed(key, "u32", 8)?.iter().map(|&bits| bits as u32).collect();
        Some(words).filter(|words| words.len() == count)
    }
    pub fn u32(&self, key: &str) -> Option<u32> {
        Some(self.u32s(key, 1)?[0])
    }
    pub fn f32s(&self, key: &str, count: usize) -> Option<Vec<f32>> {
        let numbers: Vec<f32> = self.packed(key, "f32", 8)?.iter().map(|&bits| f32::from_bits(bits as u32)).collect();
        Some(numbers).filter(|numbers| numbers.len() == count && numbers.iter().all(|x| x.is_finite()))
    }
    /// As many as there are.
    pub fn all_f64s(&self, key: &str) -> Option<Vec<f64>> {
        let numbers: Vec<f64> = self.packed(key, "f64", 16)?.iter().map(|&bits| f64::from_bits(bits)).collect();
        Some(numbers).filter(|numbers| numbers.iter().all(|x| x.is_finite()))
    }
    pub fn f64s(&self, key: &str, count: usize) -> Option<Vec<f64>> {
        self.all_f64s(key).filter(|numbers| numbers.len() == count)
    }
    pub fn f64(&self, key: &str) -> Option<f64> {
        Some(self.f64s(key, 1)?[0])
    }
}

/// The members of an answer's `out`.
pub struct Out(String);

impl Out {
    pub fn new() -> Out {
        Out(String::new())
    }
    fn member(mut self, key: &str, value: &str) -> Out {
        let _ = write!(self.0, r#"{}"{key}":{value}"#, if self.0.is_empty() { "" } else { "," });
        self
    }
    pub fn null(self, key: &str) -> Out {
        self.member(key, "null")
    }
    pub fn text(self, key: &str, text: &str) -> Out {
        self.member(key, &format!("\"{}\"", text.replace('\n', "\\n")))
    }
    pub fn u8s(self, key: &str, bytes: &[u8]) -> Out {
        let digits: String = bytes.iter().map(|x| format!("{x:02x}")).collect();
        self.text(key, &("u8:".to_string() + &digits))
    }
    pub fn u32s(self, key: &str, words: &[u32]) -> Out {
        let digits: String = words.iter().map(|x| format!("{x:08x}")).collect();
        self.text(key, &("u32:".to_string() + &digits))
    }
    pub fn f32s(self, key: &str, numbers: &[f32]) -> Out {
        let digits: String = numbers.iter().map(|x| format!("{:08x}", x.to_bits())).collect();
        self.text(key, &("f32:".to_string() + &digits))
    }
    pub fn f64s(self, key: &str, numbers: &[f64]) -> Out {
        let digits: String = numbers.iter().map(|x| format!("{:016x}", x.to_bits())).collect();
        self.text(key, &("f64:".to_string() + &digits))
    }
}

// ---- JSON, as much as requests need: each function gives what it found and what follows, or nothing where it is broken

fn blank(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\r', '\n'])
}

fn object(line: &str) -> Option<Given<'_>> {
    let (found, rest) = members(blank(line), DEPTH)?;
    (blank(line).starts_with('{') && blank(rest).is_empty()).then_some(Given(found))
}

/// The members of the object or array `text` begins with; those of an array have no names.
fn members(text: &str, depth: usize) -> Option<(Vec<(&str, &str)>, &str)> {
    let close = if text.starts_with('{') { '}' } else { ']' };
    let (mut found, mut rest) = (vec![], blank(text.get(1..)?));
    while !rest.starts_with(close) {
        if !found.is_empty() {
            rest = blank(rest.strip_prefix(',')?);
        }
        let mut name = "";
        if close == '}' {
            (name, rest) = string(rest)?;
            rest = blank(blank(rest).strip_prefix(':')?);
        }
        let after = after_value(rest, depth)?;
        found.push((name, &rest[..rest.len() - after.len()]));
        rest = blank(after);
    }
    Some((found, &rest[1..]))
}

fn after_value(text: &str, depth: usize) -> Option<&str> {
    match text.bytes().next()? {
        b'"' => string(text).map(|(_, rest)| rest),
        b'{' | b'[' => members(text, depth.checked_sub(1)?).map(|(_, rest)| rest),
        _ => {
            let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c)).unwrap_or(text.len());
            let number = |c: char| "0123456789+-.eE".contains(c);
            let known = matches!(&text[..end], "true" | "false" | "null") || end > 0 && text[..end].chars().all(number);
            known.then_some(&text[end..])
        }
    }
}

fn string(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix('"')?;
    let mut at = 0;
    loop {
        match *body.as_bytes().get(at)? {
            b'"' => return Some((&body[..at], &body[at + 1..])),
            b'\\' => at += 1 + escape(&body.as_bytes()[at + 1..])?,
            0..=31 => return None,
            _ => at += 1,
        }
    }
}

/// The length of the escape whose backslash stands before `text`.
fn escape(text: &[u8]) -> Option<usize> {
    match text.first()? {
        b'u' => text.get(1..5)?.iter().all(u8::is_ascii_hexdigit).then_some(5),
        letter => br#""\/bfnrt"#.contains(letter).then_some(1),
    }
}
