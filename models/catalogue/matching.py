"""Matching: parties on a network make deals with their neighbours, at most one each.

A link is worth its weight, to be shared by its ends if they agree; of each link either end brings one half. The
institution says how they come to agree, and whether somebody like them takes the place of those who have. So a run says
what power a place in the network gives.

A traitor claims that what it brings to its deals is worth something else than it is; the others play by what is
claimed, and what it kept to itself is its own gain. It may tell its neighbours that it could get more, or less,
elsewhere than it could, or nothing at all; and it may not keep what it signed, which leaves both ends with nothing.
"""

from functools import cached_property, lru_cache
from math import nan
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.conducts import Claims
from ...agents.errors import InputError
from ...agents.party import Negotiator
from ..agreement import AnyScenario
from ..deal import Catch, Deal, Ending
from ..dealing_model import DealingModel, DealingScenario
from ..links import Links
from ..matchings import Institution, Signed, Theory, matchings
from ..networks.built import Same, build
from ..networks.topologies import Topology, topologies
from ..quotes import Lies
from ..records import Column, Detail
from ..seeds import Purpose
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Matching"]

Values = NDArray[np.float64]
_ROUNDING = 1e-9


class MatchingScenario(DealingScenario):
    """Parameters of `Matching`."""

    network: Annotated[Topology, *topologies.choice] = topologies.option(
        "florentine-families",
        "who can deal with whom; the weight of a link is what a deal is worth, 1 without weights",
    )
    matching: Annotated[Institution, *matchings.choice] = matchings.option(
        "replacement", "how they come to deals, and whether who has one is replaced"
    )
    max_steps: int = Field(10_000, ge=1, le=10_000_000, description="round at which a run ends at the latest")

    @model_validator(mode="after")
    def _fits(self) -> "MatchingScenario":
        """Try what can be tried before anything runs."""
        if not self.network.is_random:
            network = build(self.network, np.random.default_rng(0))
            self.check_seats(network)
            idle = [note for note in network.notes if note.startswith("columns not used")]
            if idle and network.edge_weights is None and getattr(self.network, "weight", None):
                raise InputError(
                    f"network={self.network}: no column 'weight' tells what deals are worth ({idle[0]}); name the "
                    "column that does, as file(path=..., weight=price), or use weight=none if all are worth 1"
                )
        return self


