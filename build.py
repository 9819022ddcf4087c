"""The zoo's command line: build, sample, check, archive and more. The one place that prints."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Collection, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from zoo import arguments
from zoo.workers import calm

if TYPE_CHECKING:
    from zoo.errors import Mistake
    from zoo.options import Built, Options
    from zoo.shards.store import Shard

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # products here are too small to share; --jobs uses the cores

HERE = Path(__file__).resolve().parent
DONE, FAILED, USAGE = 0, 1, 2


def main(args: Sequence[str]) -> int:
    """Run one command; give 0 when done, 1 when the content or a check failed, 2 for a wrong call."""
    try:
        asked, rest = arguments.parsed(args)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return _run(asked, rest)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left
        return FAILED
    except OSError as error:
        return _say(f"{error.filename or 'build.py'}: {error.strerror or error}", FAILED)
    except KeyboardInterrupt:
        return 130


def _run(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo.errors import UsageError, ZooError  # noqa: PLC0415 --help need not wait

    try:
        return COMMANDS[asked.command](asked, rest)
    except UsageError as error:
        return _say(f"build.py: {error}", USAGE)
    except ZooError as error:
        return _say(str(error), FAILED)


def _say(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code


def _build(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo import errors, site  # noqa: PLC0415

    begun = time.perf_counter()
    try:
        built = site.build(_options(asked, rest), _progress(), _waiting)
    except errors.ContentError as error:
        _tell(error.mistakes, asked.format)
        return FAILED
    if asked.format != "json":
        _tell(built.warnings, asked.format)
    print(_closing(built, asked, time.perf_counter() - begun))
    return DONE


def _options(asked: argparse.Namespace, rest: Sequence[str]) -> Options:
    from zoo.options import Options  # noqa: PLC0415

    return Options(
        content=_shown(asked.content),
        templates=HERE / "templates",
        golden=_shown(HERE / "golden"),
        output=asked.output.resolve(),
        base_url=asked.base_url,
        seeds=asked.seeds,
        stops=arguments.knobs(rest),
        jobs=arguments.positive("--jobs", asked.jobs),
        drafts=asked.drafts,
        strict=asked.strict,
        force=asked.force,
        yes=asked.yes,
    )


def _tell(mistakes: Sequence[Mistake], form: str) -> None:
    """Say what is wrong with the content: to people on stderr, to other programs on stdout."""
    from zoo import errors  # noqa: PLC0415

    if mistakes:
        print(errors.report(mistakes, form), file=sys.stderr if form == "text" else sys.stdout)


def _closing(built: Built, asked: argparse.Namespace, seconds: float) -> str:
    """Give what a build ends with: one line, and one more for each thing it had to leave out."""
    if asked.format == "json":
        counts = {name: getattr(built, name) for name in ("exhibits", "galleries", "files", "written", "size")}
        told = {"mistakes": [mistake.record() for mistake in built.warnings], "notes": list(built.notes)}
        return json.dumps(told | counts)
    return (
        f"{built.exhibits} {'exhibit' if built.exhibits == 1 else 'exhibits'}, {built.galleries:,} galleries, "
        f"{built.files:,} files, {built.size / 1e6:.1f} MB, {built.written:,} written in {seconds:.2f} s "
        f"→ {asked.output}" + "".join(f"\nnote: {note}" for note in built.notes)
    )


def _shown(path: Path) -> Path:
    """Give a path as messages show it: from the current folder on, where it lies there."""
    whole = path.absolute()
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole


def _waiting() -> None:
    _say("another build is writing this site; waiting for it to end", DONE)


def _sample(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from generator.model import generators  # noqa: PLC0415
    from zoo import gallery, grid  # noqa: PLC0415
    from zoo.errors import UsageError, ZooError  # noqa: PLC0415

    species = gallery.generator_named(asked.name, generators())
    typed = arguments.knobs(rest, [species.knob.name]).get(species.knob.name, str(species.knob.default))
    try:
        seed = grid.seed(asked.seed) if asked.seed is not None else species.seed
        value = grid.finite(typed)
    except ZooError as error:
        raise UsageError(str(error)) from error
    if asked.format == "text":
        data = ("\n".join(gallery.readout(species, seed, value)) + "\n").encode()
    else:
        drawn = gallery.one(species, seed, value)
        data = drawn.json if asked.format == "json" else drawn.png
    if asked.output is not None:
        asked.output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    return DONE


def _check(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo import check  # noqa: PLC0415

    arguments.knobs(rest, [])
    for line in check.all_of(HERE / "golden", _shown(asked.output)):
        print(line)
    return DONE


def _archive(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo import archive, errors  # noqa: PLC0415

    begun = time.perf_counter()
    file = asked.file and asked.file.resolve()
    try:
        packed = archive.archive(_options(asked, rest), file, asked.exhibit, _progress(), _waiting)
    except errors.ContentError as error:
        _tell(error.mistakes, asked.format)
        return FAILED
    _tell(packed.warnings, asked.format)
    seconds = time.perf_counter() - begun
    print(f"{packed.files:,} files, {packed.size / 1e6:.1f} MB in {seconds:.2f} s → {_shown(packed.path)}")
    print(f"SHA-256 {packed.sha256}")
    return DONE


def _verify(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo import verify  # noqa: PLC0415
    from zoo.shards import proof  # noqa: PLC0415

    arguments.knobs(rest, [])
    path, jobs = _shown(asked.file), arguments.positive("--jobs", asked.jobs)
    again = None if asked.again == "all" else arguments.count("--again", asked.again)
    for line in proof.all_of(path, again, jobs) if proof.concerns(path) else verify.all_of(path):
        print(line, flush=True)
    return DONE


def _shards(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo.shards import orders, run  # noqa: PLC0415

    begun = time.perf_counter()
    order = orders.order(asked.name, asked.seeds, arguments.knobs(rest), asked.shard)
    engine = orders.engine(asked.scheduler, arguments.positive("--jobs", asked.jobs))
    output = asked.output.resolve()
    if order.part:
        found, root = run.part(order.plan, output, engine, _progress("shards"), order.part), None
    else:
        found, root = run.archive(order.plan, output, engine, _progress("shards"))
    _tell_shards(found.values(), root, asked.output, time.perf_counter() - begun)
    return DONE


def _tell_shards(found: Collection[Shard], root: str | None, output: Path, seconds: float) -> None:
    size, drawn = sum(shard.size for shard in found), sum(shard.seconds > 0 for shard in found)
    print(f"{len(found):,} shards, {size / 1e6:.1f} MB, {drawn:,} drawn in {seconds:.2f} s → {output}")
    if root:
        print(f"Merkle root {root}")


def _merge(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo.shards.merge import merge  # noqa: PLC0415

    arguments.knobs(rest, [])
    begun = time.perf_counter()
    found, root = merge(asked.output.resolve(), [path.resolve() for path in asked.parts])
    _tell_shards(found.values(), root, asked.output, time.perf_counter() - begun)
    return DONE


def _serve(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo import rebuilding, serve  # noqa: PLC0415

    preview = serve.Preview(asked.output.resolve())
    code = [HERE / room for room in ("build.py", "generator", "zoo")]
    sources = [asked.content, HERE / "templates", HERE / "golden", *code]
    job = rebuilding.Job(arguments.build_of(asked, rest), sources, code)
    rebuilding.keep_built(job, preview.tell, lambda text: print(text, flush=True))
    serve.serve(preview, asked.port, lambda port: print(f"http://{serve.LOOPBACK}:{port}/ (Ctrl-C ends)", flush=True))
    return DONE


def _new(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from generator.model import generators  # noqa: PLC0415
    from zoo.gallery import generator_named  # noqa: PLC0415
    from zoo.new import new_exhibit  # noqa: PLC0415

    arguments.knobs(rest, [])
    named = asked.generator or next(iter(generators()))
    path = new_exhibit(asked.slug, _shown(asked.content), generator_named(named, generators()), generators())
    print(f"{path}: write on, and see it with python build.py serve")
    return DONE


def _clean(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo.workshop import clean  # noqa: PLC0415

    arguments.knobs(rest, [])
    print(f"{clean(asked.output.resolve()):,} files removed from {_shown(asked.output)}")
    return DONE


def _progress(what: str = "galleries") -> Callable[[int, int], None]:
    """Give a bar that draws itself on a terminal and is silent elsewhere."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None

    def draw(done: int, total: int) -> None:
        filled = 40 * done // max(total, 1)
        end = "\r\033[K" if done >= total else ""
        bar = f"{'█' * filled}{'░' * (40 - filled)}"
        print(f"\r{bar} {done:,} of {total:,} {what}{end}", end="", file=sys.stderr, flush=True)

    return draw


COMMANDS = {
    "build": _build,
    "sample": _sample,
    "check": _check,
    "archive": _archive,
    "verify": _verify,
    "shards": _shards,
    "merge": _merge,
    "serve": _serve,
    "new": _new,
    "clean": _clean,
}

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows ASCII alone is no reason to fail
    calm()
    code = main(sys.argv[1:])
    gc.freeze()  # Python looks for cycles once more at its end: in all that a large build knows of its files
    sys.exit(code)
