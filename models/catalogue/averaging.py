"""Averaging: parties on a network update their opinions step by step, traitors among them.

With the rule `linear` this is x(k+1) = W x(k), distributed averaging; other rules give resilient consensus
and opinion dynamics. A run ends when the honest parties have settled, or at the step limit.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from scipy.sparse import csr_array

from ...agents.conducts import Conduct, conducts
from ...agents.party import Negotiator, Traitor
from ...agents.rules import Rule, rules
from ..agreement import AgreementModel, AnyScenario
from ..course import Course
from ..networks.built import Same, build, check_traitors
from ..networks.network import Network
from ..networks.schemes import Scheme, schemes
from ..networks.topologies import Topology, topologies
from ..openings import Opening, openings
from ..opinions import Setting
from ..placements import Placement, placements
from ..records import Column, Detail, Record
from ..scenario import Scenario
from ..seeds import Purpose, Seed
from ..verdict import Judgement, Kind, Property, Verdict

__all__ = ["Averaging"]

# Opinions to hold side by side: what stays in a processor's cache. More runs than fit go in groups.
_CELLS = 600_000


class AveragingScenario(Scenario):
    """Parameters of `Averaging`."""

    network: Annotated[Topology, *topologies.choice] = topologies.option("karate", "who hears whom")
    rule: Annotated[Rule, *rules.choice] = rules.option("linear", "how honest opinions are updated")
    weights: Annotated[Scheme, *schemes.choice] = schemes.option(
        "metropolis", "how much each neighbour counts"
    )
    initial: Annotated[Opening, *openings.choice] = openings.option("uniform", "first opinions")
    traitors: int = Field(0, ge=0, description="number of parties that have a conduct")
    conduct: Annotated[Conduct, *conducts.choice] = conducts.option("stubborn", "what traitors quote")
    placement: Annotated[Placement, *placements.choice] = placements.option("random", "where traitors sit")
    tolerance: float = Field(
        1e-6, gt=0, description="range of honest opinions that counts as agreement, in units of opinion"
    )

    @model_validator(mode="after")
    def _fits(self) -> "AveragingScenario":
        """Try what can be tried before anything runs: a network that is the same in every replicate."""
        self.conduct.check(opinions=True)
        if not self.network.is_random:
            network = build(self.network, np.random.default_rng(0))
            check_traitors(self.traitors, network.name, network.n)
            _matrix(Same(self.network), Same(self.weights))
            self.initial.opinions(network, np.random.default_rng(0))
            self.placement.candidates(network, self.traitors, np.random.default_rng(0))
        elif self.network.size is not None:
            check_traitors(self.traitors, str(self.network), int(self.network.size[0]))
        return self


class Averaging(AgreementModel):
    """Distributed averaging and its resilient relatives, on any network, with traitors.

    Attributes
    ----------
    network : Network
    opinions : (n,) array
        A view on the opinions now; a traitor's is the one that it would hold if it were honest.
    traitors : (k,) array
        The nodes that have a conduct, ascending.

    References
    ----------
    .. [1] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
           53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.
    .. [2] H. J. LeBlanc, H. Zhang, X. Koutsoukos, S. Sundaram, "Resilient asymptotic consensus in robust
           networks", IEEE Journal on Selected Areas in Communications 31 (2013) 766-781,
           doi:10.1109/JSAC.2013.130413.

    Examples
    --------
    >>> model = Averaging(network="petersen", weights="best-constant", rng=1).run()
    >>> model.verdict.agreement, model.clock
    (<Status.HELD: 'held'>, 17)
    """

    Scenario: ClassVar[type[AnyScenario]] = AveragingScenario
    properties: ClassVar[tuple[Property, ...]] = (
        Property(
            "agreement",
            Kind.SAFETY,
            "when the run is over, the honest opinions lie within the tolerance of each other",
            "they did not at first",
        ),
        Property(
            "validity",
            Kind.SAFETY,
            "no honest opinion ever leaves the hull of the honest parties' first opinions, but for rounding",
            "some honest opinion changed, and some traitor lied if there are any",
        ),
        Property(
            "average",
            Kind.SAFETY,
            "the mean of the honest opinions stays what it was at first",
            "some honest opinion changed, and some traitor lied if there are any",
        ),
        Property(
            "termination",
            Kind.LIVENESS,
            "the honest opinions come to rest",
            "some honest opinion changed",
        ),
    )
    outcomes: ClassVar[dict[str, Column]] = {
        "nodes": Column("int64", "parties", "parties in the network"),
        "edges": Column("int64", "edges", "links in the network"),
        "messages": Column("int64", "messages", "opinions sent by or to honest parties"),
        "bytes": Column("int64", "bytes", "messages at 8 bytes each"),
        "value": Column("float64", "opinion", "the value agreed on; missing where there is none"),
        "initial_mean": Column("float64", "opinion", "mean of the honest parties' first opinions"),
        "initial_low": Column("float64", "opinion", "least of the honest parties' first opinions"),
        "initial_high": Column("float64", "opinion", "greatest of the honest parties' first opinions"),
        "final_mean": Column("float64", "opinion", "mean of the honest parties' last opinions"),
        "final_low": Column("float64", "opinion", "least of the honest parties' last opinions"),
        "final_high": Column("float64", "opinion", "greatest of the honest parties' last opinions"),
        "initial_disagreement": Column(
            "float64", "opinion", "Euclidean norm of the first deviations from the mean"
        ),
        "final_disagreement": Column(
            "float64", "opinion", "Euclidean norm of the last deviations from the mean"
        ),
        "mean_error": Column(
            "float64", "opinion", "greatest departure of the mean from the first in any step"
        ),
        "traitor_nodes": Column("string", "1", "the traitors' node ids"),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column(
            "float64", "opinion", "Euclidean norm of the honest opinions' deviations from the mean"
        ),
        "range": Column("float64", "opinion", "greatest honest opinion less the least"),
        "mean": Column("float64", "opinion", "mean of the honest opinions"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        "party": Column("int64", "1", "the party's node id"),
        "label": Column("str", "1", "the node's name"),
        "role": Column("str", "1", "negotiator or traitor"),
        "opinion": Column("float64", "opinion", "the opinion that it holds"),
    }

    def setup(self) -> None:
        """Build the network and lay out the opinions."""
        scenario: AveragingScenario = self.scenario
        candidates = _settings(scenario, self.seed)
        if len(candidates) > 1:
            trial = _course(scenario, candidates, frozenset())
            trial.run()
            candidates = [_settings(scenario, self.seed)[_worst(trial, range(len(candidates)))]]
        (setting,) = candidates
        self.network: Network = setting.network
        self.matrix: csr_array = setting.matrix
        self.traitors = np.sort(setting.traitors)
        self._course = _course(scenario, [setting], self.record)

    def advance(self) -> None:
        """Make one synchronous step."""
        self._course.advance()
        self.running = bool(self._course.running)

    @property
    def opinions(self) -> NDArray[np.float64]:
        """The opinions now, (n,); can be written to between steps."""
        now: NDArray[np.float64] = self._course.now(0)
        return now

    @property
    def disagreement(self) -> float:
        """Euclidean norm of the honest opinions' deviation from their mean."""
        return float(self._course.opinions.disagreement[0])

    @property
    def disagreement_vector(self) -> NDArray[np.float64]:
        """Each opinion's deviation from the mean of the honest ones, (n,)."""
        mean: float = self._course.opinions.mean[0]
        return self.opinions - mean

    def quotes(self, node: int) -> dict[int, float]:
        """Return what a traitor quoted in the last step, by its honest neighbours' nodes; NaN is silence."""
        opinions = self._course.opinions
        said = opinions.speakers == node
        return dict(zip(opinions.listeners[said].tolist(), opinions.quotes[said].tolist(), strict=True))

    def parties(self) -> None:
        """Create a `Negotiator` or a `Traitor` for each node."""
        traitors = set(self.traitors.tolist())
        for node in range(self.network.n):
            (Traitor if node in traitors else Negotiator)(self, node)

    def judge(self) -> list[Judgement]:
        """Judge the four properties."""
        return self._course.judgements(0)

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        return self._course.outcome(0)

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement, range and mean of the honest opinions."""
        return self._course.step_columns(0)

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, party, label, role and opinion."""
        return self._course.party_columns(0)

    @classmethod
    def run_many(
        cls, scenario: AnyScenario, seeds: Sequence[Seed], record: Collection[str] = (Detail.STEPS,)
    ) -> list[Record]:
        """Run all seeds side by side on arrays; records equal those of single runs to the last bit."""
        if cls is not Averaging:  # a subclass may have changed what a step or an outcome is
            return super().run_many(scenario, seeds, record)
        details = frozenset(Detail(each) for each in record)
        records: dict[int, Record] = {}
        waiting: dict[int, list[tuple[int, list[Setting]]]] = {}  # by number of nodes
        for place, seed in enumerate(seeds):
            candidates = _settings(scenario, seed)
            n = candidates[0].network.n
            waiting.setdefault(n, []).append((place, candidates))
            if n * (1 + sum(len(each) for _, each in waiting[n])) > _CELLS:
                records |= cls._run_group(scenario, waiting.pop(n), details)
        for group in waiting.values():
            records |= cls._run_group(scenario, group, details)
        return [records[place] for place in range(len(seeds))]

    @classmethod
    def _run_group(
        cls, scenario: AnyScenario, group: list[tuple[int, list[Setting]]], details: frozenset[Detail]
    ) -> dict[int, Record]:
        """Run networks of one size side by side and keep the worst candidate of each run."""
        course = _course(scenario, [setting for _, candidates in group for setting in candidates], details)
        course.run()
        records, stop = {}, 0
        for place, candidates in group:
            start, stop = stop, stop + len(candidates)
            run = _worst(course, range(start, stop))
            records[place] = cls.compose(
                Verdict(cls.properties, tuple(course.judgements(run))),
                course.steps(run),
                course.outcome(run),
                course.step_columns(run) if Detail.STEPS in details else {},
                course.party_columns(run) if details & {Detail.PARTIES, Detail.TRAJECTORIES} else {},
            )
        return records


