"""The bar: on standard error, when asked for or where somebody watches."""

from typing import Any

import pytest
from accord.experiments.progress import bar


@pytest.mark.parametrize("shown", [None, False])
def test_it_says_nothing_where_nobody_watches(capfd: Any, shown: bool | None) -> None:
    with bar("walk", 4, 0, shown) as show:
        show({"ok": 4})
    assert capfd.readouterr() == ("", "")


def test_it_tells_how_far_it_is_and_what_went_wrong(capfd: Any) -> None:
    with bar("walk", 9, 1, True) as show:
        show({"ok": 4, "failed": 2, "timeout": 1})
    out, err = capfd.readouterr()
    assert out == ""
    assert "walk" in err
    assert "7/9" in err
    assert "2 failed, 1 timed out" in err
