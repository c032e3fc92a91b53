"""The transport: play, pause, step, back, and the way to any step."""

from collections.abc import Callable

import solara
from solara.alias import rv

from .download import frames_of
from .playback import Playback

__all__ = ["Transport"]

_SPEEDS = {
    "1 step/s": 1.0,
    "2 steps/s": 2.0,
    "5 steps/s": 5.0,
    "20 steps/s": 20.0,
    "100 steps/s": 100.0,
    "1,000 steps/s": 1000.0,
}


@solara.component
def Transport(
    playback: Playback,
    frame: int,
    playing: bool,
    set_playing: Callable[[bool], None],
    speed: float,
    set_speed: Callable[[float], None],
    to: Callable[[int], None],
) -> None:
    """Show where in the run we are, and what leads elsewhere."""
    step, running = playback.step, playback.running
    names = {value: name for name, value in _SPEEDS.items()}
    with solara.Row(classes=["accord-transport"], gap="8px", style="align-items: center"):
        _button("mdi-skip-previous", "Reset", lambda: to(0), step == 0)
        _button("mdi-chevron-left", "Back", lambda: to(step - 1), step == 0)
        if playing:
            _button("mdi-pause", "Pause", lambda: set_playing(False), False)
        else:
            _button("mdi-play", "Play", lambda: set_playing(True), not running)
        _button("mdi-chevron-right", "Step", lambda: to(step + 1), not running)
        _button("mdi-skip-next", "To the end", lambda: to(playback.scenario.max_steps), not running)
        rv.Slider(
            v_model=step, on_v_model=to, min=0, max=max(playback.seen, 1), dense=True, hide_details=True,
            attributes={"aria-label": "step"},
        )  # fmt: skip
        solara.Text(f"step {step}" + ("" if running else ", the run is over"), classes=["accord-step"])
        rv.Select(
            v_model=names[speed], on_v_model=lambda name: set_speed(_SPEEDS[name]), items=list(_SPEEDS),
            dense=True, hide_details=True, label="speed", style_="max-width: 130px",
        )  # fmt: skip
        solara.FileDownload(
            lambda: frames_of(playback), f"{playback.address.model}.zip", label="Frames", string_encoding=None,
        )  # fmt: skip


def _button(icon: str, name: str, on_click: Callable[[], None], disabled: bool) -> None:
    solara.Button(
        icon_name=icon, on_click=on_click, disabled=disabled, icon=True,
        attributes={"aria-label": name, "title": name},
    )  # fmt: skip
