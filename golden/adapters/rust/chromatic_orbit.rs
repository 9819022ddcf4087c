//! GAN-002, Chromatic Orbit, in Rust: the whole generator as an adapter of the conformance protocol, no crates.
//!
//!     rustc -O --edition 2021 -o orb-rust golden/adapters/rust/chromatic_orbit.rs
//!     python3 golden/conform.py run -- ./orb-rust

mod protocol;
use protocol::*;

const SIDE: usize = 64;

// ---- the generator, in the order of SPEC.md ----

const WEIGHT1: [[f64; 8]; 8] = [
    [1.15, -0.62, 0.48, -0.35, 0.92, -1.08, 0.74, -0.53],
    [-0.58, 1.12, -0.72, 0.68, -0.34, 0.41, -0.93, 0.77],
    [0.42, 0.55, -1.06, 0.87, -0.29, 0.36, 0.52, -0.68],
    [-0.91, -0.44, 0.63, 1.04, -0.57, 0.28, 0.71, -0.32],
    [0.66, -0.38, -0.45, 0.59, 1.08, -0.72, 0.34, 0.41],
    [-0.37, 0.83, 0.92, -0.61, 0.25, -0.96, 0.78, 0.53],
    [0.74, 0.49, -0.28, -0.82, 0.63, 0.91, -0.57, -0.34],
    [-0.48, -0.72, 0.85, 0.32, -0.94, 0.68, 0.44, 0.97],
];
const BIAS1: [f64; 8] = [0.12, -0.08, 0.05, -0.11, 0.07, -0.04, 0.06, -0.09];
const WEIGHT2: [[f64; 8]; 6] = [
    [0.82, -0.63, 0.51, -0.44, 0.37, -0.58, 0.66, -0.41],
    [-0.57, 0.78, -0.69, 0.62, -0.33, 0.45, -0.54, 0.71],
    [0.48, 0.36, -0.52, 0.77, -0.66, 0.59, -0.32, 0.41],
    [-0.63, -0.44, 0.68, 0.52, -0.71, 0.34, 0.57, -0.48],
    [0.55, -0.29, -0.36, 0.41, 0.72, -0.64, 0.33, 0.52],
    [-0.42, 0.61, 0.74, -0.53, 0.28, -0.57, 0.69, 0.45],
];
const BIAS2: [f64; 6] = [0.05, -0.04, 0.02, -0.03, 0.01, -0.02];

/// Decimals as they are stored: each rounded to binary32.
fn stored(decimals: &[f64]) -> Vec<f32> {
    decimals.iter().map(|&x| x as f32).collect()
}

fn ldexp(x: f64, k: i32) -> f64 {
    x * power_of_two(k.div_euclid(2)) * power_of_two(k - k.div_euclid(2)) // exact: no result here is subnormal
}

fn expm1(x: f64) -> f64 {
    let [ln2_hi, ln2_lo, inv_ln2] = [0x3fe62e42fee00000, 0x3dea39ef35793c76, 0x3ff71547652b82fe].map(f64::from_bits);
    let [q1, q2, q3, q4, q5] =
        [0xbfa11111111110f4, 0x3f5a01a019fe5585, 0xbf14ce199eaadbb7, 0x3ed0cfca86e65239, 0xbe8afdb76e09c32d].map(f64::from_bits);
    let h = (x.abs().to_bits() >> 32) as u32;
    if h < 0x3c900000 {
        return x;
    }
    if x < 0.0 && h >= 0x4043687a {
        return -1.0;
    }
    let (mut k, mut r, mut lost) = (0, x, 0.0);
    if h > 0x3fd62e42 {
        k = if h < 0x3ff0a2b2 { 1.0_f64.copysign(x) as i32 } else { (inv_ln2 * x + 0.5_f64.copysign(x)) as i32 };
        let (hi, lo) = (x - f64::from(k) * ln2_hi, f64::from(k) * ln2_lo);
        r = hi - lo;
        lost = (hi - r) - lo;
    }
    let half = 0.5 * r;
    let z = r * half;
    let p = 1.0 + z * (q1 + z * (q2 + z * (q3 + z * (q4 + z * q5))));
    let t = 3.0 - p * half;
    let e = z * ((p - t) / (6.0 - r * t));
    if k == 0 {
        return r - (r * e - z);
    }
    let e = (r * (e - lost) - lost) - z;
    match k {
        -1 => 0.5 * (r - e) - 0.5,
        1 if r < -0.25 => -2.0 * (e - (r + 0.5)),
        1 => 1.0 + 2.0 * (r - e),
        2..=19 => ldexp((1.0 - ldexp(1.0, -k)) - (e - r), k),
        20..=56 => ldexp((r - (e + ldexp(1.0, -k))) + 1.0, k),
        _ => ldexp(1.0 - (e - r), k) - 1.0,
    }
}

