// Times a species in Node.js: node bench/loops.cjs NAME GALLERIES prints {"twin": µs a sample, "naive": µs a sample}.
// Both loops draw the same galleries, from seed to pixels, once to warm up and once to be timed; their pixels must
// agree. A species without a bench/reference/NAME.js has no naive loop.
"use strict";

const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");

const [name, asked] = process.argv.slice(2);
const galleries = Number(asked);
const content = join(__dirname, "..", "content");
for (const file of ["pinned.js", `${name}.js`]) vm.runInThisContext(readFileSync(join(content, file), "utf8"));
const model = globalThis.zoo.models[name];
const value = model.knob.start;
const loops = { twin: (seed) => model.latents(seed).map((latent) => model.decode(model.route(latent, value), value)) };

const reference = join(__dirname, "reference", `${name}.js`);
if (existsSync(reference)) {
  const naive = require(reference);
  const weights = model.stages.weights?.({});
  loops.naive = (seed) => naive(seed, value, model.fields, weights);
  const own = loops.naive(7);
  if (loops.twin(7).some((pixels, k) => pixels.some((level, i) => level !== own[k][i]))) {
    throw new Error(`${name}: the naive loop draws other pixels than the twin`);
  }
}

/** Processor time, garbage collection and compilation included, in µs a sample. */
const time = (draw) => {
  for (let seed = 0; seed < galleries; seed++) draw(seed);
  const begun = process.cpuUsage();
  for (let seed = 0; seed < galleries; seed++) draw(seed);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / (galleries * model.columns * model.rows);
};
console.log(JSON.stringify(Object.fromEntries(Object.entries(loops).map(([loop, draw]) => [loop, time(draw)]))));
