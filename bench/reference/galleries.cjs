// GAN-001's galleries as a plain script would publish them: node galleries.cjs FOLDER SEEDS writes those of the seeds
// 0 … SEEDS − 1 at every temperature, two files each. They are the builder's own, byte for byte: what its speed is
// measured against.
"use strict";

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");
const { samplesOf } = require("./mini-digits.js");

const content = join(__dirname, "..", "..", "content");
for (const file of ["pinned.js", "mini-digits.js"]) vm.runInThisContext(readFileSync(join(content, file), "utf8"));
const { fields } = globalThis.zoo.models["mini-digits"]; // the glyphs, and nothing else of the twin

const SIDE = 28;
const ACROSS = 3;
const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const BLANK = -1; // what every field is where no glyph has ink

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const CRCS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

const crc32 = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRCS[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};

const chunk = (kind, data) => {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const size = Buffer.alloc(4);
  const check = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, check]);
};

// the code of levels and of runs that all sheets share, in the words of RFC 1951: so many symbols of so many bits

const CODE = [1, 3, 1, 6, 2, 7, 6, 8, 111, 9, 134, 8, 1, 6, 1, 10, 7, 12, 1, 6, 1, 5, 1, 7, 3, 11, 15, 12, 1, 9];
const TELLING = { 1: 5, 3: 5, 5: 5, 6: 4, 7: 4, 8: 4, 9: 4, 10: 5, 11: 4, 12: 4, 16: 1 };
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1];

const lengths = [];
for (let i = 0; i < CODE.length; i += 2) lengths.push(...Array(CODE[i]).fill(CODE[i + 1]));

const canonical = (counts) => {
  const found = counts.map(() => 0);
  let code = 0;
  for (let length = 1; length <= 15; length++, code *= 2) {
    counts.forEach((count, symbol) => {
      if (count !== length) return;
      const bits = (code++).toString(2).padStart(length, "0");
      found[symbol] = parseInt([...bits].reverse().join(""), 2);
    });
  }
  return found;
};

const codes = Uint32Array.from(canonical(lengths));
const counts = Uint8Array.from(lengths);

class Writer {
  constructor({ bytes = [], size = 0, held = 0, used = 0 }) {
    this.bytes = Buffer.alloc(2 * SIDE * SIDE * ACROSS * ACROSS);
    this.bytes.set(bytes);
    Object.assign(this, { size, held, used });
  }

  put(value, count) {
    this.held |= value << this.used;
    this.used += count;
    while (this.used >= 8) {
      this.bytes[this.size++] = this.held;
      this.held >>>= 8;
      this.used -= 8;
    }
  }

  symbol(own) {
    this.put(codes[own], counts[own]);
  }

  run(length) {
    const above = length - 3;
    const extra = Math.max(29 - Math.clz32(above), 0);
    this.symbol(length === 258 ? 285 : 257 + 4 * extra + (above >> extra));
    if (length !== 258) this.put(above & ((1 << extra) - 1), extra);
    this.put(0, 1); // the one distance
  }
}

const header = () => {
  const writer = new Writer({});
  const telling = canonical(Array.from({ length: 19 }, (_, own) => TELLING[own] ?? 0));
  const tell = (own) => writer.put(telling[own], TELLING[own]);
  writer.put(0x0178, 16);
  writer.put(5 | ((lengths.length - 257) << 3) | ((ORDER.length - 4) << 13), 17);
  for (const own of ORDER) writer.put(TELLING[own] ?? 0, 3);
  const all = [...lengths, 1];
  for (let at = 0; at < all.length; ) {
    tell(all[at]);
    let rest = all.slice(at).findIndex((own) => own !== all[at]);
    rest = rest < 0 ? all.length - at - 1 : rest - 1;
    at += rest + 1;
    for (; rest >= 3; rest -= Math.min(rest, 6)) {
      tell(16);
      writer.put(Math.min(rest, 6) - 3, 2);
    }
    for (; rest > 0; rest--) tell(all[at - 1]);
  }
  return { ...writer, bytes: writer.bytes.subarray(0, writer.size) };
};

const START = header();

// where two levels stand in the lines of a sheet, or, below 0, how long a run of blank is

const across = SIDE * ACROSS + 1; // each line begins with its filter, 0
const inked = Array.from({ length: SIDE * ACROSS * across }, (_, at) => {
  const x = (at % across) - 1;
  const pixel = (Math.floor(at / across) % SIDE) * SIDE + (x % SIDE);
  return x >= 0 && fields.some((field) => field[pixel] !== BLANK);
});
const steps = [];
for (let at = 0; at < inked.length; ) {
  let blank = 0;
  while (at && !inked[at - 1] && blank < 258 && at + blank < inked.length && !inked[at + blank]) blank++;
  steps.push(blank >= 3 ? -blank : at);
  at += blank >= 3 ? blank : 2;
}

const packed = (lines) => {
  const writer = new Writer(START);
  for (const step of steps) {
    if (step < 0) writer.run(-step);
    else {
      writer.symbol(lines[step]);
      writer.symbol(lines[step + 1]);
    }
  }
  writer.symbol(256);
  if (writer.used) writer.put(0, 8 - writer.used);
  let low = 1;
  let high = 0;
  for (const level of lines) {
    low += level;
    high += low;
  }
  writer.bytes.writeUInt32BE((high % 65521) * 65536 + (low % 65521), writer.size);
  return writer.bytes.subarray(0, writer.size + 4);
};

const png = (pictures) => {
  const side = SIDE * ACROSS;
  const start = Buffer.alloc(13);
  start.writeUInt32BE(side, 0);
  start.writeUInt32BE(side, 4);
  start[8] = 8;
  const lines = Buffer.alloc(side * across);
  pictures.forEach((pixels, k) => {
    const top = SIDE * Math.floor(k / ACROSS);
    const left = SIDE * (k % ACROSS);
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) lines[(top + y) * across + 1 + left + x] = pixels[y * SIDE + x];
    }
  });
  const parts = [chunk("IHDR", start), chunk("IDAT", packed(lines)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...parts]);
};

const json = (seed, temperature, samples) => {
  const lines = samples.map(({ latent, coefficients, pixels }) =>
    JSON.stringify({
      latent: Array.from(latent),
      coefficients,
      readout: coefficients.map((share, digit) => `d${digit}: ${share.toFixed(2)}`).join("  "),
      pixels_sha256: sha256(pixels),
    }),
  );
  const whole = sha256(Buffer.concat(samples.map((sample) => sample.pixels)));
  const head = { exhibit: "GAN-001", generator: "mini-digits", seed, temperature, pixels_sha256: whole, samples: [] };
  return `${JSON.stringify(head).slice(0, -2)}\n${lines.join(",\n")}\n]}\n`;
};

const [folder, seeds] = process.argv.slice(2);
for (let seed = 0; seed < Number(seeds); seed++) {
  const own = join(folder, String(seed));
  mkdirSync(own, { recursive: true });
  for (let cents = 35; cents <= 150; cents += 5) {
    const temperature = cents / 100;
    const samples = samplesOf(seed, temperature, fields);
    for (const sample of samples) sample.pixels = Buffer.from(sample.pixels.buffer);
    const name = join(own, temperature.toFixed(2));
    writeFileSync(`${name}.png`, png(samples.map((sample) => sample.pixels)));
    writeFileSync(`${name}.json`, json(seed, temperature, samples));
  }
}
