"""The zoo's command line: build, sample and check. The one place that prints."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
DONE, FAILED, USAGE = 0, 1, 2
KNOBS = "and --temperatures, --energies, … for each kind of knob: decimals and ranges such as 0.35:1.5:0.05"


def main(args: Sequence[str]) -> int:
    """Run one command; give 0 when done, 1 when the content or a check failed, 2 for a wrong call."""
    parser = _parser()
    try:
        asked, rest = parser.parse_known_args(_with_command(args))
    except SystemExit as stop:
        return int(stop.code or 0)
    from zoo.errors import UsageError, ZooError  # noqa: PLC0415 --help need not wait for NumPy

    try:
        return COMMANDS[asked.command](asked, rest)
    except UsageError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return USAGE
    except ZooError as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left
        return FAILED
    except KeyboardInterrupt:
        return 130


def _with_command(args: Sequence[str]) -> list[str]:
    named = bool(args) and (args[0] in COMMANDS or args[0] in ("-h", "--help"))
    return list(args) if named else ["build", *args]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description="Build the zoo, draw one gallery, check a built site."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    build = commands.add_parser("build", help="build the site (the command when none is named)", epilog=KNOBS)
    build.add_argument("--content", type=Path, default=HERE / "content", metavar="DIR", help="the pages to build from")
    build.add_argument("--output", type=Path, default=HERE / "site", metavar="DIR", help="the site to write")
    build.add_argument("--base-url", metavar="URL", help="where the site will live, for canonical links")
    build.add_argument("--seeds", metavar="LIST", help="seeds and half-open ranges for every exhibit: 0:100,1337")
    build.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes for large grids")
    build.add_argument("--drafts", action="store_true", help="publish exhibits marked draft: true")
    build.add_argument("--force", action="store_true", help="build into a folder that holds files of another making")
    sample = commands.add_parser(
        "sample", help="write one gallery to standard output", epilog="The knob: --temperature 0.75, --energy 1.00, …"
    )
    sample.add_argument("name", help="a generator, such as mini-digits")
    sample.add_argument("--seed", metavar="N", help="a seed from 0 to 4294967295")
    sample.add_argument("--format", choices=("json", "png", "text"), default="text")
    sample.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file instead")
    check = commands.add_parser("check", help="check the goldens, the site against its grids, and its links")
    check.add_argument("--output", type=Path, default=HERE / "site", metavar="DIR", help="the site to check")
    return parser


def _build(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from generator.model import generators  # noqa: PLC0415
    from zoo import grid, site  # noqa: PLC0415
    from zoo.exhibit import Overrides  # noqa: PLC0415

    begun = time.perf_counter()
    known = {species.knob.plural: species.knob.name for species in generators().values()}
    stops = {known[plural]: grid.stops(text) for plural, text in _knobs(rest, known).items()}
    options = site.Options(
        content=asked.content,
        templates=HERE / "templates",
        output=asked.output.absolute(),
        base_url=asked.base_url,
        overrides=Overrides(grid.seeds(asked.seeds) if asked.seeds else None, stops),
        jobs=_positive("--jobs", asked.jobs),
        drafts=asked.drafts,
        force=asked.force,
    )
    built = site.build(options, _progress())
    print(
        f"{built.exhibits} {'exhibit' if built.exhibits == 1 else 'exhibits'}, {built.galleries:,} galleries, "
        f"{built.files:,} files, {built.size / 1e6:.1f} MB in {time.perf_counter() - begun:.2f} s → {asked.output}"
    )
    return DONE


def _sample(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from generator.model import generators  # noqa: PLC0415
    from zoo import gallery, grid, site  # noqa: PLC0415

    species = site.generator_named(asked.name, generators())
    value = _knobs(rest, {species.knob.name}).get(species.knob.name, str(species.knob.default))
    seed = grid.seed(asked.seed) if asked.seed is not None else species.seed
    drawn = gallery.one(species, seed, grid.finite(value))
    text = "\n".join(gallery.readout(species, seed, grid.finite(value))) + "\n"
    data = {"json": drawn.json, "png": drawn.png, "text": text.encode()}[asked.format]
    if asked.output is not None:
        asked.output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    return DONE


def _check(asked: argparse.Namespace, rest: Sequence[str]) -> int:
    from zoo import check  # noqa: PLC0415

    _knobs(rest, ())
    for line in check.all_of(HERE / "golden", asked.output):
        print(line)
    return DONE


def _knobs(rest: Sequence[str], known: object) -> dict[str, str]:
    """Give the values of `--name value` and `--name=value` by name; UsageError for a name that is no knob."""
    from zoo.errors import UsageError, nearest  # noqa: PLC0415

    names: list[str] = sorted(known)  # type: ignore[call-overload]
    found: dict[str, str] = {}
    words = iter(rest)
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or name not in names:
            raise UsageError(f"unknown argument {word}{nearest(name, names) if names else ''}")
        given = value if equals else next(words, None)
        if given is None:
            raise UsageError(f"{word}: expected a value after it")
        found[name] = given
    return found


def _positive(option: str, count: int) -> int:
    from zoo.errors import UsageError  # noqa: PLC0415

    if count < 1:
        raise UsageError(f"{option}: {count} is not a number of processes, expected 1 or more")
    return count


def _progress() -> Callable[[int, int], None]:
    """Give a bar that draws itself on a terminal and is silent elsewhere."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None

    def draw(done: int, total: int) -> None:
        filled = 40 * done // max(total, 1)
        end = "\r\033[K" if done >= total else ""
        print(
            f"\r{'█' * filled}{'░' * (40 - filled)} {done:,} of {total:,} galleries{end}",
            end="",
            file=sys.stderr,
            flush=True,
        )

    return draw


COMMANDS = {"build": _build, "sample": _sample, "check": _check}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
