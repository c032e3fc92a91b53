"""Verdict: what must never happen and what must happen at last, judged in every run.

A safety property ("no honest party ever leaves the hull") is held or violated. A liveness property
("everybody settles") is held, violated, or inconclusive where the run was cut off or where
the fault model owes nothing. Each property comes with a goal, something that has to happen for
the property to mean anything; a property whose goal was never reached is vacuous, and says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Judgement", "Kind", "Property", "Status", "Verdict"]


class Kind(StrEnum):
    """Whether something bad must never happen, or something good must happen at last."""

    SAFETY = "safety"
    LIVENESS = "liveness"


class Status(StrEnum):
    """What a run says about a property."""

    HELD = "held"
    VIOLATED = "violated"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True)
class Property:
    """A property as a model declares it, once, for all of its runs.

    Parameters
    ----------
    name
        One word; the column in the frame of runs.
    kind
        Safety or liveness.
    meaning
        What holds when it holds, in one sentence.
    goal
        What must have happened for the property to have been tested at all.
    """

    name: str
    kind: Kind
    meaning: str
    goal: str


@dataclass(frozen=True)
class Judgement:
    """What one run says about one property.

    Parameters
    ----------
    status
        Held, violated or inconclusive.
    step
        The step at which it was first violated, or at which it came to hold.
    witnesses
        The nodes by which a violation can be seen.
    reason
        One sentence, where the status alone does not tell enough.
    vacuous
        True if the property's goal was never reached: it holds because nothing happened.
    """

    status: Status
    step: int | None = None
    witnesses: tuple[int, ...] = ()
    reason: str = ""
    vacuous: bool = False


@dataclass(frozen=True)
class Verdict(Mapping[str, Judgement]):
    """The judgements on all of a model's properties, by name; also as attributes of its statuses.

    Examples
    --------
    >>> from accord.models import Averaging
    >>> verdict = Averaging(network="petersen", rng=1).run().verdict
    >>> verdict["agreement"].status, verdict.agreement == "held"
    (<Status.HELD: 'held'>, True)
    """

    properties: tuple[Property, ...]
    judgements: tuple[Judgement, ...]

    def __getitem__(self, name: str) -> Judgement:
        for each, judgement in zip(self.properties, self.judgements, strict=True):
            if each.name == name:
                return judgement
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (each.name for each in self.properties)

    def __len__(self) -> int:
        return len(self.properties)

    def __getattr__(self, name: str) -> Status:
        if name.startswith("__") or name in ("properties", "judgements"):  # while being copied or unpickled
            raise AttributeError(name)
        try:
            return self[name].status
        except KeyError:
            raise AttributeError(f"the verdict has no property {name!r}: {', '.join(self)}") from None

    @property
    def violated(self) -> tuple[str, ...]:
        """Names of the properties that the run violated."""
        return tuple(name for name, judgement in self.items() if judgement.status is Status.VIOLATED)

    def __str__(self) -> str:
        width = max(map(len, self), default=0)
        return "\n".join(f"{name:<{width}}  {_told(judgement)}" for name, judgement in self.items())


def _told(judgement: Judgement) -> str:
    words = [judgement.status.value]
    if judgement.vacuous:
        words.append("(vacuously)")
    if judgement.step is not None:
        words.append(f"at step {judgement.step}")
    if judgement.witnesses:
        words.append(f"by {', '.join(map(str, judgement.witnesses))}")
    return " ".join(words) + (f": {judgement.reason}" if judgement.reason else "")
