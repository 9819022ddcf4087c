// Times a species in Node.js: node bench/loops.cjs NAME GALLERIES prints {"twin": µs a sample, "naive": µs a sample}.
// Both loops draw the same galleries, once to warm up and once for the clock; their pixels must agree.
"use strict";

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");

const [name, asked] = process.argv.slice(2);
const galleries = Number(asked);
const content = join(__dirname, "..", "content");
for (const file of ["pinned.js", `${name}.js`]) vm.runInThisContext(readFileSync(join(content, file), "utf8"));
const model = globalThis.zoo.models[name];
const naive = require(`./reference/${name}.js`);
const weights = model.stages.weights?.({});
const value = model.knob.start;

const loops = {
  twin: (seed) => model.gallery(seed, value).pixels,
  naive: (seed) => naive(seed, value, model.fields, weights),
};

const drawn = { twin: loops.twin(7), naive: loops.naive(7) };
if (drawn.twin.some((own, k) => own.some((level, i) => level !== drawn.naive[k][i]))) {
  throw new Error(`${name}: the naive loop draws other pixels than the twin`);
}

const time = (draw) => {
  for (let seed = 0; seed < galleries; seed++) draw(seed);
  const begun = process.hrtime.bigint();
  for (let seed = 0; seed < galleries; seed++) draw(seed);
  return Number(process.hrtime.bigint() - begun) / 1000 / (galleries * model.columns * model.rows);
};
console.log(JSON.stringify({ twin: time(loops.twin), naive: time(loops.naive) }));
