/* The panel: controls as the specification's section 8 has them, the gallery, its marks and words. */
"use strict";

((zoo) => {
  const page = zoo && zoo.page;
  if (!page) return;
  const { record, state, change, choose, find, make } = page;
  const { knob } = record;
  const WORD = 2 ** 32;

  // ---- the gallery: one canvas a sample, of the model's own size ----

  const canvases = Array.from({ length: page.samples }, page.canvas);
  const tiles = canvases.map((canvas, k) => {
    const tile = make("button", { type: "button", className: "tile" }, canvas);
    tile.setAttribute("role", "radio");
    tile.addEventListener("click", () => choose({ chosen: k, pointed: null }));
    tile.addEventListener("focus", () => tile.matches(":focus-visible") && choose({ chosen: k, pointed: null }));
    tile.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && choose({ pointed: k }));
    return tile;
  });
  const gallery = find("gallery");
  gallery.setAttribute("role", "radiogroup");
  gallery.setAttribute("aria-label", "Samples: choose one to look inside");
  gallery.addEventListener("pointerleave", () => choose({ pointed: null }));
  const roving = page.rove(tiles, record.columns, (k) => choose({ chosen: k, pointed: null }));

  const showTiles = () => {
    gallery.classList.add("drawn");
    gallery.replaceChildren(...tiles);
  };

  page.onDraw(({ gallery: { pixels, coefficients } }) => {
    canvases.forEach((canvas, k) => page.paint(canvas, pixels[k]));
    tiles.forEach((tile, k) => {
      tile.setAttribute("aria-label", `Sample ${k + 1} of ${page.samples}: ${page.describe(coefficients[k])}`);
    });
    if (!gallery.contains(tiles[0])) showTiles();
  });

  const markChosen = ({ chosen }) => {
    tiles.forEach((tile, k) => tile.setAttribute("aria-checked", String(k === chosen)));
    roving.go(chosen);
  };
  markChosen.follows = true;
  page.onDraw(markChosen);

  // ---- controls ----

  const seedField = find("seed");
  const slider = find(knob.name);
  const typed = find("knob-typed");

  page.onDraw(({ seed, value, gallery: { readout } }) => {
    seedField.value = String(seed);
    slider.value = String(value);
    slider.setAttribute("aria-valuetext", page.text(value));
    if (document.activeElement !== typed) typed.value = page.text(value);
    find("seed-value").textContent = String(seed);
    find(`${knob.name}-value`).textContent = value.toFixed(2);
    find("coeffs").textContent = readout.join("\n");
  });

  const toSeed = (seed) => change({ seed: ((seed % WORD) + WORD) % WORD });

  seedField.addEventListener("change", () => {
    const seed = zoo.pinned.parseSeed(seedField.value);
    page.notice(seed === null ? `“${seedField.value}” is not a seed; a whole number is.` : "");
    change({ seed: seed === null ? state.seed : seed });
  });
  seedField.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    toSeed(state.seed + step);
  });
  slider.addEventListener("input", () => {
    const value = parseFloat(slider.value);
    if (Number.isFinite(value)) change({ value });
  });
  typed.addEventListener("change", () => {
    const value = parseFloat(typed.value.replace(",", "."));
    const asked = typed.value;
    if (Number.isFinite(value)) change({ value });
    typed.value = page.text(state.value);
    page.notice(Number.isFinite(value) ? bounded(value) : `“${asked}” is not a number.`);
  });
  const bounded = (value) =>
    value === state.value ? "" : `${knob.name} goes from ${page.text(knob.minimum)} to ${page.text(knob.maximum)}.`;
  typed.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    stepKnob(step);
    typed.value = page.text(state.value);
  });

  const stops = knob.stops.map(Number);
  const stepKnob = (step) => {
    const next = step > 0 ? stops.find((stop) => stop > state.value) : stops.findLast((stop) => stop < state.value);
    if (next !== undefined) change({ value: next });
  };

  const press = (handle, act) => {
    for (const button of document.querySelectorAll(`[data-${handle}]`)) {
      button.addEventListener("click", () => {
        page.notice("");
        act(button);
      });
    }
  };
  press("seed-step", (button) => toSeed(state.seed + Number(button.dataset.seedStep)));
  press("knob-step", (button) => stepKnob(Number(button.dataset.knobStep)));
  press("refresh", () => toSeed(state.seed + record.seed_step));
  press("randomize", () => change({ seed: crypto.getRandomValues(new Uint32Array(1))[0] }));
  press("reset", () => change({ seed: record.seed, value: knob.default, chosen: 0 }));

  // ---- autoplay, for a species that has it: only ever at the visitor's word ----

  let playing = 0;
  const play = (on) => {
    const button = find("autoplay");
    clearInterval(playing);
    playing = on ? setInterval(() => toSeed(state.seed + record.autoplay.seed_step), record.autoplay.seconds * 1000) : 0;
    button.textContent = on ? "Stop autoplay" : "Start autoplay";
    button.setAttribute("aria-pressed", String(on));
  };
  press("autoplay", () => play(!playing));
  if (record.autoplay) document.addEventListener("visibilitychange", () => document.hidden && play(false));

  // ---- what is said: a notice for mistakes, a mark for proof, a quiet line for those who listen ----

  page.notice = (text) => {
    const line = find("notice");
    line.textContent = text;
    line.hidden = !text;
    if (text) say(text, 0);
  };

  let saying = 0;
  const say = (text, wait) => {
    clearTimeout(saying);
    saying = setTimeout(() => (find("say").textContent = text), wait);
  };

  const MARKS = {
    none: "computed here; not among the published",
    same: "✓ identical to the published gallery",
    differs: "✗ differs from the published gallery",
    unknown: "the published digests could not be loaded",
  };

  const mark = (verdict) => {
    find("mark").dataset.mark = verdict;
    find("mark").textContent = MARKS[verdict];
  };

  page.onFrame(async ({ seed, value, gallery }) => {
    if (!page.isPublished(seed, value)) return mark("none");
    const published = await page.digestOf(seed, value).catch(() => null);
    if (gallery !== state.gallery) return; // another has been drawn meanwhile
    mark(published === null ? "unknown" : published === page.digest(gallery.pixels) ? "same" : "differs");
  });

  let told = null;
  page.onFrame(({ seed, value, gallery }) => {
    const news = told !== null && told !== gallery && !playing;
    told = gallery;
    if (news) say(`Seed ${seed}, ${knob.name} ${page.text(value)}. Sample 1 is ${page.describe(gallery.coefficients[0])}.`, 700);
  });
})(globalThis.zoo);
