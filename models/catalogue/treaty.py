"""Treaty: a deal among n countries, drawn up by one of them, binds all when a quorum has voted for it.

Countries want different things, and nobody votes for a deal worth less to it than none. The first one draws up a deal;
votes are cast and counted by messages, under a protocol in which a quorum of votes carries a value, with faulty
messengers and traitors among the countries. Two deals may be ratified, which is worse than none; and one that all
honest countries want may never be.
"""

from collections.abc import Sequence
from functools import cached_property
from math import ceil
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.party import Country
from ...agents.protocols import Problem, Protocol, protocols
from ..agreement import AnyScenario
from ..assembly import Assembly, Drafting
from ..deal import Catch, Deal, Ending
from ..dealing_model import DealingModel, party_gains, run_gains
from ..domains import Domain, domains
from ..guarantees import are_bound, uncovered, unowed
from ..message_model import MessageModel, MessageScenario
from ..monitors import Account, judged
from ..records import Column
from ..seeds import Seed
from ..simulation import Decision
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Treaty"]

_SHARED = ("nodes", "edges", "traitor_nodes", "honest_gain", "honest_due", "traitor_gain", "traitor_due")


class TreatyScenario(MessageScenario):
    """Parameters of `Treaty`."""

    problems: ClassVar[frozenset[Problem]] = frozenset({Problem.BROADCAST})
    relay: ClassVar[bool] = False
    liars: ClassVar[int] = 0

    protocol: Annotated[Protocol, *protocols.choice] = protocols.option(
        "ratification", "how votes are cast and counted; its quorum is the quota"
    )
    domain: Annotated[Domain, *domains.choice] = domains.option(
        "random(parties=4, reservation=0.4)",
        "what the deal is about, and who wants what; of as many parties as nodes",
    )
    draft: Drafting = Field(
        "passable",
        description="the deal that party 0 draws up: the best for itself of those that enough would vote for, the best "
        "for itself whatever others think of it, or that of the greatest sum of utilities",
    )

    @model_validator(mode="after")
    def _fits(self) -> "TreatyScenario":
        """Try what can be tried before anything runs."""
        if not self.network.is_random:
            Assembly.of(self, Seed(0))
        elif self.traitors:
            self.conduct.check(opinions=False)
        return self