def _course(scenario: Any, settings: Sequence[Setting], record: frozenset[Detail]) -> Course:
    return Course(
        settings,
        scenario.rule.facing(scenario.traitors),
        scenario.conduct,
        tolerance=scenario.tolerance,
        max_steps=scenario.max_steps,
        conserves=scenario.rule.is_linear and scenario.weights.conserves_average,
        record=record,
    )


def _settings(scenario: Any, seed: Seed) -> list[Setting]:
    """Return what a run starts from, once for each candidate placement of the traitors."""
    network = build(scenario.network, seed.stream(Purpose.NETWORK))
    if scenario.network.is_random:
        check_traitors(scenario.traitors, network.name, network.n)
        matrix = scenario.weights.matrix(network)
    else:
        matrix = _matrix(Same(scenario.network), Same(scenario.weights))
    opinions = scenario.initial.opinions(network, seed.stream(Purpose.INITIAL))
    candidates = scenario.placement.candidates(network, scenario.traitors, seed.stream(Purpose.PLACEMENT))
    return [
        Setting(network, matrix, opinions, traitors, seed.stream(Purpose.CONDUCT)) for traitors in candidates
    ]


def _worst(course: Course, runs: Sequence[int]) -> int:
    """Return the run that did most harm: most properties violated, then the widest final range."""
    return max(runs, key=lambda run: (course.violations(run), course.final_range(run), -run))


@lru_cache(maxsize=8)
def _matrix(topology: Same, scheme: Same) -> csr_array:
    """Return the matrix of a network that is the same in every run; it may be costly to design."""
    matrix: csr_array = scheme.part.matrix(build(topology.part, np.random.default_rng(0)))
    return matrix
