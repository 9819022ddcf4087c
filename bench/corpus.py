"""Exhibits for the benchmarks: as many pages as are asked for, the same on every machine, of the size authors write.

Each is about 10 KB: front matter, prose with links and lists, a table, a panel in raw HTML, and a script of 6 KB.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

PROSE = (
    "seed latent knob logit coefficient basis sample gallery grid glyph field layer blend noise temperature pixel "
    "carries names keeps blends turns holds draws shows bends lights follows leaves small quiet exact narrow bright "
    "slow the a each every one another its and or but under above between near of in with from by"
)
WORDS = PROSE.split()
CODES = ("ORB", "GLY", "FLD", "NZE", "TIL")
ROUNDS = 21  # functions in a script, which bring it to 6 KB


class Text(NamedTuple):
    """One exhibit as its author wrote it: what its front matter says, and its body."""

    number: int
    slug: str
    identifier: str
    title: str
    description: str
    tags: tuple[str, ...]
    date: str
    body: str


def corpus(count: int) -> Iterator[Text]:
    """Give that many exhibits; the first ones are the same however many there are."""
    for number in range(count):
        draw = random.Random(number)  # noqa: S311 prose, no secret
        code = CODES[number % len(CODES)]
        yield Text(
            number=number,
            slug=f"exhibit-{number:05d}",
            identifier=f"{code}-{number:05d}",
            title=f"{_words(draw, 3).title()} {number}",
            description=_sentence(draw, 18),
            tags=tuple(sorted({draw.choice(WORDS) for _ in range(3)})),
            date=f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            body=_body(draw, number),
        )


def _words(draw: random.Random, count: int) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(count))


def _sentence(draw: random.Random, count: int) -> str:
    return f"{_words(draw, count).capitalize()}."


def _paragraph(draw: random.Random) -> str:
    said = [_sentence(draw, draw.randint(6, 14)) for _ in range(4)]
    return f"{said[0]} **{_words(draw, 2)}** {said[1]} `{draw.choice(WORDS)}` {said[2]} *{_words(draw, 2)}* {said[3]}"


def _body(draw: random.Random, number: int) -> str:
    rows = [f"| {_words(draw, 2).capitalize()} | {_sentence(draw, 9)} |" for _ in range(5)]
    before = f"exhibit-{max(number - 1, 0):05d}"
    items = [f"- **{_words(draw, 2).capitalize()}.** {_sentence(draw, 12)}" for _ in range(4)]
    parts = [
        '<a class="back" href="../index.html">← Back to the zoo</a>',
        "## Mission Profile",
        _paragraph(draw),
        _paragraph(draw),
        f"{_sentence(draw, 8)} See [its neighbour](../{before}/index.html) and [how](#generator-architecture).",
        "\n".join(items),
        "## Generator Architecture",
        "\n".join(["| Stage | What it does |", "| --- | --- |", *rows]),
        "## Try it live",
        PANEL,
        _script(draw, number),
        "## Implementation Notes",
        _paragraph(draw),
        f"1. {_sentence(draw, 10)}\n2. {_sentence(draw, 8)}",
        _paragraph(draw),
    ]
    return "\n\n".join(parts) + "\n"


PANEL = """<section class="gan-panel" aria-label="Live panel">
  <div class="controls">
    <label>Seed <input data-seed type="number" value="1337" min="0" step="1"></label>
    <label>Temperature <input data-temperature type="range" min="0.35" max="1.50" step="0.05" value="0.75"></label>
    <output data-temperature-value>0.75</output>

    <button type="button" data-refresh>Generate batch</button>
    <button type="button" data-randomize>Randomize seed</button>
  </div>

  <div class="grid" data-gallery aria-live="polite"></div>
  <details><summary>Coefficients</summary><pre data-coeffs></pre></details>
</section>"""


def _script(draw: random.Random, number: int) -> str:
    """Give a script as authors write them: blank lines, comparisons, template literals."""
    parts = [
        '<script type="module">',
        f"// the panel of exhibit {number}",
        f"const table = new Float32Array({number});",
    ]
    for turn in range(ROUNDS):
        weights = ", ".join(f"{draw.uniform(-1, 1):.4f}" for _ in range(8))
        parts += [
            "",
            f"function stage{turn}(latent, scale) {{",
            f"  const weights = [{weights}];",
            "  let sum = 0;",
            "  for (let i = 0; i < weights.length && i < latent.length; i += 1) sum += weights[i] * latent[i] * scale;",
            f"  return sum > 0 ? `${{sum}} at {turn}` : -sum;",
            "}",
        ]
    return "\n".join([*parts, "</script>"])
