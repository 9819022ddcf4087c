//! What the adapters in Rust share: the word stream, requests in JSON, packed numbers, and the loop that answers.
#![allow(dead_code)] // no species needs all of it

use std::fmt::Write as _;
use std::io::{self, BufRead, Write as _};

// ---- words and numbers, as in SPEC.md ----

pub fn word(seed: u32, n: u32) -> u32 {
    let t = seed.wrapping_add(n.wrapping_mul(0x6D2B_79F5));
    let r = (t ^ (t >> 15)).wrapping_mul(t | 1);
    let r = r ^ r.wrapping_add((r ^ (r >> 7)).wrapping_mul(r | 61));
    r ^ (r >> 14)
}

pub fn latent(words: &[u32]) -> Vec<f32> {
    words.iter().map(|&w| (f64::from(w) / 4294967296.0 * 2.0 - 1.0) as f32).collect()
}

/// 2^k for a k whose power is a normal number.
pub fn power_of_two(k: i32) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}

/// The nearest integer, of two equally near the larger.
pub fn round_half_up(q: f64) -> f64 {
    if q - q.floor() >= 0.5 { q.floor() + 1.0 } else { q.floor() }
}

/// Two decimals of x from 0 on, exactly: below 2^53 x is m / 2^e, and 100·m fits in 60 bits; from there on it is whole.
pub fn fixed(x: f64) -> String {
    if x >= 9007199254740992.0 {
        return format!("{x:.0}.00");
    }
    let (bits, field) = (x.to_bits() & ((1 << 52) - 1), (x.to_bits() >> 52 & 0x7ff) as u32);
    let (m, e) = (if field == 0 { bits } else { bits | 1 << 52 }, 1075 - field.max(1));
    let n = if e > 61 { 0 } else if e == 0 { 100 * m } else { (100 * m + (1 << (e - 1))) >> e };
    format!("{}.{:02}", n / 100, n % 100)
}

// ---- JSON, as much as requests need ----

pub enum Json {
    Text(String),
    Number(f64),
    Object(Vec<(String, Json)>),
    Other,
}

impl Json {
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }
    pub fn text(&self, key: &str) -> Option<&str> {
        if let Some(Json::Text(text)) = self.get(key) { Some(text) } else { None }
    }
    pub fn count(&self, key: &str) -> Option<u64> {
        match self.get(key) {
            Some(Json::Number(n)) if n.fract() == 0.0 && (0.0..9007199254740992.0).contains(n) => Some(*n as u64),
            _ => None,
        }
    }
}

struct Parser<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<char> {
        while self.chars.peek().map_or(false, |c| " \t\r\n".contains(*c)) {
            self.chars.next();
        }
        self.chars.peek().copied()
    }
    fn take(&mut self, wanted: char) -> Option<()> {
        (self.next()? == wanted).then(|| self.chars.next()).map(|_| ())
    }
    fn value(&mut self) -> Option<Json> {
        match self.next()? {
            '"' => self.string().map(Json::Text),
            '{' => self.members('{', '}'),
            '[' => self.members('[', ']').map(|_| Json::Other),
            _ => self.word(),
        }
    }
    fn members(&mut self, open: char, close: char) -> Option<Json> {
        let mut found = vec![];
        self.take(open)?;
        while self.next()? != close {
            if !found.is_empty() {
                self.take(',')?;
                self.next()?;
            }
            let name = if open == '{' { self.string()? } else { String::new() };
            if open == '{' {
                self.take(':')?;
            }
            found.push((name, self.value()?));
        }
        self.take(close)?;
        Some(Json::Object(found))
    }
    fn word(&mut self) -> Option<Json> {
        let mut word = String::new();
        while let Some(&c) = self.chars.peek().filter(|c| c.is_ascii_alphanumeric() || "+-.".contains(**c)) {
            word.push(c);
            self.chars.next();
        }
        match word.as_str() {
            "true" | "false" | "null" => Some(Json::Other),
            _ => word.parse().ok().map(Json::Number),
        }
    }
    fn unit(&mut self) -> Option<u32> {
        let digits: String = self.chars.by_ref().take(4).collect();
        u32::from_str_radix(&digits, 16).ok()
    }
    fn string(&mut self) -> Option<String> {
        let mut text = String::new();
        self.take('"')?;
        loop {
            match self.chars.next()? {
                '"' => return Some(text),
                '\\' => text.push(self.escape()?),
                c => text.push(c),
            }
        }
    }
    fn escape(&mut self) -> Option<char> {
        Some(match self.chars.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let high = self.unit()?;
                if !(0xd800..0xdc00).contains(&high) {
                    return char::from_u32(high);
                }
                (self.chars.next()? == '\\' && self.chars.next()? == 'u').then_some(())?;
                return char::from_u32(0x10000 + ((high - 0xd800) << 10) + (self.unit()?.checked_sub(0xdc00)?));
            }
            c => c,
        })
    }
}

