"""Conducts: how a traitor departs from its rule or its protocol, one lie a file.

A traitor is any party with a conduct. Where parties quote opinions it hears and updates as the rule says; what it
*quotes* to each neighbour is the conduct's. Where they send messages it runs the honest machine inside a *puppet*,
which rewrites what the machine wants done. Where they deal with each other, a conduct says what they *claim* that
things are worth to them, what prices they *quote* to whom, and whether they *honour* what they signed. Many a lie is
told in several ways, some in one. Conducts do not know rules, protocols, tactics or institutions, and those do not know
conducts.
"""

from abc import ABC
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..catalogue import Catalogue
from ..errors import InputError
from ..machine import Effect
from ..parameters import Parameters, name_of
from ..protocols import Faults
from ..puppet import Puppet, Role

__all__ = ["Claims", "Conduct", "Joined", "View", "conducts"]

Values = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """What traitors see before they speak: everything, the honest opinions of this step included.

    Each array has one entry for every pair of a traitor and an honest neighbour of its, in any number of
    runs side by side; so a conduct is arithmetic on arrays of one shape, and never loops.

    Parameters
    ----------
    step
        The step that is about to be made, from 1.
    own
        The opinion that the traitor would quote if it were honest.
    opening
        The traitor's first opinion.
    listener
        The opinion of the neighbour that it speaks to.
    low, high
        The least and greatest first opinion of the run's honest parties: the hull.
    honest_low, honest_high
        The least and greatest opinion of the honest parties now.
    turn
        Which of the traitor's listeners this is, evenly spaced from 0 (the first) to 1 (the last).
    luck
        Uniform random numbers in [0, 1), new in every step; zeros unless the conduct `needs_luck`.
    """

    step: int
    own: Values
    opening: Values
    listener: Values
    low: Values
    high: Values
    honest_low: Values
    honest_high: Values
    turn: Values
    luck: Values

    @property
    def width(self) -> Values:
        """The hull's width, or 1 where it is a point: the yardstick of a lie."""
        width = self.high - self.low
        return np.where(width > 0, width, 1.0)


@dataclass(frozen=True)
class Claims:
    """What things are worth to the traitors of a run, before they say so to those with whom they deal.

    Each array has one entry for every value of every traitor: a unit that it would buy or sell, an outcome, a marginal
    cost. All traitors of the run are together, as they may have one mind.

    Parameters
    ----------
    truth
        What it is worth to the traitor, or what it costs.
    buys
        True where the traitor gains the worth and pays for it; False where it bears the cost and is paid.
    low, high
        The least and the greatest worth that anybody would believe.
    """

    truth: Values
    buys: NDArray[np.bool_]
    low: Values
    high: Values

    @property
    def best(self) -> Values:
        """What a trader would claim if all that counts were the price: the least worth, or the greatest cost."""
        return np.where(self.buys, self.low, self.high)

    @property
    def worst(self) -> Values:
        """The greatest worth, or the least cost: whoever claims it is eager to trade at any price."""
        return np.where(self.buys, self.high, self.low)


