//! GAN-001, Mini Digits, in Rust: the whole generator and the adapter of the conformance protocol, no crates.
//!
//!     rustc -O --edition 2021 -o mdg-rust golden/adapters/rust/mini_digits.rs
//!     python golden/conform.py run -- ./mdg-rust

use std::fmt::Write as _;
use std::io::{self, BufRead, Write as _};

static GLYPHS: &[u8; 7840] = include_bytes!("../../mini-digits/glyph-basis.bin");

// ---- the generator, in the order of SPEC.md ----

fn word(seed: u32, n: u32) -> u32 {
    let t = seed.wrapping_add(n.wrapping_mul(0x6D2B_79F5));
    let r = (t ^ (t >> 15)).wrapping_mul(t | 1);
    let r = r ^ r.wrapping_add((r ^ (r >> 7)).wrapping_mul(r | 61));
    r ^ (r >> 14)
}

fn latent(words: &[u32]) -> Vec<f32> {
    words.iter().map(|&w| (f64::from(w) / 4294967296.0 * 2.0 - 1.0) as f32).collect()
}

fn weights() -> [[f32; 10]; 10] {
    let mut weights = [[-0.22_f64 as f32; 10]; 10];
    for (i, row) in weights.iter_mut().enumerate() {
        row[i] = 1.35_f64 as f32;
        let (up, down) = ((i + 3) % 10, (i + 7) % 10);
        row[up] = (f64::from(row[up]) + 0.18) as f32;
        row[down] = (f64::from(row[down]) - 0.12) as f32;
    }
    weights
}

fn biases() -> [f32; 10] {
    [0.18, 0.10, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11_f64].map(|bias| bias as f32)
}

fn logits(latent: &[f32], temperature: f64) -> Vec<f64> {
    let rows = weights();
    let sum = |i: usize| (0..10).fold(f64::from(biases()[i]), |sum, j| sum + f64::from(rows[i][j]) * f64::from(latent[j]));
    (0..10).map(|i| sum(i) / temperature.clamp(0.35, 1.5)).collect()
}

/// 2^k for a k whose power is a normal number.
fn power_of_two(k: i32) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}

fn exp(x: f64) -> f64 {
    let [ln2_hi, ln2_lo, inv_ln2] = [0x3fe62e42fee00000, 0x3dea39ef35793c76, 0x3ff71547652b82fe].map(f64::from_bits);
    let [p1, p2, p3, p4, p5] =
        [0x3fc555555555553e, 0xbf66c16c16bebd93, 0x3f11566aaf25de2c, 0xbebbbd41c5d26bf1, 0x3e66376972bea4d0].map(f64::from_bits);
    if x < f64::from_bits(0xc0874910d52d3051) {
        return 0.0;
    }
    let h = (x.abs().to_bits() >> 32) as u32;
    let (mut k, mut hi, mut lo, mut r) = (0, 0.0, 0.0, x);
    if h > 0x3fd62e42 {
        k = if h < 0x3ff0a2b2 { -1 } else { (inv_ln2 * x - 0.5) as i32 };
        hi = x - f64::from(k) * ln2_hi;
        lo = f64::from(k) * ln2_lo;
        r = hi - lo;
    } else if h < 0x3e300000 {
        return 1.0 + x;
    }
    let t = r * r;
    let c = r - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
    if k == 0 {
        return 1.0 - ((r * c) / (c - 2.0) - r);
    }
    let y = 1.0 - ((lo - (r * c) / (2.0 - c)) - hi);
    if k >= -1021 { y * power_of_two(k) } else { y * power_of_two(k + 1000) * power_of_two(-1000) }
}

fn softmax(logits: &[f64]) -> Vec<f64> {
    let m = logits.iter().copied().fold(logits[0], f64::max);
    let powers: Vec<f64> = logits.iter().map(|logit| exp(logit - m)).collect();
    let s = powers.iter().fold(0.0, |s, e| s + e);
    powers.iter().map(|e| e / s).collect()
}

fn blend(coefficients: &[f64]) -> Vec<f64> {
    let basis = |b: usize, p: usize| f64::from((f64::from(GLYPHS[784 * b + p]) / 255.0 * 2.0 - 1.0) as f32);
    (0..784).map(|p| (0..10).fold(0.0, |sum, b| sum + coefficients[b] * basis(b, p))).collect()
}

