"""axe-core on a page as it lives: light and dark, narrow and wide, everything unfolded."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Literal

from bench.browsers import Chromium, Missing

MODULE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (360, 1440)
UNFOLDED = "() => document.querySelectorAll('details').forEach((own) => (own.open = true))"
ALIVE = "() => !document.querySelector('script[data-panel]') || document.querySelector('[data-mark=same]')"
# Only violations are asked for and brought home: the rest of axe's report weighs more than the page.
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false });
  const told = (id) => ({ target, failureSummary }) => [id, String(target), failureSummary];
  return violations.flatMap(({ id, nodes }) => nodes.map(told(id)));
}"""


def version() -> str:
    """Give axe's version."""
    if not MODULE.exists():
        raise Missing("axe-core is missing: make test installs it where there is npm")
    return str(json.loads((MODULE / "package.json").read_text(encoding="utf-8"))["version"])


def violations(chromium: Chromium, address: str) -> list[str]:
    """Give what is wrong with a page, in any scheme, at any width; all of axe's rules count."""
    version()
    page = chromium.own.new_page(bypass_csp=True)  # for axe itself; what the policy refuses is another test
    page.goto(address)
    page.wait_for_function(ALIVE)
    page.evaluate(UNFOLDED)
    page.evaluate((MODULE / "axe.min.js").read_text(encoding="utf-8"))
    found = []
    for scheme, width in product(SCHEMES, WIDTHS):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{address} {scheme} {width}: {' '.join(wrong)}" for wrong in page.evaluate(RUN)]
    page.close()
    return found
