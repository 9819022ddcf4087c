// Answers calls on the live twins, one line of JSON each way:
//
//     {"call": "mini-digits.route", "with": [{"float32": "…"}, 0.75]}   →   {"value": {"float64": "…"}}
//
// A call names a species' function or stage ("mini-digits.stages.softmax"), a pinned one ("pinned.exp") or the
// engine's own ("engine.toFixed"), which is the oracle for what ECMAScript defines. Typed arrays travel as the
// hexadecimal digits of their memory.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import vm from "node:vm";

const [content, ...species] = process.argv.slice(2);
for (const name of ["pinned", ...species]) vm.runInThisContext(readFileSync(join(content, `${name}.js`), "utf8"));

const ARRAYS = { uint8: Uint8Array, uint32: Uint32Array, float32: Float32Array, float64: Float64Array };
const typeOf = new Map(Object.entries(ARRAYS).map(([type, array]) => [array, type]));

const read = (_, value) => {
  const [type, digits] = Object.entries(value ?? {})[0] ?? [];
  if (!(type in ARRAYS) || typeof digits !== "string") return value;
  return new ARRAYS[type](Uint8Array.from(Buffer.from(digits, "hex")).buffer);
};

const written = (_, value) => {
  const type = typeOf.get(value?.constructor);
  return type ? { [type]: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex") } : value;
};

/** Mulberry32 with its state in a Number, never cut to 32 bits: outputs skip+1 … skip+count. */
const numberState = (seed, skip, count) => {
  const outputs = new Uint32Array(count);
  let t = seed;
  for (let n = 0; n < skip + count; n++) {
    t += 0x6d2b79f5;
    let r = Math.imul(t ^ (t >>> 15), 1 | t);
    r ^= r + Math.imul(r ^ (r >>> 7), 61 | r);
    if (n >= skip) outputs[n - skip] = r ^ (r >>> 14);
  }
  return outputs;
};

const engine = {
  numberState,
  toUint32: (x) => x >>> 0,
  typedSeed: (text) => (Number.isFinite(parseInt(text, 10)) ? parseInt(text, 10) >>> 0 : null),
  text: (x) => String(x),
  toFixed: (x, digits) => x.toFixed(digits),
  record: (name) => zoo.models[name],
  withNumber: (name, seed, text) => zoo.models[name].gallery(seed, Number(text)), // JSON has no NaN
  rounded: (values) => values.map(Math.round),
};

const answer = (line) => {
  const { call, with: given } = JSON.parse(line, read);
  const called = call.split(".").reduce((owner, name) => owner[name], { engine, pinned: zoo.pinned, ...zoo.models });
  return { value: called(...given) };
};

createInterface({ input: process.stdin }).on("line", (line) => {
  let reply;
  try {
    reply = answer(line);
  } catch (error) {
    reply = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(reply, written)}\n`);
});
