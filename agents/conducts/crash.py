"""Stop, perhaps in the middle of a broadcast, and perhaps come back, once or again and again, all at once or in turn.

**Lie.** None: the party does as it should until `at`, and then nothing. Where `reach` is above 0 it falls only when it
next speaks: of all that it sends in that step, that share still goes out, in the order in which it is sent. After
`recover` it comes back. Messages that came meanwhile are lost, and timers that were due go off then. If it `loses` its
memory it remembers nothing but what it persisted, and no timer of its former life goes off; if it loses its disk it
remembers nothing at all. With `stagger` traitors fall one after the other, in order of their ids, and with `every` each
falls again after that time.
**Effect.** Some hear its last words and others do not, which is what makes f + 1 rounds necessary [1]_. A protocol that
waits for everybody waits for ever. Where those that come back have lost nothing that counts, it matters only how many
are down at once, and all may restart in their turn; who lost its disk does not stand by what it said before.
**Names.** Crash-stop, fail-stop, crash-recovery, omission of what came meanwhile; partial broadcast; rolling restart;
amnesia, lost disk, wiped node.

References
----------
.. [1] M. K. Aguilera, S. Toueg, "A simple bivalency proof that t-resilient consensus requires t + 1 rounds",
       Information Processing Letters 71 (1999).
.. [2] C. Cachin, R. Guerraoui, L. Rodrigues, "Introduction to Reliable and Secure Distributed Programming",
       2nd ed., Springer 2011, doi:10.1007/978-3-642-15260-3, chapter 2 (crashes, omissions, crashes with recoveries).
"""

from math import inf
from typing import Any

from pydantic import Field, model_validator

from ..errors import InputError
from ..machine import Step, Timer
from ..outage import Falling, Life, Outage
from ..puppet import Puppet, Role

__all__ = ["Crash"]

_DIGITS = 9  # 0.1 + 0.2 is as late as 0.3


class Crash(Outage):
    """Stop at a time."""

    at: float = Field(
        1.0, ge=0, description="rounds until it stops; one that stops at 0 falls in its first step"
    )
    reach: float = Field(
        0.0, ge=0, le=1, description="share of what it sends next that still goes out; 0: it stops at once"
    )
    stagger: float = Field(0.0, ge=0, description="rounds from one traitor's crash to the next one's")
    every: float | None = Field(
        None, gt=0, description="rounds from one crash of a traitor to its next; by default there is none"
    )

    @model_validator(mode="after")
    def _falls_again(self) -> "Crash":
        if self.every is not None and self.every <= (self.recover or inf):
            raise InputError(
                f"every={self.every:g}: who falls again must have come back before; "
                + ("give recover=..." if self.recover is None else f"use every > recover={self.recover:g}")
            )
        return self

    def at_once(self, traitors: int) -> int:
        """Return how many are down at the same time at most, those that come back that very moment included."""
        rise, period = self.recover, self.every
        if rise is None or self.reach > 0:  # nobody knows when it will next speak, and fall
            return traitors

        def are_together(one: int, other: int) -> bool:
            """Return whether one party is down when another one falls."""
            since = round((other - one) * self.stagger, _DIGITS)
            if period is not None:
                since = round(since % period, _DIGITS) % period
            return 0 <= since <= rise

        others = range(traitors)
        return max((sum(are_together(one, other) for one in others) for other in others), default=0)

    @property
    def passes(self) -> bool:
        """Whether all have come back for good at last."""
        return self.recover is not None and self.every is None

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that stops."""
        return _Crash(role, self)


class _Crash(Falling):
    def __init__(self, role: Role, conduct: Crash) -> None:
        super().__init__(role, conduct, conduct.reach)
        self.every = conduct.every
        self.begins = conduct.at + role.coalition.index(role.seat.node) * conduct.stagger

    def first(self, kept: Any) -> Step:
        life, _ = super().first(kept)
        return (life, (Timer(self.own("crash"), self.begins),)) if self.begins else self.rang(life, "crash")

    def rang(self, memory: Life, name: Any) -> Step:
        life, later = self.struck(memory)
        return life, later if self.every is None else (*later, Timer(self.own("crash"), self.every))
