//! GAN-001, Mini Digits, in Rust without crates, in the order of mini-digits/SPEC.md.
//!
//!     rustc -O --edition 2021 -o mdg-rust golden/adapters/rust/mini_digits.rs
//!     python golden/conform.py run -- ./mdg-rust

mod protocol;
mod zoo;

use protocol::{Out, Stage};
use zoo::{high, math_round, power_of_two};

static GLYPHS: &[u8; 7840] = include_bytes!("../../mini-digits/glyph-basis.bin");

// ---- routing ----

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
    let product = |(&weight, &number): (&f32, &f32)| f64::from(weight) * f64::from(number);
    let logit = |(row, bias): (&[f32; 10], f32)| {
        let sum = row.iter().zip(latent).map(product).fold(f64::from(bias), |sum, x| sum + x);
        sum / temperature.clamp(0.35, 1.5)
    };
    weights().iter().zip(biases()).map(logit).collect()
}

// ---- exp and softmax ----

fn exp(mut x: f64) -> f64 {
    let [ln2_hi, ln2_lo, inv_ln2] = [0x3fe62e42fee00000, 0x3dea39ef35793c76, 0x3ff71547652b82fe].map(f64::from_bits);
    let [p1, p2, p3] = [0x3fc555555555553e, 0xbf66c16c16bebd93, 0x3f11566aaf25de2c].map(f64::from_bits);
    let [p4, p5] = [0xbebbbd41c5d26bf1, 0x3e66376972bea4d0].map(f64::from_bits);
    if x < f64::from_bits(0xc0874910d52d3051) {
        return 0.0;
    }
    let h = high(x);
    let (mut k, mut hi, mut lo) = (0, 0.0, 0.0);
    if h > 0x3fd62e42 {
        k = if h < 0x3ff0a2b2 { -1 } else { (inv_ln2 * x - 0.5) as i32 };
        hi = x - f64::from(k) * ln2_hi;
        lo = f64::from(k) * ln2_lo;
        x = hi - lo;
    }
    if h < 0x3e300000 {
        return 1.0 + x;
    }
    let t = x * x;
    let c = x - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
    if k == 0 {
        return 1.0 - ((x * c) / (c - 2.0) - x);
    }
    let y = 1.0 - ((lo - (x * c) / (2.0 - c)) - hi);
    if k >= -1021 {
        y * power_of_two(k)
    } else {
        y * power_of_two(k + 1000) * power_of_two(-1000)
    }
}

fn softmax(logits: &[f64]) -> Vec<f64> {
    let m = logits.iter().copied().fold(logits[0], f64::max);
    let powers: Vec<f64> = logits.iter().map(|logit| exp(logit - m)).collect();
    let s = powers.iter().fold(0.0, |s, power| s + power);
    powers.iter().map(|power| power / s).collect()
}

// ---- basis, blend, quantise ----

fn basis(field: usize, pixel: usize) -> f64 {
    f64::from((f64::from(GLYPHS[784 * field + pixel]) / 255.0 * 2.0 - 1.0) as f32)
}

fn blend(coefficients: &[f64]) -> Vec<f64> {
    (0..784).map(|p| (0..10).fold(0.0, |sum, b| sum + coefficients[b] * basis(b, p))).collect()
}

fn quantize(sums: &[f64]) -> Vec<u8> {
    sums.iter().map(|sum| math_round((sum.clamp(-1.0, 1.0) + 1.0) / 2.0 * 255.0) as u8).collect()
}

// ---- readout and gallery ----

fn readout(coefficients: &[f64]) -> String {
    let entry = |(d, &c): (usize, &f64)| format!("d{d}: {}", zoo::fixed2(c));
    coefficients.iter().enumerate().map(entry).collect::<Vec<_>>().join("  ")
}

fn gallery(seed: u32, temperature: f64) -> (Vec<u8>, String) {
    let sample = |k| softmax(&logits(&zoo::sample_latent(seed, k, 10), temperature));
    let samples: Vec<Vec<f64>> = (0..9).map(sample).collect();
    let lines: Vec<String> = samples.iter().map(|coefficients| readout(coefficients)).collect();
    (samples.iter().flat_map(|coefficients| quantize(&blend(coefficients))).collect(), lines.join("\n"))
}

// ---- the stages ----

const STAGES: &[Stage] = &[
    ("seed", |given| {
        let seed = zoo::seed(&given.text("text")?);
        Some(seed.map_or(Out::new().null("seed"), |seed| Out::new().u32s("seed", &[seed])))
    }),
    ("prng", protocol::prng),
    ("latent", |given| Some(Out::new().f32s("latent", &zoo::latent(&given.u32s("words", 10)?)))),
    ("weights", |_| Some(Out::new().f32s("weights", &weights().concat()).f32s("biases", &biases()))),
    ("logits", |given| {
        let found = logits(&given.f32s("latent", 10)?, given.f64("temperature")?);
        Some(Out::new().f64s("logits", &found))
    }),
    ("exp", |given| {
        let found: Vec<f64> = given.all_f64s("x")?.into_iter().map(exp).collect();
        Some(Out::new().f64s("y", &found))
    }),
    ("softmax", |given| Some(Out::new().f64s("coefficients", &softmax(&given.f64s("logits", 10)?)))),
    ("blend", |given| Some(Out::new().f64s("sums", &blend(&given.f64s("coefficients", 10)?)))),
    ("quantize", |given| Some(Out::new().u8s("pixels", &quantize(&given.all_f64s("sums")?)))),
    ("readout", |given| {
        let coefficients = given.f64s("coefficients", 10)?;
        let refused = coefficients.iter().any(|c| !(0.0..=1.0).contains(c));
        (!refused).then(|| Out::new().text("text", &readout(&coefficients)))
    }),
    ("gallery", |given| {
        let (pixels, readout) = gallery(given.u32("seed")?, given.f64("temperature")?);
        Some(Out::new().u8s("pixels", &pixels).text("readout", &readout))
    }),
];

fn main() -> std::io::Result<()> {
    protocol::serve("mdg-rust", "mini-digits", STAGES)
}
