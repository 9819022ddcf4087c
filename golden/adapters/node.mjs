// The adapter of the live twins: the very files the site ships, run as they are under Node.
//
//   python golden/conform.py run -- node golden/adapters/node.mjs [FOLDER]
//
// FOLDER holds pinned.js and a twin a species; it is content/ beside golden/ unless given. What a stage takes is read from
// golden/<species>/suite.json, so that a species needs no line here.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const GOLDEN = join(dirname(fileURLToPath(import.meta.url)), "..");
const CONTENT = process.argv[2] ?? join(GOLDEN, "..", "content");
const ARRAYS = { u8: Uint8Array, u32: Uint32Array, f32: Float32Array, f64: Float64Array };
const TAGS = new Map(Object.entries(ARRAYS).map(([tag, type]) => [type, tag]));

const twins = readdirSync(CONTENT).filter((name) => name.endsWith(".js") && name !== "pinned.js").sort();
for (const name of ["pinned.js", ...twins]) {
  vm.runInThisContext(readFileSync(join(CONTENT, name), "utf8"), { filename: name });
  globalThis.zoo.golden ??= GOLDEN;
}
const { models } = globalThis.zoo;

const bytesReversed = (array) => {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return { 1: () => bytes, 4: () => bytes.swap32(), 8: () => bytes.swap64() }[array.BYTES_PER_ELEMENT]();
};

/** A typed array as `type:hex`, big-endian. */
const pack = (array) => `${TAGS.get(array.constructor)}:${bytesReversed(array.slice()).toString("hex")}`;

/** The typed array a packed string stands for, if it is of the type wanted (`f64`, `u32[10]`, `f64[]`). */
const unpack = (text, wanted) => {
  const [, tag, , count] = /^(u8|u32|f32|f64)(\[(\d*)\])?$/.exec(wanted);
  const type = ARRAYS[tag];
  const digits = typeof text === "string" && text.startsWith(`${tag}:`) ? text.slice(tag.length + 1) : "?";
  if (!/^[0-9a-f]*$/.test(digits) || digits.length % (2 * type.BYTES_PER_ELEMENT)) throw new TypeError(`${wanted} wanted`);
  const bytes = new Uint8Array(Buffer.from(digits, "hex")); // a buffer of its own, aligned
  const array = new type(bytes.buffer);
  bytesReversed(array);
  if (count !== "" && array.length !== Number(count ?? 1)) throw new TypeError(`${wanted} wanted, got ${array.length}`);
  if (!array.every(Number.isFinite)) throw new TypeError("numbers must be finite");
  return array;
};

const plain = (value, wanted) => {
  const fits = wanted === "text" ? typeof value === "string" : Number.isSafeInteger(value) && value >= 0;
  if (!fits) throw new TypeError(`${wanted} wanted`);
  return value;
};

const read = (value, wanted) => (wanted === "text" || wanted === "count" ? plain : unpack)(value, wanted);
const write = (value) => (ArrayBuffer.isView(value) ? pack(value) : value);
const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

const suiteOf = (name) => {
  const path = join(GOLDEN, name, "suite.json");
  const stages = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).stages : [];
  return new Map(stages.filter((stage) => models[name].stages[stage.name]).map((stage) => [stage.name, stage.in]));
};
const takes = new Map(Object.keys(models).map((name) => [name, suiteOf(name)]));

const hello = () => ({
  protocol: 1,
  name: globalThis.zoo.name ?? "ai-zoo-twins",
  version: process.version,
  language: "JavaScript",
  models: [...takes.keys()],
  stages: [...new Set([...takes.values()].flatMap((stages) => [...stages.keys()]))],
  exp: globalThis.zoo.exp ?? "pinned",
});

const run = ({ cmd, model, stage, in: given }) => {
  const types = cmd === "run" ? takes.get(model)?.get(stage) : undefined;
  if (!types) return { skip: "unknown command, model or stage" };
  try {
    return { out: mapped(models[model].stages[stage](mapped(types, (type, key) => read(given[key], type))), write) };
  } catch (error) {
    return { error: String(error) };
  }
};

const parsed = (line) => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const respond = (request) => {
  if (request === undefined) return { token: null, error: "broken JSON" };
  if (request === null || typeof request !== "object" || Array.isArray(request)) return { token: null, error: "no object" };
  return request.cmd === "hello" ? hello() : { token: request.token ?? null, ...run(request) };
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = parsed(line);
  if (request?.cmd === "bye") break;
  process.stdout.write(`${JSON.stringify(respond(request))}\n`);
}
process.stdin.destroy(); // left open, it would keep the process after bye
