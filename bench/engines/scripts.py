"""The scripts that every engine runs, and a digest of all they are made from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "golden"
PROBE = Path(__file__).with_name("probe.js")
PAGE = "<!doctype html><meta charset=utf-8><title>probe</title>\n"


def suites() -> list[Path]:
    """Give the suite.json of every species that has a twin."""
    return [path for path in sorted(GOLDEN.glob("*/suite.json")) if _twin(path).exists()]


def _twin(suite: Path) -> Path:
    return ROOT / "content" / f"{suite.parent.name}.js"


def twins() -> list[Path]:
    """Give the shipped scripts, in the order they load: the shared one, then a twin a species."""
    return [ROOT / "content" / "pinned.js", *map(_twin, suites())]


def _vectors(suite: Path) -> dict[str, Path]:
    stages = json.loads(suite.read_text(encoding="utf-8"))["stages"]
    return {stage["name"]: suite.parent / "vectors" / f"{stage['name']}.json" for stage in stages}


def sources() -> str:
    """Give the SHA-256 of everything a row of the matrix depends on, but the engine."""
    files = [*twins(), *suites(), *(path for suite in suites() for path in _vectors(suite).values()), PROBE]
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path.relative_to(ROOT).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _suite(path: Path) -> dict[str, Any]:
    stages = json.loads(path.read_text(encoding="utf-8"))["stages"]
    vectors = {
        stage: [
            {key: own[key] for key in ("in", "out") if key in own}
            for own in json.loads(file.read_text(encoding="utf-8"))["vectors"]
        ]
        for stage, file in _vectors(path).items()
    }
    return {"stages": [{"name": stage["name"], "in": stage["in"]} for stage in stages], "vectors": vectors}


def written(folder: Path) -> list[Path]:
    """Write the scripts into a folder, with a page (index.html) that runs them; give them in their order."""
    found = {path.parent.name: _suite(path) for path in suites()}
    text = {path.name: path.read_text(encoding="utf-8") for path in twins()}
    text |= {"suites.js": f"globalThis.suites = {json.dumps(found)};\n", "probe.js": PROBE.read_text(encoding="utf-8")}
    for name, script in text.items():
        (folder / name).write_text(script, encoding="utf-8")
    scripts = "".join(f'<script src="{name}"></script>\n' for name in text)
    (folder / "index.html").write_text(PAGE + scripts, encoding="utf-8")
    return [folder / name for name in text]
