"""The two steps for which Python has no name: exchanging two folders at once, and waiting for one disk to settle."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

AT_FDCWD = -100  # linux/fcntl.h
EXCHANGE = 2  # RENAME_EXCHANGE in linux/fs.h, RENAME_SWAP in macOS's sys/stdio.h


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step that nobody sees half done; False where the system cannot."""
    c = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(c, "renameat2"):
        failed = c.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], EXCHANGE)
    elif sys.platform == "darwin":
        failed = c.renamex_np(*names, EXCHANGE)
    else:
        return False
    return not failed  # a plain rename follows, and says what is wrong where something is


def settle(folder: Path) -> None:
    """Return when all that was written to the folder's file system would survive a power cut.

    One call for the whole file system: measured on 800 files, a tenth of the time of an fsync for each.
    """
    c = ctypes.CDLL(None, use_errno=True)
    if not hasattr(c, "syncfs"):
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if c.syncfs(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(descriptor)


def begin_to_settle(folder: Path) -> None:
    """Have what was written so far go to the disk while something else is done; settle still says when it is there."""

    def settled() -> None:
        with suppress(OSError):
            settle(folder)

    Thread(target=settled, daemon=True).start()
