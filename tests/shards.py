"""A small archive of shards, and how tests look at one."""

from __future__ import annotations

import json
from pathlib import Path

import build
from zoo.shards import orders, plan

ROOT = Path(__file__).parent.parent
KNOBS = "0.5,0.75"
SMALL = ("shards", "mini-digits", "--seeds", "0:1500", "--temperatures", KNOBS)
SHARDS = 6


def built(*words: object) -> int:
    """Run a command of build.py here."""
    return build.main([str(word) for word in words])


def root_of(folder: Path) -> str:
    """Give the Merkle root a manifest states."""
    return str(json.loads((folder / "manifest.json").read_bytes())["merkle_root"])


def files(folder: Path) -> dict[str, bytes]:
    """Give every file of an archive."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def small_plan() -> plan.Plan:
    """Give the plan of the small archive."""
    return orders.order("mini-digits", SMALL[3], {"temperatures": KNOBS}, None).plan
