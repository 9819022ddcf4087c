//! What all species share, in the order of SPEC.md: numbers, seeds, the word stream, rounding and decimals.
#![allow(dead_code)] // no species needs all of it

/// The high 32 bits of |x|, by which fdlibm's functions choose their branch.
pub fn high(x: f64) -> u32 {
    (x.abs().to_bits() >> 32) as u32
}

/// 2^k for a k whose power is a normal number.
pub fn power_of_two(k: i32) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}

/// The seed of a text, or nothing where the text is ignored.
pub fn seed(text: &str) -> Option<u32> {
    let text = text.trim_start_matches(is_white);
    let minus = text.starts_with('-');
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
    let value = digits.parse::<f64>().ok().filter(|value| value.is_finite())?; // the nearest binary64
    let low = (value % 4294967296.0) as u32;
    Some(if minus { low.wrapping_neg() } else { low })
}

fn is_white(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
        | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

/// Word n, from 1, of a seed's stream.
pub fn word(seed: u32, n: u32) -> u32 {
    let t = seed.wrapping_add(n.wrapping_mul(0x6D2B_79F5));
    let r = (t ^ (t >> 15)).wrapping_mul(t | 1);
    let r = r ^ r.wrapping_add((r ^ (r >> 7)).wrapping_mul(r | 61));
    r ^ (r >> 14)
}

pub fn latent(words: &[u32]) -> Vec<f32> {
    words.iter().map(|&w| (f64::from(w) / 4294967296.0 * 2.0 - 1.0) as f32).collect()
}

/// The latent of sample k, made of so many words.
pub fn sample_latent(seed: u32, k: u32, width: u32) -> Vec<f32> {
    latent(&(1..=width).map(|n| word(seed, width * k + n)).collect::<Vec<_>>())
}

pub fn math_round(q: f64) -> f64 {
    if q - q.floor() >= 0.5 {
        q.floor() + 1.0
    } else {
        q.floor()
    }
}

/// toFixed(2) of x in [-1, 1], exactly: |x| is m / 2^e, and 100·m fits in 60 bits.
pub fn fixed2(x: f64) -> String {
    let (bits, field) = (x.to_bits() & ((1 << 52) - 1), (x.to_bits() >> 52 & 0x7ff) as u32);
    let (m, e) = (if field == 0 { bits } else { bits | 1 << 52 }, 1075 - field.max(1));
    let n = if e > 61 { 0 } else { (100 * m + (1 << (e - 1))) >> e };
    format!("{}{}.{:02}", if x < 0.0 { "-" } else { "" }, n / 100, n % 100)
}
