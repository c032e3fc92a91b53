from collections.abc import Callable, Iterator
from typing import Any

import pytest
import solara


@pytest.fixture
def rendered() -> Iterator[Callable[[Any], Callable[[], list[Any]]]]:
    """Render an element; what it returns tells all widgets that there are now, whoever holds them."""
    pages: list[Any] = []

    def render(element: Any) -> Callable[[], list[Any]]:
        box, page = solara.render(element, handle_error=False)
        pages.append(page)
        return lambda: list(_all(box))

    yield render
    for page in pages:
        page.close()


def _all(widget: Any) -> Iterator[Any]:
    yield widget
    for child in getattr(widget, "children", ()):
        if not isinstance(child, str):
            yield from _all(child)
