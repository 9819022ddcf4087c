"""The command line: what may be asked for, and which exit code comes of it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from conformance import show, validate
from conformance.commands import WRITERS, chosen, fuzz, run, show_lines
from conformance.errors import Breach, SuiteError
from conformance.suite import load, names


class Parser(argparse.ArgumentParser):
    """Usage errors go the way of all suite errors."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Raise it; printing is main's business."""
        raise SuiteError(f"{message}\n{self.format_usage().rstrip()}")


def parser() -> Parser:
    """All commands."""
    top = Parser(prog="conform.py", description="Checks a port of a zoo species, stage by stage and bit by bit.")
    commands = top.add_subparsers(dest="command", required=True, parser_class=Parser)
    add_run(commands.add_parser("run", help="check an adapter: run [options] -- COMMAND…"))
    add_fuzz(commands.add_parser("fuzz", help="fresh cases from the reference: fuzz --count N --seed S -- COMMAND…"))
    for name, about in (("list", "the vectors"), ("export", "the vectors as JSON Lines")):
        select(commands.add_parser(name, help=about))
    commands.add_parser("explain", help="why a vector exists").add_argument("id")
    repro = commands.add_parser("repro", help="a shell line that replays one request: repro ID [-- COMMAND…]")
    repro.add_argument("id")
    commands.add_parser("validate", help="is the suite itself in order")
    return top


def select(command: argparse.ArgumentParser) -> None:
    """Which suites and stages."""
    command.add_argument("--suite", action="append", choices=names(), help="this species only; may be repeated")
    command.add_argument("--stage", action="append", help="this stage only; may be repeated")


def limits(command: argparse.ArgumentParser) -> None:
    """Seed, profile and patience."""
    command.add_argument("--profile", choices=("exact", "native-exp"), default="exact")
    command.add_argument("--seed", type=int, help="of the order and the tokens; printed, so that a run can be repeated")
    command.add_argument("--timeout", type=seconds, default=10.0, help="seconds an answer may take (10)")
    command.add_argument("--hello-timeout", type=seconds, default=30.0, help="seconds hello may take (30)")


def seconds(given: str) -> float:
    """Give a positive number of seconds."""
    if not 0 < float(given) < 1e6:
        raise ValueError
    return float(given)


def add_run(command: argparse.ArgumentParser) -> None:
    """Give the options of run."""
    select(command)
    limits(command)
    command.add_argument("--id", action="append", help="this vector only; may be repeated")
    command.add_argument("--known-failures", type=Path, help="ids that may fail, one a line; strict")
    for name in WRITERS:
        command.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"write a {name} report there (- is stdout)")
    command.add_argument("--github", action="store_true", help="annotations, and a summary where GitHub wants it")


def add_fuzz(command: argparse.ArgumentParser) -> None:
    """Give the options of fuzz."""
    select(command)
    limits(command)
    command.add_argument("--count", type=int, default=1000)


def obey(options: argparse.Namespace, command: Sequence[str]) -> int:
    """Do what was asked."""
    if options.command in ("run", "fuzz") and not command:
        raise SuiteError(f"{options.command} needs an adapter: {options.command} [options] -- COMMAND…")
    match options.command:
        case "run":
            return run(options, command)
        case "fuzz":
            return fuzz(options, command)
        case "list":
            show_lines(show.listing(*chosen(options)))
        case "export":
            show_lines(show.export(*chosen(options)))
        case "explain":
            show_lines(show.explain(options.id))
        case "repro":
            show_lines([show.repro(options.id, command)])
        case _:
            return validated()
    return 0


def validated() -> int:
    """2 if the suite is at fault, with every reason."""
    wrong = list(validate.everything())
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    if not wrong:
        show_lines([f"{sum(len(load(name).vectors) for name in names())} vectors in order"])
    return 2 if wrong else 0


def main(args: Sequence[str]) -> int:
    """Exit code 0 conforms, 1 does not, 2 usage or suite error, 3 the adapter broke the protocol."""
    at = args.index("--") if "--" in args else len(args)
    try:
        return obey(parser().parse_args(args[:at]), args[at + 1 :])
    except SuiteError as error:
        sys.stderr.write(f"conform.py: {error}\n")
        return 2
    except Breach as breach:
        sys.stderr.write(f"conform.py: the adapter broke the protocol: {breach}\n")
        return 3
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
