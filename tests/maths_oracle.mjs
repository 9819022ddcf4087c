// Reads binary64 arguments from files and writes what Math and content/pinned.js make of them.
// node maths_oracle.mjs PINNED NAME MATH_OUT PINNED_OUT ARGUMENT_FILE…
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [pinnedFile, name, mathOut, pinnedOut, ...files] = process.argv.slice(2);
createRequire(import.meta.url)(pinnedFile);
const [first, second] = files.map((file) => new Float64Array(new Uint8Array(readFileSync(file)).buffer));

for (const [fn, out] of [
  [Math[name], mathOut],
  [globalThis.zoo.pinned[name], pinnedOut],
]) {
  const results = second ? first.map((value, i) => fn(value, second[i])) : first.map((value) => fn(value));
  writeFileSync(out, new Uint8Array(results.buffer));
}
