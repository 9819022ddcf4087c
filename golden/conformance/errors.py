"""What can go wrong, by whose fault it is."""

from __future__ import annotations


class SuiteError(Exception):
    """The suite or its use is at fault (exit 2)."""


class Breach(Exception):  # noqa: N818 - a word of PROTOCOL.md
    """The adapter broke the protocol: crash, timeout, a line that is no response (exit 3)."""
