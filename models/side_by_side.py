"""Side by side: runs of generals in which every message takes just its round, made together on arrays.

The event queue handles every message on its own; where all that happens in a round happens at once, and traitors do no
more than speak in honest voices, a `Crowd` of runs takes a fraction of the time. What comes of it equals what the queue
makes, in every column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..agents.crowd import Crowd, Playable
from .channels import Row
from .channels.constant import Constant
from .council import Council
from .schedulers.earliest import Earliest
from .simulation import Decision

__all__ = ["Minutes", "played"]

_CELLS = 20_000_000  # entries of an array, for what a crowd takes to fit in memory


@dataclass(frozen=True)
class Minutes:
    """What a run leaves behind, in place of the `Simulation` whose attributes it has.

    Parameters
    ----------
    decisions, sent, own, bytes, events
        As a `Simulation` has them when it is over.
    steps
        After each round: range of the honest decisions, how many there are, messages sent.
    """

    decisions: list[list[Decision]]
    sent: list[int]
    own: int
    bytes: int
    events: int
    steps: list[tuple[float, int, int]]
    accusations: tuple[tuple[float, int, int, str], ...] = ()
    trace: None = None
    cut: bool = False


def played(councils: Sequence[Council]) -> list[Minutes | None]:
    """Return the minutes of runs of one scenario; None for those that only the event queue can make."""
    minutes: list[Minutes | None] = [None] * len(councils)
    machine = councils[0].machine(councils[0].seat(0))
    if not isinstance(machine, Playable) or not _in_lockstep(councils[0].scenario):
        return minutes
    voices = [council.voices() for council in councils]
    spoken = [(place, each) for place, each in enumerate(voices) if each is not None]
    together = max(1, _CELLS // machine.load)
    for start in range(0, len(spoken), together):
        group = spoken[start : start + together]
        crowd = Crowd([each for _, each in group])
        machine.play(crowd)
        for run, (place, _) in enumerate(group):
            minutes[place] = _minutes(crowd, run, councils[place])
    return minutes


def _in_lockstep(scenario: Any) -> bool:
    row = Row.of(scenario.channel)
    return (
        all(isinstance(stage, Constant) for stage in row.stages)
        and row.worst() == scenario.pace == 1
        and isinstance(scenario.scheduler, Earliest)
        and not (scenario.traitors and scenario.conduct.adaptive)
    )


def _minutes(crowd: Crowd, run: int, council: Council) -> Minutes:
    honest = [node for node in range(crowd.n) if node not in council.traitors]
    values = crowd.decisions[run, honest]
    times = crowd.times[run, honest]
    steps = []
    for time in range(1, crowd.time + 1):
        made = values[times <= time]
        spoken = crowd.spoken[min(time, crowd.time - 1)]  # when a round ends, the next one's words are out
        steps.append((float(np.ptp(made)) if len(made) else 0.0, len(made), int(spoken[run])))
    decisions: list[list[Decision]] = [[] for _ in range(crowd.n)]
    for node in honest:
        value = float(crowd.decisions[run, node])
        decision = int(value) if value.is_integer() else value
        decisions[node] = [Decision(float(crowd.times[run, node]), decision, int(crowd.rounds[run, node]))]
    return Minutes(
        decisions,
        crowd.sent[run].tolist(),
        int(crowd.own[run]),
        int(crowd.bytes[run]),
        int(crowd.events[run]),
        steps,
    )
