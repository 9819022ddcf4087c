/* The grid of published galleries as one picture under its table of links, with a loupe that follows hand and keys. */
"use strict";

((zoo) => {
  const page = zoo && zoo.page;
  const sheet = page && page.find("map");
  if (!sheet) return;
  const { record, model, state, change, find, make } = page;
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

  const paintRow = (r) => {
    const latent = model.latents(record.seeds[r])[painted];
    const shared = record.knob.acts_in === "decode" ? model.route(latent, values[0]) : null;
    values.forEach((value, c) => {
      page.paint(small, model.decode(shared || model.route(latent, value), value));
      context.drawImage(small, c * CELL * ratio, r * CELL * ratio, CELL * ratio, CELL * ratio);
    });
  };

  const repaint = async () => {
    const { chosen } = state;
    if (!near || painted === chosen) return;
    painted = chosen;
    await page.inSlices(rows.keys(), paintRow, () => painted === chosen);
    if (painted === chosen) sheet.classList.add("drawn");
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

  page.onFrame(({ seed, value }) => {
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
