"""Small zoos for the tests: a content folder, a build of it in this process, and what a folder holds."""

from __future__ import annotations

from pathlib import Path

import build

FRONT = "---\ntitle: A Zoo\ndescription: A zoo for the tests.\n---\n"
GRID = "seeds: 7, 1:3\ntemperatures: 0.50, 0.75\n---\n"
EXHIBIT = "---\ntitle: Digits\ndescription: Ten glyphs.\ngenerator: mini-digits\n" + GRID

PAGES = Path(__file__).parent / "pages"


def content(folder: Path, **pages: str | bytes) -> Path:
    """Write a content folder: the front page, and a page for each name (`_` stands for `-`), as text or bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"index": FRONT, **pages}.items():
        data = text.encode() if isinstance(text, str) else text
        (folder / f"{name.replace('_', '-')}.md").write_bytes(data)
    return folder


def run(folder: Path, *args: str) -> int:
    """Build `folder/content` into `folder/site` and give the exit code."""
    return build.main(["build", "--content", str(folder / "content"), "--output", str(folder / "site"), *args])


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def times(folder: Path) -> dict[str, int]:
    """Give every file below a folder with its modification time."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


def modes(folder: Path) -> dict[str, int]:
    """Give every file and folder below a folder with its mode."""
    return {path.relative_to(folder).as_posix(): path.stat().st_mode & 0o7777 for path in folder.rglob("*")}
