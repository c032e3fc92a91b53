"""Guarantees: what a protocol promises in a scenario, and why it promises no more.

A protocol's theorem speaks of numbers of parties and traitors, of kinds of faults, and of the network's timing. Here
it is held against a scenario: what is refused unless it is allowed on purpose, whether safety is covered, and
whether termination is owed.
"""

from collections.abc import Sequence
from math import inf
from typing import Any

from ..agents.errors import InputError
from ..agents.machine import Seat, Value
from ..agents.parameters import name_of
from ..agents.protocols import Faults, Timing, protocols
from .channels import Row
from .networks.built import check_traitors
from .networks.network import Network
from .networks.routes import connectivity, is_complete
from .simulation import DIGITS

__all__ = ["are_bound", "check", "may_lie", "reckoned", "routes_needed", "uncovered", "unowed"]


def _leaves_nothing(scenario: Any) -> bool:
    """Return whether a traitor that does as it should again is as good as any other.

    So it is if all that it lost are messages, of which a protocol that does not count on rounds cannot tell whether
    they are late, and if what it forgot was persisted.
    """
    protocol, faults = scenario.protocol, scenario.conduct.faults
    if faults is Faults.RECOVERY:
        return bool(protocol.persists)
    return faults is Faults.OMISSION and protocol.timing is not Timing.SYNCHRONOUS


def reckoned(scenario: Any) -> int:
    """Return with how many traitors a bound has to reckon: those at once where failures leave nothing, else all."""
    traitors: int = scenario.traitors
    return int(scenario.conduct.at_once(traitors)) if _leaves_nothing(scenario) else traitors


def are_bound(scenario: Any) -> bool:
    """Return whether safety binds traitors as well: they do not lie, and their protocol speaks of such as do not."""
    return (
        _leaves_nothing(scenario) or max(scenario.protocol.faults, scenario.conduct.faults) < Faults.BYZANTINE
    )


def may_lie(scenario: Any) -> bool:
    """Return whether relays have to reckon with lies, as the protocol does."""
    return scenario.protocol.faults is Faults.BYZANTINE


def routes_needed(scenario: Any) -> int:
    """Return on how many disjoint routes the traitors borne can neither forge nor stop a message."""
    return (2 if may_lie(scenario) else 1) * int(scenario.borne) + 1


def check(scenario: Any, network: Network, inputs: Sequence[Value]) -> None:
    """Raise InputError if a scenario cannot be played on a network, or should not unless on purpose."""
    n, traitors, f, protocol = network.n, scenario.traitors, scenario.borne, scenario.protocol
    name = name_of(type(protocol))
    if protocol.problem not in scenario.problems:
        suited = ", ".join(each for each, kind in protocols.items() if kind.problem in scenario.problems)
        raise InputError(f"protocol={protocol}: {name} is not for this model; use one of {suited}")
    named = "traitors" if scenario.f is None else "f"  # what to change
    parties = scenario.parties(n)
    there = reckoned(scenario)
    # where there are clients, who are honest, all the rest may fail one after the other
    check_traitors(
        there if parties > n and traitors <= n else traitors, network.name, n, scenario.least_honest
    )
    if f >= n:  # not even on purpose: who waits for n - f parties would wait for nobody, and go on for ever
        raise InputError(
            f"f={f}, but {network.name} has {n} nodes, of which n - 1 can fail; use f <= {n - 1}"
        )
    scenario.channel.among(n, parties).check(parties)
    scenario.scheduler.check(parties)
    if traitors:
        scenario.conduct.check(opinions=False, n=parties)
    if not scenario.relay and not is_complete(network):
        raise InputError(
            f"{name} needs everybody to hear everybody, and {network.name} is not complete; use "
            + ("relay=True to have messages passed on, or " if "relay" in type(scenario).model_fields else "")
            + f"network='complete(n={n})'"
        )
    if (unsuited := protocol.unsuited(inputs)) and protocol.binary:
        raise InputError(
            f"initial={scenario.initial}: {name}: {unsuited}; use bits, or given(values=[0, 1, ...])"
        )
    protocol.machine(Seat(0, n, f, inputs[0]))  # refuses what no computer could run
    if scenario.allow_below_bound:
        return
    on_purpose = "(or allow_below_bound=True to watch it fail)"
    if unsuited:
        raise InputError(
            f"initial={scenario.initial}: {name}: {unsuited}; use protocol.spread=... {on_purpose}"
        )
    if there > f:
        raise InputError(
            f"traitors={traitors}, f={f}: {name} is set up to bear f traitors; use f >= {there} {on_purpose}"
        )
    if n < protocol.least(f):
        borne = max((fewer for fewer in range(f) if protocol.least(fewer) <= n), default=None)
        fewer = f" or {named} <= {borne}" if borne is not None else ""
        raise InputError(
            f"{named}={f}, n={n}: {name} needs n >= {protocol.least(f)} to bear {_traitors(f)}; "
            f"use n >= {protocol.least(f)}{fewer} {on_purpose}"
        )
    try:
        protocol.check(n, f)
    except InputError as wrong:
        raise InputError(f"protocol={protocol}: {wrong} {on_purpose}") from None
    if scenario.relay and (least := connectivity(network)) < (needed := routes_needed(scenario)):
        borne = (least - 1) // (2 if may_lie(scenario) else 1)
        fewer = f", or {named} <= {borne}" if borne >= 0 else ""
        raise InputError(
            f"{named}={f}, relay=True: {needed} disjoint routes bear {_traitors(f)} among the relays of {name}, and "
            f"{network.name} has connectivity {least}; use a network of connectivity {needed}, such as "
            f"'harary(k={needed}, n={max(n, needed + 1)})'{fewer} {on_purpose}"
        )


