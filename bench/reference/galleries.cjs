// GAN-001's galleries as a plain script would publish them: node galleries.cjs FOLDER SEEDS writes those of the seeds
// 0 … SEEDS − 1 at every temperature, two files each: what the builder's speed is measured against. The JSON is the
// builder's byte for byte; the pictures are its own pixel for pixel, packed by zlib as it is.
"use strict";

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");
const zlib = require("node:zlib");
const { samplesOf } = require("./mini-digits.js");

const content = join(__dirname, "..", "..", "content");
for (const file of ["pinned.js", "mini-digits.js"]) vm.runInThisContext(readFileSync(join(content, file), "utf8"));
const { fields } = globalThis.zoo.models["mini-digits"]; // the glyphs, and nothing else of the twin

const SIDE = 28;
const ACROSS = 3;
const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

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

const png = (pictures) => {
  const side = SIDE * ACROSS;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  const lines = Buffer.alloc(side * (side + 1)); // each begins with its filter, 0
  pictures.forEach((pixels, k) => {
    const top = SIDE * Math.floor(k / ACROSS);
    const left = SIDE * (k % ACROSS);
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) lines[(top + y) * (side + 1) + 1 + left + x] = pixels[y * SIDE + x];
    }
  });
  const packed = zlib.deflateSync(lines);
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", packed), chunk("IEND", Buffer.alloc(0))]);
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
