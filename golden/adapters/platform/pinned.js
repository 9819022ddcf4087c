// A second opinion on the vectors: GAN-001 as the source wrote it, on the platform's own parseInt, toFixed, Math.round,
// Math.fround, Math.imul and Math.exp. In engines whose Math.exp is fdlibm's (Node 16 to 25) it conforms exactly.
//
//   python golden/conform.py run --profile native-exp -- node golden/adapters/node.mjs golden/adapters/platform
"use strict";

globalThis.zoo = { models: {}, name: "platform", exp: "native" };
