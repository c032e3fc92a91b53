from collections.abc import Callable
from typing import Any

from accord.analysis.browser.drawing import Drawing


def test_what_is_clicked_on_tells_its_step_or_where_it_goes(rendered: Callable[..., Any]) -> None:
    told: list[Any] = []
    option = {"series": [{"data": [{"step": 3}, {"go": [0, 1]}]}]}
    every = rendered(
        Drawing(option=option, name="Map", height=200, event_step=told.append, event_go=told.append)
    )()
    (drawn,) = (each for each in every if hasattr(each, "option"))
    assert drawn.option == option
    drawn.vue_event_step(3)
    drawn.vue_event_go([0, 1])
    assert told == [3, [0, 1]]
