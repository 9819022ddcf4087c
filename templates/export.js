/* Taking a gallery along: its link, its JSON byte for byte and its PNG pixel for pixel as the build gives them. */
"use strict";

((zoo) => {
  const page = zoo && zoo.page;
  if (!page) return;
  const { record, state } = page;

  // ---- JSON, in the layout of the published files ----

  /** A number as ECMAScript writes it, but −0 keeps its sign, so that every bit comes back. */
  const number = (value) => (Object.is(value, -0) ? "-0" : String(value));
  const numbers = (values) => Array.from(values, number).join(",");

  const json = ({ seed, value, gallery: { latents, coefficients, readout, pixels } }) => {
    const samples = pixels.map(
      (own, k) =>
        `{"latent":[${numbers(latents[k])}],"coefficients":[${numbers(coefficients[k])}],` +
        `"readout":"${readout[k]}","pixels_sha256":"${zoo.pinned.sha256(own)}"}`,
    );
    return (
      `{"exhibit":"${record.exhibit}","generator":"${record.generator}","seed":${seed},` +
      `"${record.knob.name}":${number(value)},"pixels_sha256":"${page.digest(pixels)}","samples":[\n` +
      `${samples.join(",\n")}\n]}\n`
    );
  };

  // ---- PNG, written here: a canvas may be tampered with against fingerprinting, these bytes may not ----

  const CRC = Int32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c;
  });

  const bigEndian = (word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255];

  const chunk = (kind, bytes) => {
    const name = Uint8Array.from(kind, (letter) => letter.charCodeAt(0));
    let crc = -1;
    for (const part of [name, bytes]) for (const byte of part) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
    return [Uint8Array.from(bigEndian(bytes.length)), name, bytes, Uint8Array.from(bigEndian(~crc))];
  };

  /** The contact sheet's lines, each led by its filter (0: none), every pixel repeated `times` across and down. */
  const lines = (pixels, times) => {
    const { width, height, channels, columns, rows } = record;
    const length = 1 + width * columns * times * channels;
    const all = new Uint8Array(length * height * rows * times);
    for (let y = 0; y < height * rows * times; y++) {
      const from = Math.floor(y / times);
      for (let x = 0; x < width * columns; x++) {
        const own = pixels[Math.floor(from / height) * columns + Math.floor(x / width)];
        const at = ((from % height) * width + (x % width)) * channels;
        const pixel = own.subarray(at, at + channels);
        for (let copy = 0; copy < times; copy++) all.set(pixel, y * length + 1 + (x * times + copy) * channels);
      }
    }
    return all;
  };

  const deflated = async (bytes) => {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  const png = async (pixels, times) => {
    const { width, height, channels, columns, rows } = record;
    const size = [...bigEndian(width * columns * times), ...bigEndian(height * rows * times)];
    const header = Uint8Array.from([...size, 8, channels === 1 ? 0 : 2, 0, 0, 0]);
    return new Blob([
      Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
      ...chunk("IHDR", header),
      ...chunk("IDAT", await deflated(lines(pixels, times))),
      ...chunk("IEND", new Uint8Array(0)),
    ]);
  };

  // ---- the buttons ----

  const save = (blob, ending) => {
    const link = page.make("a", {
      href: URL.createObjectURL(blob),
      download: `${record.generator}-${state.seed}-${page.text(state.value)}${ending}`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  page.find("json").addEventListener("click", () => {
    save(new Blob([json(state)], { type: "application/json" }), ".json");
  });
  for (const button of document.querySelectorAll("[data-png]")) {
    const times = Number(button.dataset.png);
    button.addEventListener("click", async () => {
      const blob = await png(state.gallery.pixels, times);
      save(blob.slice(0, blob.size, "image/png"), `${times === 1 ? "" : `@${times}x`}.png`);
    });
  }

  const copy = page.find("copy");
  copy.addEventListener("click", async () => {
    const label = "Copy link";
    const address = location.href.split("#")[0] + page.hash();
    history.replaceState(null, "", page.hash());
    try {
      await navigator.clipboard.writeText(address);
      copy.textContent = "Copied";
    } catch {
      page.notice(`The link could not be copied; it stands in the address bar: ${address}`);
    }
    setTimeout(() => (copy.textContent = label), 1500);
  });

  page.onFrame(({ seed, value }) => {
    for (const place of document.querySelectorAll("[data-fill-seed]")) place.textContent = String(seed);
    for (const place of document.querySelectorAll("[data-fill-knob]")) place.textContent = page.text(value);
  });
})(globalThis.zoo);