class Matching(DealingModel):
    """Bargaining on a network.

    Attributes
    ----------
    links : Links
        Who can deal with whom, and what that is really worth.
    claimed : Links
        The same, and what they say that it is worth.
    play : Play
        The institution under way.

    References
    ----------
    .. [1] M. Manea, "Bargaining in stationary networks", American Economic Review 101 (2011) 2042-2080,
           doi:10.1257/aer.101.5.2042.
    .. [2] Y. Kanoria, M. Bayati, C. Borgs, J. Chayes, A. Montanari, "Fast convergence of natural bargaining dynamics
           in exchange networks", SODA 2011, 1518-1537 (arXiv:1004.2079).

    Examples
    --------
    >>> model = Matching(network="path(n=4)", matching="leaving", rng=1).run()
    >>> model.gains().round(3).tolist()
    [0.333, 0.667, 0.667, 0.333]
    """

    Scenario: ClassVar[type[AnyScenario]] = MatchingScenario
    properties: ClassVar[tuple[Property, ...]] = (
        Property(
            "agreement",
            Kind.LIVENESS,
            "no two honest parties that are linked are both without a deal",
            "two honest parties are linked",
        ),
        Property(
            "validity",
            Kind.SAFETY,
            "deals are between neighbours, their shares are not negative and sum to what the link is said to be worth, "
            "and nobody makes two at a time",
            "a deal was signed",
        ),
        Property(
            "stability",
            Kind.SAFETY,
            "no two that are linked would both gain by a deal with each other that they did not make",
            "the institution came to its end",
        ),
        Property(
            "balance",
            Kind.SAFETY,
            "nobody gets more of a deal, beyond what both could get without it, than the institution gives",
            "a deal was signed",
        ),
        Property("termination", Kind.LIVENESS, "the institution comes to its end", "two parties are linked"),
    )
    outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_outcomes,
        "deals": Column("int64", "deals", "deals that were signed and kept"),
        "odd_cycle": Column(
            "string",
            "1",
            "where whoever deals leaves: node ids of an odd cycle that leaves no outcome stable; else empty",
        ),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column(
            "float64",
            "value",
            "greatest change of the round: of a message where whoever deals leaves, else of a mean gain",
        ),
        "deals": Column("int64", "deals", "deals that were signed and kept so far"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_party_outcomes,
        "asked": Column(
            "float64", "value", "what it asks for: its best offer, or what it may hope for if it waits"
        ),
    }

    def setup(self) -> None:
        """Link the parties, and have them claim what deals are worth."""
        scenario: MatchingScenario = self.scenario
        self.place(build(scenario.network, self.seed.stream(Purpose.NETWORK)))
        self.deals = []
        self.links = Links.of(self.network)
        self._luck = self.seed.stream(Purpose.CONDUCT)
        self._lying = np.flatnonzero(np.isin(self.links.sources, self.traitors))
        brought = self._claims()
        self._hidden = self.links.worths / 2 - brought
        self.claimed = self.links.but(brought + brought[self.links.reverse])
        self.play = scenario.matching.begin(self.claimed, self.seed.stream(Purpose.SCHEDULE))
        self._opening: Values | None = None
        self._lies = Lies(self.network, self.traitors, scenario.conduct, self._luck)
        self._course = [(nan, 0)]
        self._snapshots = [self._snapshot()] if self.record & {Detail.PARTIES, Detail.TRAJECTORIES} else []
        self.running = not self.play.over

    def _claims(self) -> Values:
        """Return what the source of each link says that it brings, (2m,)."""
        brought = self.links.worths / 2
        if len(self._lying):
            truth = brought[self._lying]
            claims = Claims(
                truth,
                np.ones(len(truth), dtype=bool),
                np.zeros(len(truth)),
                np.full(len(truth), self.links.top),
            )
            brought = brought.copy()
            brought[self._lying] = self.scenario.conduct.claim(claims)
        return brought

    def advance(self) -> None:
        """Have one round played."""
        signed = self.play.round(self._tell)
        self.play.book(signed, self._signed(signed))
        self.running = not self.play.over
        if self.play.over:
            for node in self._lies.silent:
                self.catch(node, Catch.SILENCE)
        self._course.append((self.play.moved, self._course[-1][1] + self._kept))
        if Detail.TRAJECTORIES in self.record:
            self._snapshots.append(self._snapshot())

    def _tell(self, own: Values) -> Values:
        """Return what everybody says, by what an honest party would say, (2m,)."""
        lying, links = self._lying, self.links
        if not len(self._lies.speakers):
            return own
        if self._opening is None:
            self._opening = own[lying].copy()
        told = self._lies.tell(
            self.clock,
            own=own[lying],
            opening=self._opening,
            listener=own[links.reverse[lying]],
            believed=(0.0, self.claimed.worths[lying]),
            honest=np.delete(own, lying),
            seen=_ROUNDING * links.top,
        )
        if self.scenario.matching.same_to_all:
            for node in sorted(self._lies.exposed):
                self.catch(node, Catch.COMPARISON)
        said = own.copy()
        said[lying] = np.clip(told, 0.0, self.claimed.worths[lying])  # nobody believes more, or less
        return said

    def _signed(self, signed: Signed) -> Values:
        """Put deals on record, and return what they really give to their ends, (k, 2)."""
        links = self.links
        back = links.reverse[signed.links]
        ends = np.stack([links.sources[signed.links], links.targets[signed.links]], axis=1)
        amounts = signed.shares + self._hidden[np.stack([signed.links, back], axis=1)]
        kept = np.ones(len(ends), dtype=bool)
        lies = np.isin(ends, self.traitors)
        if lies.any():
            broken = lies & ~self.scenario.conduct.honours(self._luck.random(ends.shape))
            kept = ~broken.any(axis=1)
            for node in np.unique(ends[broken & ~lies[:, ::-1]]).tolist():
                self.catch(node, Catch.SETTLEMENT)
            amounts[~kept] = 0.0
        self.deals += [
            Deal((one, other), (share, rest), period, Ending.AGREED if fine else Ending.BREACHED)
            for (one, other), (share, rest), period, fine in zip(
                ends.tolist(), signed.shares.tolist(), signed.periods.tolist(), kept.tolist(), strict=True
            )
        ]
        self._kept = int(kept.sum())
        return amounts

    def gains(self) -> Values:
        """Return what each party has gained: of its deal, or on average over those who left its node, (n,)."""
        return self.play.gains

    def dues(self) -> Values:
        """Return what the institution gives to each party if nobody lies, (n,)."""
        return self._theory.dues.copy()

    @cached_property
    def _theory(self) -> Theory:
        scenario: MatchingScenario = self.scenario
        if scenario.network.is_random:
            return scenario.matching.theory(self.links)
        return _same(Same(scenario.network), Same(scenario.matching))

    @property
    def opinions(self) -> Values:
        """What each party asks for now, (n,)."""
        return self.play.asked

    def parties(self) -> None:
        """Create a `Negotiator` for each node; its opinion is what it asks for."""
        for node in range(self.network.n):
            Negotiator(self, node)

    # Judgement ----------------------------------------------------------------------------------

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        return [
            self._agreement(),
            self._validity(),
            self._stability(),
            self._balance(),
            self._termination(),
        ]

    def _agreement(self) -> Judgement:
        links, without = self.links, np.ones(self.network.n, dtype=bool)
        without[self.traitors] = False
        owed = without[links.sources] & without[links.targets]
        without[[node for deal in self.deals if deal.ending is Ending.AGREED for node in deal.parties]] = (
            False
        )
        failed = np.flatnonzero(owed & without[links.sources] & without[links.targets])
        if not len(failed):
            return Judgement(Status.HELD, self.clock, vacuous=not owed.any())
        witnesses = int(links.sources[failed[0]]), int(links.targets[failed[0]])
        if self.play.over:
            return Judgement(Status.VIOLATED, self.clock, witnesses, "both are left without a deal")
        return Judgement(Status.INCONCLUSIVE, reason="not everybody has a deal yet", vacuous=not self.clock)

    def _validity(self) -> Judgement:
        made = set[tuple[int, int]]()
        ends = zip(self.links.sources.tolist(), self.links.targets.tolist(), strict=True)
        worths = dict(zip(ends, self.claimed.worths.tolist(), strict=True))
        for deal in self.deals:
            busy = {(deal.round, node) for node in deal.parties}
            one, other = deal.parties
            worth = worths.get((one, other))
            reason = (
                "they are no neighbours"
                if worth is None
                else "a share is negative"
                if min(deal.outcome) < 0
                else f"the shares sum to {sum(deal.outcome):g}, and the link is said to be worth {worth:g}"
                if abs(sum(deal.outcome) - worth) > _ROUNDING * self.claimed.top
                else "one of them made two deals at a time"
                if busy & made
                else ""
            )
            if reason:
                return Judgement(Status.VIOLATED, self.clock, deal.parties, reason)
            made |= busy
        return Judgement(Status.HELD, vacuous=not self.deals)

    def _stability(self) -> Judgement:
        if not self.play.over:
            return Judgement(Status.HELD, vacuous=True)
        witnesses = self.play.blocking(self.links)
        cycle = self._theory.odd_cycle
        told = "they would both gain by a deal with each other"
        if cycle:
            told += f"; around the odd cycle {' '.join(map(str, cycle))} no outcome is stable"
        return self._judged(witnesses, told)

    def _balance(self) -> Judgement:
        told = "one of them gets more beyond what it could get elsewhere than is its due"
        return self._judged(self.play.unbalanced(self.links), told)

    def _judged(self, witnesses: tuple[int, ...], told: str) -> Judgement:
        if witnesses:
            return Judgement(Status.VIOLATED, self.clock, witnesses, told)
        return Judgement(Status.HELD, vacuous=not self.deals)

    def _termination(self) -> Judgement:
        if self.play.over:
            return Judgement(Status.HELD, self.clock, vacuous=not self.links.m)
        return Judgement(Status.INCONCLUSIVE, reason="it was cut off before its end", vacuous=not self.clock)

    # What a run leaves behind -------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        return {
            **self.shared(),
            "deals": self._course[-1][1],
            "odd_cycle": " ".join(map(str, self._theory.odd_cycle)),
        }

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement and deals."""
        moved, deals = zip(*self._course, strict=True)
        return {
            "step": np.arange(self.clock + 1),
            "disagreement": np.array(moved, dtype=float),
            "deals": np.array(deals, dtype=np.int64),
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return what parties gained and asked for: at the first and the last step, or at every one."""
        told = self._snapshots
        snapshots = told if told[-1]["step"][0] == self.clock else [*told, self._snapshot()]
        return {name: np.concatenate([each[name] for each in snapshots]) for name in snapshots[0]}

    def _snapshot(self) -> dict[str, NDArray[Any]]:
        return {**self.shared_parties(), "asked": self.play.asked}


@lru_cache(maxsize=32)
def _same(topology: Same, matching: Same) -> Theory:
    """Return what theory says of a network that is the same in every run."""
    theory: Theory = matching.part.theory(Links.of(build(topology.part, np.random.default_rng(0))))
    return theory
