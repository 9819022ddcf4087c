"""Every wrong port of the museum is caught where it says, and the museum itself can fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "golden"))

import run_museum  # noqa: E402
from museum.piece import PIECES, Piece  # noqa: E402


def test_every_piece_is_caught_where_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Each fails first at its own stage, by its own vector; the published list is that of this run."""
    assert run_museum.main(["--check"]) == 0, capsys.readouterr().err


def test_there_is_one_for_every_stage() -> None:
    """No stage of any species is without a port that goes wrong there first."""
    for name in {piece.species for piece in PIECES.values()}:
        stages = {stage.name for stage in run_museum.suite_of(name).stages}
        missing = stages - {piece.stage for piece in PIECES.values() if piece.species == name}
        assert missing <= {"prng", "latent"}, f"{name}: nothing in the museum for {missing}"  # shared by all species


@pytest.mark.parametrize("vector", ["mdg-seed-0001", "mdg-blend-0002", "mdg-gallery-0001"])
def test_the_museum_can_fail(vector: str) -> None:
    """A piece is not caught where it says if its vector passes, or if its stage is not the first to fail."""
    right = PIECES["mdg-blend-negative-zero"]
    piece = Piece(right.id, right.species, vector, right.fault, right.spoil)
    assert isinstance(run_museum.attempt(piece), run_museum.Escaped)
