"""What the command line takes: the commands, and the options of each."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from zoo import HOUSE

KNOBS = "and --temperatures, --energies, … for each kind of knob: decimals and ranges such as 0.35:1.5:0.05"


class _Parser(argparse.ArgumentParser):
    """Refuses `--jobs=--`, of which argparse before 3.12.7 makes an empty list."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        for option, _, value in (word.partition("=") for word in args):
            if option.startswith("--") and value == "--":
                self.error(f"argument {option}: '--' is no value")
        return super().parse_known_args(args, namespace)


def parser() -> argparse.ArgumentParser:
    """Give the parser of the whole command line; knobs, which only the species know, are left over."""
    made = _Parser(
        prog="build.py", description="Build the zoo, draw one gallery, check a built site.", allow_abbrev=False
    )
    commands = made.add_subparsers(dest="command", metavar="COMMAND")
    for name, (about, epilog, add) in COMMANDS.items():
        add(commands.add_parser(name, help=about, epilog=epilog, allow_abbrev=False))
    return made


def _add_paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--content", type=Path, default=HOUSE / "content", metavar="DIR", help="the pages to build from"
    )
    _add_output(command)


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--output", type=Path, default=HOUSE / "site", metavar="DIR", help="the built site")


def _add_jobs(command: argparse.ArgumentParser) -> None:
    command.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes for large grids")


def _add_build(command: argparse.ArgumentParser) -> None:
    _add_paths(command)
    command.add_argument("--base-url", metavar="URL", help="where the site will live, for canonical links")
    command.add_argument("--seeds", metavar="LIST", help="seeds and half-open ranges for every exhibit: 0:100,1337")
    _add_jobs(command)
    command.add_argument("--drafts", action="store_true", help="publish exhibits marked draft: true")
    command.add_argument("--strict", action="store_true", help="let a warning fail the build")
    command.add_argument("--force", action="store_true", help="make all anew, also in a folder with other files in it")
    command.add_argument("--yes", action="store_true", help="consent to a very large grid")
    command.add_argument("--format", choices=("text", "json", "github"), default="text", help="how mistakes are told")


def _add_sample(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", help="a generator, such as mini-digits")
    command.add_argument("--seed", metavar="N", help="a seed from 0 to 4294967295")
    command.add_argument("--format", choices=("json", "png", "text"), default="text")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file instead")


def _add_archive(command: argparse.ArgumentParser) -> None:
    _add_build(command)
    command.add_argument("-o", type=Path, dest="file", metavar="FILE", help="the archive (default: beside the site)")
    command.add_argument("--exhibit", metavar="SLUG", help="pack one exhibit alone, such as mini-digits")


def _add_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="an archive, a shard, or a folder of shards")
    command.add_argument(
        "--again", default="8", metavar="N", help="shards of a folder to draw again (all: each of them)"
    )
    _add_jobs(command)


def _add_shards(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", help="a generator, such as mini-digits")
    command.add_argument(
        "--seeds", required=True, metavar="LIST", help="seeds and half-open ranges: 0:1000000,4294967295"
    )
    command.add_argument(
        "--output", type=Path, required=True, metavar="DIR", help="where the shards and their manifest go"
    )
    _add_jobs(command)
    command.add_argument("--scheduler", metavar="URL", help="draw on the workers of a Dask scheduler: tcp://host:8786")
    command.add_argument(
        "--shard", metavar="I/N", help="draw the I-th of N equal parts alone, for merge to put together"
    )


def _add_merge(command: argparse.ArgumentParser) -> None:
    command.add_argument("output", type=Path, metavar="DIR", help="where the shards and their manifest go")
    command.add_argument(
        "parts", type=Path, nargs="*", metavar="PART", help="folders that hold parts (default: DIR does)"
    )


def _add_serve(command: argparse.ArgumentParser) -> None:
    _add_build(command)
    command.add_argument(
        "--port", type=int, default=8000, metavar="N", help="the port on loopback (0: any that is free)"
    )


def _add_new(command: argparse.ArgumentParser) -> None:
    command.add_argument("slug", help="the page's name, such as soft-stripes")
    command.add_argument("--generator", metavar="NAME", help="its generator (default: the first)")
    command.add_argument(
        "--content", type=Path, default=HOUSE / "content", metavar="DIR", help="the folder to write to"
    )


COMMANDS: dict[str, tuple[str, str | None, Callable[[argparse.ArgumentParser], None]]] = {
    "build": ("build the site (the command when none is named)", KNOBS, _add_build),
    "sample": (
        "write one gallery to standard output",
        "The knob's value: --temperature 0.75, --energy 1.00, …",
        _add_sample,
    ),
    "check": ("check the goldens, the site against its grids, and its links", None, _add_output),
    "archive": (
        "build the site and pack it, with all it takes to compute it again, into one file",
        KNOBS,
        _add_archive,
    ),
    "verify": ("prove an archive: every byte of it, and every picture computed again", None, _add_verify),
    "shards": (
        "draw galleries by the million, 256 seeds a file",
        KNOBS,
        _add_shards,
    ),
    "merge": ("put the parts that `shards --shard I/N` drew together", None, _add_merge),
    "serve": ("build, show the site on this machine, and build anew after every change", KNOBS, _add_serve),
    "new": ("start an exhibit: write a valid page for it", None, _add_new),
    "clean": ("remove what builds made, and nothing else", None, _add_output),
}


def parsed(args: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Give what is asked for, and the words left over; SystemExit where it can't be told. No command means build."""
    named = bool(args) and (not args[0].startswith("-") or args[0] in ("-h", "--help"))
    return parser().parse_known_args(list(args) if named else ["build", *args])


def build_of(asked: argparse.Namespace, rest: Sequence[str]) -> list[str]:
    """Give the words of the build that `serve`, asked in this way, repeats."""
    given = {"--content": asked.content, "--output": asked.output, "--base-url": asked.base_url, "--seeds": asked.seeds}
    flags = [f"--{flag}" for flag in ("drafts", "strict", "force", "yes") if getattr(asked, flag)]
    words = [str(word) for name, value in given.items() if value is not None for word in (name, value)]
    return ["build", *words, *flags, f"--jobs={asked.jobs}", *rest]


def knobs(rest: Sequence[str], known: Collection[str] | None = None) -> dict[str, str]:
    """Give the values of `--name value` and `--name=value` by name; UsageError for a name that is not known."""
    from zoo.errors import UsageError, nearest  # noqa: PLC0415

    found: dict[str, str] = {}
    words = iter(rest)
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or (known is not None and name not in known):
            raise UsageError(f"unknown argument {word}{nearest(name, known) if known else ''}")
        given = value if equals else next(words, None)
        if given is None:
            raise UsageError(f"{word}: expected a value after it")
        found[name] = given
    return found


def positive(option: str, count: int) -> int:
    """Give a number of processes; UsageError below one."""
    from zoo.errors import UsageError  # noqa: PLC0415

    if count < 1:
        raise UsageError(f"{option}: {count} is not a number of processes, expected 1 or more")
    return count


def count(option: str, text: str) -> int:
    """Give a count that was typed; UsageError for what is none."""
    from zoo.errors import UsageError  # noqa: PLC0415

    if not (text.isascii() and text.isdecimal()):
        raise UsageError(f"{option}: {text!r} is not a number, expected 0 or more, or all")
    return int(text)
