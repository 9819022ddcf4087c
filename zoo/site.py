"""Building and writing: the whole site is made beside the old one and takes its place in one step.

A build that fails leaves the old site as it was. Files in it that no build made are carried over.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from generator.model import Generator, generators
from zoo import gallery
from zoo.errors import ZooError, nearest
from zoo.exhibit import Exhibit, Overrides, Zoo, read_zoo
from zoo.page import Digests, Site, pages

MANIFEST = ".zoo.json"  # names every file a build made
PARALLEL_FROM = 4000  # galleries below which starting processes costs more than it saves

Progress = Callable[[int, int], None]  # galleries done, galleries in all


@dataclass(frozen=True)
class Options:
    """What a build is asked for."""

    content: Path
    templates: Path
    output: Path
    base_url: str | None = None
    overrides: Overrides = field(default_factory=Overrides)
    jobs: int = 1
    drafts: bool = False
    force: bool = False


@dataclass(frozen=True)
class Built:
    """What a build made."""

    exhibits: int
    galleries: int
    files: int
    size: int


def build(options: Options, progress: Progress) -> Built:
    """Build the site; ContentError for mistakes in the content, ZooError where the output is not ours to replace."""
    zoo = read_zoo(options.content, generators(), drafts=options.drafts)
    zoo = Zoo(zoo.front, tuple(options.overrides.apply(exhibit) for exhibit in zoo.exhibits))
    _check_output(options)
    staging = options.output.with_name(f".{options.output.name}.building")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        built = _fill(zoo, options, staging, progress)
        _take_place(staging, options.output)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return built


def _check_output(options: Options) -> None:
    output = options.output
    if output.exists() and not output.is_dir():
        raise ZooError(f"{output} is a file, expected a folder to write the site to")
    strange = output.is_dir() and any(output.iterdir()) and not (output / MANIFEST).is_file()
    if strange and not options.force:
        raise ZooError(f"{output} holds files that no build made; name another folder or say --force to build into it")


def _fill(zoo: Zoo, options: Options, staging: Path, progress: Progress) -> Built:
    digests = _draw(zoo.exhibits, options, staging, progress)
    scripts = dict(_scripts(options))
    made = chain(
        scripts.items(),
        ((f"{exhibit.slug}/grid.json", _grid_json(exhibit, digests[exhibit.slug])) for exhibit in zoo.exhibits),
        pages(Site(zoo, digests, options.base_url), options.templates, frozenset(Path(name).name for name in scripts)),
    )
    for name, data in made:
        _write(staging / name, data)
    files = sorted(_files(staging))
    (staging / MANIFEST).write_text(json.dumps({"files": files}, indent=0) + "\n", encoding="utf-8")
    galleries = sum(len(exhibit.grid.seeds) * len(exhibit.grid.stops) for exhibit in zoo.exhibits)
    return Built(len(zoo.exhibits), galleries, len(files), sum((staging / name).stat().st_size for name in files))


def _grid_json(exhibit: Exhibit, digests: Digests) -> bytes:
    return gallery.grid_json(exhibit.generator, exhibit.grid, digests)


def _scripts(options: Options) -> Iterator[tuple[str, bytes]]:
    templates = (path for path in options.templates.iterdir() if path.suffix != ".html")
    for path in sorted(chain(templates, options.content.glob("*.js"))):
        yield f"assets/{path.name}", path.read_bytes()


def _draw(exhibits: Sequence[Exhibit], options: Options, staging: Path, progress: Progress) -> Mapping[str, Digests]:
    """Draw every exhibit's galleries into the staging folder and give their digests, a row a seed."""
    total = sum(len(exhibit.grid.seeds) * len(exhibit.grid.stops) for exhibit in exhibits)
    done = 0
    digests: dict[str, list[Sequence[str]]] = {exhibit.slug: [] for exhibit in exhibits}
    for exhibit in exhibits:
        for rows in _rows(exhibit, staging / exhibit.slug, options.jobs if total >= PARALLEL_FROM else 1):
            digests[exhibit.slug] += rows
            done += sum(map(len, rows))
            progress(done, total)
    return digests


def _rows(exhibit: Exhibit, folder: Path, jobs: int) -> Iterator[Digests]:
    step = 16
    seeds = exhibit.grid.seeds
    tasks = [
        Task(exhibit.generator.name, seeds[i : i + step], tuple(map(float, exhibit.grid.stops)), folder)
        for i in range(0, len(seeds), step)
    ]
    if jobs == 1:
        yield from map(draw_task, tasks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(draw_task, tasks)


@dataclass(frozen=True)
class Task:
    """A stretch of a grid for one process: small to send, since the pixels stay where they are computed."""

    generator: str
    seeds: tuple[int, ...]
    values: tuple[float, ...]
    folder: Path


def draw_task(task: Task) -> Digests:
    """Write a task's galleries and give their digests, a row a seed."""
    generator = generators()[task.generator]
    for seed in task.seeds:
        (task.folder / "gallery" / str(seed)).mkdir(parents=True, exist_ok=True)
    digests = [_write_gallery(task.folder, drawn) for drawn in gallery.galleries(generator, task.seeds, task.values)]
    width = len(task.values)
    return [digests[i : i + width] for i in range(0, len(digests), width)]


def _write_gallery(folder: Path, drawn: gallery.Gallery) -> str:
    base = f"{folder}/{drawn.path}"
    for ending, data in ((".png", drawn.png), (".json", drawn.json)):
        with open(base + ending, "wb", buffering=0) as file:  # noqa: PTH123 a Path a file costs as much as the write
            file.write(data)
    return drawn.pixels_sha256


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _files(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent, name).relative_to(folder).as_posix() for name in names)


def _take_place(staging: Path, output: Path) -> None:
    """Put the new site where the old one is, with the files in the old one that no build made."""
    old = output.with_name(f".{output.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        _carry_over(output, staging)
        output.rename(old)
    staging.rename(output)
    shutil.rmtree(old, ignore_errors=True)


def _carry_over(output: Path, staging: Path) -> None:
    made = _made(output)
    for name in _files(output):
        if name not in made and name != MANIFEST:
            if (staging / name).exists():
                raise ZooError(f"{output / name} was not made by a build, and the site needs its place")
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(output / name, staging / name)


def _made(output: Path) -> frozenset[str]:
    try:
        return frozenset(json.loads((output / MANIFEST).read_text(encoding="utf-8"))["files"])
    except FileNotFoundError:
        return frozenset()
    except (ValueError, KeyError, TypeError) as error:
        raise ZooError(f"{output / MANIFEST} cannot be read ({error}); delete it and say --force to rebuild") from error


def generator_named(name: str, known: Mapping[str, Generator]) -> Generator:
    """Give the generator of a name, or raise ZooError with the nearest one."""
    if name not in known:
        raise ZooError(f"no exhibit {name!r}{nearest(name, known)}")
    return known[name]