def uncovered(scenario: Any, network: Network, inputs: Sequence[Value]) -> str:
    """Return why the protocol's guarantee of safety does not cover a run; empty if it does."""
    if reason := _beyond(scenario, network, inputs):
        return reason
    unproven = scenario.protocol.unproven(network.n, scenario.borne)
    return f"{name_of(type(scenario.protocol))} is {unproven}" if unproven else ""


def _beyond(scenario: Any, network: Network, inputs: Sequence[Value]) -> str:
    """Return what there is that the protocol does not reckon with, whatever its thresholds; empty if nothing."""
    protocol, f, there = scenario.protocol, scenario.borne, reckoned(scenario)
    name = name_of(type(protocol))
    if network.n < protocol.least(f):
        return f"{name} bears {_traitors(f)} from n={protocol.least(f)}, and there are {network.n} parties"
    if scenario.relay and not is_complete(network) and connectivity(network) < routes_needed(scenario):
        return (
            f"relays bear {_traitors(f)} from a connectivity of {routes_needed(scenario)}, and {network.name} has "
            f"{connectivity(network)}"
        )
    if there > f:
        return f"{name} is set up for {_traitors(f)}, and there {'is' if there == 1 else 'are'} {there}"
    if there and scenario.conduct.faults > protocol.faults:
        return f"{name} bears {protocol.faults.name.lower()} faults only"
    if scenario.liars and scenario.client_conduct.faults > protocol.client_faults:
        return f"{name} bears {protocol.client_faults.name.lower()} faults of clients only"
    if unsuited := protocol.unsuited(inputs):
        return f"{name}: {unsuited}"
    if protocol.timing is Timing.SYNCHRONOUS:
        return _untimely(scenario)
    return ""


def _untimely(scenario: Any) -> str:
    """Return why a message may come too late for a protocol in rounds; empty if none does."""
    row = Row.of(scenario.channel)
    if not row.reliable():
        return "messages may be lost"
    if row.stable_from() > 0:
        return f"messages may come late until {row.stable_from():g}"
    if round(row.worst() - scenario.pace, DIGITS) > 0:
        return f"a message may take {row.worst():g} rounds of the network, and the protocol waits {scenario.pace:g}"
    return ""


def unowed(scenario: Any, network: Network, inputs: Sequence[Value]) -> str:
    """Return why the fault model owes no termination; empty if it does, for weakened thresholds as well."""
    protocol, row = scenario.protocol, Row.of(scenario.channel)
    if reason := _beyond(scenario, network, inputs):
        return reason
    if protocol.blocks and scenario.traitors:
        return f"{name_of(type(protocol))} may block when somebody fails"
    if scenario.traitors > scenario.borne:  # all are borne, as not all fail at once
        if not scenario.conduct.passes:
            return "more fail again and again than it is set up for"
        if protocol.timing is Timing.ASYNCHRONOUS:
            return "what came while traitors were down is lost"
    if not row.reliable():
        return "messages may be lost"
    if protocol.timing is Timing.EVENTUAL and row.worst() == inf:
        return "no bound on delays ever holds"
    return ""


def _traitors(number: int) -> str:
    return f"{number} traitor{'s' * (number != 1)}"
