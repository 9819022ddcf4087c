/* The live page's memory: what is shown, who draws it, and the address that says so.
 *
 * Knows no species: the record in the page and the twin under its name say everything. The scripts after this one add
 * themselves through zoo.page: onDraw runs within the change, onFrame in the next animation frame.
 */
"use strict";

((zoo) => {
  const source = document.querySelector("script[data-panel]");
  const record = source && JSON.parse(source.textContent);
  const model = record && zoo && zoo.models[record.generator];
  if (!model) {
    document.documentElement.classList.remove("js"); // the static page is whole without us
    return;
  }
  const { knob } = record;
  const samples = record.columns * record.rows;

  // ---- state ----

  const state = { seed: record.seed, value: knob.default, chosen: 0, pointed: null, gallery: null };
  const drawers = [];
  const followers = [];
  let waiting = false;

  const clamp = (value) => Math.min(knob.maximum, Math.max(knob.minimum, value));

  let turn = Infinity; // which follower is next

  /** One follower a task, so that the hand is never kept waiting; a new frame begins with the first again. */
  const follow = () => {
    if (turn >= followers.length) return;
    followers[turn++](state);
    setTimeout(follow);
  };

  const inNextFrame = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const resting = turn >= followers.length;
      turn = 0;
      if (resting) follow();
    });
  };

  const draw = () => {
    state.gallery = model.gallery(state.seed, state.value);
    for (const drawer of drawers) drawer(state);
    inNextFrame();
  };

  /** Shows another seed or value, at once, and writes it into the address. */
  const change = (wanted) => {
    Object.assign(state, wanted);
    state.value = clamp(state.value);
    draw();
    remember();
  };

  /** Chooses a sample to look into; pointing shows one for as long as the pointer stays. */
  const choose = (wanted) => {
    Object.assign(state, wanted);
    for (const drawer of drawers) if (drawer.follows) drawer(state);
    inNextFrame();
  };

  // ---- the address ----

  const WRITE_EVERY = 350; // milliseconds: Safari refuses more than a hundred writes in thirty seconds
  let written = -Infinity;
  let later = 0;

  /** A value of the knob in as many decimals as it needs, two at least. */
  const text = (value) => (Number(value.toFixed(2)) === value ? value.toFixed(2) : String(value));

  const hash = () => `#seed=${state.seed}&${knob.name}=${text(state.value)}`;

  const write = () => {
    written = performance.now();
    later = 0;
    history.replaceState(null, "", hash());
  };

  const remember = () => {
    const wait = written + WRITE_EVERY - performance.now();
    if (wait <= 0) write();
    else if (!later) later = setTimeout(write, wait);
  };

  /** What the address asks for; a part it leaves out or that means nothing keeps its default, and is reported. */
  const asked = () => {
    if (!location.hash.includes("=")) return null; // a link to a section, or nothing
    const given = new URLSearchParams(location.hash.slice(1));
    const bad = [];
    const read = (name, parse, fallback) => {
      const found = given.has(name) ? parse(given.get(name)) : fallback;
      if (found !== null) return found;
      bad.push(`${name} “${given.get(name)}”`);
      return fallback;
    };
    const number = (written) => (Number.isFinite(parseFloat(written)) ? clamp(parseFloat(written)) : null);
    return {
      seed: read("seed", zoo.pinned.parseSeed, record.seed),
      value: read(knob.name, number, knob.default),
      bad,
    };
  };

  const arrive = () => {
    const wanted = asked();
    if (!wanted) return false;
    clearTimeout(later);
    later = 0;
    state.seed = wanted.seed;
    state.value = wanted.value;
    draw();
    page.notice(wanted.bad.length ? `The address asked for ${wanted.bad.join(" and ")}, which means nothing here.` : "");
    return true;
  };

  // ---- words and pictures ----

  const percent = (share) => `${share < 0 ? "−" : ""}${Math.round(Math.abs(share) * 100)} %`;

  /** "mostly 2 at 28 %, then 3 at 17 %". */
  const describe = (coefficients) => {
    const order = Array.from(coefficients.keys()).sort((a, b) => Math.abs(coefficients[b]) - Math.abs(coefficients[a]));
    const [first, second] = order.map((i) => `${record.labels[i]} at ${percent(coefficients[i])}`);
    return `mostly ${first}, then ${second}`;
  };

  /** Lays a sample's pixels into a picture four bytes wide. */
  const rgba = (pixels) => {
    const colours = record.channels;
    const bytes = new Uint8ClampedArray(record.width * record.height * 4).fill(255);
    for (let from = 0, to = 0; from < pixels.length; from += colours, to += 4) {
      bytes[to] = pixels[from];
      bytes[to + 1] = pixels[from + (colours > 1 ? 1 : 0)];
      bytes[to + 2] = pixels[from + (colours > 1 ? 2 : 0)];
    }
    return new ImageData(bytes, record.width, record.height);
  };

  const paint = (canvas, pixels, x = 0, y = 0) => canvas.getContext("2d").putImageData(rgba(pixels), x, y);

  const sheet = (canvas, pixels) =>
    pixels.forEach((own, k) =>
      paint(canvas, own, (k % record.columns) * record.width, Math.floor(k / record.columns) * record.height),
    );

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const canvas = () => make("canvas", { width: record.width, height: record.height });

  const find = (handle) => document.querySelector(`[data-${handle}]`);

  /** One tab stop for a set of elements; the arrow keys move in it, a row at a time where it has columns. */
  const rove = (elements, columns, reached) => {
    const current = () => elements.findIndex((element) => element.tabIndex === 0);
    const go = (index) => {
      elements.forEach((element, i) => (element.tabIndex = i === index ? 0 : -1));
    };
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const onKey = (event) => {
      const from = elements.indexOf(event.currentTarget);
      const ends = { Home: 0, End: elements.length - 1 };
      const to = event.key in ends ? ends[event.key] : event.key in steps ? from + steps[event.key] : -1;
      if (to < 0 || to >= elements.length || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      go(to);
      elements[to].focus();
      reached(to);
    };
    for (const element of elements) element.addEventListener("keydown", onKey);
    go(0);
    return { go, current };
  };

  const SLICE = 8; // milliseconds of work between two breaths

  /** Does work for each item in order, a slice at a time, for as long as goesOn; resolves when all is done. */
  const inSlices = async (items, work, goesOn = () => true) => {
    let until = performance.now() + SLICE;
    for (const item of items) {
      if (performance.now() > until) {
        await new Promise((resolve) => setTimeout(resolve));
        until = performance.now() + SLICE;
      }
      if (!goesOn()) return;
      work(item);
    }
  };

  // ---- what was published ----

  /** Whether a gallery of this seed and value was published. */
  const isPublished = (seed, value) => record.seeds.includes(seed) && record.stops.some((stop) => Number(stop) === value);

  const coming = {};

  /** What stands in a file beside the page, fetched when first asked for; a script, so that file:// gives it too. */
  const fetched = (name, integrity) => {
    coming[name] ??= new Promise((resolve, reject) => {
      const script = make("script", { src: `${name}.js`, onload: () => resolve(zoo[name]), onerror: reject });
      if (location.protocol !== "file:") script.integrity = integrity;
      document.head.append(script);
    });
    return coming[name];
  };

  /** The published digests, a row a seed. */
  const digests = () => fetched("grid", record.grid);

  /** The digest of the published gallery of a seed and value; the page brings that of its first picture with it. */
  const digestOf = async (seed, value) => {
    if (seed === record.first.seed && value === record.first.value) return record.first.pixels_sha256;
    const column = record.stops.findIndex((stop) => Number(stop) === value);
    return (await digests())[record.seeds.indexOf(seed)][column];
  };

  /** The SHA-256 of a gallery's pixels in sample order. */
  const digest = (pixels) => {
    const all = new Uint8Array(pixels[0].length * pixels.length);
    pixels.forEach((own, k) => all.set(own, k * own.length));
    return zoo.pinned.sha256(all);
  };

  const page = {
    record, model, state, samples, change, choose, hash, text, clamp, percent, describe, paint, sheet, make, canvas, find, rove,
    digest, digests, digestOf, isPublished, inSlices, fetched,
    notice: () => {},
    onDraw: (drawer) => drawers.push(drawer),
    onFrame: (follower) => followers.push(follower),
    /** Called by the last script, when everybody has joined; the published gallery is seen until the model is ready. */
    begin: async () => {
      await page.inSlices(model.prepare ? model.prepare() : [], () => {});
      if (!arrive()) draw();
      addEventListener("hashchange", arrive);
    },
  };
  zoo.page = page;
})(globalThis.zoo);
