/* The filter of the index: every word typed must occur in a card's text; the address keeps them. */
"use strict";

(() => {
  const field = document.querySelector("[data-filter]");
  const cards = Array.from(document.querySelectorAll("[data-card]"));
  if (!field) return;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = cards.map((card) => plain(card.textContent));
  const noun = cards.length === 1 ? "exhibit" : "exhibits";

  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const found = cards.filter((card, i) => {
      card.hidden = !words.every((word) => texts[i].includes(word));
      return !card.hidden;
    });
    const count = words.length ? `${found.length} of ${cards.length} ${noun}` : `${cards.length} ${noun}`;
    document.querySelector("[data-count]").textContent = count;
    document.querySelector("[data-empty]").hidden = found.length > 0;
  };

  const remember = () => {
    const words = field.value.trim();
    history.replaceState(null, "", words ? `#q=${encodeURIComponent(words)}` : location.pathname + location.search);
  };

  const arrive = () => {
    if (location.hash && !location.hash.startsWith("#q=")) return;
    field.value = new URLSearchParams(location.hash.slice(1)).get("q") || "";
    show();
  };

  field.addEventListener("input", () => {
    show();
    remember();
  });
  document.querySelector("[data-clear]").addEventListener("click", () => {
    field.value = "";
    show();
    remember();
    field.focus();
  });
  addEventListener("hashchange", arrive);
  arrive();
})();