fn quantize(sums: &[f64]) -> Vec<u8> {
    let round = |q: f64| if q - q.floor() >= 0.5 { q.floor() + 1.0 } else { q.floor() };
    sums.iter().map(|sum| round((sum.clamp(-1.0, 1.0) + 1.0) / 2.0 * 255.0) as u8).collect()
}

/// Hundredths of x in [0, 1], exactly: x is m / 2^e, and 100·m fits in 60 bits.
fn hundredths(x: f64) -> u64 {
    let (bits, field) = (x.to_bits() & ((1 << 52) - 1), (x.to_bits() >> 52 & 0x7ff) as u32);
    let (m, e) = (if field == 0 { bits } else { bits | 1 << 52 }, 1075 - field.max(1));
    if e > 61 { 0 } else { (100 * m + (1 << (e - 1))) >> e }
}

fn readout(coefficients: &[f64]) -> Option<String> {
    let fits = coefficients.iter().all(|c| (0.0..=1.0).contains(c));
    let entry = |(d, &c): (usize, &f64)| format!("d{d}: {}.{:02}", hundredths(c) / 100, hundredths(c) % 100);
    fits.then(|| coefficients.iter().enumerate().map(entry).collect::<Vec<_>>().join("  "))
}

fn seed(text: &str) -> Option<u32> {
    let white = |c: char| matches!(c, '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
        | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}');
    let text = text.trim_start_matches(white);
    let minus = text.starts_with('-');
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
    let value: f64 = digits.parse().ok().filter(|value: &f64| value.is_finite())?; // the nearest binary64
    let low = (value % 4294967296.0) as u32;
    Some(if minus { low.wrapping_neg() } else { low })
}

// ---- JSON, as much as requests need ----

enum Json {
    Text(String),
    Number(f64),
    Object(Vec<(String, Json)>),
    Other,
}

