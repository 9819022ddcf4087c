"""Processes are started for what is worth it, and find done what they need."""

from __future__ import annotations

from collections.abc import Sequence

from zoo.workers import ENOUGH, Workers


def doubled(numbers: Sequence[int]) -> list[int]:
    """Give each number twice over."""
    return [2 * number for number in numbers]


def test_pages_find_all_prepared_and_galleries_do_not_wait() -> None:
    """What is prepared is so once, before pages are handed to a process, and not for galleries."""
    done: list[str] = []
    with Workers(2, lambda: done.append("prepared")) as workers:
        assert list(workers.each(abs, [-1, 2])) == [1, 2]
        assert done == []
        for _ in range(2):
            assert list(workers.map(doubled, range(ENOUGH))) == list(range(0, 2 * ENOUGH, 2))
        assert done == ["prepared"]


def test_one_process_prepares_nothing() -> None:
    """With one process all is done in this one, as it comes."""
    done: list[str] = []
    with Workers(1, lambda: done.append("prepared")) as workers:
        assert list(workers.map(doubled, range(ENOUGH))) == list(range(0, 2 * ENOUGH, 2))
        assert list(workers.each(abs, [-1])) == [1]
    assert done == []
