"""What stands in the address bar: runs come back by it, and what is not in order is told in plain words."""

import re

import pytest

from .visitor import Visitor


def test_a_lasting_address_reopens_the_step(visitor: Visitor, another: Visitor) -> None:
    visitor.open("/?model=averaging&network=ring(n=12)&traitors=2&seed=3")
    for _ in range(3):
        visitor.press("Step")
    lasting = visitor.page.get_by_label("Address").get_attribute("href")
    assert lasting == "/?model=averaging&network=ring(n=12)&traitors=2&seed=3&step=3"
    another.open(lasting)
    assert (another.step, another.charts, another.verdicts) == (3, visitor.charts, visitor.verdicts)
    another.press("Back")
    visitor.press("Back")
    assert (another.step, another.charts, another.verdicts) == (2, visitor.charts, visitor.verdicts)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/?model=nosuch", "unknown model 'nosuch'"),
        ("/?model=averagin", "did you mean 'averaging'"),
        ("/?model=<img src=x>", "unknown model '<img src=x>'"),
        ("/?model=averaging&max_steps=0", "max_steps=0 must be at least 1"),
        ("/?model=averaging&traitors=99", "traitors=99"),
        ("/?model=averaging&network=ring(n=2)", "n=2"),
        ("/?model=averaging&network=ring(n=", "network"),
        ("/?model=averaging&network=<img src=x>", "<img src=x>"),
        ("/?model=averaging&nosuch=1", "nosuch"),
        ("/?model=averaging&traitors=1&traitors=2", "sets traitors twice"),
        ("/?model=averaging&seed=abc", "seed='abc' must be a whole number"),
        ("/?model=averaging&step=-1", "step='-1' must be a whole number"),
        ("/?model=averaging&%00=%ff", "unknown"),
        ("/?model=averaging&initial=" + "1," * 4100 + "1", "longer than"),
    ],
    ids=lambda text: re.sub(r"\W+", "-", text[:30]),
)
def test_what_cannot_be_opened_says_why(visitor: Visitor, path: str, told: str) -> None:
    visitor.goto(path)
    visitor.page.get_by_text(told).first.wait_for()
    assert "Traceback" not in visitor.text
    assert '.py"' not in visitor.text
    assert not visitor.page.locator("img").count()
    assert not visitor.page.locator(".accord-chart").count()


@pytest.mark.parametrize(
    "path", ["/nosuch", "/%2e%2e/%2e%2e/etc/passwd", "/static/public/%2e%2e/%2e%2e/pyproject.toml"]
)
def test_there_are_no_other_pages(visitor: Visitor, path: str) -> None:
    answer = visitor.context.request.get(visitor.address + path)
    assert answer.status == 404
    assert "no such page" in answer.text()
    assert len(answer.text()) < 100
