/* Verify all: draw every published gallery again in this browser and compare digests, in slices that leave it awake. */
"use strict";

((zoo) => {
  const page = zoo && zoo.page;
  if (!page) return;
  const { record, model, find } = page;

  const button = find("verify");
  const bar = find("verify-progress");
  const result = find("verify-result");
  const count = (n) => n.toLocaleString("en");

  const published = function* (digests) {
    for (const [row, seed] of record.seeds.entries()) {
      for (const [column, stop] of record.stops.entries()) {
        yield { seed, stop, digest: digests[row][column] };
      }
    }
  };

  const verify = async () => {
    const total = record.seeds.length * record.stops.length;
    const wrong = [];
    let done = 0;
    const compare = ({ seed, stop, digest }) => {
      if (page.digest(model.gallery(seed, Number(stop)).pixels) !== digest) wrong.push(`${seed}/${stop}`);
      bar.value = done += 1;
    };
    await page.inSlices(published(await page.digests()), compare);
    return { total, wrong };
  };

  const reportVectors = ({ total, stages, wrong }) => {
    find("verify-vectors").textContent = wrong.length
      ? `${count(wrong.length)} of ${count(total)} stage vectors differ in this browser: ${wrong.join(", ")}`
      : `All ${count(total)} vectors of the reference suite, ${stages} stages: identical in this browser, bit for bit.`;
  };

  const report = ({ total, wrong }) => {
    const samples = `${count(total * page.samples)} samples`;
    const same = `${count(total - wrong.length)} of ${count(total)} galleries, ${samples}`;
    result.dataset.verdict = wrong.length ? "differs" : "same";
    result.textContent = wrong.length
      ? `${same}: ${count(wrong.length)} differ in this browser: ${wrong.join(", ")}`
      : `${same}: identical in this browser`;
  };

  // ---- which exp this engine has of its own: asked out of curiosity, never used ----

  const exponential = () => {
    const asked = 20000;
    let others = 0;
    for (let i = 1; i <= asked; i++) {
      const x = (-8 * i) / asked;
      if (Math.exp(x) !== zoo.pinned.exp(x)) others += 1;
    }
    return others
      ? `This engine's own Math.exp differs from the pinned one on ${count(others)} of ${count(asked)} inputs; the models never call it.`
      : `This engine's own Math.exp agrees with the pinned one on all of ${count(asked)} inputs; the models never call it.`;
  };

  /** Does a part of the proof; what it needs and cannot load is said in its place. */
  const saying = (handle, part) =>
    part().catch(() => (find(handle).textContent = "What this compares with could not be loaded, so nothing was compared."));

  button.addEventListener("click", async () => {
    button.disabled = true;
    bar.hidden = false;
    result.textContent = "";
    await saying("verify-result", async () => report(await verify()));
    if (record.vectors) await saying("verify-vectors", async () => reportVectors(await page.runVectors()));
    find("verify-engine").textContent = exponential();
    bar.hidden = true;
    button.disabled = false;
  });

  page.begin(); // the last script: everybody has joined
})(globalThis.zoo);
