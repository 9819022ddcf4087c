// Captures the goldens of every species from its JavaScript twin, and holds them to the original's own values.
//
//     node golden/capture.mjs            write golden/<species>/captured.json where there is none, compare where there is
//     node golden/capture.mjs --accept   write it anew after a change that is meant
//
// Exits 1, and writes nothing, when the twin disagrees with original.json (values captured from the source exhibit's
// own code) or when a value differs from the one captured before. A file names the engine it was first captured
// under; another engine must give the same values, and leaves the file as it is.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const GOLDEN = dirname(fileURLToPath(import.meta.url));
const CONTENT = join(GOLDEN, "..", "content");
const EXTRA_SEEDS = [2, 3, 65535, 2147483647, 3735928559];

const load = (name) => {
  const path = join(CONTENT, name);
  vm.runInThisContext(readFileSync(path, "utf8"), { filename: path });
};

const hex = (values) => {
  const size = values.BYTES_PER_ELEMENT;
  const view = new DataView(new ArrayBuffer(8));
  return Array.from(values, (value) => {
    if (size === 4) view.setFloat32(0, value);
    else view.setFloat64(0, value);
    return Buffer.from(view.buffer, 0, size).toString("hex");
  });
};

const sampleRecord = (model, latent, pixels, knob) => {
  const steps = model.trace(latent, knob);
  const record = Object.fromEntries(steps.map(({ name, values }) => [`${name}_f${values.BYTES_PER_ELEMENT * 8}`, hex(values)]));
  const coefficients = steps.at(-1).values;
  return { ...record, readout: model.readout(coefficients), pixels_sha256: zoo.pinned.sha256(pixels) };
};

const galleryRecord = (model, knobName, seed, knob) => {
  const { latents, pixels } = model.gallery(seed, knob);
  return {
    seed,
    [knobName]: knob,
    pixels_sha256: zoo.pinned.sha256(new Uint8Array(Buffer.concat(pixels))),
    samples: latents.map((latent, k) => sampleRecord(model, latent, pixels[k], knob)),
  };
};

const prngRecord = ({ seed, outputs_u32: outputs }) => ({
  seed,
  outputs_u32: Array.from(zoo.pinned.mulberry32(Number(seed), 0, outputs.length)),
});

/** Everything original.json holds (where a species has an original), and galleries of seeds it does not hold. */
const capture = (model, original) => {
  const { name: knobName, minimum, start, maximum } = model.knob;
  const cases = (original.galleries ?? []).map((gallery) => [gallery.seed, gallery[knobName]]);
  const extra = EXTRA_SEEDS.map((seed, i) => [seed, [minimum, start, maximum][i % 3]]);
  return {
    ...model.provenance?.(),
    ...(original.prng && { prng: original.prng.map(prngRecord) }),
    galleries: [...cases, ...extra].map(([seed, knob]) => galleryRecord(model, knobName, seed, knob)),
  };
};

/** The paths at which `want` differs from `got`; what `got` holds beyond `want` does not count. */
const differences = (want, got, path = "") => {
  if (want === null || typeof want !== "object") return want === got ? [] : [`${path}: ${got}, expected ${want}`];
  return Object.keys(want).flatMap((key) => differences(want[key], got?.[key], `${path}/${key}`));
};

const text = (record) => `${JSON.stringify(record, null, 1)}\n`;

/** Captures one species: what is wrong with it, the file to write if nothing is, and what to say of it then. */
const captureSpecies = (name, accept) => {
  load(`${name}.js`);
  const read = (file) => JSON.parse(readFileSync(join(GOLDEN, name, file), "utf8"));
  const { engine: _, ...original } = existsSync(join(GOLDEN, name, "original.json")) ? read("original.json") : {};
  const captured = capture(zoo.models[name], original);
  const wrong = differences(original, captured).map((line) => `${name}/original.json${line}`);
  const target = join(GOLDEN, name, "captured.json");
  const kept = existsSync(target) && !accept;
  if (kept) {
    const { engine: __, twin: ___, ...before } = read("captured.json");
    wrong.push(...differences(before, captured).map((line) => `${name}/captured.json${line}`));
    wrong.push(...differences(captured, before).map((line) => `${name}/captured.json${line} (now)`));
  }
  const engine = `V8 ${process.versions.v8} (Node.js ${process.versions.node})`;
  const record = kept ? null : { engine, twin: `content/${name}.js`, ...captured };
  return { wrong, target, record, line: `${name}: ${captured.galleries.length} galleries, 0 differences` };
};

const finish = ({ target, record, line }) => {
  if (record) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text(record));
  }
  console.log(record ? `${line}, written` : line);
};

load("pinned.js");
const twins = readdirSync(CONTENT).filter((name) => name.endsWith(".js") && name !== "pinned.js");
const species = twins.map((name) => name.slice(0, -3)).sort();
const captures = species.map((name) => captureSpecies(name, process.argv.includes("--accept")));
const wrong = captures.flatMap((found) => found.wrong);
for (const line of wrong.slice(0, 20)) console.error(line);
if (wrong.length > 0) console.error(`${wrong.length} values differ; nothing was written`);
else captures.forEach(finish);
process.exitCode = wrong.length > 0 || species.length === 0 ? 1 : 0;
