"""Stop whoever leads.

**Lie.** None: nobody is a traitor at first. While the budget lasts, a party that begins to lead is chosen; `at` some
round of its reign it stops, in the very step that made it a leader if that is 0. After `recover` it comes back, and
what it `loses` is told by `crash`. Whenever it leads again it falls again.
**Effect.** Each fall costs an election or a change of view, and what was under way between. A leader that falls at
once is one that nobody ever heard of. Where nobody leads nothing happens.
**Names.** Crash and restart of leaders, leader assassination, primary failure; an adaptive adversary.

References
----------
.. [1] S. Cohen, R. Gelashvili, L. Kokoris-Kogias, Z. Li, D. Malkhi, A. Sonnino, A. Spiegelman, "Be aware of your
       leaders", Financial Cryptography 2022, LNCS 13411, 279-295, doi:10.1007/978-3-031-18283-9_13 (what leaders that
       crash cost, turn by turn).
"""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from ..machine import Effect, Lead, Step, Timer
from ..outage import Falling, Life, Outage
from ..puppet import Puppet, Role

__all__ = ["Hunting"]


class Hunting(Outage):
    """Stop leaders."""

    at: float = Field(0.0, ge=0, description="rounds of a leader's reign until it stops")

    @property
    def adaptive(self) -> bool:
        """Always."""
        return True

    def tempted(self, node: int, n: int, effects: Sequence[Effect], corrupted: tuple[int, ...]) -> bool:
        """Return whether it is about to lead."""
        return any(isinstance(effect, Lead) for effect in effects)

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that stops when it leads."""
        return _Hunted(role, self)


class _Hunted(Falling):
    def __init__(self, role: Role, conduct: Hunting) -> None:
        super().__init__(role, conduct)
        self.at = conduct.at

    def rewrite(self, memory: Life, effects: Sequence[Effect]) -> Step:
        if not any(isinstance(effect, Lead) for effect in effects):
            return super().rewrite(memory, effects)
        life, later = (memory, (Timer(self.own("crash"), self.at),)) if self.at else self.struck(memory)
        life, left = super().rewrite(life, effects)
        return life, (*left, *later)

    def rang(self, memory: Life, name: Any) -> Step:
        return self.struck(memory)
