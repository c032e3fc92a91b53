"""The transport: play, pause, step, back, and the way to any step."""

from collections.abc import Callable

import solara
from solara.alias import rv

from .download import frames_of
from .playback import Playback

__all__ = ["SPEEDS", "Transport"]

SPEEDS = (1, 2, 5, 10, 20, 100, 1000)
"""Steps a second."""


@solara.component
def Transport(
    playback: Playback,
    frame: int,
    playing: bool,
    play: Callable[[], None],
    speed: int,
    set_speed: Callable[[int], None],
    to: Callable[[int], None],
) -> None:
    """Show where in the run we are, and what leads elsewhere."""
    step, running = playback.step, playback.running
    with solara.Row(classes=["accord-transport"], gap="4px", style="align-items: center"):
        _button("mdi-skip-previous", "Reset", lambda: to(0), step == 0)
        _button("mdi-chevron-left", "Back", lambda: to(step - 1), step == 0)
        if playing:
            _button("mdi-pause", "Pause", lambda: to(playback.step), False)
        else:
            _button("mdi-play", "Play", play, not running)
        _button("mdi-chevron-right", "Step", lambda: to(step + 1), not running)
        _button("mdi-skip-next", "To the end", lambda: to(playback.scenario.max_steps), not running)
        rv.Slider(
            v_model=step,
            on_v_model=lambda chosen: None if chosen == step else to(int(chosen)),
            min=0,
            max=max(playback.seen, 1),
            dense=True,
            hide_details=True,
            style_="min-width: 90px",
            attributes={"aria-label": "step"},
        )
        over = "" if running else "<span class='over'>, over</span>"
        solara.HTML(tag="div", classes=["accord-step"], unsafe_innerHTML=f"step {step}{over}")
        with solara.Div(style="width: 120px"):
            rv.Select(
                v_model=speed,
                on_v_model=set_speed,
                items=[{"text": f"{each:,} step{'s' * (each > 1)}/s", "value": each} for each in SPEEDS],
                dense=True,
                hide_details=True,
                attributes={"aria-label": "speed"},
            )
        solara.FileDownload(
            lambda: frames_of(playback),
            f"{playback.address.model}.zip",
            children=[
                solara.Button(
                    icon_name="mdi-download",
                    icon=True,
                    attributes={"aria-label": "Frames", "title": "Frames: run, steps and parties as CSV"},
                )
            ],
        )
        rv.Btn(
            icon=True,
            href=str(playback.here),
            attributes={"aria-label": "Address", "title": "The lasting address of this step"},
            children=[rv.Icon(children=["mdi-link-variant"])],
        )


def _button(icon: str, name: str, on_click: Callable[[], None], disabled: bool) -> None:
    solara.Button(
        icon_name=icon,
        on_click=on_click,
        disabled=disabled,
        icon=True,
        attributes={"aria-label": name, "title": name},
    )
