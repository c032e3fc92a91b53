"""The page of a model: what can be set, the run and its verdict, and what can be seen of it."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any

import solara
from solara.alias import rv

from ...models.agreement import AgreementModel
from .address import Address
from .control_panel import ControlPanel
from .drawing import Drawing
from .playback import Playback
from .transport import Transport
from .trouble import told
from .verdict_panel import VerdictPanel
from .views import View, fitting

__all__ = ["ModelPage"]

_FRAMES = 20  # a second: faster runs make several steps to a frame
_BURST = 0.25  # seconds that a frame's steps may take
_PATIENCE = 5.0  # seconds to wait for a browser that does not draw, as in a hidden tab


@dataclass(frozen=True, eq=False)  # going to a step once more is another goal
class _Goal:
    """A step to go to, at the chosen speed or as fast as can be."""

    step: int
    fast: bool = False


_HERE = _Goal(-1)


@solara.component_vue("beat.vue")
def Beat(frame: int, event_drawn: Callable[[int], None]) -> None:
    """Tell when a frame is on the screen."""


@solara.component
def ModelPage(kind: type[AgreementModel], address: Address) -> None:
    """Show a run of a model, at the step that the address asks for."""
    router = solara.use_router()
    opened = solara.use_memo(lambda: _opened(kind, address), [str(address)])
    if isinstance(opened, str):
        solara.Error(f"This address cannot be opened: {opened}")
        solara.Link(str(Address(address.model)), children=[f"Open {address.model} as it is by default"])
        return
    Run(opened, lambda new: router.push(str(new))).key(str(address))


@solara.component
def Run(playback: Playback, go_to: Callable[[Address], None]) -> None:
    """Show a run."""
    frame, set_frame = solara.use_state(0)
    goal, set_goal = solara.use_state(_HERE)
    speed, set_speed = solara.use_state(5)
    trouble, set_trouble = solara.use_state("")
    drawn = solara.use_memo(Event, [])
    pace = solara.use_ref(speed)
    pace.current = speed
    halt = solara.use_ref(Event())
    seen = solara.use_memo(lambda: fitting(playback.model), [])

    def show() -> None:
        set_frame(lambda frame: frame + 1)

    def to(step: int) -> None:
        """Go to a step as fast as can be, or stay where we are."""
        halt.current.set()
        there = move(step)
        show()
        set_goal(_HERE if there else _Goal(step, fast=True))

    def move(step: int) -> bool:
        """Go some of the way to a step; return whether there is none left."""
        try:
            return playback.go(step, _BURST)
        except Exception as error:  # a defect of the model, which must not take the page with it
            set_trouble(f"Step {playback.step} failed: {told(error)}")
            return True

    def travel(cancelled: Event) -> None:
        halted = halt.current = Event()
        there = goal is _HERE
        while not (there or cancelled.is_set()):
            due = monotonic() + 1 / min(pace.current, _FRAMES)
            drawn.clear()
            with playback.lock:
                if halted.is_set():  # somebody went elsewhere
                    return
                stop = goal.step if goal.fast else playback.step + max(1, pace.current // _FRAMES)
                there = move(min(stop, goal.step)) and (stop >= goal.step or not playback.running)
            show()
            drawn.wait(_PATIENCE)
            if not goal.fast:
                halted.wait(max(0.0, due - monotonic()))
        if there and goal is not _HERE:
            set_goal(_HERE)

    solara.use_thread(travel, dependencies=[goal], intrusive_cancel=False)

    with solara.Div(classes=["accord-model"]):
        with rv.Html(tag="details", class_="accord-controls", attributes={"open": True}):
            solara.HTML(tag="summary", unsafe_innerHTML="What is set")
            ControlPanel(playback, go_to)
        with rv.Html(tag="main", class_="accord-run"):
            if trouble:
                solara.Error(trouble)
            Transport(
                playback,
                frame,
                goal is not _HERE,
                lambda: set_goal(_Goal(playback.scenario.max_steps)),
                speed,
                set_speed,
                to,
            )
            VerdictPanel(playback, frame, to)
            with solara.Div(classes=["accord-views"]):
                for each in seen:
                    Seen(each, playback, frame, to).key(each.title)
            Beat(frame=frame, event_drawn=lambda _: drawn.set())


@solara.component
def Seen(view: View, playback: Playback, frame: int, to: Callable[[int], None]) -> None:
    """Show a view of the present step."""
    try:
        option: Any = view(playback)
    except Exception as error:  # a defect of a view: the others go on
        solara.Error(f"{view.title} cannot be drawn: {told(error)}")
        return
    with solara.Div(classes=["accord-view"]):
        solara.HTML(tag="h3", unsafe_innerHTML=view.title)
        solara.HTML(tag="p", unsafe_innerHTML=view.caption)
        Drawing(option=option, name=view.title, height=view.height, event_step=to)


def _opened(kind: type[AgreementModel], address: Address) -> Playback | str:
    try:
        return Playback(kind, address)
    except Exception as error:  # bad input, or a defect of the model
        return told(error)
