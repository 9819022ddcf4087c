"""Time the live page in headless Chromium: python -m bench.live prints a table and writes bench/live.json.

A gallery is drawn as the page draws it, from the seed to the pixels on its canvases; beside it stands the source
exhibit's straightforward loop, run in the same page and turn by turn, so that the ratio holds on a busy machine too.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ROUNDS = 9

# The clock of a page is coarse, so each figure is that of many galleries; every seed is new, as it is to a visitor.
TIMING = """
([source, rounds]) => {
  const { samples, model, state, canvas, paint, change } = zoo.page;
  const module = {};
  if (source) new Function("module", source)(module);
  const weights = model.stages.weights?.({});
  const canvases = Array.from({ length: samples }, canvas);
  const loops = {
    gallery: (seed) => model.gallery(seed, state.value).pixels.forEach((own, k) => paint(canvases[k], own)),
    redraw: (seed) => change({ seed }),
  };
  if (module.exports) loops.naive = (seed) => module.exports(seed, state.value, model.fields, weights);
  let seed = 0;
  const milliseconds = (draw) => {
    const begun = performance.now();
    for (let i = 0; i < 40; i++) draw(seed++);
    return (performance.now() - begun) / 40;
  };
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const names = Object.keys(loops);
  const times = Array.from({ length: rounds + 2 }, () => names.map((name) => milliseconds(loops[name]))).slice(2);
  return Object.fromEntries(names.map((name, i) => [name, median(times.map((round) => round[i]))]));
}
"""


def main() -> int:
    """Time every exhibit's page."""
    if shutil.which("chromium") is None:
        print("bench: chromium is missing: install it, for instance with apt-get install chromium", file=sys.stderr)
        return 1
    found = measure(ROUNDS)
    (HERE / "live.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(table(found))
    return 0


def measure(rounds: int) -> dict[str, Any]:
    """Give the browser's version and, for each exhibit, milliseconds a gallery: medians over `rounds`."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 a benchmark without it says what is missing

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([sys.executable, "build.py", "--output", f"{folder}/site"], cwd=ROOT, check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        records = sorted(Path(folder, "site").glob("*/grid.json"))
        found = {"chromium": browser.version, "milliseconds": {}}
        for record in records:
            name = json.loads(record.read_bytes())["generator"]
            found["milliseconds"][name] = _times(browser, record.with_name("index.html"), name, rounds)
        browser.close()
    return found


def _times(browser: Any, path: Path, name: str, rounds: int) -> dict[str, float]:
    reference = HERE / "reference" / f"{name}.js"
    source = reference.read_text(encoding="utf-8") if reference.exists() else None
    page = browser.new_context(bypass_csp=True).new_page()  # the naive loop comes in as a text
    page.goto(path.as_uri())
    page.wait_for_selector("[data-mark=same]")
    times = page.evaluate(TIMING, [source, rounds])
    page.context.close()
    return dict(times)


def table(found: dict[str, Any]) -> str:
    """Give the figures as text, a line an exhibit."""
    columns = ("gallery", "redraw", "naive")
    lines = [f"ms a gallery, Chromium {found['chromium']}".ljust(42) + "".join(name.rjust(9) for name in columns)]
    for name, times in found["milliseconds"].items():
        lines.append(
            name.ljust(42) + "".join(f"{times[key]:9.3f}" if key in times else "–".rjust(9) for key in columns)
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
