"""Bounds: what is too large to be watched, told before it is built.

Anybody can write an address. What it asks for must leave the machine that serves the page as it was.
"""

from ...agents.errors import InputError
from ...agents.parameters import Parameters, name_of

__all__ = ["require_watchable"]

_NODES, _EDGES = 100_000, 250_000
_COUNT = 1_000_000  # of anything else: traders, levels, events
_FREE = ("seed", "keys", "max_steps")  # what costs nothing until it is reached


def require_watchable(parameters: Parameters) -> None:
    """Raise an InputError, with the way out, where a scenario or a part of one is too large to be watched.

    >>> from accord.models.networks import topologies
    >>> require_watchable(topologies.choose("complete(n=20000)"))
    Traceback (most recent call last):
    ...
    accord.agents.errors.InputError: complete(n=20000): edges=199,990,000 are more than the 250,000 that can be ...
    """
    size = getattr(parameters, "size", None)
    nodes, edges = size if isinstance(size, tuple) else (0, 0)
    counts = {field: getattr(parameters, field) for field in type(parameters).model_fields}
    counts = {field: each for field, each in counts.items() if type(each) is int and field not in _FREE}
    for name, count, limit in (
        ("nodes", nodes, _NODES),
        ("edges", edges, _EDGES),
        *((field, each, _COUNT) for field, each in counts.items()),
    ):
        if count > limit:
            told = str(parameters) if size else name_of(type(parameters))
            raise InputError(
                f"{told}: {name}={count:,.0f} are more than the {limit:,} that can be watched; "
                "choose less, or make the run without a page: accord sweep"
            )
