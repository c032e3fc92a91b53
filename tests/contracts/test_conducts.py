"""What holds for every conduct on every protocol: no code is written for any pair of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from itertools import islice
from typing import Any

import numpy as np
import pytest
from accord.agents.conducts import Claims, Conduct, conducts
from accord.agents.errors import InputError
from accord.agents.keys import Signature
from accord.agents.machine import Effect, Machine, Message, State, Step
from accord.agents.protocols import Timing, protocols
from accord.models import Averaging, Generals
from accord.models.catalogue import models
from accord.models.simulation import Choice
from accord.models.store_model import StoreModel

ACTING = [name for name, kind in conducts.items() if kind.puppet is not Conduct.puppet]
QUOTING = [name for name, kind in conducts.items() if kind.quote is not Conduct.quote]
VARIANTS = [
    *("crash(at=0, reach=0.5)", "crash(at=0.5, reach=0.3)", "crash(at=1, recover=2)"),
    *(
        "crash(at=0.5, recover=2, loses=memory)",
        "corrupting(p=0.3)",
        "stubborn(value=1)",
        "replaying(after=1.5)",
    ),
    *("forging(beside=true)", "adaptive(conduct=forging)", "adaptive(conduct=colluding)"),
    *("adaptive(conduct=random)", "adaptive(conduct='crash(at=0, reach=0.4)')"),
    # two with timers or coins of their own, and two that lead a double life
    *("delaying + corrupting", "delaying(by=0.5) + delaying", "corrupting(p=0.5) + random"),
    *("equivocating + delaying", "delaying + equivocating", "equivocating + colluding"),
    *("equivocating + crash(recover=1, loses=memory)", "adaptive(conduct=equivocating) + replaying"),
    *("crash(at=0.5, recover=2, loses=disk)", "crash(at=1, recover=1, loses=memory, stagger=2, every=5)"),
    *("hunting(at=2, recover=5, loses=memory)", "delaying + hunting", "stale(at=1) + equivocating"),
]
CONDUCTS = [*ACTING, *VARIANTS]

each_conduct = pytest.mark.parametrize("conduct", CONDUCTS)
each_protocol = pytest.mark.parametrize("protocol", list(protocols))


def runs(protocol: str, conduct: str, f: int = 1, replicates: int = 2, **given: Any) -> Iterator[Any]:
    """Yield models at the protocol's bound, not yet run: placements, channels and replicates."""
    chosen = protocols.choose(protocol)
    n = max(chosen.least(f), f + 2)
    timed = chosen.timing is Timing.SYNCHRONOUS
    model: Any = next(
        kind for kind in models.values() if chosen.problem in getattr(kind.Scenario, "problems", ())
    )
    if issubclass(model, StoreModel):
        given = {"commands": 3, "clients": 2, "pause": 10, **given}
    for placement in ("first", "last", "random"):
        for channel in ["constant"] if timed else ["constant", "uniform(low=0, high=3)"]:
            for replicate in range(replicates):
                yield model(
                    **{
                        **{"network": f"complete(n={n})", "protocol": protocol, "placement": placement},
                        **{"channel": channel, "conduct": conduct, "traitors": f, "rng": 1},
                        **{"replicate": replicate, "max_events": 20_000, "max_steps": 200, **given},
                    }
                )


@each_conduct
@each_protocol
def test_at_the_bound_nothing_is_violated_that_is_promised(protocol: str, conduct: str) -> None:
    borne = conducts.choose(conduct).faults <= protocols[protocol].faults
    for f in (1, 2):
        for model in runs(protocol, conduct, f, replicates=3 - f):
            outcome = model.run().outcome()
            assert not model.running
            assert outcome["events"] <= 20_000
            assert outcome["covered"] == borne
            if borne:
                assert not model.verdict.violated, model.verdict


@each_conduct
@each_protocol
def test_same_seed_same_run(protocol: str, conduct: str) -> None:
    once, again = (next(runs(protocol, conduct)) for _ in range(2))
    assert once.run().recorded() == again.run().recorded()


@each_conduct
@pytest.mark.parametrize("protocol", ["bracha", "phase-king", "dolev-strong", "ben-or-byzantine"])
def test_among_relays_nothing_is_violated_either(protocol: str, conduct: str) -> None:
    given = {"network": "harary(k=3, n=7)", "relay": True}
    for model in runs(protocol, conduct, replicates=1, **given):
        assert not model.run().verdict.violated, model.verdict
        assert model.outcome()["covered"]


_BITS = {"initial": "bits"}
_PLAYED: dict[str, dict[str, str]] = {"bracha": _BITS, "phase-king": _BITS, "approximate": _BITS, "raft": {}}


@each_conduct
def test_it_makes_a_difference(conduct: str) -> None:
    # a party that is silent to nobody does all that an honest one does
    honest = "selective(share=0)"

    def heard(conduct: str) -> list[Any]:
        return [
            sorted(
                (each.time, each.node, each.sender, str(each.what))
                for each in model.run().simulation.trace
                if isinstance(each, Choice) and each.sender >= 0 and each.node not in model.traitors
            )
            for protocol, given in _PLAYED.items()
            for model in runs(protocol, conduct, traced=True, **given)
        ]

    adaptive = conducts.choose(conduct).adaptive
    assert heard(conduct) != heard(f"adaptive(conduct='{honest}')" if adaptive else honest)


