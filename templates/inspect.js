/* Inside one sample: every step of the model as bars, the parts it weighs, and the sample at every stop of the knob. */
"use strict";

((zoo) => {
  const page = zoo && zoo.page;
  if (!page) return;
  const { record, model, state, change, find, make } = page;
  const { knob } = record;

  // ---- the steps, a row each, a cell a number ----

  const grid = find("inside");
  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-label", "The steps from latent to sample");

  const short = (value) => value.toFixed(2).replace("-", "−");

  const cell = (row) => {
    const bar = make("span", { className: "bar" });
    const figure = make("span", { className: "figure" });
    const box = make("div", { className: "cell", tabIndex: -1 }, make("span", { className: "track" }, bar), figure);
    box.setAttribute("role", "gridcell");
    const show = () => tell(row, box);
    box.addEventListener("pointerenter", show);
    box.addEventListener("focus", show);
    return { box, bar, figure };
  };

  const newRow = (name, count) => {
    const row = { name, range: make("span", { className: "range" }), values: [], width: count };
    row.cells = Array.from({ length: count }, () => cell(row));
    const head = make("div", { className: "stage-name" }, make("span", { textContent: name }), row.range);
    head.setAttribute("role", "rowheader");
    const line = make("div", { className: "cells" }, ...row.cells.map(({ box }) => box));
    line.setAttribute("role", "presentation");
    line.style.setProperty("--count", count);
    const element = make("div", { className: "stage" }, head, line);
    element.setAttribute("role", "row");
    page.rove(row.cells.map(({ box }) => box), count, () => {});
    grid.append(element);
    return row;
  };

  const tell = (row, box) => {
    const i = row.cells.findIndex((own) => own.box === box);
    find("exact").textContent = `${row.name} ${named(row, i)} = ${row.values[i]}`;
  };

  /** What a cell of a row stands for: the coefficients weigh the parts, the other steps are numbered. */
  const named = (row, i) => (row === rows[rows.length - 1] ? record.labels[i] : i);

  const fill = (row, values) => {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const signed = values.some((value) => value < 0);
    const top = largest === 1 ? "1" : largest.toFixed(1);
    row.range.textContent = signed ? `−${top} … ${top}` : `0 … ${top}`;
    row.values = values;
    row.cells.forEach(({ box, bar, figure }, i) => {
      bar.style.setProperty("--size", Math.abs(values[i]) / largest);
      box.dataset.sign = signed ? (values[i] < 0 ? "below" : "above") : "whole";
      figure.textContent = short(values[i]);
      box.title = `${named(row, i)}: ${values[i]}`;
      box.setAttribute("aria-label", `${named(row, i)}: ${short(values[i])}`);
    });
  };

  // ---- the parts, each at the weight of its coefficient, and their sum ----

  const parts = record.labels.map((name, i) => {
    const canvas = page.canvas();
    return { canvas, sign: 0, i, box: make("div", { className: "part" }, canvas, make("span", { textContent: name })) };
  });
  const sum = page.canvas();
  const words = make("span");
  const equation = make(
    "div",
    { className: `equation ${record.scaling}` },
    make("div", { className: "stage-name" }, make("span", { textContent: "parts, weighed" })),
    make("div", { className: "cells parts" }, ...parts.map(({ box }) => box)),
    make("div", { className: "stage-name" }, make("span", { textContent: "added" })),
    make("div", { className: "sum" }, sum, words),
  );
  equation.querySelector(".cells").style.setProperty("--count", record.labels.length);
  equation.setAttribute("role", "img");

  /** A part's field as pixels: its values from −1 to 1, turned over where its weight is negative. */
  const shaded = ({ i, sign }) => Uint8Array.from(model.fields[i], (value) => Math.round(((value * sign + 1) / 2) * 255));

  const weigh = (coefficients) => {
    const most = coefficients.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    parts.forEach((part, i) => {
      const sign = coefficients[i] < 0 ? -1 : 1;
      if (sign !== part.sign) page.paint(part.canvas, shaded(Object.assign(part, { sign })));
      part.canvas.style.opacity = Math.abs(coefficients[i]) / most;
    });
    words.textContent = page.describe(coefficients);
    equation.setAttribute("aria-label", `The parts, each as strong as its coefficient: ${words.textContent}`);
  };

  // ---- following the sample pointed at, or else the chosen one ----

  let rows = null;
  const shown = () => state.pointed ?? state.chosen;

  page.onFrame(({ gallery, value }) => {
    const k = shown();
    const steps = model.trace(gallery.latents[k], value);
    rows = rows || steps.map(({ name, values }) => newRow(name, values.length));
    steps.forEach(({ values }, i) => fill(rows[i], Array.from(values)));
    find("inside-number").textContent = String(k + 1);
    weigh(Array.from(gallery.coefficients[k]));
    page.paint(sum, gallery.pixels[k]);
    if (!equation.isConnected) grid.after(equation);
  });

  // ---- the chosen sample at every stop of the knob ----

  const strip = find("strip");
  const stops = knob.stops.map((label) => {
    const canvas = page.canvas();
    const box = make("button", { type: "button", className: "stop" }, canvas, make("span", { textContent: label }));
    box.setAttribute("role", "radio");
    box.addEventListener("click", () => change({ value: Number(label) }));
    return { label, value: Number(label), canvas, box };
  });
  strip.append(...stops.map(({ box }) => box));
  const roving = page.rove(stops.map(({ box }) => box), 1, (i) => change({ value: stops[i].value }));

  let drawn = "";
  page.onFrame(({ seed, value, chosen, gallery }) => {
    const nearest = stops.reduce((best, stop, i) => {
      return Math.abs(stop.value - value) < Math.abs(stops[best].value - value) ? i : best;
    }, 0);
    stops.forEach(({ box, value: own }) => box.setAttribute("aria-checked", String(own === value)));
    roving.go(nearest);
    find("strip-number").textContent = String(chosen + 1);
    const asked = `${seed}/${chosen}`;
    if (drawn === asked) return;
    drawn = asked;
    const latent = gallery.latents[chosen];
    const show = ({ label, value: own, canvas, box }) => {
      const coefficients = model.route(latent, own);
      page.paint(canvas, model.decode(coefficients, own));
      box.setAttribute("aria-label", `${label}: ${page.describe(coefficients)}`);
    };
    page.inSlices(stops, show, () => drawn === asked);
  });
})(globalThis.zoo);