class Treaty(MessageModel):
    """Ratification of a deal among n parties by a quorum, over messages.

    Messages name deals by their drafts: 0 is what the proposer draws up, 1 the runner-up, which is what an equivocating
    proposer tells the others.

    Attributes
    ----------
    council : Assembly
        Who sits where, what the parties want, and the drafts.
    network : Network
    simulation : Simulation
        The event queue, with everybody's machine and state.
    traitors : (k,) array
        The nodes that have a conduct, ascending. An adaptive conduct adds to them as the run goes.
    over : bool
        Whether nothing is under way any more that concerns an honest party.

    Examples
    --------
    >>> model = Treaty(traitors=1, conduct="equivocating", placement="first", rng=1).run()
    >>> model.council.needed, model.outcome()["deals"], model.verdict.agreement
    (3, 0, <Status.HELD: 'held'>)
    """

    Scenario: ClassVar[type[AnyScenario]] = TreatyScenario
    properties: ClassVar[tuple[Property, ...]] = (
        Property(
            "agreement",
            Kind.SAFETY,
            "no two honest parties ratify different deals",
            "two honest parties ratified",
        ),
        Property(
            "validity",
            Kind.SAFETY,
            "what honest parties ratify is worth as much as no deal to as many honest parties as it takes votes, less "
            "the traitors; and it is an honest proposer's own draft",
            "an honest party ratified",
        ),
        Property(
            "rationality",
            Kind.SAFETY,
            "no honest party votes for a deal worth less to it than none",
            "an honest party voted",
        ),
        Property(
            "termination",
            Kind.LIVENESS,
            "every honest party ratifies, if one does; and if an honest proposer's draft is approved by a quorum of "
            "honest parties, or by all of them where these are fewer",
            "an honest party ratified",
        ),
    )
    outcomes: ClassVar[dict[str, Column]] = {
        **{name: DealingModel.shared_outcomes[name] for name in _SHARED},
        "needed": Column("int64", "votes", "votes that carry a deal"),
        "approvals": Column(
            "int64", "parties", "parties to which the proposer's draft is worth as much as no deal"
        ),
        "honest_approvals": Column("int64", "parties", "honest ones among them"),
        "covered": Column("bool", "1", "whether the protocol's guarantee of safety covers the run"),
        "uncovered": Column("str", "1", "why it does not"),
        "ended": Column(
            "str",
            "1",
            "how it ended: ratified (by all honest parties), partly, rejected, conflict, step-limit, event-limit or "
            "schedule-limit",
        ),
        "deal": Column("Int64", "1", "the deal ratified, by its number; missing if none was, or several"),
        "deals": Column("int64", "deals", "different deals that honest parties ratified"),
        "ratified": Column("int64", "parties", "honest parties that ratified"),
        "votes": Column("int64", "parties", "honest parties that voted for a deal"),
        "proposer_gain": Column("float64", "value", "what the proposer gained, by its true values"),
        "first_ratification": Column("float64", "rounds", "when the first honest party ratified"),
        "last_ratification": Column("float64", "rounds", "when the last one that did ratified"),
        "caught": DealingModel.shared_outcomes["caught"],
        "messages": Column("int64", "messages", "messages sent to others, by everybody"),
        "own_messages": Column("int64", "messages", "messages that parties sent to themselves"),
        "bytes": Column("int64", "bytes", "length of the messages sent to others"),
        "events": Column("int64", "events", "arrivals, timers and starts that happened"),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column("float64", "deals", "deals ratified so far beyond the first"),
        "ratified": Column("int64", "parties", "honest parties that have ratified"),
        "messages": Column("int64", "messages", "messages sent to others so far"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_party_outcomes,
        "approves": Column("bool", "1", "whether the proposer's draft is worth as much to it as no deal"),
        "deal": Column("float64", "1", "the deal that it ratified, by its number; missing if it did not"),
        "time": Column("float64", "rounds", "when it ratified"),
        "messages": Column("int64", "messages", "messages that it sent to others"),
    }

    council: Assembly

    def convened(self) -> Assembly:
        """Return who sits where, what everybody wants, and what is proposed."""
        return Assembly.of(self.scenario, self.seed)

    def setup(self) -> None:
        """Seat the parties."""
        super().setup()
        self._steps: list[tuple[float, int, int]] = [(0.0, 0, 0)]

    def noted(self) -> None:
        """Note who has ratified what."""
        first = self._account().first
        apart = len({decision.value for decision in first.values()}) - 1
        self._steps.append((float(max(apart, 0)), len(first), sum(self.simulation.sent)))

    def is_done(self) -> bool:
        """Return whether all honest parties have ratified, and only traitors still wait for anything."""
        everybody = self._steps[-1][1] == len(self.honest)
        return everybody and all(event[2] in self._traitors for event in self.simulation.pending())

    def harm(self) -> tuple[int, ...]:
        """Return how many properties were violated, and how many parties did not ratify."""
        return len(self.verdict.violated), len(self.honest) - len(self._account().first)

    def host(self, node: int) -> type[Country]:
        """Return `Country`."""
        return Country

    def holding(self, node: int) -> str:
        """Return the deal that a party has ratified, in a word."""
        deal = self.opinions[node]
        return "nothing ratified" if np.isnan(deal) else f"deal {deal:g}"

    # What has come of it ------------------------------------------------------------------------

    @property
    def opinions(self) -> NDArray[np.float64]:
        """The number of the deal that each party has ratified, (n,); NaN before."""
        decisions = self.simulation.decisions
        return np.array([self._deal(made[0]) if made else np.nan for made in decisions], dtype=np.float64)

    @property
    def deals(self) -> list[Deal]:
        """The deals that honest parties ratified, and which of them did, in order of time; several are a conflict."""
        first = self._account().first
        by_draft: dict[Any, list[int]] = {}
        for node, decision in first.items():
            by_draft.setdefault(decision.value, []).append(node)
        return [
            Deal(tuple(sorted(nodes)), self._deal(first[nodes[0]]), _step(first[nodes[0]]), Ending.AGREED)
            for nodes in by_draft.values()
        ]

    def _deal(self, decision: Decision) -> float:
        """Return the deal that was ratified; NaN if it is no draft but what traitors made up."""
        drafts: dict[Any, float] = dict(enumerate(self.council.drafts))
        return drafts.get(decision.value, np.nan)

    def gains(self) -> NDArray[np.float64]:
        """Return what the deal is worth to each party beyond none, (n,): nothing before it, or where there are two."""
        values = {decision.value for decision in self._account().first.values()}
        worth: dict[Any, NDArray[np.float64]] = dict(enumerate(self.council.surplus))
        nothing = np.zeros(self.network.n)
        return worth.get(values.pop(), nothing) if len(values) == 1 else nothing

    def dues(self) -> NDArray[np.float64]:
        """Return what each party gains if all do as they should, (n,)."""
        worth = self.council.surplus[0]
        return worth if self._approving(0) >= self.council.needed else np.zeros_like(worth)

    def _approving(self, draft: Any, parties: Sequence[int] | None = None) -> int:
        """Return how many of some parties, or of all, a draft is worth as much to as no deal."""
        if draft not in range(len(self.council.drafts)):
            return 0
        approved = self.council.surplus[int(draft)] >= 0
        return int(np.count_nonzero(approved if parties is None else approved[list(parties)]))

    @property
    def caught(self) -> dict[int, Catch]:
        """By what traitors were caught, by node: honest parties saw that they had voted for two deals."""
        honest = self.honest
        accused = {node for _, by, node, _ in self.simulation.accusations if by in honest}
        return dict.fromkeys(sorted(accused), Catch.COMPARISON)

    # Judgement ----------------------------------------------------------------------------------

    def _account(self) -> Account:
        honest = self.honest
        return Account(
            problem=Problem.BROADCAST,
            inputs=self.council.inputs,
            honest=honest,
            decisions=self.simulation.decisions,
            over=self.over,
            not_owed=self._unowed or self._unwanted(honest),
            truthful=range(self.network.n) if are_bound(self.scenario) else honest,
        )

    @cached_property
    def _uncovered(self) -> str:
        return uncovered(self.scenario, self.network, self.council.inputs)

    @cached_property
    def _unowed(self) -> str:
        return unowed(self.scenario, self.network, self.council.inputs)

    def _unwanted(self, honest: Sequence[int]) -> str:
        """Return why a draft that nobody has ratified need not be; empty if it must, or somebody has."""
        needed, approving = self.council.needed, self._approving(0, honest)
        if approving >= min(needed, len(honest)) or any(self.simulation.decisions[node] for node in honest):
            return ""
        return f"{approving} honest parties approve the draft, and {needed} votes are needed"

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        account = self._account()
        agreement, own, _, _, termination = judged(account)
        approved = self._validity(account) if own.status is Status.HELD else own
        return [agreement, approved, self._rationality(account), termination]

    def _validity(self, account: Account) -> Judgement:
        least = self.council.needed - len(self._traitors)
        for node, decision in account.first.items():
            approving = self._approving(decision.value, account.honest)
            if approving < least:
                told = f"{approving} honest parties approve of it, and {least} must have voted for it"
                return Judgement(Status.VIOLATED, _step(decision), (node,), told)
        return Judgement(Status.HELD, vacuous=not account.first)

    def _rationality(self, account: Account) -> Judgement:
        votes = [(node, vote) for node in account.honest for vote in self._votes(node)]
        for node, vote in votes:
            if not self._approving(vote, [node]):
                return Judgement(Status.VIOLATED, self.clock, (node,), f"it voted for draft {vote}")
        return Judgement(Status.HELD, vacuous=not votes)

    def _votes(self, node: int) -> tuple[Any, ...]:
        """Return the drafts that an honest party voted for."""
        state = self.simulation.states[node]
        return () if state is None else state.votes

    # What a run leaves behind -------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        simulation, council = self.simulation, self.council
        honest, deals = self.honest, self.deals
        times = [decision.time for decision in self._account().first.values()]
        only = deals[0].outcome if len(deals) == 1 else np.nan
        return {
            **run_gains(self),
            "needed": council.needed,
            "approvals": self._approving(0),
            "honest_approvals": self._approving(0, honest),
            "covered": not self._uncovered,
            "uncovered": self._uncovered,
            "ended": self._ended(),
            "deal": None if np.isnan(only) else only,
            "deals": len(deals),
            "ratified": len(times),
            "votes": sum(bool(self._votes(node)) for node in honest),
            "proposer_gain": float(self.gains()[0]),
            "first_ratification": min(times, default=np.nan),
            "last_ratification": max(times, default=np.nan),
            "caught": len(self.caught),
            "messages": sum(simulation.sent),
            "own_messages": simulation.own,
            "bytes": simulation.bytes,
            "events": simulation.events,
        }

    def _ended(self) -> str:
        deals = self.deals
        if len(deals) > 1:
            return "conflict"
        if not self.over:
            if self.simulation.cut:
                return "event-limit"
            return "step-limit" if self.schedule is None else "schedule-limit"
        if not deals:
            return "rejected"
        return "ratified" if len(deals[0].parties) == len(self.honest) else "partly"

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement, parties that have ratified and messages sent."""
        apart, ratified, messages = zip(*self._steps, strict=True)
        return {
            "step": np.arange(len(self._steps)),
            "disagreement": np.array(apart, dtype=np.float64),
            "ratified": np.array(ratified, dtype=np.int64),
            "messages": np.array(messages, dtype=np.int64),
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return what each party wanted, ratified, gained and sent, as it is now."""
        decisions = self.simulation.decisions
        return {
            **party_gains(self),
            "approves": self.council.surplus[0] >= 0,
            "deal": self.opinions,
            "time": np.array([made[0].time if made else np.nan for made in decisions], dtype=np.float64),
            "messages": np.array(self.simulation.sent, dtype=np.int64),
        }


def _step(decision: Decision) -> int:
    return ceil(decision.time)
