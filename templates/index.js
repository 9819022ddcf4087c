/* The index: filter the cards as you type; the text is kept in the address. */
"use strict";

(() => {
  const text = document.querySelector("[data-filter-text]");
  const count = document.querySelector("[data-filter-count]");
  const empty = document.querySelector("[data-filter-empty]");
  const cards = [...document.querySelectorAll("[data-card]")];
  const held = new Map(cards.map((card) => [card, card.textContent.toLocaleLowerCase()]));

  const show = () => {
    const words = text.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const card of cards) card.hidden = !words.every((word) => held.get(card).includes(word));
    const shown = cards.filter((card) => !card.hidden).length;
    count.textContent = `${shown} of ${cards.length}`;
    empty.hidden = shown > 0;
    const address = text.value ? `#filter=${encodeURIComponent(text.value)}` : location.pathname + location.search;
    history.replaceState(null, "", address);
  };

  text.addEventListener("input", show);
  document.querySelector("[data-filter-clear]").addEventListener("click", () => {
    text.value = "";
    show();
    text.focus();
  });
  document.querySelector("[data-filter]").hidden = false;
  text.value = new URLSearchParams(location.hash.slice(1)).get("filter") ?? "";
  show();
})();
