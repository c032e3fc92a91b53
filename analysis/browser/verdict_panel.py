"""The verdict: each property as the run so far leaves it, with the step and the parties by which one can see it."""

from collections.abc import Callable
from html import escape

import solara
from solara.alias import rv

from ...models.verdict import Judgement, Property, Status
from ..labels import heading
from .playback import Playback

__all__ = ["VerdictPanel"]

_MARKS = {Status.HELD: "✓", Status.VIOLATED: "✗", Status.INCONCLUSIVE: "?"}
_NAMED = 5  # witnesses that are named


@solara.component
def VerdictPanel(playback: Playback, frame: int, to: Callable[[int], None]) -> None:
    """Show what a run owes and whether it kept it; a click brings back the step at which that showed."""
    with playback.lock:
        verdict = playback.model.verdict
        told = [
            _told(judgement, [playback.model.label(node) for node in judgement.witnesses[:_NAMED]])
            if judgement.status is not Status.INCONCLUSIVE or not playback.running
            else "not known before the run is over"
            for judgement in verdict.judgements
        ]
    with solara.Div(classes=["accord-verdict"]):
        for each, judgement, text in zip(verdict.properties, verdict.judgements, told, strict=True):
            Judged(each, judgement, text, to).key(each.name)


@solara.component
def Judged(each: Property, judgement: Judgement, told: str, to: Callable[[int], None]) -> None:
    """Show one property."""
    status, step = judgement.status, judgement.step
    box = rv.Html(
        tag="div" if step is None else "button",
        class_=f"accord-property {status.value}" + ("" if step is None else " leads"),
        attributes={
            "title": f"{each.meaning[:1].upper()}{each.meaning[1:]}."
            + ("" if step is None else f" Click for step {step}."),
            "data-property": each.name,
            "data-status": status.value,
        },
        children=[
            solara.HTML(tag="b", unsafe_innerHTML=f"<i>{_MARKS[status]}</i> {escape(heading(each.name))}"),
            solara.HTML(tag="small", unsafe_innerHTML=escape(told)),
        ],
    )
    rv.use_event(box, "click", lambda *_: None if step is None else to(step))


def _told(judgement: Judgement, witnesses: list[str]) -> str:
    """Return in words what a run says about a property."""
    words = judgement.status.value + (" vacuously" if judgement.vacuous else "")
    if judgement.step is not None:
        words += f" at step {judgement.step}"
    if witnesses and judgement.status is Status.VIOLATED:
        others = len(judgement.witnesses) - len(witnesses)
        words += f" by {', '.join(witnesses)}" + (f" and {others} others" if others else "")
    return f"{words}: {judgement.reason}" if judgement.reason else words
