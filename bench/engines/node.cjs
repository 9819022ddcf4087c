// Runs classic scripts in the Node.js at hand and prints what probe() gives, with the versions: node node.cjs FILE…
"use strict";

const { readFileSync } = require("fs");
const vm = require("vm");

for (const path of process.argv.slice(2)) vm.runInThisContext(readFileSync(path, "utf8"), { filename: path });
const { node, v8 } = process.versions;
const row = { engine: "Node.js", version: node, javascript: `V8 ${v8.split("-")[0]}` };
console.log(JSON.stringify(Object.assign(row, JSON.parse(globalThis.probe()))));
