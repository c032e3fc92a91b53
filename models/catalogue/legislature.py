"""Legislature: members divide a dollar, and a quota of votes passes a division.

In each round a member is recognised and proposes shares, and all vote. What a quota votes for is passed, the proposer's
vote included; else the dollar is worth less, and the next round begins. Members play the equilibrium of Baron and
Ferejohn's closed rule, where a proposer buys the cheapest votes that it needs, unless they are set to give or to ask
for more or less than that, or to err. Who may talk to whom is the network: a proposer gives nothing to members whom it
cannot talk to.
"""

from functools import lru_cache
from math import nan
from typing import Annotated, Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ...agents.party import Legislator
from ...agents.quota import Quota, votes_of
from ..agreement import AgreementModel, AnyScenario
from ..continuation import Continuation, Recognition
from ..deal import Deal, Ending
from ..inequality import gini
from ..networks.built import Same, build
from ..networks.network import Network
from ..networks.routes import is_complete
from ..networks.topologies import Topology, topologies
from ..records import Column, Detail
from ..scenario import Scenario
from ..seeds import Purpose
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Legislature"]

_ROUNDING = 1e-9


class LegislatureScenario(Scenario):
    """Parameters of `Legislature`."""

    network: Annotated[Topology, *topologies.choice] = topologies.option(
        "complete(n=3)", "who can talk to whom: whom a proposer can give a share"
    )
    quota: Quota = Field(
        "majority",
        description="votes that pass a proposal, the proposer's among them: a number, or a word for more than half of "
        "the members, at least two thirds, or all",
    )
    recognition: Recognition = Field(
        "random", description="who proposes: drawn by lot, in turn, or the first node always"
    )
    discount: float = Field(1.0, gt=0, le=1, description="what a dollar is worth a round later, to everybody")
    deadline: int | None = Field(
        None, ge=1, le=10_000, description="number of rounds; none: no end but max_steps"
    )
    break_off: float = Field(
        0.0, ge=0, lt=1, description="probability that a round in which nothing passes is the last"
    )
    generosity: float = Field(
        1.0, ge=0, description="what a proposer gives for a vote, by what its owner may hope for without"
    )
    demand: float = Field(
        1.0, ge=0, description="what members ask for their vote, by what they may hope for without"
    )
    tremble: float = Field(
        0.0, ge=0, le=1, description="probability that a vote other than the proposer's comes out wrong"
    )

    @model_validator(mode="after")
    def _fits(self) -> "LegislatureScenario":
        """Try what can be tried before anything runs."""
        if not self.network.is_random:
            _rules(Same(self.network), self.quota, self.recognition, self.patience, self.deadline)
        return self

    @property
    def patience(self) -> float:
        """What a dollar of the next round is worth now, as there may be none."""
        return self.discount * (1 - self.break_off)


class Proposal(NamedTuple):
    """What was proposed in a round, and what came of it.

    Parameters
    ----------
    round
        From 0.
    proposer
        Its node.
    partners
        Whose votes it counted on, by node; those that cost nothing among them.
    shares
        What it gave to each member, (n,).
    votes
        Who voted for it, (n,).
    """

    round: int
    proposer: int
    partners: NDArray[np.intp]
    shares: NDArray[np.float64]
    votes: NDArray[np.bool_]


