//! GAN-002, Chromatic Orbit, in Rust without crates, in the order of chromatic-orbit/SPEC.md.
//!
//!     rustc -O --edition 2021 -o orb-rust golden/adapters/rust/chromatic_orbit.rs
//!     python golden/conform.py run -- ./orb-rust

mod fdlibm;
mod protocol;
mod zoo;

use fdlibm::{atan2, cos, expm1, sin, tanh};
use protocol::{Out, Stage};
use zoo::math_round;

// ---- route ----

const WEIGHT1: [f64; 64] = [
    1.15, -0.62, 0.48, -0.35, 0.92, -1.08, 0.74, -0.53, -0.58, 1.12, -0.72, 0.68, -0.34, 0.41, -0.93, 0.77, 0.42, 0.55,
    -1.06, 0.87, -0.29, 0.36, 0.52, -0.68, -0.91, -0.44, 0.63, 1.04, -0.57, 0.28, 0.71, -0.32, 0.66, -0.38, -0.45,
    0.59, 1.08, -0.72, 0.34, 0.41, -0.37, 0.83, 0.92, -0.61, 0.25, -0.96, 0.78, 0.53, 0.74, 0.49, -0.28, -0.82, 0.63,
    0.91, -0.57, -0.34, -0.48, -0.72, 0.85, 0.32, -0.94, 0.68, 0.44, 0.97,
];
const BIAS1: [f64; 8] = [0.12, -0.08, 0.05, -0.11, 0.07, -0.04, 0.06, -0.09];
const WEIGHT2: [f64; 48] = [
    0.82, -0.63, 0.51, -0.44, 0.37, -0.58, 0.66, -0.41, -0.57, 0.78, -0.69, 0.62, -0.33, 0.45, -0.54, 0.71, 0.48, 0.36,
    -0.52, 0.77, -0.66, 0.59, -0.32, 0.41, -0.63, -0.44, 0.68, 0.52, -0.71, 0.34, 0.57, -0.48, 0.55, -0.29, -0.36,
    0.41, 0.72, -0.64, 0.33, 0.52, -0.42, 0.61, 0.74, -0.53, 0.28, -0.57, 0.69, 0.45,
];
const BIAS2: [f64; 6] = [0.05, -0.04, 0.02, -0.03, 0.01, -0.02];

fn stored(decimals: &[f64]) -> Vec<f32> {
    decimals.iter().map(|&decimal| decimal as f32).collect()
}

/// Units of eight inputs each.
fn layer(weights: &[f64], biases: &[f64], inputs: &[f32]) -> Vec<f32> {
    let product = |(weight, &input): (f32, &f32)| f64::from(weight) * f64::from(input);
    let unit = |(row, &bias): (&[f64], &f64)| {
        let products = stored(row).into_iter().zip(inputs).map(product);
        tanh(products.fold(f64::from(bias as f32), |sum, x| sum + x)) as f32
    };
    weights.chunks(8).zip(biases).map(unit).collect()
}

fn hidden(latent: &[f32]) -> Vec<f32> {
    layer(&WEIGHT1, &BIAS1, latent)
}

fn head(hidden: &[f32]) -> Vec<f32> {
    normalised(&layer(&WEIGHT2, &BIAS2, hidden))
}

fn normalised(c: &[f32]) -> Vec<f32> {
    let sum = c.iter().fold(0.0, |sum, &c| sum + f64::from(c).abs());
    let norm = if sum == 0.0 { 1.0 } else { sum };
    c.iter().map(|&c| (f64::from(c) / norm) as f32).collect()
}

// ---- fields: in each, 64 rows of 64 pixels of red, green and blue ----

fn waves(nx: f64, ny: f64) -> [(f64, f64); 6] {
    let (radius, angle) = ((nx * nx + ny * ny).sqrt(), atan2(ny, nx));
    [
        (angle * 5.5 + radius * 9.2, 0.9 - radius * 0.4),
        (cos(angle * 12.0) * 3.2 + radius * 8.4, 0.85),
        (radius * radius * 18.0, 1.0 - radius * 0.35),
        (nx * 9.0 + sin(ny * 4.0) * 3.6, 0.75),
        (sin(angle * 4.0) * 4.5 + nx * 6.4 - ny * 5.2, 0.95),
        (sin(nx * 7.6) + cos(ny * 8.2) + nx * ny * 5.3, 0.88),
    ]
}

