"""Corrupt whoever begins to speak to most.

**Lie.** Nobody is a traitor at first. While the budget lasts, any party that is about to send to more than a `share` of
the others is taken over at that very moment, and does as the inner `conduct` says from then on: what it was about to
send is already rewritten.
**Effect.** Those who speak first fall first: senders, coordinators, leaders and kings as their turn comes. Protocols
that hide who comes next, or let everybody speak at once, lose nothing by it.
**Names.** Adaptive adversary, rushing corruption, dynamic corruption; with after-the-fact removal, "strongly rushing".

References
----------
.. [1] I. Abraham, T.-H. H. Chan, D. Dolev, K. Nayak, R. Pass, L. Ren, E. Shi, "Communication complexity of Byzantine
       agreement, revisited", PODC 2019, arXiv:1805.03391 (adaptive adversaries, after-the-fact removal).
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from ..machine import Effect, Send
from ..protocols import Faults
from ..puppet import Puppet, Role
from . import Conduct, conducts

__all__ = ["Adaptive"]


class Adaptive(Conduct):
    """Corrupt as the run goes."""

    conduct: Annotated[Conduct, *conducts.choice] = conducts.option(
        "equivocating", "what a party does once it is corrupted"
    )
    share: float = Field(
        0.5, ge=0, lt=1, description="share of the others; whoever speaks to more is taken over"
    )

    @property
    def faults(self) -> Faults:
        """Those of the inner conduct."""
        return self.conduct.faults

    @property
    def adaptive(self) -> bool:
        """Always."""
        return True

    def tempted(self, node: int, n: int, effects: Sequence[Effect], corrupted: tuple[int, ...]) -> bool:
        """Return whether it is about to send to so many."""
        sent = (effect for effect in effects if isinstance(effect, Send))
        to = {each.message.addressee(hop) for each in sent for hop in each.to if hop != node}
        return len(to) > self.share * (n - 1)

    def puppet(self, role: Role) -> Puppet:
        """Return the inner conduct's."""
        return self.conduct.puppet(role)

    def check(self, *, opinions: bool, n: int | None = None) -> None:
        """Check the inner conduct, too."""
        super().check(opinions=opinions, n=n)
        self.conduct.check(opinions=opinions, n=n)
