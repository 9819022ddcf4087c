#!/usr/bin/env python3
"""The conformance runner: python golden/conform.py run -- COMMAND… (README.md)."""

import sys

from conformance.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
