"""Work spread over several processes, where there is enough of it to be worth their start."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
ENOUGH = 48  # pages; fewer are done before another process has started
MOST_AT_ONCE = 32  # pages handed to a process


class Workers:
    """As many processes as asked for, started when there is first enough for them to do, and kept until the end."""

    def __init__(self, jobs: int) -> None:
        """Take the number of processes; with one, all is done in this one."""
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Give the workers; there is none yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, work: Callable[[Item], Outcome], items: Sequence[Item], *, enough: bool = False) -> Iterator[Outcome]:
        """Give what the work makes of each item, in order; enough tells that few items are much work."""
        if self.jobs == 1 or not (enough or len(items) >= ENOUGH):
            return map(work, items)
        return self._started().map(work, items, chunksize=min(MOST_AT_ONCE, -(-len(items) // (4 * self.jobs))))

    def _started(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 most builds need no other process

        self._pool = self._pool or ProcessPoolExecutor(self.jobs, initializer=_calm)
        return self._pool


def _calm() -> None:
    """Look for cycles of garbage more rarely: pages make hardly any, and looking takes a twentieth of the time."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)
