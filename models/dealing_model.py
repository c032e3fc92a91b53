"""DealingModel: what models have in common whose parties deal with each other, liars among them.

Everybody has something to gain. A traitor has a conduct, which says what it claims that things are worth to it, what
prices it quotes to whom, and whether it keeps what it signs; all else it does as an honest party would. A run says
who gained how much by the true values, beside what theory would have given to everybody, and which liars were caught
by what.
"""

from abc import abstractmethod
from typing import Annotated, Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ..agents.conducts import Conduct, conducts
from .agreement import AgreementModel
from .deal import Catch, Deal, Ending
from .networks.built import check_traitors
from .networks.network import Network
from .placements import Placement, placements
from .placements.given import Given
from .records import Column
from .scenario import Scenario
from .seeds import Purpose

__all__ = ["DealingModel", "DealingScenario", "party_gains", "run_gains"]

Values = NDArray[np.float64]


class DealingScenario(Scenario):
    """Parameters of every model whose parties deal with each other."""

    traitors: int = Field(0, ge=0, description="number of parties that have a conduct")
    conduct: Annotated[Conduct, *conducts.choice] = conducts.option("misreport", "what traitors do")
    placement: Annotated[Placement, *placements.choice] = placements.option("random", "where traitors sit")

    @model_validator(mode="after")
    def _lies_about_deals(self) -> Self:
        if self.traitors:
            self.conduct.check_dealing()
        return self

    def check_seats(self, network: Network) -> None:
        """Raise InputError unless somebody is honest on a network, and the traitors find their nodes."""
        check_traitors(self.traitors, network.name, network.n, honest=1)
        if self.traitors:
            self.placement.candidates(network, self.traitors, np.random.default_rng(0))


class DealingModel(AgreementModel):
    """Base of models whose parties deal with each other.

    A model calls `place` in its `setup`, adds `shared_outcomes` to its `outcomes`, and what `shared` returns to its
    `outcome`; with `shared_party_outcomes` and `shared_parties` the same for the frame of parties.

    Attributes
    ----------
    network : Network
        Who can deal with whom.
    traitors : (k,) array
        The nodes that have a conduct, ascending.
    deals : list of Deal
        All deals that were signed, kept or not, in their order.
    caught : dict
        By what each traitor was caught first, by node; who was not is missing.
    """

    network: Network
    deals: list[Deal]

    shared_outcomes: ClassVar[dict[str, Column]] = {
        "nodes": Column("int64", "parties", "parties in the network"),
        "edges": Column("int64", "edges", "links in the network"),
        "traitor_nodes": Column("string", "1", "the traitors' node ids"),
        "honest_gain": Column("float64", "value", "mean gain of an honest party, by its true values"),
        "honest_due": Column(
            "float64", "value", "mean gain that theory gives to these parties; missing where it says nothing"
        ),
        "traitor_gain": Column(
            "float64", "value", "mean gain of a traitor, by its true values; missing where there is none"
        ),
        "traitor_due": Column(
            "float64", "value", "mean gain that theory gives to these parties if nobody lies"
        ),
        "breached": Column("int64", "deals", "deals that were signed and not kept"),
        "caught": Column("int64", "parties", "traitors that were caught"),
        "caught_by": Column("str", "1", "what they were caught by: settlement, silence or comparison"),
    }
    shared_party_outcomes: ClassVar[dict[str, Column]] = {
        "party": Column("int64", "1", "the party's node id"),
        "label": Column("str", "1", "the node's name"),
        "traitor": Column("bool", "1", "whether it has a conduct"),
        "gain": Column("float64", "value", "what it gained, by its true values"),
        "due": Column("float64", "value", "what theory gives to it; missing where it says nothing"),
        "caught": Column("str", "1", "what it was caught by; empty if it was not"),
    }

    # What a model fills in ----------------------------------------------------------------------

    @abstractmethod
    def gains(self) -> Values:
        """Return what each party has gained so far, by its true values, (n,)."""

    @abstractmethod
    def dues(self) -> Values:
        """Return what theory gives to each party if nobody lies, (n,); NaN where it says nothing."""

    # What they have in common -------------------------------------------------------------------

    def place(self, network: Network) -> None:
        """Seat the traitors on a network; of several placements the one is kept that costs the honest most.

        Raises
        ------
        InputError
            If nobody would be honest.
        """
        scenario: Any = self.scenario
        self.network, self.caught = network, dict[int, Catch]()
        scenario.check_seats(network)
        self.traitors: NDArray[np.intp] = self._placed() if scenario.traitors else np.empty(0, dtype=np.intp)

    def _placed(self) -> NDArray[np.intp]:
        """Return where the traitors sit."""
        luck = self.seed.stream(Purpose.PLACEMENT)
        candidates = self.scenario.placement.candidates(self.network, self.scenario.traitors, luck)
        chosen = candidates[0] if len(candidates) == 1 else min(candidates, key=self._left_to_honest)
        placed: NDArray[np.intp] = np.sort(chosen)
        return placed

    def _left_to_honest(self, nodes: NDArray[np.intp]) -> float:
        given = self.scenario.but(placement=Given.at(nodes.tolist(), self.network))
        model = type(self)(given, rng=self.seed).run()
        return float(model.gains()[model.honest].sum())

    @property
    def honest(self) -> NDArray[np.intp]:
        """The nodes that have no conduct, ascending."""
        return np.delete(np.arange(self.network.n), self.traitors)

    @property
    def breached(self) -> int:
        """How many deals were signed and not kept."""
        return sum(deal.ending is Ending.BREACHED for deal in self.deals)

    def catch(self, node: int, by: Catch) -> None:
        """Note what a traitor was caught by, the first time that it was."""
        self.caught.setdefault(node, by)

    def shared(self) -> dict[str, Any]:
        """Return the columns that are declared in `shared_outcomes`."""
        return {
            **run_gains(self),
            "breached": self.breached,
            "caught": len(self.caught),
            "caught_by": " ".join(sorted(set(self.caught.values()))),
        }

    def shared_parties(self) -> dict[str, NDArray[Any]]:
        """Return the columns that are declared in `shared_party_outcomes`, and the step, as they are now."""
        return party_gains(self)


def run_gains(model: Any) -> dict[str, Any]:
    """Return what honest parties and traitors gained in any model that has gains and dues, the first shared columns."""
    gains, dues, traitors = model.gains(), model.dues(), model.traitors
    honest = np.asarray(model.honest, dtype=np.intp)
    return {
        "nodes": model.network.n,
        "edges": model.network.m,
        "traitor_nodes": " ".join(map(str, traitors.tolist())),
        "honest_gain": _mean(gains[honest]),
        "honest_due": _mean(dues[honest]),
        "traitor_gain": _mean(gains[traitors]),
        "traitor_due": _mean(dues[traitors]),
    }


def party_gains(model: Any) -> dict[str, NDArray[Any]]:
    """Return who gained what in any model that has gains and dues: the step, and the shared columns of parties."""
    nodes = np.arange(model.network.n)
    return {
        "step": np.full(len(nodes), model.clock),
        "party": nodes,
        "label": np.array(model.network.node_labels, dtype=object),
        "traitor": np.isin(nodes, model.traitors),
        "gain": model.gains(),
        "due": model.dues(),
        "caught": np.array([str(model.caught.get(node, "")) for node in nodes.tolist()], dtype=object),
    }


def _mean(values: Values) -> float:
    return float(values.mean()) if len(values) else float("nan")