fn tanh(x: f64) -> f64 {
    let size = x.abs();
    if size < power_of_two(-28) {
        return x;
    }
    let found = if size >= 22.0 {
        1.0
    } else if size >= 1.0 {
        1.0 - 2.0 / (expm1(2.0 * size) + 2.0)
    } else {
        let t = expm1(-2.0 * size);
        -t / (t + 2.0)
    };
    found.copysign(x)
}

fn layer(weights: &[[f64; 8]], biases: &[f64], inputs: &[f32]) -> Vec<f32> {
    let unit = |(row, &bias): (&[f64; 8], &f64)| {
        let start = f64::from(bias as f32);
        let sum = row.iter().zip(inputs).fold(start, |sum, (&weight, &x)| sum + f64::from(weight as f32) * f64::from(x));
        tanh(sum) as f32
    };
    weights.iter().zip(biases).map(unit).collect()
}

fn hidden(latent: &[f32]) -> Vec<f32> {
    layer(&WEIGHT1, &BIAS1, latent)
}

fn normalise(c: &[f32]) -> Vec<f32> {
    let norm = c.iter().fold(0.0, |norm, &c| norm + f64::from(c).abs());
    c.iter().map(|&c| (f64::from(c) / if norm == 0.0 { 1.0 } else { norm }) as f32).collect()
}

fn head(hidden: &[f32]) -> Vec<f32> {
    normalise(&layer(&WEIGHT2, &BIAS2, hidden))
}

/// Values of a channel of a field. The platform's sin, cos and atan2 will do: every value is rounded to binary32, and the
/// vectors hold them all.
fn field(b: usize, channel: usize) -> Vec<f32> {
    let phase = [0.0, 2.09439510239, 4.18879020478][channel];
    let value = |at: usize| {
        let (nx, ny) = ((at % SIDE) as f64 / 63.0 * 2.0 - 1.0, (at / SIDE) as f64 / 63.0 * 2.0 - 1.0);
        let (radius, angle) = ((nx * nx + ny * ny).sqrt(), ny.atan2(nx));
        let (wave, saturation) = match b {
            0 => (angle * 5.5 + radius * 9.2, 0.9 - radius * 0.4),
            1 => ((angle * 12.0).cos() * 3.2 + radius * 8.4, 0.85),
            2 => (radius * radius * 18.0, 1.0 - radius * 0.35),
            3 => (nx * 9.0 + (ny * 4.0).sin() * 3.6, 0.75),
            4 => ((angle * 4.0).sin() * 4.5 + nx * 6.4 - ny * 5.2, 0.95),
            _ => ((nx * 7.6).sin() + (ny * 8.2).cos() + nx * ny * 5.3, 0.88),
        };
        ((wave + phase).sin() * saturation) as f32
    };
    (0..SIDE * SIDE).map(value).collect()
}

thread_local! {
    /// All fields: [6][3][4096].
    static FIELDS: Vec<[Vec<f32>; 3]> = (0..6).map(|b| [0, 1, 2].map(|c| field(b, c))).collect();
}

fn blend(coefficients: &[f32], energy: f64, row: usize) -> Vec<f64> {
    let driven: Vec<f64> = coefficients.iter().map(|&c| f64::from(c) * energy.clamp(0.4, 1.6)).collect();
    FIELDS.with(|fields| {
        let value = |b: usize, i: usize| f64::from(fields[b][i % 3][SIDE * row + i / 3]);
        (0..3 * SIDE).map(|i| (0..6).fold(0.0, |sum, b| sum + driven[b] * value(b, i))).collect()
    })
}

