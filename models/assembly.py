"""Assembly: the countries of one run, what they want, and the deal that is put to their vote."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from ..agents.abstaining import Abstaining
from ..agents.errors import InputError
from ..agents.machine import Machine, Seat, Value
from ..agents.parameters import name_of
from ..agents.protocols import protocols
from .bargain import Bargain
from .council import Council
from .networks.built import build
from .networks.network import Network
from .seeds import Purpose, Seed

__all__ = ["Assembly", "Drafting"]

Drafting = Literal["passable", "selfish", "utilitarian"]


@dataclass(frozen=True)
class Assembly(Council):
    """The parties of a run before it starts; the first one is the proposer.

    Parameters
    ----------
    bargain
        What is negotiated about, and what it is worth to each party; None only until it is drawn.
    needed
        Votes that carry a deal.
    drafts
        Deals by the number under which messages speak of them: 0 is what the proposer draws up, 1 the runner-up.
    """

    bargain: Bargain | None = None
    needed: int = 0
    drafts: tuple[int, ...] = ()

    @classmethod
    def of(cls, scenario: Any, seed: Seed) -> Self:
        """Return the assembly of a run.

        Raises
        ------
        InputError
            If the scenario cannot be played on the network, the protocol takes no votes, or the domain has not as many
            parties as the network has nodes.
        """
        assembly = super().of(scenario, seed)
        n, protocol = assembly.network.n, scenario.protocol
        needed = protocol.needed(n, scenario.borne)
        if needed is None:
            suited = ", ".join(name for name, kind in protocols.items() if kind().needed(n, 0) is not None)
            raise InputError(
                f"protocol={protocol}: {name_of(type(protocol))} takes no votes; use one of {suited}"
            )
        bargain = build(scenario.domain, seed.stream(Purpose.INITIAL))
        parties = len(bargain.profiles)
        if parties != n:
            raise InputError(
                f"domain={scenario.domain}: {parties} parties, but {assembly.network.name} has {n} nodes; use a "
                f"network of {parties} nodes, or a domain of {n} parties, such as 'random(parties={n})'"
            )
        return replace(
            assembly, bargain=bargain, needed=needed, drafts=_drafts(bargain, needed, scenario.draft)
        )

    @staticmethod
    def put_in(scenario: Any, network: Network, seed: Seed) -> tuple[Value, ...]:
        """Return the number of the proposer's draft, which nobody else puts in."""
        return (0,) * network.n

    @cached_property
    def surplus(self) -> NDArray[np.float64]:
        """What each draft is worth to each party beyond its reservation value, (drafts, n)."""
        assert self.bargain is not None
        worth: NDArray[np.float64] = self.bargain.utilities[list(self.drafts)] - self.bargain.disagreement
        return worth

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party, which votes for no draft worth less to it than no deal."""
        approved = np.flatnonzero(self.surplus[:, seat.node] >= 0).tolist()
        return Abstaining(super().machine(seat), frozenset(approved))


_Table = NDArray[np.float64]
_RANKS: Mapping[str, Callable[[_Table, NDArray[np.bool_], int], tuple[NDArray[Any], ...]]] = {
    # what counts most comes first; its own utility decides between equals
    "selfish": lambda worth, accepted, needed: (worth[:, 0],),
    "passable": lambda worth, accepted, needed: (
        accepted[:, 0],
        np.minimum(accepted.sum(axis=1), needed),
        worth[:, 0],
    ),
    "utilitarian": lambda worth, accepted, needed: (worth.sum(axis=1), worth[:, 0]),
}


def _drafts(bargain: Bargain, needed: int, drafting: str) -> tuple[int, ...]:
    """Return the deal that the proposer draws up and the runner-up, if there is one; of equals the lowest numbers."""
    worth = bargain.utilities
    keys = _RANKS[drafting](worth, worth >= bargain.disagreement, needed)
    order = np.lexsort([-key.astype(float) for key in reversed(keys)])  # the last key counts most
    return tuple(order[:2].tolist())
