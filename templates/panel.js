/* The live panel: the twin's samples drawn in this browser, for any species. All numbers come from the page's record. */
"use strict";

(() => {
  const record = JSON.parse(document.querySelector("[data-panel]").textContent);
  const model = globalThis.zoo.models[record.generator];
  const { parseSeed, sha256 } = globalThis.zoo.pinned;
  const { knob, width, height, channels } = record;
  const count = record.columns * record.rows;
  const find = (handle) => document.querySelector(`[data-${handle}]`);
  const seedField = find("seed");
  const slider = find(knob.name);
  const state = { seed: record.seed, knob: knob.default, chosen: 0, drawn: null };

  // ---- pictures ----

  /** Draws a sample's pixels (or any levels laid out alike) on a canvas of its natural size. */
  const draw = (canvas, pixels) => {
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = pixels[channels === 3 ? 3 * i + c : i];
      image.data[4 * i + 3] = 255;
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
    return canvas;
  };

  const newCanvas = () => Object.assign(document.createElement("canvas"), { width, height });

  /** What a sample is mostly made of, in words. */
  const described = (coefficients) => {
    const share = (i) => `${record.labels[i]} at ${Math.round(coefficients[i] * 100)} %`;
    const order = Array.from(coefficients.keys()).sort((a, b) => Math.abs(coefficients[b]) - Math.abs(coefficients[a]));
    return `mostly ${share(order[0])}, then ${share(order[1])}`;
  };

  const canvases = Array.from({ length: count }, (_, k) => {
    const canvas = newCanvas();
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "button");
    const choose = () => choosing(k);
    canvas.addEventListener("click", choose);
    canvas.addEventListener("pointerenter", choose);
    canvas.addEventListener("focus", choose);
    canvas.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && choose());
    return canvas;
  });

  // ---- state and address ----

  const clamp = (value) => Math.min(Math.max(value, knob.minimum), knob.maximum);
  const published = () => {
    const row = record.seeds.indexOf(state.seed);
    const column = record.stops.findIndex((stop) => Number(stop) === state.knob);
    return row < 0 || column < 0 ? null : record.pixels_sha256[row][column];
  };

  const address = () => `#seed=${state.seed}&${knob.name}=${state.knob}`;

  const notice = (text) => (find("notice").textContent = text);

  /** Takes seed and knob from the address; what cannot be used is said and left as it was. */
  const readAddress = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    const wrong = [];
    if (asked.has("seed")) {
      const seed = parseSeed(asked.get("seed"));
      if (seed === null) wrong.push(`seed ${asked.get("seed")}`);
      else state.seed = seed;
    }
    if (asked.has(knob.name)) {
      const value = Number.parseFloat(asked.get(knob.name));
      if (!Number.isFinite(value)) wrong.push(`${knob.name} ${asked.get(knob.name)}`);
      else state.knob = clamp(value);
    }
    if (wrong.length > 0) notice(`The link's ${wrong.join(" and ")} cannot be used.`);
  };

  // ---- drawing ----

  /** Draws the gallery at once; what hangs on it follows in the next frame. */
  const redraw = () => {
    state.drawn = model.gallery(state.seed, state.knob);
    seedField.value = String(state.seed);
    slider.value = String(state.knob);
    find(`${knob.name}-value`).textContent = state.knob.toFixed(2);
    find("knob-typed").value = String(Number(state.knob.toFixed(4)));
    canvases.forEach((canvas, k) => {
      draw(canvas, state.drawn.pixels[k]);
      canvas.setAttribute("aria-label", `Sample ${k + 1}: ${described(state.drawn.coefficients[k])}`);
    });
    find("coeffs").textContent = state.drawn.readout.join("\n");
    find("command").textContent =
      `python build.py sample ${record.generator} --seed ${state.seed} --${knob.name} ${state.knob} --format json`;
    schedule();
  };

  let scheduled = false;
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      if (location.hash !== address()) history.replaceState(null, "", address());
      showMark();
      showInside();
      showSweep();
    });
  };

  const joinedPixels = (pixels) => {
    const all = new Uint8Array(pixels.length * pixels[0].length);
    pixels.forEach((own, k) => all.set(own, k * own.length));
    return all;
  };

  const showMark = () => {
    const expected = published();
    const same = expected !== null && sha256(joinedPixels(state.drawn.pixels)) === expected;
    find("published").textContent =
      expected === null ? "not a published gallery" : same ? "✓ identical to the published gallery" : "✗ differs from the published gallery";
    find("published").className = same ? "same" : "";
  };

  // ---- inside one sample ----

  const choosing = (k) => {
    state.chosen = k;
    canvases.forEach((canvas, i) => canvas.setAttribute("aria-current", String(i === k)));
    schedule();
  };

  const SVG = "http://www.w3.org/2000/svg";

  /** Values as bars from a zero line; each shows its full value on hover. */
  const bars = ({ name, values }) => {
    const most = Math.max(...Array.from(values, Math.abs), 1e-9);
    const low = Math.min(...values, 0) < 0;
    const graph = document.createElementNS(SVG, "svg");
    graph.setAttribute("viewBox", `0 0 ${values.length * 10} 40`);
    graph.setAttribute("preserveAspectRatio", "none");
    values.forEach((value, i) => {
      const zero = low ? 20 : 40;
      const size = (value / most) * zero;
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", `M${i * 10 + 1} ${zero}h8v${-size || -0.3}h-8z`);
      const group = document.createElementNS(SVG, "g");
      group.append(Object.assign(document.createElementNS(SVG, "title"), { textContent: `${i + 1}: ${value}` }), path);
      graph.append(group);
    });
    graph.setAttribute("role", "img");
    graph.setAttribute("aria-label", `${name}: ${Array.from(values, (value) => value.toFixed(2)).join(", ")}`);
    const step = document.createElement("div");
    step.className = "step";
    const title = Object.assign(document.createElement("h3"), { textContent: name });
    const frame = Object.assign(document.createElement("div"), { className: "bars" });
    frame.append(graph);
    step.append(title, frame);
    return step;
  };

  /** Each basis field at its weight, beside its label. */
  const weighted = (coefficients) => {
    const most = Math.max(...Array.from(coefficients, Math.abs), 1e-9);
    const frame = Object.assign(document.createElement("div"), { className: `weighted ${record.scaling}` });
    model.fields.forEach((field, b) => {
      const share = coefficients[b] / most;
      const figure = document.createElement("figure");
      const levels = Uint8Array.from(field, (value) =>
        channels === 1 ? ((value + 1) / 2) * 255 * Math.max(share, 0) : ((value * share + 1) / 2) * 255);
      figure.append(draw(newCanvas(), levels), record.labels[b]);
      figure.title = `${record.labels[b]}: ${coefficients[b]}`;
      frame.append(figure);
    });
    return frame;
  };

  const showInside = () => {
    const { latents, coefficients, pixels } = state.drawn;
    find("chosen").textContent = `${state.chosen + 1}: ${described(coefficients[state.chosen])}`;
    const steps = model.trace(latents[state.chosen], state.knob);
    find("steps").replaceChildren(...steps.map(bars), weighted(coefficients[state.chosen]));
    draw(find("large"), pixels[state.chosen]);
  };

  // ---- one sample at every stop ----

  const stops = record.stops.map((stop) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(newCanvas(), stop);
    button.addEventListener("click", () => turnTo(Number(stop)));
    return { button, value: Number(stop) };
  });

  const showSweep = () => {
    const latent = state.drawn.latents[state.chosen];
    for (const { button, value } of stops) {
      draw(button.firstChild, model.decode(model.route(latent, value), value));
      button.setAttribute("aria-current", String(value === state.knob));
    }
  };

  // ---- controls ----

  const sow = (seed) => {
    state.seed = seed >>> 0;
    redraw();
  };
  const turnTo = (value) => {
    if (!Number.isFinite(value)) return redraw();
    state.knob = clamp(value);
    redraw();
  };
  const turnBy = (steps) => turnTo(Number((Math.round(state.knob / knob.step + steps) * knob.step).toFixed(2)));
  const onClick = (handle, action) => find(handle)?.addEventListener("click", action);

  seedField.addEventListener("change", () => {
    const seed = parseSeed(seedField.value);
    notice(seed === null ? "That text holds no seed; the seed stays as it was." : "");
    sow(seed ?? state.seed);
  });
  slider.addEventListener("input", () => turnTo(Number.parseFloat(slider.value)));
  find("knob-typed").addEventListener("change", (event) => turnTo(Number.parseFloat(event.target.value)));
  onClick("seed-down", () => sow(state.seed - 1));
  onClick("seed-up", () => sow(state.seed + 1));
  onClick("knob-down", () => turnBy(-1));
  onClick("knob-up", () => turnBy(1));
  onClick("refresh", () => sow(state.seed + record.seed_step));
  onClick("randomize", () => sow(crypto.getRandomValues(new Uint32Array(1))[0]));
  onClick("reset", () => {
    state.knob = knob.default;
    notice("");
    sow(record.seed);
  });
  addEventListener("hashchange", () => {
    readAddress();
    redraw();
  });

  // ---- autoplay: only when asked, never while the page is hidden ----

  let timer = null;
  const play = (on) => {
    clearInterval(timer);
    timer = on ? setInterval(() => sow(state.seed + record.autoplay.seed_step), record.autoplay.seconds * 1000) : null;
    find("autoplay").setAttribute("aria-pressed", String(on));
    find("autoplay").textContent = on ? "Stop autoplay" : "Start autoplay";
  };
  if (record.autoplay) {
    onClick("autoplay", () => play(timer === null));
    document.addEventListener("visibilitychange", () => document.hidden && play(false));
  }

  // ---- taking it away ----

  const save = (blob, name) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const fileName = (ending) => `${record.generator}-${state.seed}-${state.knob.toFixed(2)}${ending}`;

  /** The contact sheet, each pixel `times` across and down. */
  const sheet = (times) => {
    const canvas = document.createElement("canvas");
    canvas.width = width * record.columns * times;
    canvas.height = height * record.rows * times;
    const context = canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    canvases.forEach((own, k) => {
      const x = (k % record.columns) * width * times;
      context.drawImage(own, x, Math.floor(k / record.columns) * height * times, width * times, height * times);
    });
    return canvas;
  };

  /** Numbers as the published files write them: ECMAScript's shortest text, with the sign of zero. */
  const number = (value) => (Object.is(value, -0) ? "-0" : String(value));
  const numbers = (values) => `[${Array.from(values, number).join(",")}]`;

  const galleryJson = () => {
    const { latents, coefficients, pixels, readout } = state.drawn;
    const samples = pixels.map(
      (own, k) =>
        `{"latent":${numbers(latents[k])},"coefficients":${numbers(coefficients[k])},"readout":"${readout[k]}",` +
        `"pixels_sha256":"${sha256(own)}"}`,
    );
    return (
      `{"exhibit":"${record.exhibit}","generator":"${record.generator}","seed":${state.seed},` +
      `"${knob.name}":${number(state.knob)},"pixels_sha256":"${sha256(joinedPixels(pixels))}","samples":[\n` +
      `${samples.join(",\n")}\n]}\n`
    );
  };

  for (const button of document.querySelectorAll("[data-png]")) {
    const times = Number(button.dataset.png);
    const ending = times === 1 ? ".png" : `-${times}x.png`;
    button.addEventListener("click", () => sheet(times).toBlob((blob) => save(blob, fileName(ending)), "image/png"));
  }
  onClick("json", () => save(new Blob([galleryJson()], { type: "application/json" }), fileName(".json")));
  onClick("copy", async () => {
    const link = location.href.split("#")[0] + address();
    try {
      await navigator.clipboard.writeText(link);
      notice("Link copied.");
    } catch {
      notice(link);
    }
  });

  // ---- verify: every published gallery, drawn again here ----

  onClick("verify", async () => {
    const total = record.seeds.length * record.stops.length;
    const wrong = [];
    const result = find("verify-result");
    find("verify").disabled = true;
    for (const [row, seed] of record.seeds.entries()) {
      for (const [column, stop] of record.stops.entries()) {
        const { pixels } = model.gallery(seed, Number(stop));
        if (sha256(joinedPixels(pixels)) !== record.pixels_sha256[row][column]) wrong.push(`${seed}/${stop}`);
      }
      result.textContent = `${(row + 1) * record.stops.length} of ${total} …`;
      await new Promise((resolve) => setTimeout(resolve));
    }
    const same = (total - wrong.length).toLocaleString("en");
    const all = total.toLocaleString("en");
    const samples = ((total - wrong.length) * count).toLocaleString("en");
    result.textContent =
      `${same} of ${all} galleries, ${samples} samples: identical in this browser` +
      (wrong.length > 0 ? `; different: ${wrong.join(", ")}` : "");
    find("verify").disabled = false;
  });

  // ---- begin ----

  find("gallery").setAttribute("aria-live", "off");
  find("gallery").replaceChildren(...canvases);
  find("sweep").replaceChildren(...stops.map(({ button }) => button));
  for (const part of document.querySelectorAll("[data-live]")) part.hidden = false;
  readAddress();
  choosing(0);
  redraw();
})();
