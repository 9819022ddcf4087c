"""Files in columns are the files that were added, however they were."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from zoo.placed import Files, Placed

STAMPS = st.tuples(st.integers(0, 2**63), st.integers(0, 2**40), st.integers(1, 2**63))
PLACED = st.builds(Placed, st.text(min_size=1), st.binary(min_size=32, max_size=32).map(bytes.hex), STAMPS | st.none())
LISTS = st.lists(PLACED, unique_by=lambda file: file.name)


@given(LISTS)
def test_what_was_added(placed: list[Placed]) -> None:
    """All at once, one by one, or with another's, and after a journey to another process."""
    single = Files()
    for file in placed:
        single += [file]
    both = Files(placed[:2])
    both += Files(placed[2:])
    for files in (Files(placed), Files(iter(placed)), single, both, pickle.loads(pickle.dumps(single))):  # noqa: S301
        assert list(files) == placed
        assert files.digests == {file.name: file.digest for file in placed}
        assert files.fresh == {file.name: file.fresh for file in placed if file.written}
