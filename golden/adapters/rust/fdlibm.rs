//! expm1, tanh, sin, cos and atan2 as chromatic-orbit/SPEC.md writes them out; the last three are for its fields alone,
//! where |x| is below 41, and neither x nor y is 0.

use crate::zoo::{high, power_of_two};

pub fn expm1(mut x: f64) -> f64 {
    let [ln2_hi, ln2_lo, inv_ln2] = [0x3fe62e42fee00000, 0x3dea39ef35793c76, 0x3ff71547652b82fe].map(f64::from_bits);
    let [q1, q2, q3] = [0xbfa11111111110f4, 0x3f5a01a019fe5585, 0xbf14ce199eaadbb7].map(f64::from_bits);
    let [q4, q5] = [0x3ed0cfca86e65239, 0xbe8afdb76e09c32d].map(f64::from_bits);
    let h = high(x);
    if h < 0x3c900000 {
        return x;
    }
    if x < 0.0 && h >= 0x4043687a {
        return -1.0;
    }
    let (mut k, mut lost) = (0, 0.0);
    if h > 0x3fd62e42 {
        let sign = 1_f64.copysign(x);
        k = if h < 0x3ff0a2b2 { sign as i32 } else { (inv_ln2 * x + sign * 0.5) as i32 };
        let (hi, lo) = (x - f64::from(k) * ln2_hi, f64::from(k) * ln2_lo);
        x = hi - lo;
        lost = (hi - x) - lo;
    }
    let half = 0.5 * x;
    let z = x * half;
    let p = 1.0 + z * (q1 + z * (q2 + z * (q3 + z * (q4 + z * q5))));
    let t = 3.0 - p * half;
    let plain = z * ((p - t) / (6.0 - x * t));
    let e = (x * (plain - lost) - lost) - z;
    match k {
        0 => x - (x * plain - z),
        -1 => 0.5 * (x - e) - 0.5,
        1 if x < -0.25 => -2.0 * (e - (x + 0.5)),
        1 => 1.0 + 2.0 * (x - e),
        2..=19 => ((1.0 - power_of_two(-k)) - (e - x)) * power_of_two(k),
        20..=56 => ((x - (e + power_of_two(-k))) + 1.0) * power_of_two(k),
        _ => (1.0 - (e - x)) * power_of_two(k) - 1.0,
    }
}

pub fn tanh(x: f64) -> f64 {
    let size = x.abs();
    if size < power_of_two(-28) {
        return x;
    }
    let y = if size >= 22.0 {
        1.0
    } else if size >= 1.0 {
        1.0 - 2.0 / (expm1(2.0 * size) + 2.0)
    } else {
        let t = expm1(-2.0 * size);
        -t / (t + 2.0)
    };
    y.copysign(x)
}

/// c[0] + z·(c[1] + z·(c[2] + …)), the constants given by their bits.
fn polynomial(c: &[u64], z: f64) -> f64 {
    c.iter().rev().map(|&bits| f64::from_bits(bits)).reduce(|sum, c| c + z * sum).unwrap()
}

fn sine(y: f64, u: f64) -> f64 {
    #[rustfmt::skip]
    const S: [u64; 6] = [
        0xbfc5555555555549, 0x3f8111111110f8a6, 0xbf2a01a019c161d5,
        0x3ec71de357b1fe7d, 0xbe5ae5e68a2b9ceb, 0x3de5d93a5acfd57c,
    ];
    let z = y * y;
    y - ((z * (0.5 * u - z * y * polynomial(&S[1..], z)) - u) - z * y * f64::from_bits(S[0]))
}

fn cosine(y: f64, u: f64) -> f64 {
    #[rustfmt::skip]
    const C: [u64; 6] = [
        0x3fa555555555554c, 0xbf56c16c16c15177, 0x3efa01a019cb1590,
        0xbe927e4f809c52ad, 0x3e21ee9ebdb4b1c4, 0xbda8fae9be8838d4,
    ];
    let z = y * y;
    1.0 - (0.5 * z - (z * (z * polynomial(&C, z)) - y * u))
}

/// sin(|x| + quarters·π/2)
fn turned(x: f64, quarters: i32) -> f64 {
    let [inv_pio2, pio2_1, pio2_1t] = [0x3fe45f306dc9c883, 0x3ff921fb54400000, 0x3dd0b4611a626331].map(f64::from_bits);
    let n = if high(x) > 0x3fe921fb { (x.abs() * inv_pio2 + 0.5) as i32 } else { 0 };
    let (r, w) = (x.abs() - f64::from(n) * pio2_1, f64::from(n) * pio2_1t);
    let y = r - w;
    let u = (r - y) - w;
    match (n + quarters) & 3 {
        0 => sine(y, u),
        1 => cosine(y, u),
        2 => -sine(y, u),
        _ => -cosine(y, u),
    }
}

pub fn sin(x: f64) -> f64 {
    if x < 0.0 {
        -turned(x, 0)
    } else {
        turned(x, 0)
    }
}

pub fn cos(x: f64) -> f64 {
    turned(x, 1)
}

fn atan(a: f64) -> f64 {
    #[rustfmt::skip]
    const EVEN: [u64; 6] = [
        0x3fd555555555550d, 0x3fc24924920083ff, 0x3fb745cdc54c206e,
        0x3fb10d66a0d03d51, 0x3fa97b4b24760deb, 0x3f90ad3ae322da11,
    ];
    const ODD: [u64; 5] =
        [0xbfc999999998ebc4, 0xbfbc71c6fe231671, 0xbfb3b0f2af749a6d, 0xbfadde2d52defd9a, 0xbfa2b4442c6a6c2f];
    let (b, hi, lo) = match a {
        _ if a < 0.4375 => (a, 0, 0),
        _ if a < 0.6875 => ((2.0 * a - 1.0) / (2.0 + a), 0x3fddac670561bb4f, 0x3c7a2b7f222f65e2),
        _ if a < 1.1875 => ((a - 1.0) / (a + 1.0), 0x3fe921fb54442d18, 0x3c81a62633145c07),
        _ if a < 2.4375 => ((a - 1.5) / (1.0 + 1.5 * a), 0x3fef730bd281f69b, 0x3c7007887af0cbbd),
        _ => (-1.0 / a, 0x3ff921fb54442d18, 0x3c91a62633145c07),
    };
    let z = b * b;
    let w = z * z;
    let p = z * polynomial(&EVEN, w) + w * polynomial(&ODD, w);
    if hi == 0 {
        b - b * p
    } else {
        f64::from_bits(hi) - ((b * p - f64::from_bits(lo)) - b)
    }
}

pub fn atan2(y: f64, x: f64) -> f64 {
    let [pi, pi_lo] = [0x400921fb54442d18, 0x3ca1a62633145c07].map(f64::from_bits);
    let atan = atan((y / x).abs());
    let angle = if x > 0.0 { atan } else { pi - (atan - pi_lo) };
    if y < 0.0 {
        -angle
    } else {
        angle
    }
}
