/* GAN-002, Chromatic Orbit: the live twin. The same bits as generator/chromatic_orbit.py, in every engine.
 *
 *     latent [8] → tanh layer 8 × 8 → tanh layer 8 × 6 → ÷ Σ|c| → coefficients [6] → Σ (c·energy)·field → pixels
 *
 * Pure functions on top of pinned.js: no DOM, no clock, no platform sin. Normative text: golden/chromatic-orbit/SPEC.md.
 */
"use strict";

((zoo) => {
  const { sin, cos, atan2, expm1, tanh, dense, quantize, sized, toFixed2, sha256 } = zoo.pinned;

  // ---- constants ----

  const SIDE = 64;
  const PIXELS = SIDE * SIDE;
  const LATENT = 8;
  const FIELDS = 6;
  const CHANNELS = 3;
  const ENERGY = { name: "energy", minimum: 0.4, maximum: 1.6, start: 1 };
  // prettier-ignore
  const WEIGHTS_1 = Float32Array.of(
    1.15, -0.62, 0.48, -0.35, 0.92, -1.08, 0.74, -0.53,
    -0.58, 1.12, -0.72, 0.68, -0.34, 0.41, -0.93, 0.77,
    0.42, 0.55, -1.06, 0.87, -0.29, 0.36, 0.52, -0.68,
    -0.91, -0.44, 0.63, 1.04, -0.57, 0.28, 0.71, -0.32,
    0.66, -0.38, -0.45, 0.59, 1.08, -0.72, 0.34, 0.41,
    -0.37, 0.83, 0.92, -0.61, 0.25, -0.96, 0.78, 0.53,
    0.74, 0.49, -0.28, -0.82, 0.63, 0.91, -0.57, -0.34,
    -0.48, -0.72, 0.85, 0.32, -0.94, 0.68, 0.44, 0.97,
  );
  const BIASES_1 = Float32Array.of(0.12, -0.08, 0.05, -0.11, 0.07, -0.04, 0.06, -0.09);
  // prettier-ignore
  const WEIGHTS_2 = Float32Array.of(
    0.82, -0.63, 0.51, -0.44, 0.37, -0.58, 0.66, -0.41,
    -0.57, 0.78, -0.69, 0.62, -0.33, 0.45, -0.54, 0.71,
    0.48, 0.36, -0.52, 0.77, -0.66, 0.59, -0.32, 0.41,
    -0.63, -0.44, 0.68, 0.52, -0.71, 0.34, 0.57, -0.48,
    0.55, -0.29, -0.36, 0.41, 0.72, -0.64, 0.33, 0.52,
    -0.42, 0.61, 0.74, -0.53, 0.28, -0.57, 0.69, 0.45,
  );
  const BIASES_2 = Float32Array.of(0.05, -0.04, 0.02, -0.03, 0.01, -0.02);

  // ---- basis: six waves over the plane, each as three channels a third of a turn apart ----

  const PHASES = [0, 2.09439510239, 4.18879020478];

  /** The wave and the saturation of each field at one point. @returns {[number, number][]} */
  const waves = (nx, ny) => {
    const radius = Math.sqrt(nx * nx + ny * ny);
    const angle = atan2(ny, nx);
    return [
      [angle * 5.5 + radius * 9.2, 0.9 - radius * 0.4], // spiral
      [cos(angle * 12) * 3.2 + radius * 8.4, 0.85], // starburst
      [radius * radius * 18, 1 - radius * 0.35], // ripple
      [nx * 9 + sin(ny * 4) * 3.6, 0.75], // interference
      [sin(angle * 4) * 4.5 + nx * 6.4 - ny * 5.2, 0.95], // orbit
      [sin(nx * 7.6) + cos(ny * 8.2) + nx * ny * 5.3, 0.88], // plasma
    ];
  };

  /** Six fields of 4,096 pixels of three binary32 values each: 80,000 sines, which a page may ask for by rows. */
  const BASIS = Array.from({ length: FIELDS }, () => new Float32Array(PIXELS * CHANNELS));
  let rows = 0; // computed so far

  const computeRow = (row) => {
    const ny = (row / 63) * 2 - 1;
    for (let column = 0; column < SIDE; column++) {
      const at = (row * SIDE + column) * CHANNELS;
      waves((column / 63) * 2 - 1, ny).forEach(([wave, saturation], b) => {
        for (let c = 0; c < CHANNELS; c++) BASIS[b][at + c] = sin(wave + PHASES[c]) * saturation;
      });
    }
  };

  /** Computes what is still to be computed, a row a step. */
  const prepare = function* () {
    for (; rows < SIDE; rows++) yield computeRow(rows);
  };

  /** The six fields, whole. @returns {Float32Array[]} */
  const basis = () => {
    while (rows < SIDE) computeRow(rows++);
    return BASIS;
  };

  // ---- route ----

  /** f32(tanh(bias + Σ weight·input)) for each unit. @returns {Float32Array} */
  const tanhLayer = (inputs, weights, biases) => Float32Array.from(dense(inputs, weights, biases), tanh);

  const hidden = (latent) => tanhLayer(sized("latent", latent, LATENT), WEIGHTS_1, BIASES_1);

  /** The coefficients: the second layer, normalised. @returns {Float32Array} */
  const head = (activations) => normalise(tanhLayer(sized("hidden", activations, LATENT), WEIGHTS_2, BIASES_2));

  /** Each c over Σ|c|, or over 1 where that is 0. @param {Float32Array} raw @returns {Float32Array} */
  const normalise = (raw) => {
    const norm = raw.reduce((sum, value) => sum + Math.abs(value), 0) || 1;
    return raw.map((value) => value / norm);
  };

  /** The weight of each field. @param {Float32Array} latent @returns {Float32Array} */
  const route = (latent) => head(hidden(latent));

  // ---- decode ----

  const clampEnergy = (energy) => {
    if (!Number.isFinite(energy)) throw new RangeError(`energy: ${energy} is not a finite number`);
    return Math.min(Math.max(energy, ENERGY.minimum), ENERGY.maximum);
  };

  /** Σ (coefficient[b]·energy)·field[b], added in order from 0, at `count` places from `skip` on. @returns {Float64Array} */
  const blended = (coefficients, energy, skip = 0, count = PIXELS * CHANNELS) => {
    const [SPIRAL, STARBURST, RIPPLE, INTERFERENCE, ORBIT, PLASMA] = basis();
    const clamped = clampEnergy(energy);
    const [a, b, c, d, e, f] = Array.from(sized("coefficients", coefficients, FIELDS), (value) => value * clamped);
    const sums = new Float64Array(count);
    for (let i = 0, at = skip; i < count; i++, at++) {
      const first = 0 + a * SPIRAL[at] + b * STARBURST[at] + c * RIPPLE[at];
      sums[i] = first + d * INTERFERENCE[at] + e * ORBIT[at] + f * PLASMA[at];
    }
    return sums;
  };

  /** The blend as 64 × 64 RGB levels, row by row. @returns {Uint8Array} */
  const decode = (coefficients, energy) => {
    const sums = blended(coefficients, energy);
    const pixels = new Uint8Array(sums.length);
    for (let i = 0; i < sums.length; i++) pixels[i] = quantize(sums[i]);
    return pixels;
  };

  /** The coefficients as `f1: 0.12  f2: -0.07  …`. @returns {string} */
  const readout = (coefficients) =>
    Array.from(sized("coefficients", coefficients, FIELDS), (value, b) => `f${b + 1}: ${toFixed2(value)}`).join("  ");

  // ---- what pages and goldens look at ----

  /** Every step of one sample, for a page that shows how it came about and for the captured goldens. */
  const trace = (latent) => {
    const activations = hidden(latent);
    return [
      { name: "latent", values: latent },
      { name: "hidden", values: activations },
      { name: "coefficients", values: head(activations) },
    ];
  };

  /** Binary32 values as big-endian bytes. @param {Float32Array} values @returns {Uint8Array} */
  const bigEndian = (values) => {
    const view = new DataView(new ArrayBuffer(4 * values.length));
    values.forEach((value, i) => view.setFloat32(4 * i, value));
    return new Uint8Array(view.buffer);
  };

  const channel = (field, c) => Float32Array.from({ length: PIXELS }, (_, i) => basis()[field][i * CHANNELS + c]);

  /** What the model is built on, as the goldens record it. */
  const provenance = () => ({
    fields_f32_sha256: BASIS.map((_, field) =>
      Object.fromEntries(["r", "g", "b"].map((key, c) => [key, sha256(bigEndian(channel(field, c)))])),
    ),
  });

  // ---- stages of the conformance protocol ----

  const within = (name, number, count) => {
    if (Number.isInteger(number) && number >= 0 && number < count) return number;
    throw new RangeError(`${name}: ${number} lies outside 0 to ${count - 1}`);
  };

  const stages = {
    weights: () => ({ weight1: WEIGHTS_1, bias1: BIASES_1, weight2: WEIGHTS_2, bias2: BIASES_2 }),
    expm1: ({ x }) => ({ y: x.map(expm1) }),
    tanh: ({ x }) => ({ y: x.map(tanh) }),
    hidden: ({ latent }) => ({ hidden: hidden(latent) }),
    normalise: ({ c }) => ({ coefficients: normalise(c) }),
    head: ({ hidden: activations }) => ({ coefficients: head(activations) }),
    fields: ({ field, channel: c }) => ({
      values: channel(within("field", field, FIELDS), within("channel", c, CHANNELS)),
    }),
    blend: ({ coefficients, energy, row }) => {
      const width = SIDE * CHANNELS;
      return { sums: blended(coefficients, energy[0], within("row", row, SIDE) * width, width) };
    },
    readout: ({ coefficients }) => ({ text: readout(coefficients) }),
  };

  // ---- the record ----

  zoo.add({
    name: "chromatic-orbit",
    exhibit: "GAN-002",
    width: SIDE,
    height: SIDE,
    channels: CHANNELS,
    columns: 3,
    rows: 2,
    latentWidth: LATENT,
    knob: ENERGY,
    get fields() {
      return basis();
    },
    prepare,
    route,
    decode,
    readout,
    trace,
    provenance,
    stages,
  });
})(globalThis.zoo);
