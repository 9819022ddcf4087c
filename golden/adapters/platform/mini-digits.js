"use strict";

((zoo) => {
  const fs = process.getBuiltinModule("node:fs");
  const glyphs = fs.readFileSync(`${zoo.golden}/mini-digits/glyph-basis.bin`);
  const basis = Float32Array.from(glyphs, (byte) => (byte / 255) * 2 - 1);
  const biases = Float32Array.of(0.18, 0.1, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11);
  const weights = new Float32Array(100).fill(-0.22);
  for (let i = 0; i < 10; i++) {
    weights[i * 10 + i] = 1.35;
    weights[i * 10 + ((i + 3) % 10)] += 0.18;
    weights[i * 10 + ((i + 7) % 10)] -= 0.12;
  }

  const stream = (seed, skip) => {
    let t = (seed + Math.imul(Number(BigInt.asUintN(32, BigInt(skip))), 0x6d2b79f5)) >>> 0;
    return () => {
      t = (t + 0x6d2b79f5) >>> 0;
      let r = Math.imul(t ^ (t >>> 15), 1 | t);
      r ^= r + Math.imul(r ^ (r >>> 7), 61 | r);
      return (r ^ (r >>> 14)) >>> 0;
    };
  };
  const draw = (seed, skip, count) => Uint32Array.from({ length: count }, stream(seed, skip));
  const latent = (words) => Float32Array.from(words, (word) => (word / 4294967296) * 2 - 1);
  const clamp = (x, low, high) => Math.min(high, Math.max(low, x));
  const logits = (z, temperature) =>
    Float64Array.from(biases, (bias, i) => z.reduce((sum, v, j) => sum + weights[i * 10 + j] * v, bias) / clamp(temperature, 0.35, 1.5));
  const softmax = (scores) => {
    const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  };
  const blend = (c) => Float64Array.from({ length: 784 }, (_, p) => c.reduce((sum, v, b) => sum + v * basis[b * 784 + p], 0));
  const quantize = (sums) => Uint8Array.from(sums, (sum) => Math.round(((clamp(sum, -1, 1) + 1) / 2) * 255));
  const readout = (c) => {
    if (c.some((v) => v < 0 || v > 1)) throw new RangeError("coefficients lie in [0, 1]");
    return Array.from(c, (v, d) => `d${d}: ${v.toFixed(2)}`).join("  ");
  };
  const gallery = (seed, temperature) => {
    const drawn = latent(draw(seed, 0, 90));
    return Array.from({ length: 9 }, (_, k) => softmax(logits(drawn.subarray(10 * k, 10 * k + 10), temperature)));
  };
  const typed = (text) => {
    const value = parseInt(text, 10);
    return Number.isFinite(value) ? Uint32Array.of(value) : null;
  };

  const stages = {
    seed: ({ text }) => ({ seed: typed(text) }),
    prng: ({ seed, skip, count }) => ({ words: draw(seed[0], skip, count) }),
    latent: ({ words }) => ({ latent: latent(words) }),
    weights: () => ({ weights, biases }),
    logits: ({ latent: z, temperature }) => ({ logits: logits(z, temperature[0]) }),
    exp: ({ x }) => ({ y: x.map(Math.exp) }),
    softmax: ({ logits: scores }) => ({ coefficients: softmax(scores) }),
    blend: ({ coefficients }) => ({ sums: blend(coefficients) }),
    quantize: ({ sums }) => ({ pixels: quantize(sums) }),
    readout: ({ coefficients }) => ({ text: readout(coefficients) }),
    gallery: ({ seed, temperature }) => {
      const samples = gallery(seed[0], temperature[0]);
      const pixels = samples.map((c) => quantize(blend(c)));
      return { pixels: Uint8Array.from(pixels.flatMap((p) => [...p])), readout: samples.map(readout).join("\n") };
    },
  };
  zoo.models["mini-digits"] = { stages };
})(globalThis.zoo);
