/* The grid of published galleries as one picture under its table of links, with a loupe that follows hand and keys. */
"use strict";

((zoo) => {
  const page = zoo && zoo.page;
  const sheet = page && page.find("map");
  if (!sheet) return;
  const { record, model, state, change, choose, find, make } = page;
  const values = record.stops.map(Number);
  const rows = Array.from(sheet.querySelectorAll("tbody tr"));
  const links = rows.flatMap((row, r) =>
    Array.from(row.querySelectorAll("a"), (link, c) => ({ link, seed: record.seeds[r], value: values[c], r, c })),
  );

  // ---- the picture: the chosen sample of every gallery, drawn a row at a time once the grid comes near ----

  const CELL = links[0].link.parentElement.offsetWidth;
  const ratio = Math.max(1, Math.min(3, Math.round(devicePixelRatio)));
  const picture = make("canvas", { width: values.length * CELL * ratio, height: rows.length * CELL * ratio });
  picture.setAttribute("aria-hidden", "true");
  const context = picture.getContext("2d");
  context.imageSmoothingEnabled = record.scaling === "smooth";
  context.imageSmoothingQuality = "high";
  const small = page.canvas();
  let painted = -1;
  let near = false;

  let first = 0; // where the seeds shown begin in the list of all

  const paintRow = (r) => {
    const latent = model.latents(record.seeds[first + r])[painted];
    context.clearRect(0, r * CELL * ratio, picture.width, CELL * ratio);
    const shared = record.knob.acts_in === "decode" ? model.route(latent, values[0]) : null;
    values.forEach((value, c) => {
      page.paint(small, model.decode(shared || model.route(latent, value), value));
      context.drawImage(small, c * CELL * ratio, r * CELL * ratio, CELL * ratio, CELL * ratio);
    });
  };

  const repaint = async () => {
    const { chosen } = state;
    if (!near || painted === chosen) return;
    const from = first;
    const still = () => painted === chosen && first === from;
    painted = chosen;
    await page.inSlices(rows.keys(), paintRow, still);
    if (still()) sheet.classList.add("drawn");
  };

  new IntersectionObserver(
    (entries) => {
      near = near || entries.some((entry) => entry.isIntersecting);
      repaint();
    },
    { rootMargin: "600px" },
  ).observe(sheet);
  sheet.prepend(picture);
  const place = () => {
    const cell = links[0].link.parentElement;
    picture.style.left = `${cell.offsetLeft}px`;
    picture.style.top = `${cell.offsetTop + cell.offsetParent.offsetTop}px`;
    picture.style.width = `${values.length * CELL}px`;
  };

  // ---- the loupe ----

  const loupe = find("loupe");
  const shownIn = loupe.querySelector("canvas");
  const caption = loupe.querySelector("figcaption");
  let looking = null;

  const look = (at) => {
    looking = at;
    const { seed, value } = at || state;
    page.sheet(shownIn, at ? model.gallery(seed, value).pixels : state.gallery.pixels);
    const words = `seed ${seed} · ${record.knob.name} ${page.text(value)}`;
    shownIn.setAttribute("aria-label", `Gallery of ${words}`);
    const published = page.isPublished(seed, value);
    const path = `gallery/${seed}/${value.toFixed(2)}`;
    const files = ["png", "json"].map((end) => make("a", { href: `${path}.${end}`, textContent: end.toUpperCase() }));
    caption.replaceChildren(make("span", { textContent: words }), ...(published ? files : []));
  };

  const roving = page.rove(links.map(({ link }) => link), values.length, (i) => look(links[i]));
  links.forEach((at, i) => {
    at.link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && look(at));
    at.link.addEventListener("focus", () => look(at));
    at.link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab is the visitor's own wish
      event.preventDefault();
      roving.go(i);
      change({ seed: at.seed, value: at.value });
    });
  });
  sheet.addEventListener("pointerleave", () => look(null));
  sheet.addEventListener("focusout", () => look(null));

  // ---- more seeds than rows: the table is turned to others, and by itself to one that is chosen ----

  const turning = find("turn");
  const [earlier, later] = turning ? turning.querySelectorAll("button") : [];

  const turn = (to) => {
    first = Math.max(0, Math.min(to, record.seeds.length - rows.length));
    rows.forEach((row, r) => (row.querySelector("th").textContent = record.seeds[first + r]));
    for (const at of links) {
      at.seed = record.seeds[first + at.r];
      at.link.href = `gallery/${at.seed}/${record.stops[at.c]}.png`;
    }
    const [from, end, all] = [first + 1, first + rows.length, record.seeds.length].map((n) => n.toLocaleString("en"));
    turning.querySelector("output").textContent = `seeds ${from} to ${end} of ${all}`;
    earlier.disabled = first === 0;
    later.disabled = first + rows.length >= record.seeds.length;
    sheet.classList.remove("drawn");
    painted = -1;
  };

  let followed = null;

  const follow = (seed) => {
    if (!turning || seed === followed) return;
    followed = seed;
    const at = record.seeds.indexOf(seed);
    if (at >= 0 && (at < first || at >= first + rows.length)) turn(at - (at % rows.length));
  };

  if (turning) {
    turn(0);
    for (const [button, step] of [[earlier, -rows.length], [later, rows.length]]) {
      button.addEventListener("click", () => {
        turn(first + step);
        look(null);
        choose({});
      });
    }
  }

  page.onFrame(({ seed, value }) => {
    follow(seed);
    place();
    links.forEach((at, i) => {
      const here = at.seed === seed && at.value === value;
      if (here) {
        at.link.setAttribute("aria-current", "true");
        if (!sheet.contains(document.activeElement)) roving.go(i);
      } else at.link.removeAttribute("aria-current");
    });
    if (!looking) look(null);
    repaint();
  });
})(globalThis.zoo);
