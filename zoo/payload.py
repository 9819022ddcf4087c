"""What goes into an archive: the site, and the house it was built in, without what is nobody else's business.

Of the content that is packed which a build reads and publishes: no drafts, no hidden files, nothing in folders.
"""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.model import generators
from zoo import HOUSE, bag, manifest
from zoo.exhibit import Exhibit, Zoo
from zoo.options import Options

PAPERS = ("CITATION.cff", "LICENSE", "build.py", "requirements.in", "requirements.txt")
README = """\
{title}
{description}

Open site/index.html with a double click: the site is whole and asks nothing of any network.

To compute every picture and every page again, with Python 3.11 or newer, in this folder:

    python3 -m venv .venv
    .venv/bin/python -m pip install --require-hashes -r requirements.txt
    .venv/bin/python build.py check
    .venv/bin/python {build}
    diff -r site rebuilt

check draws each gallery anew and compares it with its files; diff is silent where nothing differs.
"""


def sources(options: Options, zoo: Zoo) -> Iterator[bag.Source]:
    """Give everything to pack but the crate's own description; of a part of a zoo without what only the rest needs."""
    foreign = _foreign(zoo.exhibits) if options.partial else set()
    yield bag.source("README.txt", readme(options, zoo).encode())
    yield from (bag.source(name, HOUSE / name) for name in PAPERS)
    pages = {"index.md", *(exhibit.source.name for exhibit in zoo.exhibits)}
    yield from (bag.source(f"content/{own.name}", own) for own in _published(options.content, pages, foreign))
    rooms = {room: HOUSE / room for room in ("generator", "zoo")}
    rooms |= {"golden": options.golden, "templates": options.templates}
    for room, folder in rooms.items():
        for path in _files(folder, _stems(folder, foreign)):
            yield bag.source(f"{room}/{path.relative_to(folder).as_posix()}", path)
    yield from _site(options.output)


def copy_content(content: Path, exhibit: Exhibit, target: Path) -> None:
    """Copy of a content folder what one exhibit needs."""
    target.mkdir()
    for path in _published(content, {"index.md", exhibit.source.name}, _foreign([exhibit])):
        shutil.copyfile(path, target / path.name)


def copy_golden(golden: Path, exhibit: Exhibit, target: Path) -> None:
    """Copy of the reference suite what one exhibit needs: what the species share, and its own."""
    for path in _files(golden, _stems(golden, _foreign([exhibit]))):
        (target / path.relative_to(golden)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / path.relative_to(golden))


def readme(options: Options, zoo: Zoo) -> str:
    """Say how to look at the site, and how to build it again with the options it was built with."""
    given = {"--base-url": options.base_url, "--seeds": options.seeds}
    words = [word for name, value in given.items() if value is not None for word in (name, value)]
    words += [word for plural, value in options.stops.items() for word in (f"--{plural}", value)]
    words += [flag for flag, said in (("--drafts", options.drafts), ("--yes", options.yes)) if said]
    build = shlex.join(["build.py", *words, "--output", "rebuilt"])
    return README.format(title=zoo.front.title, description=zoo.front.description, build=build)


def _foreign(exhibits: Iterable[Exhibit]) -> set[str]:
    """Give the species that none of these exhibits shows."""
    return generators().keys() - {exhibit.generator.name for exhibit in exhibits}


def _published(content: Path, pages: Iterable[str], foreign: Iterable[str]) -> list[Path]:
    """Give the files of a content folder that a build reads: these pages, and what becomes an asset."""
    twins = {f"{name}.js" for name in foreign}
    found = [path for path in sorted(content.iterdir()) if path.is_file() and not path.name.startswith(".")]
    return [path for path in found if (path.name in pages if path.suffix == ".md" else path.name not in twins)]


def _stems(folder: Path, species: Iterable[str]) -> set[Path]:
    return {folder / stem for name in species for stem in (name, f"{name.replace('-', '_')}.py")}


def _files(room: Path, left_out: set[Path]) -> Iterator[Path]:
    """Give the files of a room but those left out; hidden and compiled ones do not count."""
    for parent, folders, names in os.walk(room):
        here = Path(parent)
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        folders[:] = [name for name in folders if here / name not in left_out]
        yield from (here / name for name in names if not name.startswith(".") and here / name not in left_out)


def _site(output: Path) -> Iterator[bag.Source]:
    for name, digest in manifest.made(output).items():
        yield bag.Source(f"site/{name}", (output / name).stat().st_size, digest, output / name)
    yield bag.source(f"site/{manifest.MANIFEST}", output / manifest.MANIFEST)
