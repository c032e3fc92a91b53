"""Linearizability: histories of clients of a store, judged; operations a second.

Half of the operations are reads. Each takes effect at some moment between its ends, so the histories are linearizable;
in the last one every tenth read is of the value before, until it is too late for that.
"""

from collections.abc import Callable, Iterator
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from accord.models.consistency import durable, regular
from accord.models.histories import Access, Operation
from accord.models.linearizability import linearizable
from accord.models.verdict import Status

REPEATS = 9


def measure() -> Iterator[str]:
    """Yield the rates."""
    for size, clients, keys in (
        (1_000, 5, 10),
        (1_000, 5, 1),
        (1_000, 20, 1),
        (1_000, 50, 1),
        (100_000, 5, 10),
    ):
        history = _history(size, clients, keys)
        told = f"{size:,} operations by {clients} clients on {keys} {'keys' if keys > 1 else 'key'}"
        yield _timed(told, linearizable, history, Status.HELD)
        if size > 1_000:
            yield _timed(f"{told}: regular", regular, history, Status.HELD)
            yield _timed(f"{told}: durable", durable, history, Status.HELD)
    yield _timed(
        "1,000 by 5 on 10, some stale", linearizable, _history(1_000, 5, 10, stale=0.1), Status.VIOLATED
    )


def _timed(told: str, judge: Callable[..., Any], history: list[Operation], expected: Status) -> str:
    times = []
    for _ in range(REPEATS if len(history) <= 1_000 else 3):
        start = perf_counter()
        found = judge(history)
        times.append(perf_counter() - start)
        assert found.status is expected
    seconds = median(times)
    window = f", shown by {len(found.operations)} of them" if found.operations else ""
    return f"{told}: {seconds * 1e3:,.1f} ms, {len(history) / seconds:,.0f} a second, {found.status}{window}"


def _history(size: int, clients: int, keys: int, stale: float = 0.0) -> list[Operation]:
    luck = Random(1)  # noqa: S311
    free = [0.0] * clients
    asked = []
    for place in range(size):
        client = place % clients
        invoked = free[client] + luck.random()
        returned = free[client] = invoked + luck.uniform(1, 10)
        asked.append((luck.uniform(invoked, returned), client, invoked, returned, luck.randrange(keys)))
    now: dict[int, Any] = {}
    before: dict[int, Any] = {}
    history = []
    for place, (_, client, invoked, returned, key) in enumerate(sorted(asked)):
        times = {"invoked": invoked, "returned": returned}
        if luck.random() < 0.5:
            before[key], now[key] = now.get(key), place
            history.append(Operation(client, Access.WRITE, key, value=place, **times))
        else:
            seen = before if luck.random() < stale else now
            history.append(Operation(client, Access.READ, key, result=seen.get(key), **times))
    return history
