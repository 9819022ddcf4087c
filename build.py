"""The zoo's command line: build, sample and check. The one place that prints."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
DONE, FAILED, USAGE = 0, 1, 2


def main(args: Sequence[str]) -> int:
    """Run one command; give 0 when done, 1 when the content or a check failed, 2 for a wrong call."""
    try:
        asked = _parser().parse_args(_with_command(args))
    except SystemExit as stop:
        return int(stop.code or 0)
    from zoo.errors import ZooError  # noqa: PLC0415 --help need not wait for NumPy

    try:
        return int(asked.run(asked))
    except ZooError as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; say no more
        return FAILED


def _with_command(args: Sequence[str]) -> Sequence[str]:
    first = next((arg for arg in args if not arg.startswith("-")), None)
    return args if first in COMMANDS or {"-h", "--help"} & set(args) else ["build", *args]