impl Json {
    fn get(&self, key: &str) -> Option<&Json> {
        let Json::Object(members) = self else { return None };
        members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
    fn text(&self, key: &str) -> Option<&str> {
        if let Some(Json::Text(text)) = self.get(key) { Some(text) } else { None }
    }
    fn count(&self, key: &str) -> Option<u64> {
        let Some(Json::Number(n)) = self.get(key) else { return None };
        (n.fract() == 0.0 && (0.0..9007199254740992.0).contains(n)).then_some(*n as u64)
    }
}

struct Parser<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<char> {
        while self.chars.peek().is_some_and(|c| " \t\r\n".contains(*c)) {
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

fn unpack(given: &Json, key: &str, tag: &str) -> Option<Vec<u64>> {
    let digits = given.text(key)?.strip_prefix(tag)?.strip_prefix(':')?;
    let width = tag[1..].parse::<usize>().ok()? / 4;
    let clean = digits.len() % width == 0 && digits.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
    clean.then(|| digits.as_bytes().chunks(width).map(|c| u64::from_str_radix(std::str::from_utf8(c).unwrap(), 16).unwrap()).collect())
}

fn words(given: &Json, key: &str, count: usize) -> Option<Vec<u32>> {
    unpack(given, key, "u32").filter(|words| words.len() == count).map(|words| words.iter().map(|&w| w as u32).collect())
}

fn doubles(given: &Json, key: &str, count: Option<usize>) -> Option<Vec<f64>> {
    let numbers: Vec<f64> = unpack(given, key, "f64")?.into_iter().map(f64::from_bits).collect();
    (count.is_none_or(|count| count == numbers.len()) && numbers.iter().all(|x| x.is_finite())).then_some(numbers)
}

fn floats(given: &Json, key: &str, count: usize) -> Option<Vec<f32>> {
    let numbers: Vec<f32> = unpack(given, key, "f32")?.into_iter().map(|bits| f32::from_bits(bits as u32)).collect();
    (numbers.len() == count && numbers.iter().all(|x| x.is_finite())).then_some(numbers)
}

fn packed<T: Copy>(tag: &str, numbers: &[T], bits: fn(T) -> u64) -> String {
    let width = tag[1..].parse::<usize>().unwrap() / 4;
    let mut text = format!("\"{tag}:");
    for &number in numbers {
        let _ = write!(text, "{:0width$x}", bits(number));
    }
    text + "\""
}

fn u8s(bytes: &[u8]) -> String { packed("u8", bytes, u64::from) }
fn u32s(words: &[u32]) -> String { packed("u32", words, u64::from) }
fn f32s(numbers: &[f32]) -> String { packed("f32", numbers, |x| u64::from(x.to_bits())) }
fn f64s(numbers: &[f64]) -> String { packed("f64", numbers, f64::to_bits) }

// ---- the stages: `out`, or nothing on bad input ----

const STAGES: &str = r#"["seed","prng","latent","weights","logits","exp","softmax","blend","quantize","readout","gallery"]"#;

fn stage(name: &str, given: &Json) -> Option<String> {
    Some(match name {
        "seed" => format!(r#"{{"seed":{}}}"#, seed(given.text("text")?).map_or("null".into(), |seed| u32s(&[seed]))),
        "prng" => {
            let (seed, skip, count) = (words(given, "seed", 1)?[0], given.count("skip")? as u32, given.count("count")? as u32);
            let drawn: Vec<u32> = (1..=count).map(|i| word(seed, skip.wrapping_add(i))).collect();
            format!(r#"{{"words":{}}}"#, u32s(&drawn))
        }
        "latent" => format!(r#"{{"latent":{}}}"#, f32s(&latent(&words(given, "words", 10)?))),
        "weights" => format!(r#"{{"weights":{},"biases":{}}}"#, f32s(weights().as_flattened()), f32s(&biases())),
        "logits" => {
            let found = logits(&floats(given, "latent", 10)?, doubles(given, "temperature", Some(1))?[0]);
            format!(r#"{{"logits":{}}}"#, f64s(&found))
        }
        "exp" => format!(r#"{{"y":{}}}"#, f64s(&doubles(given, "x", None)?.into_iter().map(exp).collect::<Vec<_>>())),
        "softmax" => format!(r#"{{"coefficients":{}}}"#, f64s(&softmax(&doubles(given, "logits", Some(10))?))),
        "blend" => format!(r#"{{"sums":{}}}"#, f64s(&blend(&doubles(given, "coefficients", Some(10))?))),
        "quantize" => format!(r#"{{"pixels":{}}}"#, u8s(&quantize(&doubles(given, "sums", None)?))),
        "readout" => format!(r#"{{"text":"{}"}}"#, readout(&doubles(given, "coefficients", Some(10))?)?),
        "gallery" => {
            let (seed, temperature) = (words(given, "seed", 1)?[0], doubles(given, "temperature", Some(1))?[0]);
            let drawn = latent(&(1..=90).map(|n| word(seed, n)).collect::<Vec<_>>());
            let samples: Vec<_> = drawn.chunks(10).map(|z| softmax(&logits(z, temperature))).collect();
            let pixels: Vec<u8> = samples.iter().flat_map(|c| quantize(&blend(c))).collect();
            let lines = samples.iter().map(|c| readout(c)).collect::<Option<Vec<_>>>()?.join("\\n");
            format!(r#"{{"pixels":{},"readout":"{lines}"}}"#, u8s(&pixels))
        }
        _ => return None,
    })
}

fn respond(request: &Json) -> String {
    if request.text("cmd") == Some("hello") {
        return format!(
            r#"{{"protocol":1,"name":"mdg-rust","version":"1.0","language":"Rust","models":["mini-digits"],"stages":{STAGES},"exp":"pinned"}}"#
        );
    }
    let token = request.text("token").unwrap_or("");
    let name = request.text("stage").unwrap_or("");
    let known = request.text("cmd") == Some("run") && request.text("model") == Some("mini-digits") && STAGES.contains(&format!("\"{name}\""));
    if !known {
        return format!(r#"{{"token":{token:?},"skip":"unknown command, model or stage"}}"#);
    }
    match request.get("in").and_then(|given| stage(name, given)) {
        Some(out) => format!(r#"{{"token":{token:?},"out":{out}}}"#),
        None => format!(r#"{{"token":{token:?},"error":"bad input"}}"#),
    }
}

fn main() -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        let request = parse(&line?);
        if request.as_ref().is_some_and(|request| request.text("cmd") == Some("bye")) {
            break;
        }
        let answer = request.map_or(r#"{"token":null,"error":"no JSON object"}"#.into(), |request| respond(&request));
        println!("{answer}");
        io::stdout().flush()?;
    }
    Ok(())
}
