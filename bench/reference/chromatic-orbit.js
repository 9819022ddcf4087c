// GAN-002 as a plain script would compute it, sample by sample: what the fast generator is measured against.
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

const layer = (inputs, weights, biases) =>
  Float32Array.from(biases, (bias, i) => {
    let sum = bias;
    for (let j = 0; j < inputs.length; j++) sum += weights[i * inputs.length + j] * inputs[j];
    return Math.tanh(sum);
  });

const coefficientsOf = (latent, { weight1, bias1, weight2, bias2 }) => {
  const raw = layer(layer(latent, weight1, bias1), weight2, bias2);
  const norm = raw.reduce((sum, value) => sum + Math.abs(value), 0) || 1;
  return raw.map((value) => value / norm);
};

const decode = (coefficients, energy, fields) => {
  const pixels = new Uint8ClampedArray(64 * 64 * 3);
  for (let i = 0; i < pixels.length; i++) {
    let sum = 0;
    for (let b = 0; b < 6; b++) sum += coefficients[b] * energy * fields[b][i];
    pixels[i] = Math.round(Math.min(Math.max((sum + 1) / 2, 0), 1) * 255);
  }
  return pixels;
};

module.exports = (seed, energy, fields, weights) => {
  const draw = random(seed);
  return Array.from({ length: 6 }, () => {
    const latent = Float32Array.from({ length: 8 }, () => draw() * 2 - 1);
    return decode(coefficientsOf(latent, weights), Math.min(Math.max(energy, 0.4), 1.6), fields);
  });
};
