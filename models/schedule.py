"""Schedule: a run as the list of its choices, and the run made again from it.

In place of channel, scheduler and coins stands a list that says what is next. What cannot happen when its turn comes
is skipped, so any part of a list is a list again: that is what shrinking builds on. A schedule can
bring about only what the fault model allows:

- a message arrives after it was sent, at a party that has started, and as often as the channel may deliver it;
- timers of honest parties go off in the order of their times;
- where the network promises a bound and the protocol counts on it, no timer goes off before every message between
  honest parties that was due by then has arrived. Otherwise any message may be left out, or come late;
- what traitors do may be left out, and what is sent to them.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import chain
from math import inf
from typing import Any, NamedTuple, TypeVar

from ..agents.errors import InputError
from ..agents.parameters import name_of
from ..agents.protocols import Timing
from .agreement import AgreementModel
from .channels import Channel, Row
from .schedulers import Event
from .simulation import DIGITS, START, TIMER, Choice, Coin, Simulation

__all__ = ["Happening", "Promise", "Schedule", "Script", "spelled"]

M = TypeVar("M", bound=AgreementModel)


@dataclass(frozen=True)
class Schedule:
    """The choices of a run.

    Parameters
    ----------
    choices
        What is next, and how coins fall, as in `Simulation.trace`. A coin that is not among them falls on the first
        value of its domain.
    prompt
        Whether messages to oneself arrive at once; they are not among the choices then.
    until
        A property: the run ends where it is violated. If it is one of liveness, whatever is owed
        happens after the choices, for only what is over can be said never to have ended well.
    written
        Whether choices were read from a file, where messages, timers and coins stand as text (see `spelled`).
    cut
        Whether the run was cut off after the choices, and so may not be judged as if nothing more could happen.
    """

    choices: Sequence[Choice | Coin]
    prompt: bool = False
    until: str | None = None
    written: bool = False
    cut: bool = False

    @classmethod
    def of(cls, model: AgreementModel) -> "Schedule":
        """Return the schedule of a run, which is made again for it unless it was traced.

        Raises
        ------
        InputError
            If no messages are sent in the model.
        """
        if not hasattr(model, "simulation"):
            raise InputError(
                f"{name_of(type(model))} has no schedule, no messages are sent in it; give a run of generals or servers"
            )
        run: Any = model
        if run.simulation.trace is None:
            run = type(run)(model.scenario, rng=model.seed, traced=True).run()
        return cls(tuple(run.simulation.trace), cut=not run.over)

    def replay(self, model: M) -> M:
        """Return a new model of the same scenario and seed, finished, in which this happened."""
        run: Any = type(model)
        return run(model.scenario, rng=model.seed, schedule=self).run()  # type: ignore[no-any-return]

    def __len__(self) -> int:
        """Return the number of events: starts, timers and messages between parties."""
        return sum(isinstance(each, Choice) and each.sender != each.node for each in self.choices)


@dataclass(frozen=True)
class Promise:
    """What a network owes to a protocol that counts on it.

    Parameters
    ----------
    bound
        The longest that a message takes; inf where none is promised, or none is counted on.
    since
        The time from which that holds; what was sent before counts as sent then.
    reliable
        Whether every message arrives at last.
    repeats
        Whether a message may arrive more than once.
    """

    bound: float = inf
    since: float = 0.0
    reliable: bool = True
    repeats: bool = False

    @classmethod
    def of(cls, channel: Channel, timing: Timing) -> "Promise":
        """Return what a channel owes to a protocol of some timing."""
        row = Row.of(channel)
        bound = inf if timing is Timing.ASYNCHRONOUS else row.worst()
        return cls(bound, row.stable_from(), row.reliable(), row.repeats)

    def due(self, sent: float) -> float:
        """Return when a message has arrived at the latest, if it arrives."""
        return round(max(sent, self.since) + self.bound, DIGITS)


class Happening(NamedTuple):
    """An event as it happened: when, to whom, by whom, what; and its place, as in `Script.sent`."""

    time: float
    node: int
    sender: int
    what: Any
    place: int


class Script:
    """What stands in place of channel, scheduler, queue and coins where a schedule is followed.

    Parameters
    ----------
    schedule
        What is to happen.
    promise
        What the network owes.
    traitors
        Returns who they are at the moment.
    violated
        Returns whether the property that the schedule goes to is violated at the moment.
    lasting
        Whether that property is one of liveness, and the run goes on after the choices.

    Attributes
    ----------
    lasting : bool
    promise : Promise
    made : list of Choice or Coin
        Those choices of the schedule that could be made.
    skipped : int
        How many could not, when it was their turn.
    happened : list of Happening
        `place` is the event's place in the order in which events were sent.
    sent : list of (int, Event)
        For everything that was ever under way, by place: how many events had happened before, and what it is.
    """

    delays = True

    def __init__(
        self,
        schedule: Schedule,
        promise: Promise,
        traitors: Callable[[], Collection[int]],
        violated: Callable[[], bool],
        *,
        lasting: bool,
    ) -> None:
        self.promise, self._traitors, self._violated = promise, traitors, violated
        self._prompt, self._until, self.lasting = schedule.prompt, schedule.until, lasting
        self._named: Callable[[Any], Hashable] = spelled if schedule.written else lambda part: part
        self._next = iter([each for each in schedule.choices if isinstance(each, Choice)])
        self._coins: dict[Hashable, deque[Any]] = defaultdict(deque)
        for each in schedule.choices:
            if isinstance(each, Coin):
                self._coins[each.node, each.key].append(each.value)
        self._waiting: dict[Hashable, deque[int]] = defaultdict(deque)  # places, by label
        self._copies: dict[Hashable, tuple[int]] = {}
        self._pending: set[int] = set()
        self._timers: set[int] = set()
        self._own: deque[int] = deque()
        self._started: set[int] = set()
        self._rung = 0.0  # when the last timer of an honest party went off
        self._done = self.skipped = 0
        self.made: list[Choice | Coin] = []
        self.happened: list[Happening] = []
        self.sent: list[tuple[int, Event]] = []

    # In place of a scheduler, a channel and coins -----------------------------------------------

    def queue(self, simulation: Simulation, rng: Any) -> "Script":
        """Return itself, in charge of a simulation."""
        self._simulation = simulation
        return self

    def route(self, rng: Any, now: float, sender: int, recipient: int, message: Any, arrivals: Any) -> Any:
        """Have the message under way; when it arrives is the schedule's."""
        return (now,)

    def coin(self, node: int, key: Hashable, domain: Sequence[Any]) -> Any:
        """Return the scheduled side of a coin, or else the first."""
        fallen = self._coins.get((node, self._named(key)))
        if not fallen:
            return domain[0]
        side = fallen.popleft()
        value = next((each for each in domain if self._named(each) == side), domain[0])
        self.made.append(Coin(node, key, value))
        return value

    # In place of a queue ------------------------------------------------------------------------

    def push(self, event: Event) -> None:
        """Have something under way."""
        place = len(self.sent)
        _, _, node, sender, what = event
        self.sent.append((len(self.happened), event))
        if self._prompt and sender == node:
            self._own.append(place)
            return
        self._pending.add(place)
        self._waiting[node, sender, self._named(what)].append(place)
        if sender == TIMER:
            self._timers.add(place)

    def pop(self) -> Event:
        """Return the next event of the schedule that can happen now; IndexError if there is none."""
        if self._own:
            place = self._own.popleft()
            return self._happening(place, self._simulation.now)
        if self._until is not None and not self.lasting:
            done = self._simulation.done
            if done != self._done:  # nothing else can violate safety
                self._done = done
                if self._violated():
                    raise IndexError("the property is violated")
        for choice in self._next:
            label = choice.node, choice.sender, choice.what
            waiting = self._waiting.get(label, ())
            # of equals the first sent that can still arrive; or once more what has arrived
            for place in (*waiting, *self._copies.get(label, ())):
                time = self._enabled(place, choice.time)
                if time is None:
                    continue
                if place in self._pending:
                    self._waiting[label].remove(place)
                if self.promise.repeats and choice.sender >= 0:
                    self._copies[label] = (place,)
                event = self._happening(place, time)
                self.made.append(Choice(*event[2:], time=time))
                return event
            self.skipped += 1
        if self.lasting and (owed := self.owed()):
            place = min(owed, key=self._order)
            _, (_, _, node, sender, what) = self.sent[place]
            self._waiting[node, sender, self._named(what)].remove(place)
            return self._happening(place, max(self._simulation.now, self._order(place)[0]))
        raise IndexError("the schedule is over")

    def __iter__(self) -> Iterator[Event]:
        return (self.sent[place][1] for place in chain(sorted(self._pending), self._own))

    def owed(self) -> list[int]:
        """Return the places of what is under way and bound to happen: nobody may leave it out."""
        if not self.promise.reliable:
            return []
        traitors = self._traitors()
        return [place for place in self._pending if self._honest(place, traitors)]

    def _honest(self, place: int, traitors: Collection[int]) -> bool:
        _, (_, _, node, sender, _) = self.sent[place]
        return node not in traitors and sender not in traitors

    def _order(self, place: int) -> tuple[float, int]:
        """Return when something owed happens where nobody interferes, and its place among equals."""
        _, (time, order, node, sender, _) = self.sent[place]
        takes = 0.0 if sender < 0 or sender == node else min(self.promise.bound, 1.0)
        return time + takes, order

    def _enabled(self, place: int, time: float) -> float | None:
        """Return when something under way happens that a schedule has at some time; None if it cannot now."""
        _, (when, _, node, sender, _) = self.sent[place]
        if sender != START and node not in self._started:
            return None
        now, traitors = self._simulation.now, self._traitors()
        clocks = [self.sent[each][1][0] for each in self._timers if self._honest(each, traitors)]
        first = min(clocks, default=inf)
        if sender == TIMER:
            before = (each for each in self._pending - self._timers if self._honest(each, traitors))
            late = first < when or any(self._due(each) <= when for each in before)
            return None if late else max(now, when)
        time = max(now, min(time, first) if self.promise.bound < inf else time)
        late = sender >= 0 and sender != node and self._rung > self.promise.due(when)
        return None if late else time

    def _due(self, place: int) -> float:
        """Return when what is under way has surely happened, timers left aside; inf if it may never happen."""
        _, (when, _, node, sender, _) = self.sent[place]
        promise = self.promise
        if sender in (START, node):
            return when if promise.bound < inf else inf
        return promise.due(when) if promise.reliable else inf

    def _happening(self, place: int, time: float) -> Event:
        _, (_, order, node, sender, what) = self.sent[place]
        self._pending.discard(place)
        self._timers.discard(place)
        if sender == START:
            self._started.add(node)
        elif sender == TIMER and node not in self._traitors():
            self._rung = self.sent[place][1][0]
        self.happened.append(Happening(time, node, sender, what, place))
        return time, order, node, sender, what


def spelled(part: Any) -> str:
    """Return a message, the name of a timer or a coin as text: the same for equals, in every process.

    >>> from accord.agents.keys import Signature
    >>> spelled((1, frozenset({2, 1}), Signature(0, b"x")))
    "(1, {1, 2}, Signature(0, b'x'))"
    """
    if isinstance(part, tuple):
        return f"({', '.join(map(spelled, part))})"
    if isinstance(part, frozenset):
        return f"{{{', '.join(sorted(map(spelled, part)))}}}"
    if is_dataclass(part):
        inside = ", ".join(spelled(getattr(part, each.name)) for each in fields(part))
        return f"{type(part).__name__}({inside})"
    return repr(part)