fn parse(line: &str) -> Option<Json> {
    let mut parser = Parser { chars: line.chars().peekable() };
    let value = parser.value()?;
    (parser.next().is_none() && matches!(value, Json::Object(_))).then_some(value)
}

// ---- packed numbers ----

pub fn unpack(given: &Json, key: &str, tag: &str) -> Option<Vec<u64>> {
    let digits = given.text(key)?.strip_prefix(tag)?.strip_prefix(':')?;
    let width = tag[1..].parse::<usize>().ok()? / 4;
    let clean = digits.len() % width == 0 && digits.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
    clean.then(|| digits.as_bytes().chunks(width).map(|c| u64::from_str_radix(std::str::from_utf8(c).unwrap(), 16).unwrap()).collect())
}

pub fn words(given: &Json, key: &str, count: usize) -> Option<Vec<u32>> {
    unpack(given, key, "u32").filter(|words| words.len() == count).map(|words| words.iter().map(|&w| w as u32).collect())
}

pub fn doubles(given: &Json, key: &str, count: Option<usize>) -> Option<Vec<f64>> {
    let numbers: Vec<f64> = unpack(given, key, "f64")?.into_iter().map(f64::from_bits).collect();
    (count.map_or(true, |count| count == numbers.len()) && numbers.iter().all(|x| x.is_finite())).then_some(numbers)
}

pub fn floats(given: &Json, key: &str, count: usize) -> Option<Vec<f32>> {
    let numbers: Vec<f32> = unpack(given, key, "f32")?.into_iter().map(|bits| f32::from_bits(bits as u32)).collect();
    (numbers.len() == count && numbers.iter().all(|x| x.is_finite())).then_some(numbers)
}

pub fn packed<T: Copy>(tag: &str, numbers: &[T], bits: fn(T) -> u64) -> String {
    let width = tag[1..].parse::<usize>().unwrap() / 4;
    let mut text = format!("\"{tag}:");
    for &number in numbers {
        let _ = write!(text, "{:0width$x}", bits(number));
    }
    text + "\""
}

pub fn u8s(bytes: &[u8]) -> String { packed("u8", bytes, u64::from) }
pub fn u32s(words: &[u32]) -> String { packed("u32", words, u64::from) }
pub fn f32s(numbers: &[f32]) -> String { packed("f32", numbers, |x| u64::from(x.to_bits())) }
pub fn f64s(numbers: &[f64]) -> String { packed("f64", numbers, f64::to_bits) }

// ---- the loop ----

/// A species' stages: `out` of a stage by its name, or nothing on bad input.
pub struct Port {
    pub name: &'static str,
    pub model: &'static str,
    pub stages: &'static [&'static str],
    pub stage: fn(&str, &Json) -> Option<String>,
}

impl Port {
    fn respond(&self, request: &Json) -> String {
        if request.text("cmd") == Some("hello") {
            let (name, model, stages) = (self.name, self.model, self.stages);
            return format!(
                r#"{{"protocol":1,"name":{name:?},"version":"1.0","language":"Rust","models":[{model:?}],"stages":{stages:?},"exp":"pinned"}}"#
            );
        }
        let (token, name) = (request.text("token").unwrap_or(""), request.text("stage").unwrap_or(""));
        let known = request.text("cmd") == Some("run") && request.text("model") == Some(self.model) && self.stages.contains(&name);
        if !known {
            return format!(r#"{{"token":{token:?},"skip":"unknown command, model or stage"}}"#);
        }
        match request.get("in").and_then(|given| (self.stage)(name, given)) {
            Some(out) => format!(r#"{{"token":{token:?},"out":{out}}}"#),
            None => format!(r#"{{"token":{token:?},"error":"bad input"}}"#),
        }
    }

    pub fn serve(&self) -> io::Result<()> {
        for line in io::stdin().lock().lines() {
            let request = parse(&line?);
            if request.as_ref().map_or(false, |request| request.text("cmd") == Some("bye")) {
                break;
            }
            let answer = request.map_or(r#"{"token":null,"error":"no JSON object"}"#.into(), |request| self.respond(&request));
            println!("{answer}");
            io::stdout().flush()?;
        }
        Ok(())
    }
}