fn pixel(field: usize, at: u32) -> [f32; 3] {
    let scaled = |coordinate: u32| f64::from(coordinate) / 63.0 * 2.0 - 1.0;
    let (wave, saturation) = waves(scaled(at % 64), scaled(at / 64))[field];
    [0.0, 2.09439510239, 4.18879020478].map(|phase| (sin(wave + phase) * saturation) as f32)
}

thread_local! {
    static FIELDS: Vec<Vec<f32>> = (0..6).map(|field| (0..4096).flat_map(|at| pixel(field, at)).collect()).collect();
}

/// One channel of a field.
fn channel(field: u64, channel: u64) -> Vec<f32> {
    FIELDS.with(|fields| fields[field as usize].iter().skip(channel as usize).step_by(3).copied().collect())
}

// ---- decode ----

fn blend(coefficients: &[f32], energy: f64, row: usize) -> Vec<f64> {
    let driven: Vec<f64> = coefficients.iter().map(|&c| f64::from(c) * energy.clamp(0.4, 1.6)).collect();
    let sum = |fields: &[Vec<f32>], at: usize| (0..6).fold(0.0, |sum, b| sum + driven[b] * f64::from(fields[b][at]));
    FIELDS.with(|fields| (192 * row..192 * (row + 1)).map(|at| sum(fields, at)).collect())
}

fn quantize(sums: &[f64]) -> Vec<u8> {
    sums.iter().map(|sum| math_round(((sum + 1.0) / 2.0).clamp(0.0, 1.0) * 255.0) as u8).collect()
}

// ---- readout and gallery ----

fn readout(coefficients: &[f32]) -> String {
    let entry = |(f, &c): (usize, &f32)| format!("f{}: {}", f + 1, zoo::fixed2(f64::from(c)));
    coefficients.iter().enumerate().map(entry).collect::<Vec<_>>().join("  ")
}

fn sample(seed: u32, energy: f64, k: u32) -> (Vec<u8>, String) {
    let coefficients = head(&hidden(&zoo::sample_latent(seed, k, 8)));
    let pixels = (0..64).flat_map(|row| quantize(&blend(&coefficients, energy, row))).collect();
    (pixels, readout(&coefficients))
}

// ---- the stages ----

const STAGES: &[Stage] = &[
    ("prng", protocol::prng),
    ("latent", |given| Some(Out::new().f32s("latent", &zoo::latent(&given.u32s("words", 8)?)))),
    ("weights", |_| {
        let first = Out::new().f32s("weight1", &stored(&WEIGHT1)).f32s("bias1", &stored(&BIAS1));
        Some(first.f32s("weight2", &stored(&WEIGHT2)).f32s("bias2", &stored(&BIAS2)))
    }),
    ("expm1", |given| {
        let found: Vec<f64> = given.all_f64s("x")?.into_iter().map(expm1).collect();
        Some(Out::new().f64s("y", &found))
    }),
    ("tanh", |given| {
        let found: Vec<f64> = given.all_f64s("x")?.into_iter().map(tanh).collect();
        Some(Out::new().f64s("y", &found))
    }),
    ("hidden", |given| Some(Out::new().f32s("hidden", &hidden(&given.f32s("latent", 8)?)))),
    ("normalise", |given| Some(Out::new().f32s("coefficients", &normalised(&given.f32s("c", 6)?)))),
    ("head", |given| Some(Out::new().f32s("coefficients", &head(&given.f32s("hidden", 8)?)))),
    ("fields", |given| {
        let found = channel(given.integer("field", 6)?, given.integer("channel", 3)?);
        Some(Out::new().f32s("values", &found))
    }),
    ("blend", |given| {
        let (coefficients, energy) = (given.f32s("coefficients", 6)?, given.f64("energy")?);
        Some(Out::new().f64s("sums", &blend(&coefficients, energy, given.integer("row", 64)? as usize)))
    }),
    ("quantize", |given| Some(Out::new().u8s("pixels", &quantize(&given.all_f64s("sums")?)))),
    ("readout", |given| {
        let coefficients = given.f32s("coefficients", 6)?;
        let refused = coefficients.iter().any(|c| c.abs() > 1.0);
        (!refused).then(|| Out::new().text("text", &readout(&coefficients)))
    }),
    ("gallery", |given| {
        let (seed, energy, k) = (given.u32("seed")?, given.f64("energy")?, given.integer("sample", 6)?);
        let (pixels, readout) = sample(seed, energy, k as u32);
        Some(Out::new().u8s("pixels", &pixels).text("readout", &readout))
    }),
];

fn main() -> std::io::Result<()> {
    protocol::serve("orb-rust", "chromatic-orbit", STAGES)
}