class Legislature(AgreementModel):
    """Majority bargaining with any quota.

    Attributes
    ----------
    network : Network
    quota : int
        Votes that pass a proposal.
    continuation : Continuation
        What members may hope for after each round: the prices of their votes.
    proposals : list of Proposal
        What was proposed so far, a round each.
    deal : Deal, or None
        How it ended, once it has; its outcome is the tuple of shares.

    References
    ----------
    .. [1] D. P. Baron, J. A. Ferejohn, "Bargaining in legislatures", American Political Science Review 83 (1989)
           1181-1206, doi:10.2307/1961664.
    .. [2] S. N. Ali, B. D. Bernheim, X. Fan, "Predictability and power in legislative bargaining", Review of Economic
           Studies 86 (2019) 500-525, doi:10.1093/restud/rdy007.

    Examples
    --------
    >>> model = Legislature(network="complete(n=5)", discount=0.8, rng=1).run()
    >>> sorted(round(share, 2) for share in model.deal.outcome)
    [0.0, 0.0, 0.16, 0.16, 0.68]
    """

    Scenario: ClassVar[type[AnyScenario]] = LegislatureScenario
    properties: ClassVar[tuple[Property, ...]] = (
        Property("agreement", Kind.LIVENESS, "a proposal passes", "there was a proposal"),
        Property(
            "validity",
            Kind.SAFETY,
            "what passed was voted for by a quota, and divides the dollar: no share is negative, and they sum to one",
            "a proposal passed",
        ),
        Property(
            "rationality",
            Kind.SAFETY,
            "nobody ever votes for less than it may hope for if the proposal fails",
            "somebody voted for a proposal",
        ),
        Property(
            "termination",
            Kind.LIVENESS,
            "a proposal passes, or the last round is over",
            "there was a proposal",
        ),
    )
    outcomes: ClassVar[dict[str, Column]] = {
        "nodes": Column("int64", "members", "members of the legislature"),
        "needed": Column("int64", "votes", "votes that pass a proposal"),
        "ended": Column("str", "1", "how it ended: agreed, deadline, broken off or open"),
        "proposals": Column("int64", "proposals", "proposals that were made, one a round"),
        "round": Column(
            "float64", "rounds", "round of the proposal that passed, from 0; missing if none did, as below"
        ),
        "proposer": Column("float64", "1", "its proposer's node"),
        "proposer_share": Column("float64", "dollars", "what its proposer got"),
        "partner_share": Column(
            "float64",
            "dollars",
            "mean of what those got whose votes the proposer counted on; missing if on none",
        ),
        "coalition": Column("float64", "members", "members that got something"),
        "votes": Column("float64", "votes", "votes for it, the proposer's among them"),
        "gini": Column("float64", "1", "Gini coefficient of the shares"),
        "welfare": Column(
            "float64", "dollars", "what the dollar was worth when it was divided; 0 if it was not"
        ),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column("float64", "votes", "votes that the latest proposal lacked"),
        "votes": Column("int64", "votes", "votes for the latest proposal; 0 before the first"),
        "proposer_share": Column("float64", "dollars", "what it gave to its proposer; missing before"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        "party": Column("int64", "1", "the member's node id"),
        "label": Column("str", "1", "the node's name"),
        "share": Column("float64", "dollars", "what the latest proposal gave it; 0 before the first"),
        "vote": Column("bool", "1", "whether it voted for that"),
    }

    def setup(self) -> None:
        """Convene the members."""
        scenario: LegislatureScenario = self.scenario
        rules = scenario.quota, scenario.recognition, scenario.patience, scenario.deadline
        self.network: Network = build(scenario.network, self.seed.stream(Purpose.NETWORK))
        self.continuation = (
            _continuation(self.network, *rules)
            if scenario.network.is_random
            else _rules(Same(scenario.network), *rules)
        )
        self.quota = self.continuation.quota
        self._lots, self._luck = self.seed.stream(Purpose.SCHEDULE), self.seed.stream(Purpose.COIN)
        self.proposals: list[Proposal] = []
        self.deal: Deal | None = None

    def advance(self) -> None:
        """Have a proposal made and voted on."""
        number = len(self.proposals)
        proposal = self.propose(number, int(self._lots.choice(self.continuation.proposers(number))))
        proposal = proposal._replace(votes=self.vote(proposal))
        self.proposals.append(proposal)
        if self.count(proposal.votes) >= self.quota:
            self._close(Ending.AGREED, tuple(proposal.shares.tolist()))
        elif number + 1 == self.scenario.deadline:
            self._close(Ending.DEADLINE)
        elif self.scenario.break_off and self._luck.random() < self.scenario.break_off:
            self._close(Ending.BROKEN_OFF)

    def propose(self, number: int, proposer: int) -> Proposal:
        """Return what a member proposes: to buy the votes that it needs, and to keep the rest.

        Who would rather wait, or has to, as it cannot talk to enough others, asks for everything. Nobody gives away
        more than there is, however generous.
        """
        n, prices = self.network.n, self.continuation.after(number)
        bought = self.continuation.purchase(proposer, prices)
        partners, shares = np.arange(0), np.zeros(n)
        if bought is not None:
            drawn = self._luck.choice(bought.alike, bought.drawn, replace=False)
            partners = np.sort(np.concatenate((bought.certain, drawn)))
            shares[partners] = self.scenario.generosity * prices[partners]
            shares /= max(shares.sum(), 1.0)
        shares[proposer] = max(1 - shares.sum(), 0.0)
        return Proposal(number, proposer, partners, shares, np.zeros(n, dtype=bool))

    def vote(self, proposal: Proposal) -> NDArray[np.bool_]:
        """Return who votes for a proposal, (n,): its proposer, and those who get what they ask for, but for errors."""
        asked = self.scenario.demand * self.continuation.after(proposal.round)
        votes: NDArray[np.bool_] = proposal.shares >= asked * (1 - _ROUNDING)
        if self.scenario.tremble:
            votes ^= self._luck.random(len(votes)) < self.scenario.tremble
        votes[proposal.proposer] = True
        return votes

    def count(self, votes: NDArray[np.bool_]) -> int:
        """Return the number of votes for a proposal."""
        return int(np.count_nonzero(votes))

    def _close(self, ending: Ending, division: tuple[float, ...] | None = None) -> None:
        self.deal = Deal(tuple(range(self.network.n)), division, self.proposals[-1].round, ending)
        self.running = False

    @property
    def passed(self) -> Proposal | None:
        """The proposal that passed; None if none did."""
        return self.proposals[-1] if self.deal and self.deal.ending is Ending.AGREED else None

    @property
    def opinions(self) -> NDArray[np.float64]:
        """What the latest proposal gives to each member, (n,); nothing before the first."""
        return self.proposals[-1].shares.copy() if self.proposals else np.zeros(self.network.n)

    def parties(self) -> None:
        """Create a `Legislator` for each node."""
        for node in range(self.network.n):
            Legislator(self, node)

    # Judgement ----------------------------------------------------------------------------------

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        return [self._agreement(), self._validity(), self._rationality(), self._termination()]

    def _agreement(self) -> Judgement:
        scenario = self.scenario
        if self.passed is not None:
            return Judgement(Status.HELD, self.clock)
        owed = scenario.demand <= 1 <= scenario.generosity and not scenario.tremble
        if owed and is_complete(self.network) and self.proposals:
            first = self.proposals[0]
            witnesses = tuple(np.flatnonzero(~first.votes).tolist())
            return Judgement(Status.VIOLATED, 1, witnesses, "in equilibrium the first proposal passes")
        told = "no proposal passed yet" if self.deal is None else f"nobody owes a deal: {self.deal.ending}"
        return Judgement(Status.INCONCLUSIVE, reason=told, vacuous=not self.proposals)

    def _validity(self) -> Judgement:
        passed = self.passed
        if passed is None:
            return Judgement(Status.HELD, vacuous=True)
        voters = int(np.count_nonzero(passed.votes))  # counted anew
        for wrong, witnesses, reason in (
            (voters < self.quota, passed.votes, f"{voters} voted for it, and the quota is {self.quota}"),
            (passed.shares.min() < 0, passed.shares < 0, f"a share is {passed.shares.min():g}"),
            (
                abs(passed.shares.sum() - 1) > _ROUNDING,
                passed.shares > 0,
                f"the shares sum to {passed.shares.sum():g}",
            ),
        ):
            if wrong:
                return Judgement(
                    Status.VIOLATED, self.clock, tuple(np.flatnonzero(witnesses).tolist()), reason
                )
        return Judgement(Status.HELD)

    def _rationality(self) -> Judgement:
        for proposal in self.proposals:
            hoped = self.continuation.after(proposal.round)
            worse = proposal.votes & (proposal.shares < hoped - _ROUNDING)
            if worse.any():
                told = "voted for less than it might have hoped for"
                return Judgement(
                    Status.VIOLATED, proposal.round + 1, tuple(np.flatnonzero(worse).tolist()), told
                )
        return Judgement(Status.HELD, vacuous=not self.proposals)

    def _termination(self) -> Judgement:
        if self.deal is not None:
            return Judgement(Status.HELD, self.clock)
        return Judgement(
            Status.INCONCLUSIVE, reason="it was cut off before its last round", vacuous=not self.proposals
        )

    # What a run leaves behind -------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        ended = {
            "nodes": self.network.n,
            "needed": self.quota,
            "ended": "open" if self.deal is None else self.deal.ending.value,
            "proposals": len(self.proposals),
        }
        passed = self.passed
        if passed is None:
            return {**dict.fromkeys(self.outcomes, nan), **ended, "welfare": 0.0}
        partners = passed.shares[passed.partners]
        return {
            **ended,
            "round": float(passed.round),
            "proposer": float(passed.proposer),
            "proposer_share": float(passed.shares[passed.proposer]),
            "partner_share": float(partners.mean()) if len(partners) else nan,
            "coalition": float(np.count_nonzero(passed.shares)),
            "votes": float(np.count_nonzero(passed.votes)),
            "gini": gini(passed.shares),
            "welfare": float(self.scenario.discount**passed.round),
        }

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement, votes and the proposer's share."""
        votes = np.array([0, *(np.count_nonzero(each.votes) for each in self.proposals)])
        return {
            "step": np.arange(self.clock + 1),
            "disagreement": np.maximum(self.quota - votes, 0).astype(float),
            "votes": votes,
            "proposer_share": np.array([nan, *(each.shares[each.proposer] for each in self.proposals)]),
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, party, label, share and vote: at the first and the last step, or at every one."""
        n, clock = self.network.n, self.clock
        steps = np.arange(clock + 1) if Detail.TRAJECTORIES in self.record else np.unique([0, clock])
        shares = np.array([np.zeros(n), *(each.shares for each in self.proposals)])
        votes = np.array([np.zeros(n, dtype=bool), *(each.votes for each in self.proposals)])
        return {
            "step": np.repeat(steps, n),
            "party": np.tile(np.arange(n), len(steps)),
            "label": np.tile(np.array(self.network.node_labels, dtype=object), len(steps)),
            "share": shares[steps].ravel(),
            "vote": votes[steps].ravel(),
        }


def _continuation(
    network: Network, quota: str | int, recognition: Recognition, patience: float, deadline: int | None
) -> Continuation:
    """Return what members of a network may hope for.

    Raises
    ------
    InputError
        If there are fewer than two members, or fewer than the quota.
    """
    n = network.n
    if n < 2:
        raise InputError(f"network={network.name} has {n} node: there must be somebody to vote; use n >= 2")
    votes = votes_of(quota, n)
    if votes > n:
        raise InputError(
            f"quota={votes}, n={n}: more votes than members never come together; use quota=1..{n}"
        )
    return Continuation(network, votes, patience, recognition, deadline)


@lru_cache(maxsize=16)  # with a long deadline they are long, too
def _rules(
    topology: Same, quota: str | int, recognition: Recognition, patience: float, deadline: int | None
) -> Continuation:
    """Return what members of a network may hope for that is the same in every run."""
    network = build(topology.part, np.random.default_rng(0))
    return _continuation(network, quota, recognition, patience, deadline)
