// Runs classic scripts in QuickJS, compiled to WebAssembly, and prints what probe() gives: node quickjs.cjs FILE…
"use strict";

const { readFileSync } = require("fs");
const { dirname, join } = require("path");
const { getQuickJS } = require("quickjs-emscripten");

const variant = dirname(require.resolve("@jitl/quickjs-wasmfile-release-sync/package.json"));
const [, version] = /Version \[([0-9-]+)/.exec(readFileSync(join(variant, "README.md"), "utf8"));

const run = async () => {
  const context = (await getQuickJS()).newContext();
  for (const path of process.argv.slice(2)) context.unwrapResult(context.evalCode(readFileSync(path, "utf8"), path)).dispose();
  const found = context.unwrapResult(context.evalCode("globalThis.probe()"));
  const row = { engine: "QuickJS", version, javascript: `QuickJS ${version}` };
  console.log(JSON.stringify(Object.assign(row, JSON.parse(context.getString(found)))));
};

run();
