/* The reference suite's vectors, run on the twin of this page: every stage by itself, every bit compared. */
"use strict";

((zoo) => {
  const page = zoo && zoo.page;
  if (!page) return;
  const { record, model } = page;

  // ---- numbers as the suite packs them: a type, then each element in big-endian hexadecimal ----

  const ARRAYS = { u8: Uint8Array, u32: Uint32Array, f32: Float32Array, f64: Float64Array };
  const METHODS = { u8: "Uint8", u32: "Uint32", f32: "Float32", f64: "Float64" };

  const unpacked = (value) => {
    const found = typeof value === "string" && /^(u8|u32|f32|f64):([0-9a-f]*)$/.exec(value);
    if (!found) return value;
    const [, type, digits] = found;
    const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
    const view = new DataView(bytes.buffer);
    const size = ARRAYS[type].BYTES_PER_ELEMENT;
    return ARRAYS[type].from({ length: bytes.length / size }, (_, i) => view[`get${METHODS[type]}`](i * size));
  };

  const packed = (value) => {
    if (!ArrayBuffer.isView(value)) return value;
    const type = Object.keys(ARRAYS).find((name) => value instanceof ARRAYS[name]);
    const size = value.BYTES_PER_ELEMENT;
    const view = new DataView(new ArrayBuffer(value.length * size));
    value.forEach((element, i) => view[`set${METHODS[type]}`](i * size, element));
    const digits = Array.from(new Uint8Array(view.buffer), (byte) => byte.toString(16).padStart(2, "0"));
    return `${type}:${digits.join("")}`;
  };

  // ---- one vector, then all of them ----

  const shortened = (value, wanted) =>
    typeof wanted === "string" && wanted.startsWith("sha256:")
      ? `sha256:${zoo.pinned.sha256(new TextEncoder().encode(value))}`
      : value;

  /** Whether the twin answers bit for bit what the suite expects. */
  const holds = ([stage, , given, wanted]) => {
    const read = ([name, value]) => [name, name === "text" ? value : unpacked(value)]; // a text may look like an array
    const inputs = Object.fromEntries(Object.entries(given).map(read));
    try {
      const answer = model.stages[stage](inputs);
      return Object.entries(wanted).every(([name, value]) => shortened(packed(answer[name]), value) === value);
    } catch {
      return false;
    }
  };

  /** Runs every vector; resolves to how many there are, of how many stages, and the ids of those that failed. */
  page.runVectors = async () => {
    const vectors = await page.fetched("vectors", record.vectors);
    const wrong = [];
    await page.inSlices(vectors, (vector) => holds(vector) || wrong.push(vector[1]));
    return { total: vectors.length, stages: new Set(vectors.map(([stage]) => stage)).size, wrong };
  };
})(globalThis.zoo);
