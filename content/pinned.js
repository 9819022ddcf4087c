/* Pinned mathematics for the live twins: the same bits in every browser and shell.
 *
 * ECMAScript leaves Math.exp, sin, cos, tanh and atan2 to the engine, and engines differ in the last bit. Here they are
 * fdlibm's algorithms (Sun Microsystems, 1993) in + − × ÷ and comparisons, as in the Python package generator/maths,
 * whose formulas these follow line by line. Math.imul, fround, floor, trunc, abs, sqrt and round are exact by the
 * language's definition and may be used.
 *
 * A classic script without dependencies: it makes globalThis.zoo = {pinned, models, add}, and each twin adds itself.
 */
"use strict";

((global) => {
  // ---- bits of a number ----

  const cell = new Float64Array(1);
  const words = new Int32Array(cell.buffer);
  cell[0] = 1;
  const UPPER = words[1] === 0x3ff00000 ? 1 : 0; // which of the two words holds sign and exponent

  /** The upper 32 bits of x. @param {number} x @returns {number} */
  const upperWord = (x) => {
    cell[0] = x;
    return words[UPPER];
  };

  /** The number with these upper 32 bits and zeros below. @param {number} word @returns {number} */
  const fromUpperWord = (word) => {
    words[UPPER] = word;
    words[1 - UPPER] = 0;
    return cell[0];
  };

  /** 2^k for integral k from −1022 to 1023. @param {number} k @returns {number} */
  const powerOfTwo = (k) => fromUpperWord((k + 1023) << 20);

  /** Whether the sign bit is set: true of −0. @param {number} x @returns {boolean} */
  const isNegative = (x) => upperWord(x) < 0;

  /**
   * x, if it is a number from lowest to highest.
   * @param {string} name @param {number} x @param {number} lowest @param {number} highest @returns {number}
   */
  const checked = (name, x, lowest, highest) => {
    if (x >= lowest && x <= highest) return x; // false for NaN
    throw new RangeError(`${name}(${x}): the argument must be a finite number from ${lowest} to ${highest}`);
  };

  // ---- exp, expm1, tanh ----

  const LARGEST = Number.MAX_VALUE;
  const LN2_HI = 0.6931471803691238;
  const LN2_LO = 1.9082149292705877e-10;
  const INV_LN2 = 1.4426950408889634;
  const UNDERFLOW = -745.1332191019411; // exp of anything below is 0
  const OVERFLOW = 709.782712893384; // expm1 of anything above is no finite number
  const REDUCED = fromUpperWord(0x3fd62e43); // just above ½ ln 2: from here on |x| loses at least one ln 2
  const TINY_55 = fromUpperWord(0x3c900000); // 2^−54
  const TINY_28 = fromUpperWord(0x3e300000); // 2^−28
  const TINY_27 = fromUpperWord(0x3e400000); // 2^−27

  /** e to the power of finite x ≤ 0. @param {number} x @returns {number} */
  const exp = (x) => {
    checked("exp", x, -LARGEST, 0);
    if (x < UNDERFLOW) return 0;
    if (x > -TINY_28) return 1 + x;
    const k = x > -REDUCED ? 0 : Math.trunc(INV_LN2 * x - 0.5);
    const hi = x - k * LN2_HI;
    const lo = k * LN2_LO;
    const r = hi - lo;
    const t = r * r;
    const c =
      r -
      t *
        (0.16666666666666602 +
          t *
            (-0.0027777777777015593 +
              t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
    const y = 1 - (lo - (r * c) / (2 - c) - hi);
    // A subnormal result is scaled in two steps, so that it rounds once.
    return k >= -1021 ? y * powerOfTwo(k) : y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
  };

  /** e^x − 1 for finite x up to 709.782712893384. @param {number} x @returns {number} */
  const expm1 = (x) => {
    checked("expm1", x, -LARGEST, OVERFLOW);
    const size = Math.abs(x);
    if (size < TINY_55) return x;
    if (x < -64) return -1; // from −56·ln 2 down
    const k = size < REDUCED ? 0 : Math.trunc(INV_LN2 * x + (x < 0 ? -0.5 : 0.5));
    const hi = x - k * LN2_HI;
    const lo = k * LN2_LO;
    const r = hi - lo;
    return assemble(r, excess(r, hi - r - lo), k);
  };

  /** e with expm1(r + lost) = r − e. @param {number} r @param {number} lost @returns {number} */
  const excess = (r, lost) => {
    const half = 0.5 * r;
    const z = r * half;
    const r1 =
      1 +
      z *
        (-0.03333333333333313 +
          z *
            (0.0015873015872548146 +
              z * (-7.93650757867488e-5 + z * (4.008217827329362e-6 + z * -2.0109921818362437e-7))));
    const t = 3 - r1 * half;
    const e = z * ((r1 - t) / (6 - r * t));
    return r * (e - lost) - lost - z;
  };

  /** 2^k·(1 + (r − e)) − 1, by the original's seven cases. @param {number} r @param {number} e @param {number} k */
  const assemble = (r, e, k) => {
    if (k === 0) return r - e;
    if (k === -1) return 0.5 * (r - e) - 0.5;
    if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
    const half = powerOfTwo(k - 1); // subtle: k may be 1024, and 2^1024 is no number
    if (k <= -2 || k > 56) return 2 * ((1 - (e - r)) * half) - 1;
    const inverse = powerOfTwo(-k);
    return 2 * ((k < 20 ? 1 - inverse - (e - r) : r - (e + inverse) + 1) * half);
  };

  /** The hyperbolic tangent of any finite x. @param {number} x @returns {number} */
  const tanh = (x) => {
    checked("tanh", x, -LARGEST, LARGEST);
    const size = Math.abs(x);
    if (size < TINY_28) return x;
    const z = size >= 22 ? 1 : size >= 1 ? 1 - 2 / (expm1(2 * size) + 2) : minusRatio(expm1(-2 * size));
    return x < 0 ? -z : z;
  };

  /** @param {number} t @returns {number} */
  const minusRatio = (t) => -t / (t + 2);

  // ---- sin, cos ----

  const TWO_OVER_PI = 0.6366197723675814;
  const PIECES = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21]; // π/2, 33 bits at a time
  const TAILS = [6.077100506506192e-11, 2.0222662487959506e-21, 8.4784276603689e-32]; // what each leaves over
  const SMALL = fromUpperWord(0x3fe921fc); // just above π/4: below, nothing is subtracted
  const FARTHEST = 1647099.9999999998; // the last number whose upper word is that of 2^20·π/2

  /**
   * Reduces x ≥ 0 modulo π/2: x = n·π/2 + (y0 + y1), with up to three rounds where x is close to a multiple.
   * @param {number} x @returns {{n: number, y0: number, y1: number}}
   */
  const quarters = (x) => {
    const n = x < SMALL ? 0 : Math.floor(x * TWO_OVER_PI + 0.5);
    let r = x - n * PIECES[0];
    let w = n * TAILS[0];
    if (n >= 32 || (n > 0 && upperWord(x) === upperWord(n * 1.5707963267948966))) {
      // subtle: the original treats one quarter apart, and stops at two rounds
      for (let round = 1; round <= (n === 1 ? 1 : 2) && cancelled(x, r - w) > (round === 1 ? 16 : 49); round++) {
        const product = n * PIECES[round];
        const left = r - product;
        w = n * TAILS[round] - (r - left - product);
        r = left;
      }
    }
    const y0 = r - w;
    return { n, y0, y1: r - y0 - w };
  };

  /** How many leading bits a subtraction from x to y has cost. @param {number} x @param {number} y */
  const cancelled = (x, y) => (upperWord(x) >> 20) - ((upperWord(y) >> 20) & 0x7ff);

  /** sin(size + ahead·π/2) for size ≥ 0. @param {number} size @param {number} ahead @returns {number} */
  const turned = (size, ahead) => {
    const { n, y0, y1 } = quarters(size);
    const quarter = (n + ahead) & 3;
    const value = quarter & 1 ? nearCos(y0, y1) : nearSin(y0, y1, size < SMALL);
    return quarter & 2 ? -value : value;
  };

  /** sin(x + tail) near 0; whole: there never was a tail. @param {number} x @param {number} tail @param {boolean} whole */
  const nearSin = (x, tail, whole) => {
    if (Math.abs(x) < TINY_27) return x;
    const z = x * x;
    const v = z * x;
    const r =
      0.00833333333332249 +
      z *
        (-0.0001984126982985795 +
          z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
    if (whole) return x + v * (-0.16666666666666632 + z * r);
    return x - (z * (0.5 * tail - v * r) - tail - v * -0.16666666666666632);
  };

  /** cos(x + tail) near 0. @param {number} x @param {number} tail @returns {number} */
  const nearCos = (x, tail) => {
    const size = Math.abs(x);
    const z = x * x;
    const r =
      z *
      (0.0416666666666666 +
        z *
          (-0.001388888888887411 +
            z *
              (2.480158728947673e-5 +
                z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
    const word = upperWord(size);
    const q = word < 0x3fd33333 ? 0 : word > 0x3fe90000 ? 0.28125 : fromUpperWord(word - 0x00200000);
    return 1 - q - (0.5 * z - q - (z * r - x * tail)); // q ≈ |x|/4 makes both differences with it exact
  };

  /** The sine of x in radians, |x| below 1,647,100. @param {number} x @returns {number} */
  const sin = (x) => {
    const value = turned(Math.abs(checked("sin", x, -FARTHEST, FARTHEST)), 0);
    return isNegative(x) ? -value : value;
  };

  /** The cosine of x in radians, |x| below 1,647,100. @param {number} x @returns {number} */
  const cos = (x) => turned(Math.abs(checked("cos", x, -FARTHEST, FARTHEST)), 1);

  // ---- atan, atan2 ----

  const PI = 3.141592653589793;
  const PI_LO = 1.2246467991473532e-16;
  const ATAN_HI = [0, 0.4636476090008061, 0.7853981633974483, 0.982793723247329, 1.5707963267948966];
  const ATAN_LO = [0, 2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, 6.123233995736766e-17];
  const EVEN = [
    0.3333333333333293, 0.14285714272503466, 0.09090887133436507, 0.06661073137387531, 0.049768779946159324,
    0.016285820115365782,
  ];
  const ODD = [
    -0.19999999999876483, -0.11111110405462356, -0.0769187620504483, -0.058335701337905735, -0.036531572744216916,
  ];

  /** c0 + w·(c1 + w·(c2 + …)). @param {number} w @param {number[]} c @returns {number} */
  const horner = (w, c) => {
    let total = c[c.length - 1];
    for (let i = c.length - 2; i >= 0; i--) total = c[i] + w * total;
    return total;
  };

  /** The arc tangent of any finite x. @param {number} x @returns {number} */
  const atan = (x) => {
    const size = Math.min(Math.abs(checked("atan", x, -LARGEST, LARGEST)), 73786976294838206464); // 2^66: already π/2
    const row = size < 0.4375 ? 0 : size < 0.6875 ? 1 : size < 1.1875 ? 2 : size < 2.4375 ? 3 : 4;
    const t = atanArgument(size, row);
    const z = t * t;
    const w = z * z;
    const value = ATAN_HI[row] - (t * (z * horner(w, EVEN) + w * horner(w, ODD)) - ATAN_LO[row] - t);
    return isNegative(x) ? -value : value;
  };

  /** (x − c)/(1 + c·x), c one of 0, ½, 1, 3⁄2, ∞. @param {number} x @param {number} row @returns {number} */
  const atanArgument = (x, row) => {
    if (row === 0) return x;
    if (row === 1) return (2 * x - 1) / (2 + x);
    if (row === 2) return (x - 1) / (x + 1);
    return row === 3 ? (x - 1.5) / (1 + 1.5 * x) : -1 / x;
  };

  /** The angle of the point (x, y), from −π to π; zeros count with their signs. @param {number} y @param {number} x */
  const atan2 = (y, x) => {
    const up = Math.abs(checked("atan2", y, -LARGEST, LARGEST));
    const along = Math.abs(checked("atan2", x, -LARGEST, LARGEST));
    const steep = (along === 0 && up > 0) || upperWord(up) - upperWord(along) >= 61 << 20;
    let angle = steep ? PI / 2 : along === 0 ? 0 : atan(up / along);
    if (!steep && isNegative(x)) angle = PI - (angle - PI_LO);
    return isNegative(y) ? -angle : angle;
  };

  // ---- seeds and draws ----

  /** ECMAScript ToUint32. @param {number} x @returns {number} */
  const toUint32 = (x) => x >>> 0;

  const LEADING_INTEGER =
    /^[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*([+-]?)0*([0-9]*)/;

  /**
   * The seed a typed text stands for: ToUint32(parseInt(text, 10)), or null where that is NaN or infinite.
   * subtle: parseInt may approximate digits beyond the twentieth; a BigInt rounds once, to the nearest number.
   * @param {string} text @returns {number | null}
   */
  const parseSeed = (text) => {
    const [all, sign, digits] = LEADING_INTEGER.exec(text);
    if (!/[0-9]$/.test(all) || digits.length > 309) return null;
    const size = Number(BigInt(digits || "0"));
    return size === Infinity ? null : toUint32(sign === "-" ? -size : size);
  };

  /**
   * Outputs skip+1 … skip+count of Mulberry32: the n-th depends on seed + n·0x6D2B79F5 alone.
   * @param {number} seed @param {number} skip @param {number} count @returns {Uint32Array}
   */
  const mulberry32 = (seed, skip, count) => {
    const outputs = new Uint32Array(count);
    let t = (seed + Math.imul(skip >>> 0, 0x6d2b79f5)) | 0;
    for (let n = 0; n < count; n++) {
      t = (t + 0x6d2b79f5) | 0;
      let r = Math.imul(t ^ (t >>> 15), 1 | t);
      r ^= r + Math.imul(r ^ (r >>> 7), 61 | r);
      outputs[n] = r ^ (r >>> 14);
    }
    return outputs;
  };

  /** Words as numbers in [0, 1). @param {Uint32Array} values @returns {Float64Array} */
  const draws = (values) => Float64Array.from(values, (word) => word / 4294967296);

  /** f32(u·2 − 1) of each draw u. @param {Uint32Array} values @returns {Float32Array} */
  const latents = (values) => Float32Array.from(values, (word) => (word / 4294967296) * 2 - 1);

  // ---- layers ----

  /**
   * biases[i] + Σ weights[i][j]·inputs[j], added in order of j in binary64; weights row by row.
   * @param {ArrayLike<number>} inputs @param {Float32Array} weights @param {Float32Array} biases @returns {Float64Array}
   */
  const dense = (inputs, weights, biases) => {
    const sums = Float64Array.from(biases);
    for (let i = 0; i < sums.length; i++) {
      let sum = sums[i];
      for (let j = 0; j < inputs.length; j++) sum += weights[i * inputs.length + j] * inputs[j];
      sums[i] = sum;
    }
    return sums;
  };

  /** exp(logit − largest), each over their sum in order. @param {ArrayLike<number>} logits @returns {Float64Array} */
  const softmax = (logits) => {
    let largest = logits[0];
    for (let i = 1; i < logits.length; i++) if (logits[i] > largest) largest = logits[i];
    const shares = Float64Array.from(logits, (logit) => exp(logit - largest));
    let sum = 0;
    for (let i = 0; i < shares.length; i++) sum += shares[i];
    return shares.map((share) => share / sum);
  };

  // ---- numbers to integers and text: fully specified by ECMAScript, so the engine's own ----

  /** Decimal text, decided by the exact binary value, ties up in size. @param {number} x @param {number} digits */
  const toFixed = (x, digits) => x.toFixed(digits);

  /** @param {number} x @returns {string} */
  const toFixed2 = (x) => x.toFixed(2);

  // ---- SHA-256 (FIPS 180-4) ----

  /** The first 32 fractional bits of the order-th root of n. @param {number} n @param {number} order */
  const rootBits = (n, order) => {
    const target = BigInt(n) << BigInt(32 * order);
    let root = 0n; // the integer root, bit by bit
    for (let bit = 1n << 37n; bit > 0n; bit >>= 1n) {
      if ((root + bit) ** BigInt(order) <= target) root += bit;
    }
    return Number(root & 0xffffffffn) | 0;
  };

  const PRIMES = [];
  for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((p) => n % p)) PRIMES.push(n);
  const START = Int32Array.from(PRIMES.slice(0, 8), (p) => rootBits(p, 2));
  const ROUND = Int32Array.from(PRIMES, (p) => rootBits(p, 3));
  const schedule = new Int32Array(64);

  /** Folds the 64 bytes at `at` into the hash. @param {Int32Array} hash @param {DataView} view @param {number} at */
  const compress = (hash, view, at) => {
    const w = schedule;
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t = (h + s1 + (g ^ (e & (f ^ g))) + ROUND[i] + w[i]) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t) | 0;
      d = c;
      c = b;
      const t2 = (s0 + ((b & a) ^ (a & d) ^ (b & d))) | 0; // d is already the old c
      b = a;
      a = (t + t2) | 0;
    }
    const sums = [a, b, c, d, e, f, g, h];
    for (let i = 0; i < 8; i++) hash[i] += sums[i];
  };

  /** The SHA-256 of bytes, in 64 lower-case hexadecimal digits. @param {Uint8Array} bytes @returns {string} */
  const sha256 = (bytes) => {
    const whole = bytes.length - (bytes.length % 64);
    const hash = START.slice();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < whole; at += 64) compress(hash, view, at);
    const rest = new Uint8Array(bytes.length - whole < 56 ? 64 : 128);
    rest.set(bytes.subarray(whole));
    rest[bytes.length - whole] = 0x80;
    const end = new DataView(rest.buffer);
    end.setUint32(rest.length - 8, Math.floor(bytes.length / 0x20000000));
    end.setUint32(rest.length - 4, bytes.length << 3);
    for (let at = 0; at < rest.length; at += 64) compress(hash, end, at);
    return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };

  /** A blend beyond [−1, 1] as a level. @param {number} sum @returns {number} */
  const clamped = (sum) => {
    if (!Number.isFinite(sum)) throw new RangeError(`sums: ${sum} is not a finite number`);
    return sum < 0 ? 0 : 255;
  };

  /**
   * A blend as a level from 0 to 255: clamped to [−1, 1], scaled, ties upward. @param {number} sum @returns {number}
   * subtle: the nearest integer is ⌊q + ½⌋ for every q but ½ − 2^−54, whose sum rounds up. No blend gives that q: sum + 1
   * is a multiple of 2^−53 here, and 255 does not divide 2^53 − 1.
   */
  const quantize = (sum) => (sum >= -1 && sum <= 1 ? Math.floor(((sum + 1) / 2) * 255 + 0.5) : clamped(sum));

  /** Values, if there are `count` of them. @template T @param {string} name @param {T} values @param {number} count */
  const sized = (name, values, count) => {
    if (values.length === count) return values;
    throw new RangeError(`${name}: expected ${count} values, got ${values.length}`);
  };

  // ---- what every species has ----

  const joined = (arrays) => {
    const all = new Uint8Array(arrays.length * arrays[0].length);
    arrays.forEach((array, i) => all.set(array, i * array.length));
    return all;
  };

  /** The part `index` of a list, or an error. */
  const partOf = (list, index) => {
    if (index in list) return list[index];
    throw new RangeError(`sample: ${index} lies outside 0 to ${list.length - 1}`);
  };

  /**
   * Adds a species to zoo.models. It brings its own name, sizes, knob, route, decode, readout, trace and stages; the
   * latents of a gallery, whole galleries and the stages that all species share are made here.
   */
  const add = (species) => {
    const { latentWidth, knob } = species;
    const samples = species.columns * species.rows;
    const latentsOf = (seed) => {
      const drawn = latents(mulberry32(seed, 0, samples * latentWidth));
      return Array.from({ length: samples }, (_, k) => drawn.slice(k * latentWidth, (k + 1) * latentWidth));
    };
    const gallery = (seed, value) => {
      const drawn = latentsOf(seed);
      const coefficients = drawn.map((latent) => species.route(latent, value));
      const pixels = coefficients.map((own) => species.decode(own, value));
      return { latents: drawn, coefficients, pixels, readout: coefficients.map(species.readout) };
    };
    const shared = {
      prng: ({ seed, skip, count }) => ({ words: mulberry32(seed[0], skip, count) }),
      latent: ({ words: drawn }) => ({ latent: latents(sized("words", drawn, latentWidth)) }),
      quantize: ({ sums }) => ({ pixels: Uint8Array.from(sums, quantize) }),
      gallery: ({ seed, sample, [knob.name]: value }) => {
        const { pixels, readout } = gallery(seed[0], value[0]);
        if (sample === undefined) return { pixels: joined(pixels), readout: readout.join("\n") };
        return { pixels: partOf(pixels, sample), readout: readout[sample] };
      },
    };
    const stages = { ...shared, ...species.stages };
    global.zoo.models[species.name] = Object.freeze({ ...species, latents: latentsOf, gallery, stages });
  };

  global.zoo = {
    pinned: Object.freeze({
      toUint32,
      parseSeed,
      mulberry32,
      draws,
      latents,
      f32: Math.fround,
      exp,
      expm1,
      tanh,
      sin,
      cos,
      atan,
      atan2,
      dense,
      softmax,
      quantize,
      sized,
      toFixed,
      toFixed2,
      sha256,
    }),
    models: {},
    add,
  };
})(globalThis);