fn quantize(sums: &[f64]) -> Vec<u8> {
    sums.iter().map(|sum| round_half_up(((sum + 1.0) / 2.0).clamp(0.0, 1.0) * 255.0) as u8).collect()
}

fn readout(coefficients: &[f32]) -> Option<String> {
    let fits = coefficients.iter().all(|c| f64::from(c.abs()) < 1e21);
    let entry = |(n, &c): (usize, &f32)| format!("f{}: {}{}", n + 1, if c < 0.0 { "-" } else { "" }, fixed(f64::from(c.abs())));
    fits.then(|| coefficients.iter().enumerate().map(entry).collect::<Vec<_>>().join("  "))
}

// ---- the stages: `out`, or nothing on bad input ----

const STAGES: &[&str] = &[
    "prng", "latent", "weights", "expm1", "tanh", "hidden", "normalise", "head", "fields", "blend", "quantize", "readout", "gallery",
];

fn index(given: &Json, key: &str, count: u64) -> Option<usize> {
    given.count(key).filter(|&found| found < count).map(|found| found as usize)
}

fn stage(name: &str, given: &Json) -> Option<String> {
    Some(match name {
        "prng" => {
            let (seed, skip, count) = (words(given, "seed", 1)?[0], given.count("skip")? as u32, given.count("count")? as u32);
            let drawn: Vec<u32> = (1..=count).map(|i| word(seed, skip.wrapping_add(i))).collect();
            format!(r#"{{"words":{}}}"#, u32s(&drawn))
        }
        "latent" => format!(r#"{{"latent":{}}}"#, f32s(&latent(&words(given, "words", 8)?))),
        "weights" => {
            let [one, two] = [WEIGHT1.concat(), WEIGHT2.concat()].map(|all| f32s(&stored(&all)));
            let [first, second] = [&BIAS1[..], &BIAS2[..]].map(|all| f32s(&stored(all)));
            format!(r#"{{"weight1":{one},"bias1":{first},"weight2":{two},"bias2":{second}}}"#)
        }
        "expm1" => format!(r#"{{"y":{}}}"#, f64s(&doubles(given, "x", None)?.into_iter().map(expm1).collect::<Vec<_>>())),
        "tanh" => format!(r#"{{"y":{}}}"#, f64s(&doubles(given, "x", None)?.into_iter().map(tanh).collect::<Vec<_>>())),
        "hidden" => format!(r#"{{"hidden":{}}}"#, f32s(&hidden(&floats(given, "latent", 8)?))),
        "normalise" => format!(r#"{{"coefficients":{}}}"#, f32s(&normalise(&floats(given, "c", 6)?))),
        "head" => format!(r#"{{"coefficients":{}}}"#, f32s(&head(&floats(given, "hidden", 8)?))),
        "fields" => format!(r#"{{"values":{}}}"#, f32s(&field(index(given, "field", 6)?, index(given, "channel", 3)?))),
        "blend" => {
            let energy = doubles(given, "energy", Some(1))?[0];
            format!(r#"{{"sums":{}}}"#, f64s(&blend(&floats(given, "coefficients", 6)?, energy, index(given, "row", 64)?)))
        }
        "quantize" => format!(r#"{{"pixels":{}}}"#, u8s(&quantize(&doubles(given, "sums", None)?))),
        "readout" => format!(r#"{{"text":"{}"}}"#, readout(&floats(given, "coefficients", 6)?)?),
        "gallery" => {
            let (seed, energy) = (words(given, "seed", 1)?[0], doubles(given, "energy", Some(1))?[0]);
            let first = 8 * index(given, "sample", 6)? as u32;
            let c = head(&hidden(&latent(&(1..=8).map(|i| word(seed, first + i)).collect::<Vec<_>>())));
            let pixels: Vec<u8> = (0..SIDE).flat_map(|row| quantize(&blend(&c, energy, row))).collect();
            format!(r#"{{"pixels":{},"readout":"{}"}}"#, u8s(&pixels), readout(&c)?)
        }
        _ => return None,
    })
}

fn main() -> std::io::Result<()> {
    Port { name: "orb-rust", model: "chromatic-orbit", stages: STAGES, stage }.serve()
}
