"""Work spread over several processes, where there is enough of it to be worth their start."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
ENOUGH = 48  # pages; fewer are done before another process has started
MOST_AT_ONCE = 32  # pages handed to a process
RARELY = (300_000, 50, 100)  # thresholds of the collector
KEPT = 2**25 - 2**16  # bytes; glibc takes no larger block for a model


class Workers:
    """As many processes as asked for, started when there is first enough for them to do, and kept until the end."""

    def __init__(self, jobs: int, prepare: Callable[[], object] = lambda: None) -> None:
        """Take the number of processes, and what those that make pages shall find done; with one, all is done here."""
        self.jobs = jobs
        self._prepare: Callable[[], object] | None = prepare
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Give the workers; there is none yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them."""
        self.end()

    def end(self) -> None:
        """End the processes, with what they hold in memory; they start again if there is more to do."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def map(
        self, work: Callable[[Sequence[Item]], Iterable[Outcome]], items: Sequence[Item], *, enough: bool = False
    ) -> Iterator[Outcome]:
        """Give what the work makes of each item, in order, of many at once; enough tells that few are much already.

        The work begins when this is called.
        """
        if self.jobs == 1 or not (enough or len(items) >= ENOUGH):
            return chain.from_iterable(map(work, batched(items, MOST_AT_ONCE)))
        self.prepare()
        size = min(MOST_AT_ONCE, -(-len(items) // (4 * self.jobs)))
        return chain.from_iterable(self._started().map(work, batched(items, size)))

    def each(self, work: Callable[[Item], Outcome], items: Iterable[Item]) -> Iterator[Outcome]:
        """Give what the work makes of each item, in order, where each is much work: all begin before this returns."""
        return map(work, items) if self.jobs == 1 else self._started().map(work, items)

    def aside(self, work: Callable[[], Outcome]) -> Callable[[], Outcome]:
        """Have work done while others are, where there are others; what is given waits for its outcome."""
        if self._pool is None:
            return work
        return self._pool.submit(work).result

    def prepare(self) -> None:
        """Do what processes that start later shall find done, once; those that draw galleries alone need not wait."""
        prepare, self._prepare = self._prepare, None
        if prepare is not None:
            prepare()

    def _started(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 most builds need no other process

        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.jobs, initializer=calm)
        return self._pool


def calm() -> None:
    """Spare a process two kinds of tidying up that take a twentieth of its time each and bring next to nothing.

    Cycles of garbage are looked for more rarely: pages and galleries make hardly any. And once a large block was freed,
    glibc keeps others of up to that size for the next use, rather than handing their pages back after every batch.
    """
    gc.freeze()
    gc.set_threshold(*RARELY)
    bytes(KEPT)  # subtle: unlike a bytearray's, its pages are never touched


def batched(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Give items in batches of a size, the last as large as is left."""
    return [items[at : at + size] for at in range(0, len(items), max(size, 1))]
