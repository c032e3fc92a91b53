"""AgreementModel: what all models of agreement have in common, as a real `mesa.Model`.

A model has a Scenario, a Seed, a clock, parties, records and, when it is over, a Verdict. It steps
and records; it never measures, draws or prints. To make one, give it a `Scenario`, the `properties`
that its runs are judged by, and the methods `setup`, `advance`, `judge` and `outcome`.
"""

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

import mesa
import numpy as np
from mesa.agent import Agent, AgentSet
from numpy.typing import NDArray

from ..agents.errors import InputError
from .records import Column, Detail, Record
from .scenario import Scenario
from .seeds import Purpose, Seed
from .verdict import Property, Verdict

__all__ = ["AgreementModel", "AnyScenario"]

AnyScenario = Scenario  # inside the class its own Scenario goes by that name


class AgreementModel(mesa.Model):  # type: ignore[misc]  # Mesa 3.3 ships no types
    """Base of every model.

    Parameters
    ----------
    scenario
        A finished scenario. Instead of it, its parameters can be given by name.
    rng
        A non-negative integer seed, or None for a new one (which `seed` then remembers).
    replicate
        Which repetition under that seed; a row of a sweep is ``Model(scenario, rng=seed, replicate=...)``.
    record
        What to keep beyond the run's row: "steps", "parties", "trajectories".
    **parameters
        The scenario's fields.

    Attributes
    ----------
    scenario : Scenario
    seed : Seed
    clock : int
        Steps made; 0 before the first.
    running : bool
        False once the run is over; stepping on is then refused.

    Raises
    ------
    InputError
        For anything wrong with the parameters, before anything runs.
    """

    Scenario: ClassVar[type[AnyScenario]]
    running: bool
    properties: ClassVar[tuple[Property, ...]] = ()
    outcomes: ClassVar[dict[str, Column]] = {}
    step_outcomes: ClassVar[dict[str, Column]] = {}
    party_outcomes: ClassVar[dict[str, Column]] = {}

    def __init__(
        self,
        scenario: AnyScenario | None = None,
        *,
        rng: Any = None,
        replicate: int = 0,
        record: Iterable[str] = (Detail.STEPS,),
        **parameters: Any,
    ) -> None:
        if scenario is None:
            scenario = self.Scenario(**parameters)
        elif not isinstance(scenario, self.Scenario):
            raise InputError(f"{type(self).__name__} takes a {self.Scenario.__name__}, not {scenario!r}")
        elif parameters:
            raise InputError(
                "give a scenario or its parameters, not both; scenario.but(...) makes a changed copy"
            )
        self.seed = Seed.of(rng, replicate)
        self._scenario_of_accord = scenario
        self._looked_at = False
        # Mesa's own generators, for models that use them, differ between replicates like all others
        super().__init__(rng=int(self.seed.stream(Purpose.MODEL).integers(2**31)))
        self.clock = 0
        self.record = frozenset(Detail(each) for each in record)
        self._verdict: Verdict | None = None
        self.setup()

    @property
    def scenario(self) -> Any:
        """The model's parameters."""
        return self._scenario_of_accord

    @scenario.setter
    def scenario(self, value: object) -> None:
        """Ignore the scenario that Mesa 3.5 makes for models that have none."""

    # What a model fills in ----------------------------------------------------------------------

    @abstractmethod
    def setup(self) -> None:
        """Build the network and the parties' state from `scenario` and the streams of `seed`."""

    @abstractmethod
    def advance(self) -> None:
        """Make one step; set `running` to False when the run is over. `clock` counts it already."""

    @abstractmethod
    def judge(self) -> Sequence[Any]:
        """Return one Judgement for each of `properties`, in their order, on the run so far."""

    @abstractmethod
    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns, as `outcomes` declares them, beyond verdict and steps."""

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns of the frame of steps, `step` among them."""
        return {"step": np.arange(self.clock + 1)}

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns of the frame of parties, `step` and `party` among them."""
        return {}

    def holding(self, node: int) -> str:
        """Return what a party holds, in a word."""
        opinions: Any = getattr(self, "opinions")  # noqa: B009 - of most models, not of all
        return f"{opinions[node]:.6g}"

    def label(self, node: int) -> str:
        """Return a party's name."""
        network: Any = getattr(self, "network")  # noqa: B009 - of most models, not of all
        return str(node if network.labels is None else network.labels[node])

    def neighbours(self, node: int) -> Sequence[int]:
        """Return whom a party hears and speaks to."""
        network: Any = getattr(self, "network")  # noqa: B009 - of most models, not of all
        nearby: Sequence[int] = network.neighbours(node)
        return nearby

    def parties(self) -> None:
        """Create the parties as `mesa.Agent`s; called when somebody first looks."""

    # What everybody may call --------------------------------------------------------------------

    def step(self) -> None:
        """Make one step.

        Raises
        ------
        InputError
            If the run is over.
        """
        if not self.running:
            raise InputError(f"the run ended at step {self.clock}; make a new model to go on")
        self.clock += 1
        self.advance()
        if self.clock >= self.scenario.max_steps:
            self.running = False

    def run(self) -> Self:
        """Step until the run is over and return the model."""
        while self.running:
            self.step()
        return self

    run_model = run

    @property
    def verdict(self) -> Verdict:
        """The judgement on the run so far; final once `running` is False."""
        if self._verdict is None:
            verdict = Verdict(self.properties, tuple(self.judge()))
            if self.running:
                return verdict
            self._verdict = verdict
        return self._verdict

    def recorded(self) -> Record:
        """Return what the run leaves behind."""
        return self.compose(
            self.verdict,
            self.clock,
            self.outcome(),
            self.step_columns() if Detail.STEPS in self.record else {},
            self.party_columns() if self.record & {Detail.PARTIES, Detail.TRAJECTORIES} else {},
        )

    @classmethod
    def compose(
        cls,
        verdict: Verdict,
        steps: int,
        outcome: Mapping[str, Any],
        step_columns: Mapping[str, NDArray[Any]],
        party_columns: Mapping[str, NDArray[Any]],
    ) -> Record:
        """Return the record of a run: the same columns whichever way it was run."""
        missing = set(cls.outcomes) - set(outcome)
        if missing:
            raise InputError(
                f"{cls.__name__}.outcome() lacks {', '.join(sorted(missing))}, which outcomes declares; "
                "return it, or declare it no more"
            )
        row = {
            **{name: judgement.status.value for name, judgement in verdict.items()},
            **{f"{name}_step": judgement.step for name, judgement in verdict.items()},
            "witnesses": "; ".join(
                f"{name}: {' '.join(map(str, judgement.witnesses))}"
                for name, judgement in verdict.items()
                if judgement.witnesses
            ),
            "vacuous": " ".join(name for name, judgement in verdict.items() if judgement.vacuous),
            "steps": steps,
            **outcome,
        }
        return Record(row, step_columns, party_columns)

    @classmethod
    def run_many(
        cls, scenario: AnyScenario, seeds: Sequence[Seed], record: Collection[str] = (Detail.STEPS,)
    ) -> list[Record]:
        """Run a scenario once for each seed and return the records in the seeds' order.

        Models that can advance many runs at once override it; results are equal to the last bit.
        """
        return [cls(scenario, rng=seed, record=record).run().recorded() for seed in seeds]

    # Mesa ---------------------------------------------------------------------------------------

    @property
    def agents(self) -> AgentSet:
        """The parties, in the order of their nodes; they come to be when first looked at."""
        self._look()
        return self._all_agents

    @property
    def agents_by_type(self) -> dict[type[Agent], AgentSet]:
        """The parties by class."""
        self._look()
        return super().agents_by_type  # type: ignore[no-any-return]

    @property
    def agent_types(self) -> list[type[Agent]]:
        """The classes of the parties."""
        self._look()
        return super().agent_types  # type: ignore[no-any-return]

    def _look(self) -> None:
        if self._looked_at:
            return
        self._looked_at = True
        self.parties()
        # Mesa 3.3 numbers agents in a class-wide dict that would keep every model alive
        getattr(Agent, "_ids", {}).pop(self, None)

    def forget_parties(self) -> None:
        """Have the parties made anew when somebody looks next: some are of another kind now."""
        if self._looked_at:
            self.remove_all_agents()
            self._looked_at = False

    @property
    def datacollector(self) -> mesa.DataCollector:
        """The recorded steps in the form that `mesa.batch_run` reads."""
        columns = self.step_columns()
        collector = mesa.DataCollector(model_reporters={name: name for name in columns})
        # batch_run counts collections from the first step made, not from the state before it
        collector.model_vars = {name: list(values[1:]) for name, values in columns.items()}
        collector._collection_steps = list(range(1, self.clock + 1))
        return collector
