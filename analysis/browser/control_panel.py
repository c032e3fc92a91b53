"""The panel of controls: a run's scenario and seed, and what is wrong with what somebody typed."""

from collections.abc import Callable
from secrets import randbelow
from typing import Any

import solara
from solara.alias import rv

from .address import Address
from .controls import Control, changed, controls
from .playback import Playback
from .site import SITE
from .trouble import told

__all__ = ["ControlPanel"]


@solara.component
def ControlPanel(playback: Playback, go_to: Callable[[Address], None]) -> None:
    """Show what can be set. What is in order opens another run; what is not is told, and the run stays."""
    edits, set_edits = solara.use_state({})
    wrong, set_wrong = solara.use_state(("", ""))
    address = playback.address

    def edit(path: str, text: str) -> None:
        pending = {**edits, path: text}
        try:
            seed = Address.read(f"?seed={pending['seed']}").seed if "seed" in pending else address.seed
            settings = {key: each for key, each in pending.items() if key != "seed"}
            new = Address.of(address.model, changed(playback.scenario, settings), seed, address.replicate)
            Playback(playback.kind, new)  # what only shows once the network is built is told now, too
        except Exception as error:  # bad input, or a defect of the model
            set_edits(pending)
            set_wrong((path, told(error)))
        else:
            go_to(new)

    def discard() -> None:
        set_edits({})
        set_wrong(("", ""))

    with solara.Div():
        solara.Select(
            "model",
            value=address.model,
            values=list(SITE.models),
            on_value=lambda name: go_to(Address(name)),
            dense=True,
        )
        with solara.Row(gap="4px", style="align-items: center"):
            Typed(
                Control("seed", "whole", str(address.seed), "fixes every random number (at least 0)"),
                edits,
                wrong,
                edit,
            )
            solara.Button("New", on_click=lambda: edit("seed", str(randbelow(10**6))), text=True, small=True)
        if edits:
            solara.Warning("The last run that was in order is still shown.", dense=True)
            solara.Button("Discard changes", on_click=discard, text=True, small=True)
        for each in controls(playback.scenario):
            Typed(each, edits, wrong, edit).key(each.path)


@solara.component
def Typed(
    control: Control, edits: dict[str, str], wrong: tuple[str, str], edit: Callable[[str, str], None]
) -> None:
    """Show one control."""
    value = edits.get(control.path, control.value)
    told = [wrong[1]] if wrong[0] == control.path else []

    def on_value(new: Any) -> None:
        text = "None" if new is None else str(new)
        if text != value:
            edit(control.path, text)

    look: dict[str, Any] = {
        "label": control.label,
        "hint": control.help,
        "persistent_hint": True,
        "error_messages": told,
        "dense": True,
        "class_": "accord-part" if control.owner else "",
        "attributes": {"data-control": control.path},
    }
    if control.kind == "switch":
        rv.Switch(v_model=value == "True", on_v_model=on_value, **look)
    elif control.kind == "part":
        rv.Combobox(v_model=value, on_v_model=on_value, items=list(control.choices), **look)
    elif control.kind == "choice":
        rv.Select(v_model=value, on_v_model=on_value, items=list(control.choices), **look)
    else:
        field = rv.TextField(v_model=value, **look)
        rv.use_event(field, "change", lambda widget, event, data: on_value(data))
