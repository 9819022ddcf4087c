/* What one JavaScript engine makes of the twins, and what it would have made of its own mathematics.
 *
 * A classic script after pinned.js, the twins and suites.js, which has set globalThis.suites. It makes
 * globalThis.probe(), whose text is JSON: for each species and stage how many vectors there are, how many bits of their
 * answers were compared and how many differed; for each function how many of 200,000 results of the engine's own Math
 * have other bits than the pinned one.
 */
"use strict";

((global) => {
  const { zoo, suites } = global;
  const { pinned } = zoo;

  // ---- the suite's vectors, numbers packed as `type:hex`, big-endian ----

  const ARRAYS = { u8: Uint8Array, u32: Uint32Array, f32: Float32Array, f64: Float64Array };
  const METHODS = { u8: "Uint8", u32: "Uint32", f32: "Float32", f64: "Float64" };

  const unpack = (text, wanted) => {
    const [, tag, , count] = /^(u8|u32|f32|f64)(\[(\d*)\])?$/.exec(wanted);
    const size = ARRAYS[tag].BYTES_PER_ELEMENT;
    const digits = typeof text === "string" && text.startsWith(`${tag}:`) ? text.slice(tag.length + 1) : "?";
    if (!/^[0-9a-f]*$/.test(digits) || digits.length % (2 * size)) throw new TypeError(`${wanted} wanted`);
    const view = new DataView(new ArrayBuffer(digits.length / 2));
    for (let i = 0; i < view.byteLength; i++) view.setUint8(i, parseInt(digits.slice(2 * i, 2 * i + 2), 16));
    const array = ARRAYS[tag].from({ length: view.byteLength / size }, (_, i) => view[`get${METHODS[tag]}`](i * size));
    if (count !== "" && array.length !== Number(count === undefined ? 1 : count)) throw new TypeError(`${wanted} wanted`);
    if (!array.every(Number.isFinite)) throw new TypeError("numbers must be finite");
    return array;
  };

  const pack = (value) => {
    if (!ArrayBuffer.isView(value)) return value;
    const tag = Object.keys(ARRAYS).find((name) => value instanceof ARRAYS[name]);
    const size = value.BYTES_PER_ELEMENT;
    const view = new DataView(new ArrayBuffer(value.length * size));
    value.forEach((element, i) => view[`set${METHODS[tag]}`](i * size, element));
    const digits = Array.from({ length: view.byteLength }, (_, i) => view.getUint8(i).toString(16).padStart(2, "0"));
    return `${tag}:${digits.join("")}`;
  };

  const plain = (value, wanted) => {
    const fits = wanted === "text" ? typeof value === "string" : Number.isSafeInteger(value) && value >= 0;
    if (!fits) throw new TypeError(`${wanted} wanted`);
    return value;
  };

  const read = (value, wanted) => (wanted === "text" || wanted === "count" ? plain : unpack)(value, wanted);

  // ---- one vector: how many bits were compared, how many of them differ ----

  const ones = (word) => word.toString(2).replace(/0/g, "").length;
  const PACKED = /^(u8|u32|f32|f64):/;

  /** A text as small numbers: hexadecimal digits have four bits each, letters eight; anything else is one of eight. */
  const split = (value) => {
    const packed = typeof value === "string" && PACKED.exec(value);
    const letters = Array.from(typeof value === "string" ? (packed ? value.slice(packed[0].length) : value) : "0");
    if (packed) return { kind: packed[1], each: 4, parts: letters.map((digit) => parseInt(digit, 16)) };
    return { kind: typeof value, each: 8, parts: letters.map((letter) => letter.codePointAt(0)) };
  };

  /** Answers of different kinds or lengths differ in every bit. */
  const compare = (got, want) => {
    const [mine, theirs] = [split(got), split(want)];
    const bits = theirs.parts.length * theirs.each;
    if (mine.kind !== theirs.kind || mine.parts.length !== theirs.parts.length) return { bits, differing: bits };
    return { bits, differing: mine.parts.reduce((sum, own, i) => sum + ones(own ^ theirs.parts[i]), 0) };
  };

  const answer = (model, stage, given) => {
    try {
      const inputs = Object.entries(stage.in).map(([name, wanted]) => [name, read(given[name], wanted)]);
      return model.stages[stage.name](Object.fromEntries(inputs));
    } catch {
      return null;
    }
  };

  /** A vector without an answer must be refused; that counts as one bit. */
  const judge = (model, stage, vector) => {
    const out = answer(model, stage, vector.in);
    if (vector.out === undefined) return { bits: 1, differing: out === null ? 0 : 1 };
    const parts = Object.entries(vector.out).map(([name, want]) => compare(out === null ? undefined : pack(out[name]), want));
    return parts.reduce(added);
  };

  const added = (sum, own) => ({ bits: sum.bits + own.bits, differing: sum.differing + own.differing });

  const stageOf = (model, stage, vectors) => {
    const found = vectors.map((vector) => judge(model, stage, vector)).reduce(added, { bits: 0, differing: 0 });
    return { vectors: vectors.length, ...found };
  };

  const species = () => {
    const stagesOf = ([name, { stages, vectors }]) => [
      name,
      Object.fromEntries(stages.map((stage) => [stage.name, stageOf(zoo.models[name], stage, vectors[stage.name])])),
    ];
    return Object.fromEntries(Object.entries(suites).map(stagesOf));
  };

  // ---- the engine's own mathematics, on numbers that are drawn the same everywhere ----

  const COUNT = 200000;
  const FUNCTIONS = [
    { name: "exp", seed: 1, domain: "(−8, 0]", ranges: [[0, -8]] },
    { name: "tanh", seed: 2, domain: "[−4, 4)", ranges: [[-4, 4]] },
    { name: "sin", seed: 3, domain: "[−32, 32)", ranges: [[-32, 32]] },
    { name: "cos", seed: 4, domain: "[−32, 32)", ranges: [[-32, 32]] },
    { name: "atan2", seed: 5, domain: "[−1, 1) × [−1, 1)", ranges: [[-1, 1], [-1, 1]] },
  ];

  /** from + (to − from)·u, where u has the 53 upper bits of two words of Mulberry32. */
  const place = ([from, to], high, low) => from + (to - from) * ((high * 2097152 + (low >>> 11)) / 9007199254740992);

  const native = ({ name, seed, domain, ranges }) => {
    const words = pinned.mulberry32(seed, 0, COUNT * 2 * ranges.length);
    let at = 0;
    let differing = 0;
    for (let i = 0; i < COUNT; i++) {
      const given = ranges.map((range) => place(range, words[at++], words[at++]));
      if (!Object.is(Math[name](...given), pinned[name](...given))) differing += 1;
    }
    return { domain, arguments: COUNT, differing };
  };

  global.probe = () =>
    JSON.stringify({ species: species(), native: Object.fromEntries(FUNCTIONS.map((own) => [own.name, native(own)])) });
})(globalThis);
