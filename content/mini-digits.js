/* GAN-001, Mini Digits: the live twin. The same bits as generator/mini_digits.py, in every engine.
 *
 *     latent [10] → dense routing 10 × 10 → ÷ temperature → softmax → coefficients [10] → Σ c·glyph → pixels
 *
 * Pure functions on top of pinned.js: no DOM, no clock, no platform exp. Normative text: golden/mini-digits/SPEC.md.
 */
"use strict";

((zoo) => {
  const { exp, softmax, dense, quantize, toFixed2, parseSeed, sha256 } = zoo.pinned;

  // ---- constants ----

  const SIDE = 28;
  const PIXELS = SIDE * SIDE;
  const WIDTH = 10;
  const TEMPERATURE = { name: "temperature", minimum: 0.35, maximum: 1.5, start: 0.75 };
  const BIASES = Float32Array.of(0.18, 0.1, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11);

  /** Every entry is stored as binary32; a nudge widens it, adds a binary64 constant and rounds again. */
  const routingWeights = () => {
    const weights = new Float32Array(WIDTH * WIDTH).fill(-0.22);
    for (let i = 0; i < WIDTH; i++) {
      weights[i * WIDTH + i] = 1.35;
      weights[i * WIDTH + ((i + 3) % WIDTH)] += 0.18;
      weights[i * WIDTH + ((i + 7) % WIDTH)] -= 0.12;
    }
    return weights;
  };

  const WEIGHTS = routingWeights();

  // ---- basis: the bytes of golden/mini-digits/glyph-basis.png; 0 and 255 stand as (value, run), base 64 ----

  const PACKED =
    "AHobdq/k67N7IgATPef/Bu1HABFQ+v8I/F8AEMv/A6hoYZ7+/wLcAA89/wOfAASE/wNTAA6r/wNCAAQj/wO8AA7k/wMSAAXx/wL1AA7x/wL3AAbf" +
    "/wMEAAwC/v8C8gABXunubQAB2v8DGwAMDP8D8gABmv8CsAAB2v8DKQAN8f8C8gABYPz+cQAB2v8DDgAN2/8C+AAG3/8C7QAOxP8DEgAF8f8C1wAO" +
    "qv8DQQAEI/8DvAAOYf8DmwAEgf8DdQAOAtn/Av53Ixpo+P8C5QkAD1b8/wllABFR9v8G+18AE0Kny+3xzqlMAP8AEQ7Z/wWLABSi/waLABNb/weL" +
    "ABIj8f8C647/A4oAEQLK/wL9S3z/A4sAEYr/A44AAXz/A4sAEVfx/wHLBAABfP8DiwASMMglAAJ8/wOLABd8/wOLABd8/wOLABd8/wOLABd8/wOL" +
    "ABd8/wOLABd8/wOLABd8/wOLABIeUFBQUJ//A6lQUFAfAA5g/wxkAA5g/wxkAA5g/wxkAP8ADR+Lv+rtw5MrABOG+P8G/JgCABCM/wp+AA84/v8D" +
    "0prC+v8D4QAPmP8DggADSP8ENAAPRqfNAAXw/wNUABf2/wNKABZL/wP2DwAVBsb/A50AFQKv/wPvHQAUC7P/A/FAABQdzv8D4jMAFDrm/wPZGwAU" +
    "Wvf/A8IZABSJ/v8C/pECABRm/wSbUFBQUFBQUDoADnD/DLsADnD/DLsADnD/DLsA/wANE3m83/fz38BdABI94v8IxhIAD0H3/wqjAA8x6v8C3ZVf" +
    "gdL/A/sZAA8z678OAAMT9P8DWAAQNhUABdL/A1cAFiLy/wL7FwASI1Baju7/A4YAE3D/BfeHABRw/wT+ny8AFHD/BvVZABUOSIz+/wL2KgAXp/8D" +
    "igAPBowTAAWB/wOuAA4fyP8BugkABLz/A6YADQjk/wPjilhQpf8EaAAOcP3/Ct4LAA9U+f8H/KciABEyotn+/wLzvDAA/wAUO/z/A9cAFQLS/wTX" +
    "ABV5/wXXABQe8f8F1wAUrv8ClPL/AtcAE0n/AuoR8v8C1wASCd7/AmUAAfL/AtcAEor/AsUAAvL/AtcAESn5/wH7NgAC8v8C1wARwP8CmAAD8v8C" +
    "1wAQY/8C6hEAA/L/AtcADwvq/wJnAATy/wLXAA8j/w4xAAwj/w4xAAwj/w4xABXy/wLXABjy/wLXABjy/wLXABjy/wLXAP8ADnT/CusAEIP/CusA" +
    "EJL/CusAEKH/AsaPj4+Pj4+PgwAQsP8CfwAYvv8CbgAYy/8CXQACIkQMABPZ/wJJQ9X/AvvGUAAR5/8CVe//BpwAEPX/AsT/CEgADgLb+/8B84E4" +
    "H3jz/wOnABAGMyQABHL/A98AFzT/A/YAEElcAAU8/wPlAA98/O4sAASP/wO5AA56/wP5n1Nss/8EagAOH9v/CsQAEBPJ/wjFGwARCYDF9v8B7Mqf" +
    "VQD/ABMRu/8EogsAEyLU/wP9bwAUHeD/A/hVABQEzf8D9ksAFYL/A/NFABUf9/8DXwAWoP8DowAWDvL/AvYkjtb4681nABBc/wOtuP8GhQAPmv8D" +
    "yP8ITwAOuP8D/o4vG2vr/wO8AA7H/wOdAARX/wPzAA67/wNlAAQW/wQJAA2b/wNtAAQi/wP8AA5m/wOoAARo/wPMAA4P8f8C/IguG2jr/wNzAA9m" +
    "/wrGAgAQZ/P/B8YbABIkp/P/AfTNn1gA/wAOfP8MrAAOfP8MrAAOfP8MrAAOfP8C61BQUFBQmv8DoAAOfP8C5QAFx/8DSwAOfP8C5QAEK/8D5AAP" +
    "YcnJswAElf8DhAAWCe7/Av0eABZk/wO7ABfD/wNdABYr/v8C7gQAFpL/A5UAFgTq/wMsABZe/wPKABe+/wNtABYk/f8C9g4AFo3/A6QAFgLq/wND" +
    "ABZZ/wPfAP8AFGnG4fb348pxABICqf8ItgYAEJD/CqMADxL5/wOPLCN/+v8DKAAOR/8DqgAElP8DYQAOQP8DdgAEXv8DWwAOE/X/ApMABID/Avsm" +
    "AA9u/wL0TAACQev/AocAEXX3/wb7iAASU8n/BtNgABGM/wqjAA9Q/wPpZykfY9//A2UADq3/A3cABGP/A8AADsz/A1YABDz/A+AADsL/A3sABGb/" +
    "A9UADn//A/eCKh938v8DlAAOD+f/CvEeAA8y5P8I6T0AERVuncrt8cyfcxsA/wAQT53I8e3ImysAEhG5/wf4eAARs/8KewAPW/8D8XIgKHj3/wL3" +
    "EgAOt/8DfQAEkv8DbQAO4v8DOwAEU/8DqgAO7f8DMgAESv8DzAAO3/8DaQAEhf8D3AAOp/8D8XUgKoD4/wPPAA44/f8HyP8DuAAPcP8GxqX/A4MA" +
    "EFrQ/v8B65cf8f8DNgAWf/8DzgAWOfP/A0oAFSjn/wOZABUb2f8D2wsAFB3V/wPrKwAUK+H/A98vABMCePH/A8saAJg=";

  /** Ten glyphs of 784 bytes, one after another. @returns {Uint8Array} */
  const unpacked = () => {
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const glyphs = new Uint8Array(WIDTH * PIXELS);
    let bits = 0, held = 0, run = -1, at = 0;
    for (const digit of PACKED.replace(/=+$/, "")) {
      bits = (bits << 6) | digits.indexOf(digit);
      held += 6;
      if (held < 8) continue;
      held -= 8;
      const byte = (bits >> held) & 255;
      if (run >= 0) {
        glyphs.fill(run, at, (at += byte));
        run = -1;
      } else if (byte === 0 || byte === 255) run = byte;
      else glyphs[at++] = byte;
    }
    return glyphs;
  };

  const GLYPHS = unpacked();

  /** Ten fields of 784 values in [−1, 1], stored as binary32. */
  const BASIS = Float32Array.from(GLYPHS, (byte) => (byte / 255) * 2 - 1);

  /** Many pixels share their ten values: [the distinct columns end to end, which of them stands at each pixel]. */
  const distinctColumns = () => {
    const found = new Map();
    const columns = [];
    const where = new Uint16Array(PIXELS);
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const column = Array.from({ length: WIDTH }, (_, digit) => BASIS[digit * PIXELS + pixel]);
      const key = column.join();
      if (!found.has(key)) found.set(key, columns.push(column) - 1);
      where[pixel] = found.get(key);
    }
    return [Float64Array.from(columns.flat()), where];
  };

  const [COLUMNS, WHERE] = distinctColumns();

  // ---- route ----

  const clampTemperature = (temperature) => {
    if (!Number.isFinite(temperature)) throw new RangeError(`temperature: ${temperature} is not a finite number`);
    return Math.min(Math.max(temperature, TEMPERATURE.minimum), TEMPERATURE.maximum);
  };

  /** (bias + Σ weight·latent) / clamped temperature. @returns {Float64Array} ten logits */
  const logits = (latent, temperature) => {
    const divisor = clampTemperature(temperature);
    return dense(latent, WEIGHTS, BIASES).map((sum) => sum / divisor);
  };

  /** The weight of each glyph. @param {Float32Array} latent @param {number} temperature @returns {Float64Array} */
  const route = (latent, temperature) => softmax(logits(latent, temperature));

  // ---- decode ----

  /** Σ coefficient[b]·column[b] for each distinct column, added in order from 0. @returns {Float64Array} */
  const blended = (coefficients) => {
    const sums = new Float64Array(COLUMNS.length / WIDTH);
    for (let i = 0, at = 0; i < sums.length; i++) {
      let sum = 0;
      for (let b = 0; b < WIDTH; b++) sum += coefficients[b] * COLUMNS[at++];
      sums[i] = sum;
    }
    return sums;
  };

  /** A value for each distinct column, laid out as pixels. @template T @param {T} values @param {T} laid @returns {T} */
  const laidOut = (values, laid) => {
    for (let pixel = 0; pixel < PIXELS; pixel++) laid[pixel] = values[WHERE[pixel]];
    return laid;
  };

  /** The blend as 784 grey levels, row by row. @param {Float64Array} coefficients @returns {Uint8Array} */
  const decode = (coefficients) => {
    const sums = blended(coefficients);
    for (let i = 0; i < sums.length; i++) sums[i] = quantize(sums[i]);
    return laidOut(sums, new Uint8Array(PIXELS));
  };

  /** The coefficients, each in [0, 1], as `d0: 0.03  d1: 0.02  …`. @returns {string} */
  const readout = (coefficients) => {
    const outside = coefficients.find((value) => !(value >= 0 && value <= 1));
    if (outside !== undefined) throw new RangeError(`coefficients: ${outside} lies outside [0, 1]`);
    return Array.from(coefficients, (value, digit) => `d${digit}: ${toFixed2(value)}`).join("  ");
  };

  // ---- what pages and goldens look at ----

  /** Every step of one sample, for a page that shows how it came about and for the captured goldens. */
  const trace = (latent, temperature) => {
    const scores = logits(latent, temperature);
    return [
      { name: "latent", values: latent },
      { name: "logits", values: scores },
      { name: "coefficients", values: softmax(scores) },
    ];
  };

  /** What the model is built on, as the goldens record it. */
  const provenance = () => ({ basis_sha256: sha256(GLYPHS) });

  // ---- stages of the conformance protocol ----

  const stages = {
    seed: ({ text }) => {
      const seed = parseSeed(text);
      return { seed: seed === null ? null : Uint32Array.of(seed) };
    },
    weights: () => ({ weights: WEIGHTS, biases: BIASES }),
    logits: ({ latent, temperature }) => ({ logits: logits(latent, temperature[0]) }),
    exp: ({ x }) => ({ y: x.map(exp) }),
    softmax: ({ logits: scores }) => ({ coefficients: softmax(scores) }),
    blend: ({ coefficients }) => ({ sums: laidOut(blended(coefficients), new Float64Array(PIXELS)) }),
    readout: ({ coefficients }) => ({ text: readout(coefficients) }),
  };

  // ---- the record ----

  zoo.add({
    name: "mini-digits",
    exhibit: "GAN-001",
    width: SIDE,
    height: SIDE,
    channels: 1,
    columns: 3,
    rows: 3,
    latentWidth: WIDTH,
    knob: TEMPERATURE,
    fields: Array.from({ length: WIDTH }, (_, b) => BASIS.subarray(b * PIXELS, (b + 1) * PIXELS)),
    route,
    decode,
    readout,
    trace,
    provenance,
    stages,
  });
})(globalThis.zoo);
