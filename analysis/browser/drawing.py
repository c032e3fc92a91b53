"""Drawings: a chart on a page."""

from collections.abc import Callable
from typing import Any

import solara

__all__ = ["Drawing"]


@solara.component_vue("chart.vue")
def Drawing(
    option: Any,
    name: str,
    height: int,
    event_step: Callable[[int], None] | None = None,
    event_go: Callable[[Any], None] | None = None,
) -> None:
    """Draw an option of Apache ECharts; what is clicked on tells its step, or whatever it has to `go` with."""
