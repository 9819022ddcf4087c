"""The validator of the W3C's Nu checker (vnu) on every page and stylesheet of a site."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bench.browsers import Missing
from bench.browsers.page import program

MODULE = Path(__file__).resolve().parents[2] / "node_modules" / "vnu-jar"
NEWER = ("container-type", "cqw", "round(")  # in CSS since 2023, and not in this checker; it's right about all else


def version() -> str:
    """Give vnu's version."""
    if not MODULE.exists():
        raise Missing("vnu-jar is missing: make test installs it where there is npm")
    return str(json.loads((MODULE / "package.json").read_text(encoding="utf-8"))["version"])


def errors(site: Path) -> list[str]:
    """Give every error in the pages, stylesheets and SVG pictures of a site."""
    version()
    java = program("java", "install it, for instance with apt-get install default-jre-headless")
    command = [
        java,
        "-jar",
        str(MODULE / "build" / "dist" / "vnu.jar"),
        "--errors-only",
        "--stdout",
        "--format",
        "json",
    ]
    command += ["--also-check-css", "--also-check-svg", *map(str, checked(site))]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False).stdout
    return [_line(own) for own in json.loads(said)["messages"] if not _is_newer(own)]


def checked(site: Path) -> list[Path]:
    """Give the files to check."""
    return [path for ending in ("html", "css", "svg") for path in sorted(site.rglob(f"*.{ending}"))]


def _line(message: dict[str, Any]) -> str:
    return f"{message.get('url')}:{message.get('lastLine')}: {message['message']}"


def _is_newer(message: dict[str, Any]) -> bool:
    path = Path(unquote(urlsplit(message.get("url", "")).path))
    if path.suffix != ".css" or "lastLine" not in message:
        return False
    line = path.read_text(encoding="utf-8").split("\n")[message["lastLine"] - 1]
    return any(word in line for word in NEWER)
