// GAN-001 as a plain script would compute it, sample by sample: what the fast generator is measured against.
"use strict";

const random = (seed) => {
  let t = seed >>> 0;
  return () => {
    t = (t + 0x6d2b79f5) >>> 0;
    let r = Math.imul(t ^ (t >>> 15), 1 | t);
    r ^= r + Math.imul(r ^ (r >>> 7), 61 | r);
    return ((r ^ (r >>> 14)) >>> 0) / 4294967296;
  };
};

const weights = Array.from({ length: 10 }, (_, i) => {
  const row = new Float32Array(10).fill(-0.22);
  row[i] = 1.35;
  row[(i + 3) % 10] += 0.18;
  row[(i + 7) % 10] -= 0.12;
  return row;
});
const biases = Float32Array.of(0.18, 0.1, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11);

const coefficientsOf = (latent, temperature) => {
  const logits = [];
  for (let i = 0; i < 10; i++) {
    let sum = biases[i];
    for (let j = 0; j < 10; j++) sum += weights[i][j] * latent[j];
    logits.push(sum / Math.min(Math.max(temperature, 0.35), 1.5));
  }
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
};

const decode = (coefficients, fields) => {
  const pixels = new Uint8ClampedArray(784);
  for (let pixel = 0; pixel < 784; pixel++) {
    let sum = 0;
    for (let b = 0; b < 10; b++) sum += coefficients[b] * fields[b][pixel];
    pixels[pixel] = Math.round(((Math.max(-1, Math.min(1, sum)) + 1) / 2) * 255);
  }
  return pixels;
};

const samplesOf = (seed, temperature, fields) => {
  const draw = random(seed);
  return Array.from({ length: 9 }, () => {
    const latent = Float32Array.from({ length: 10 }, () => draw() * 2 - 1);
    const coefficients = coefficientsOf(latent, temperature);
    return { latent, coefficients, pixels: decode(coefficients, fields) };
  });
};

module.exports = (seed, temperature, fields) => samplesOf(seed, temperature, fields).map((sample) => sample.pixels);
module.exports.samplesOf = samplesOf;
