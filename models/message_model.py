"""MessageModel: what models have in common whose parties send messages.

Each party's machine runs on the event queue; a step of the model is a round of the network, and lets everything happen
that is due in it. A run ends when nothing is under way that concerns an honest party, or at a limit; it can be made
again from its choices, with others left out.
"""

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..agents.conducts import Conduct, conducts
from ..agents.machine import Effect, Machine, State
from ..agents.party import Party, Traitor
from ..agents.protocols import Problem, Protocol, protocols
from .agreement import AgreementModel, AnyScenario
from .channels import Channel, channels
from .council import Council
from .guarantees import reckoned
from .networks.network import Network
from .networks.routes import is_complete
from .networks.topologies import Topology, topologies
from .placements import Placement, placements
from .placements.given import Given
from .scenario import Scenario
from .schedule import Promise, Schedule, Script
from .schedulers import Scheduler, schedulers
from .seeds import Purpose
from .simulation import Luck, Simulation
from .verdict import Kind

__all__ = ["MessageModel", "MessageScenario"]


class MessageScenario(Scenario):
    """Parameters of every model whose parties send messages."""

    network: Annotated[Topology, *topologies.choice] = topologies.option(
        "complete(n=4)", "who can send to whom"
    )
    protocol: Annotated[Protocol, *protocols.choice] = protocols.option("bracha", "what honest parties do")
    traitors: int = Field(0, ge=0, description="number of parties that have a conduct")
    conduct: Annotated[Conduct, *conducts.choice] = conducts.option("silent", "what traitors do")
    placement: Annotated[Placement, *placements.choice] = placements.option("random", "where traitors sit")
    f: int | None = Field(
        None,
        ge=0,
        description="traitors that the protocol is set up to bear; by default all, or as many as fail at once",
    )
    channel: Annotated[Channel, *channels.choice] = channels.option("constant", "what messengers do")
    scheduler: Annotated[Scheduler, *schedulers.choice] = schedulers.option(
        "earliest", "in which order what is under way arrives"
    )
    pace: float = Field(
        1.0,
        gt=0,
        description="length of a round of the protocol, in rounds of the network: how long it waits",
    )
    allow_below_bound: bool = Field(
        False, description="run all the same with fewer parties, or more traitors, than the protocol bears"
    )
    max_events: int = Field(1_000_000, ge=1, description="event at which a run ends at the latest")

    problems: ClassVar[frozenset[Problem]]
    """What the model's protocols may solve."""
    least_honest: ClassVar[int] = 2
    """How many parties must be honest for there to be anything to judge."""

    def parties(self, nodes: int) -> int:
        """Return how many send messages on a network of so many nodes."""
        return nodes

    @property
    def borne(self) -> int:
        """Number of traitors that the protocol is set up to bear."""
        return reckoned(self) if self.f is None else self.f


