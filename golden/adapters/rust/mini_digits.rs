//! GAN-001, Mini Digits, in Rust: the whole generator as an adapter of the conformance protocol, no crates.
//!
//!     rustc -O --edition 2021 -o mdg-rust golden/adapters/rust/mini_digits.rs
//!     python3 golden/conform.py run -- ./mdg-rust

mod protocol;
use protocol::*;

static GLYPHS: &[u8; 7840] = include_bytes!("../../mini-digits/glyph-basis.bin");

// ---- the generator, in the order of SPEC.md ----

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
    sums.iter().map(|sum| round_half_up((sum.clamp(-1.0, 1.0) + 1.0) / 2.0 * 255.0) as u8).collect()
}

fn readout(coefficients: &[f64]) -> Option<String> {
    let fits = coefficients.iter().all(|c| (0.0..=1.0).contains(c));
    let entry = |(d, &c): (usize, &f64)| format!("d{d}: {}", fixed(c.abs()));
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

// ---- the stages: `out`, or nothing on bad input ----

const STAGES: &[&str] =
    &["seed", "prng", "latent", "weights", "logits", "exp", "softmax", "blend", "quantize", "readout", "gallery"];

fn stage(name: &str, given: &Json) -> Option<String> {
    Some(match name {
        "seed" => format!(r#"{{"seed":{}}}"#, seed(given.text("text")?).map_or("null".into(), |seed| u32s(&[seed]))),
        "prng" => {
            let (seed, skip, count) = (words(given, "seed", 1)?[0], given.count("skip")? as u32, given.count("count")? as u32);
            let drawn: Vec<u32> = (1..=count).map(|i| word(seed, skip.wrapping_add(i))).collect();
            format!(r#"{{"words":{}}}"#, u32s(&drawn))
        }
        "latent" => format!(r#"{{"latent":{}}}"#, f32s(&latent(&words(given, "words", 10)?))),
        "weights" => format!(r#"{{"weights":{},"biases":{}}}"#, f32s(&weights().concat()), f32s(&biases())),
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

fn main() -> std::io::Result<()> {
    Port { name: "mdg-rust", model: "mini-digits", stages: STAGES, stage }.serve()
}
