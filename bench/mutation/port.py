"""A mutant of the adapter as a program: python -m bench.mutation.port FILE runs the text in FILE as its main module."""

import sys
from pathlib import Path

if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    exec(compile(text, "generator/__main__.py", "exec"), {"__name__": "__main__"})  # noqa: S102 it is our own