# Purity and signatures ----------------------------------------------------------------------------------


class Watched(Machine):
    """A machine that is asked everything twice, and whose mail is read."""

    def __init__(self, machine: Any, mail: list[tuple[int, Message]]) -> None:
        self.machine, self.mail, self.seat = machine, mail, machine.seat

    def start(self) -> Step:
        return self.twice(self.machine.start)

    def possess(self, state: State, effects: Sequence[Effect], kept: Any = None) -> Step:
        return self.twice(self.machine.possess, state, effects, kept)

    def receive(self, state: State, sender: int, message: Message) -> Step:
        hash(message)
        assert message.size > 0
        assert str(message)
        self.mail.append((sender, message))
        return self.twice(self.machine.receive, state, sender, message)

    def timeout(self, state: State, name: Any) -> Step:
        return self.twice(self.machine.timeout, state, name)

    def flip(self, state: State, key: Any, value: Any) -> Step:
        return self.twice(self.machine.flip, state, key, value)

    def twice(self, do: Callable[..., Step], *given: Any) -> Step:
        before = [hash(each) for each in given[:1]]
        (state, effects), (same, alike) = do(*given), do(*given)
        assert (state, tuple(effects)) == (same, tuple(alike))
        assert hash(state) == hash(same)
        assert [hash(each) for each in given[:1]] == before
        return state, effects


def watched(model: Any) -> list[tuple[int, Message]]:
    """Run a model with all machines watched, and return what was delivered, from whom."""
    mail: list[tuple[int, Message]] = []
    simulation = model.simulation
    simulation.machines[:] = [Watched(machine, mail) for machine in simulation.machines]
    if simulation._seize is not None:
        simulation._seize = lambda *given: (
            None if (puppet := model._seize(*given)) is None else Watched(puppet, mail)
        )
    model.run()
    return mail


def signatures(part: Any) -> Iterator[Signature]:
    if isinstance(part, Signature):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from signatures(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from signatures(getattr(part, field.name))


@each_conduct
@each_protocol
def test_puppets_are_pure_and_nobody_forges_a_signature(protocol: str, conduct: str) -> None:
    for model in islice(runs(protocol, conduct, replicates=1), 0, None, 2):
        known: set[Signature] = set()
        for sender, message in watched(model):
            for signature in signatures(message):
                # an honest party's signature is new to the world only in a message of its own
                assert signature in known or signature.signer == sender or signature.signer in model.traitors
                known.add(signature)


# What is refused ----------------------------------------------------------------------------------------


DEALING = [name for name, kind in conducts.items() if kind().deals]


@pytest.mark.parametrize("conduct", sorted(set(conducts) - set(DEALING)))
def test_who_only_sends_makes_no_deals(conduct: str) -> None:
    with pytest.raises(
        InputError, match=rf"{conduct} makes no deals, it acts on messages; use one of"
    ) as told:
        conducts.choose(conduct).check_dealing()
    assert all(name in str(told.value) for name in DEALING)
    with pytest.raises(InputError, match=f"{conduct} makes no deals"):
        conducts.choose(f"breach + {conduct}").check_dealing()


def test_lies_about_deals_go_on_top_of_each_other() -> None:
    both = conducts.choose("bluff(share=0.5) + misreport(factor=2) + breach(p=0.5) + breach(p=0.2)")
    claims = Claims(np.array([100.0]), np.array([True]), np.zeros(1), np.full(1, 200.0))
    assert both.claim(claims).tolist() == [25]
    assert both.honours(np.array([0.1, 0.3, 0.6])).tolist() == [False, False, True]
    assert both.deals
    assert not both.quotes


@pytest.mark.parametrize("conduct", sorted(set(ACTING) - set(QUOTING)))
def test_who_only_sends_quotes_no_opinions(conduct: str) -> None:
    with pytest.raises(
        InputError, match=rf"conduct={conduct}: {conduct} quotes no opinions; use one of"
    ) as told:
        Averaging(traitors=1, conduct=conduct, rng=1)
    assert all(name in str(told.value) for name in QUOTING)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("conduct", sorted(set(QUOTING) - set(ACTING)))
def test_who_only_quotes_sends_no_messages(conduct: str) -> None:
    with pytest.raises(
        InputError, match=rf"conduct={conduct}: {conduct} sends no messages; use one of"
    ) as told:
        Generals(traitors=1, conduct=conduct, rng=1)
    assert all(name in str(told.value) for name in ACTING)
    assert "\n" not in str(told.value)


def test_opinions_are_quoted_by_one_conduct_at_a_time() -> None:
    with pytest.raises(InputError, match="joined for messages and deals only"):
        Averaging(traitors=1, conduct="extreme + drift", rng=1)
    with pytest.raises(InputError, match="drift sends no messages"):
        Generals(traitors=1, conduct="silent + drift", rng=1)
