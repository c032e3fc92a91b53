"""The verdict: each property as the run so far leaves it, with the step and the parties by which one can see it."""

from collections.abc import Callable

import solara

from ...models.verdict import Judgement, Property, Status
from ..labels import heading
from .playback import Playback

__all__ = ["VerdictPanel"]

_MARKS = {Status.HELD: "✓", Status.VIOLATED: "✗", Status.INCONCLUSIVE: "?"}


@solara.component
def VerdictPanel(playback: Playback, frame: int, to: Callable[[int], None]) -> None:
    """Show what a run owes and whether it kept it; a click brings back the step at which it did not."""
    with playback.lock:
        verdict = playback.model.verdict
        names = {node: playback.model.label(node) for each in verdict.values() for node in each.witnesses[:5]}
    with solara.Row(classes=["accord-verdict"], gap="8px", style="flex-wrap: wrap"):
        for each, judgement in zip(verdict.properties, verdict.judgements, strict=True):
            Chip(each, judgement, names, to).key(each.name)


@solara.component
def Chip(each: Property, judgement: Judgement, names: dict[int, str], to: Callable[[int], None]) -> None:
    """Show one property."""
    told = f"{_MARKS[judgement.status]} {heading(each.name)} {judgement.status.value}"
    if judgement.vacuous:
        told += ", vacuously"
    if judgement.step is not None:
        told += f" at step {judgement.step}"
    if judgement.status is Status.VIOLATED and judgement.witnesses:
        shown = ", ".join(names[node] for node in judgement.witnesses[:5])
        told += f" by {shown}" + (" and others" if len(judgement.witnesses) > 5 else "")
    step = judgement.step
    solara.Button(
        told,
        on_click=(lambda: to(step)) if step is not None else None,
        outlined=True,
        small=True,
        classes=["accord-property", f"accord-{judgement.status.value}"],
        attributes={"title": f"{each.meaning}. {judgement.reason}".strip()},
    )
