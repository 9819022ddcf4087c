"""Compiled templates, kept beside them as Python keeps compiled modules: to compile takes as long as twenty pages."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError

from jinja2.bccache import Bucket, BytecodeCache

FOLDER = "__pycache__"


class Compiled(BytecodeCache):
    """What was compiled of the templates in a folder; each counts for the very text that it was compiled from."""

    def __init__(self, templates: Path) -> None:
        """Begin with what is there."""
        self._folder = templates / FOLDER

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept, if it can be read."""
        with suppress(OSError, ValueError, EOFError, UnpicklingError), self._place(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if Python may keep such things here."""
        if sys.dont_write_bytecode:
            return
        place = self._place(bucket)
        new = place.with_name(f"{place.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            new.write_bytes(bucket.bytecode_to_string())
            new.replace(place)

    def _place(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{sys.implementation.cache_tag}.jinja"