class MessageModel(AgreementModel):
    """Base of models whose parties send messages.

    Parameters
    ----------
    schedule
        The choices to be made, in place of channel, scheduler and coins.
    traced
        Whether to keep the run's choices in `simulation.trace`; those of a schedule are kept in any case.

    Attributes
    ----------
    council : Council
        Who sits where.
    network : Network
    simulation : Simulation
        The event queue, with everybody's machine and state.
    traitors : (k,) array
        The nodes that have a conduct, ascending. An adaptive conduct adds to them as the run goes.
    schedule : Schedule, or None
    script : Script, or None
        What happened, where a schedule is followed.
    over : bool
        Whether nothing is under way any more that concerns an honest party.
    """

    network: Network

    def __init__(
        self,
        scenario: AnyScenario | None = None,
        *,
        schedule: Schedule | None = None,
        traced: bool = False,
        **given: Any,
    ) -> None:
        self.schedule, self._traced = schedule, traced or schedule is not None
        super().__init__(scenario, **given)

    # What a model fills in ----------------------------------------------------------------------

    @abstractmethod
    def convened(self) -> Council:
        """Return who sits where."""

    @abstractmethod
    def noted(self) -> None:
        """Note what has come of a step."""

    @abstractmethod
    def is_done(self) -> bool:
        """Return whether what is still under way concerns no honest party."""

    @abstractmethod
    def harm(self) -> tuple[int, ...]:
        """Return how badly the run came out, the greater the worse."""

    @abstractmethod
    def host(self, node: int) -> type[Party]:
        """Return the class of an honest party."""

    # What they have in common -------------------------------------------------------------------

    def setup(self) -> None:
        """Seat the parties; of several placements of the traitors the one that does most harm is kept."""
        council = self.convened()
        if len(council.placements) > 1:
            council = replace(council, placements=(self._worst(council),))
        self.council = council
        self.network = council.network
        self._traitors = council.traitors
        self.over = False

    def _worst(self, council: Council) -> tuple[int, ...]:
        """Return the placement that does most harm."""

        def harm(nodes: tuple[int, ...]) -> tuple[int, ...]:
            given = self.scenario.but(placement=Given.at(nodes, council.network))
            model = type(self)(given, rng=self.seed)
            model.run()
            return model.harm()

        return max(council.placements, key=harm)  # of equals the first

    @cached_property
    def script(self) -> Script | None:
        """What happened, where a schedule is followed."""
        return None if self.schedule is None else self._scripted(self.schedule)

    @cached_property
    def simulation(self) -> Any:
        """The event queue, with everybody's machine and state, and what has come of them."""
        scenario, seed = self.scenario, self.seed
        purposes = Purpose.COIN, Purpose.CONDUCT, Purpose.CHANNEL, Purpose.SCHEDULE
        self._streams = coins, lies, delays, orders = [seed.stream(purpose) for purpose in purposes]
        self._untouched = [stream.bit_generator.state for stream in self._streams]

        def coin(node: int, key: Hashable, domain: Sequence[Any]) -> Any:
            return domain[int((lies if node in self._traitors else coins).random() * len(domain))]

        script: Any = self.script
        return Simulation(
            self.council.machines(),
            script or scenario.channel.among(self.network.n, self.council.parties),
            script or scenario.scheduler,
            Luck(delays, orders, script.coin if script else coin),
            pace=scenario.pace,
            links=None if is_complete(self.network) else _links(self.network),
            seize=self._seize if scenario.conduct.adaptive and scenario.traitors else None,
            traced=self._traced,
            max_events=scenario.max_events,
        )

    def _scripted(self, schedule: Schedule) -> Script:
        scenario, goal = self.scenario, schedule.until
        return Script(
            schedule,
            Promise.of(scenario.channel, scenario.protocol.timing),
            lambda: self._traitors,
            lambda: goal in self.verdict.violated,
            lasting=any(each.name == goal and each.kind is Kind.LIVENESS for each in self.properties),
        )

    def _seize(self, node: int, state: State, effects: Sequence[Effect]) -> Machine | None:
        """Corrupt a party if the conduct is tempted and may corrupt one more."""
        scenario = self.scenario
        servers = self.network.n
        corrupted = sum(each < servers for each in self._traitors)  # clients that lie are no part of them
        if node in self._traitors or node >= servers or corrupted >= scenario.traitors:
            return None
        if not scenario.conduct.tempted(node, self.network.n, effects, self._traitors):
            return None
        self._traitors = tuple(sorted((*self._traitors, node)))
        self.forget_parties()
        return self.council.puppet(node, self._traitors)

    def advance(self) -> None:
        """Let everything happen that is due in the next round of the network."""
        simulation = self.simulation
        left = simulation.drain(self.clock)
        self.noted()
        if self.script is not None and self.schedule is not None:
            self.over = not (left or self.script.owed() or self.schedule.cut)
        else:
            self.over = not left or self.is_done()
        if self.over or not left or simulation.cut:
            self.running = False

    @property
    def traitors(self) -> NDArray[np.intp]:
        """The nodes that have a conduct, ascending."""
        return np.array(self._traitors, dtype=np.intp)

    @property
    def honest(self) -> tuple[int, ...]:
        """The nodes that have none, ascending."""
        return tuple(node for node in range(self.council.parties) if node not in self._traitors)

    def parties(self) -> None:
        """Create a `Traitor`, or an honest party, for each node."""
        for node in range(self.council.parties):
            (Traitor if node in self._traitors else self.host(node))(self, node)

    @property
    def was_certain(self) -> bool:
        """Whether no random number was drawn, so that another run from the same inputs and traitors is the same."""
        _ = self.simulation
        return self._untouched == [stream.bit_generator.state for stream in self._streams]


def _links(network: Network) -> list[frozenset[int]]:
    return [frozenset(map(int, network.neighbours(node))) for node in range(network.n)]