class Conduct(Parameters, ABC):
    """How a traitor departs from what an honest party would do.

    A conduct has at least one of the methods `quote`, `puppet`, `claim` and `honours`.

    Attributes
    ----------
    needs_luck
        True if `quote` reads `View.luck`.
    faults : Faults
        How bad it is: a protocol for crashes promises nothing against a liar.
    adaptive : bool
        True if traitors are not there from the start: `tempted` says whom to corrupt as the run goes.
    """

    needs_luck: ClassVar[bool] = False

    @property
    def faults(self) -> Faults:
        """The kind of fault that it amounts to; anything at all, unless it says otherwise."""
        return Faults.BYZANTINE

    def at_once(self, traitors: int) -> int:
        """Return how many of so many traitors depart from what they should do at the same time, at most."""
        return traitors

    @property
    def passes(self) -> bool:
        """Whether all traitors do as they should from some time on; not unless it says so."""
        return False

    @property
    def adaptive(self) -> bool:
        """Whether traitors are made as the run goes; not unless it says so."""
        return False

    def quote(self, view: View) -> Values:
        """Return the opinions quoted, one for each entry of the view; NaN is silence."""
        raise self._unable("quotes no opinions, it acts on messages", "quote")

    def puppet(self, role: Role) -> Puppet:
        """Return the machine that a traitor runs in place of the honest one."""
        raise self._unable("sends no messages, it quotes opinions", "puppet")

    def claim(self, claims: Claims) -> Values:
        """Return what traitors who deal claim that things are worth to them; the truth, unless it says otherwise."""
        return claims.truth

    def honours(self, luck: Values) -> NDArray[np.bool_]:
        """Return whether a traitor keeps to deals that it has signed, for each of some random numbers in [0, 1)."""
        return np.ones_like(luck, dtype=np.bool_)

    def tempted(self, node: int, n: int, effects: Sequence[Effect], corrupted: tuple[int, ...]) -> bool:
        """Return whether to corrupt an honest party now that it is about to have some effects."""
        return False

    @property
    def quotes(self) -> bool:
        """Whether it can be put on a party of an opinion model."""
        return _has(type(self), "quote")

    @property
    def acts(self) -> bool:
        """Whether it can be put on a party that sends messages."""
        return _has(type(self), "puppet")

    @property
    def deals(self) -> bool:
        """Whether it can be put on a party that deals with others."""
        return any(_has(type(self), method) for method in _DEALING)

    def check(self, *, opinions: bool, n: int | None = None) -> None:
        """Raise InputError unless it can be put on parties that quote opinions, or send messages.

        Nor may it speak of parties that are not among 0..n-1, where n is known.
        """
        if not (self.quotes if opinions else self.acts):
            raise self._unable(
                *(("quotes no opinions", "quote") if opinions else ("sends no messages", "puppet"))
            )

    def check_dealing(self) -> None:
        """Raise InputError unless it can be put on parties that deal with each other."""
        if not self.deals:
            raise self._unable("makes no deals, it acts on messages", *_DEALING)

    def _unable(self, reason: str, *methods: str) -> InputError:
        able = [name for name, kind in conducts.items() if any(_has(kind, method) for method in methods)]
        return InputError(f"conduct={self}: {name_of(type(self))} {reason}; use one of {', '.join(able)}")

    def __add__(self, other: "Conduct") -> "Conduct":
        """Return this conduct, and another one on top of what comes of it; for messages and for deals."""
        return Joined(parts=(*_parts(self), *_parts(other)))


_DEALING = "quote", "claim", "honours"


def _has(kind: type[Conduct], method: str) -> bool:
    return getattr(kind, method) is not getattr(Conduct, method)


class Joined(Conduct):
    """Conducts on top of each other: each rewrites what the one before lets through."""

    parts: tuple[Conduct, ...] = Field(description="the innermost first")

    @property
    def faults(self) -> Faults:
        """The worst of them."""
        return max(part.faults for part in self.parts)

    @property
    def adaptive(self) -> bool:
        """Whether any of them is."""
        return any(part.adaptive for part in self.parts)

    def tempted(self, node: int, n: int, effects: Sequence[Effect], corrupted: tuple[int, ...]) -> bool:
        """Return whether any of them is."""
        return any(part.tempted(node, n, effects, corrupted) for part in self.parts)

    def puppet(self, role: Role) -> Puppet:
        """Return the last one's puppet of the puppets of those before."""
        *inner, last = self.parts
        for part in inner:
            role = role.inside(part.puppet)
        return last.puppet(role)

    @property
    def quotes(self) -> bool:
        """Whether any of them does."""
        return any(part.quotes for part in self.parts)

    @property
    def needs_luck(self) -> bool:  # type: ignore[override]  # of a joined one it depends
        """Whether any of them does."""
        return any(part.needs_luck for part in self.parts)

    def quote(self, view: View) -> Values:
        """Return what the last of them makes of what those before it would quote."""
        for part in self.parts:
            if part.quotes:
                view = replace(view, own=part.quote(view))
        return view.own

    def claim(self, claims: Claims) -> Values:
        """Return what the last of them makes of what those before it would claim."""
        for part in self.parts:
            claims = replace(claims, truth=part.claim(claims))
        return claims.truth

    def honours(self, luck: Values) -> NDArray[np.bool_]:
        """Return whether all of them would keep to a deal."""
        kept: NDArray[np.bool_] = np.all([part.honours(luck) for part in self.parts], axis=0)
        return kept

    def check_dealing(self) -> None:
        """Check each part."""
        for part in self.parts:
            part.check_dealing()

    def check(self, *, opinions: bool, n: int | None = None) -> None:
        """Check each part; opinions cannot be quoted twice."""
        if opinions:
            raise InputError(
                f"conduct={self}: conducts are joined for messages and deals only; use one of them"
            )
        for part in self.parts:
            part.check(opinions=opinions, n=n)

    def __str__(self) -> str:
        return " + ".join(map(str, self.parts))

    def canonical(self) -> dict[str, Any]:
        """Return all parts in full."""
        return {"name": "+", "parts": [part.canonical() for part in self.parts]}


def _parts(conduct: Conduct) -> tuple[Conduct, ...]:
    return conduct.parts if isinstance(conduct, Joined) else (conduct,)


conducts: Catalogue[type[Conduct]] = Catalogue(__name__, "conduct")
