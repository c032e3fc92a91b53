"""How a page sits on the screen: in the window, still, in light and dark, and on paper."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest

from .visitor import Visitor

RUN = "/?model=averaging&traitors=3&seed=1"
TRANSPORT = ("Reset", "Back", "Play", "Step", "To the end")


@pytest.mark.parametrize("size", [(1280, 800), (820, 1180)], ids=["laptop", "tablet"])
def test_everything_is_within_reach(browser: Any, address: str, size: tuple[int, int]) -> None:
    visitor = Visitor(browser, address, size)
    visitor.open(RUN)
    width, height = size
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    for name in TRANSPORT:
        box = visitor.button(name).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    for box in visitor.boxes(".accord-chart"):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    visitor.control("traitors").scroll_into_view_if_needed()
    visitor.type("traitors", "2")
    visitor.page.wait_for_url("**traitors=2**")
    assert not visitor.troubles
    visitor.close()


def test_nothing_moves_while_a_model_runs(visitor: Visitor) -> None:
    visitor.open(RUN)
    still = ".accord-chart, .accord-transport, .accord-transport button, .accord-step"
    before = visitor.boxes(still)
    for _ in range(10):
        visitor.press("Step")
        assert visitor.boxes(still) == before


def test_light_and_dark(visitor: Visitor) -> None:
    dark = "() => !!document.querySelector('.v-application.theme--dark')"
    visitor.open(RUN)
    looks = set()
    for _ in range(3):  # light, dark, and as the system has it
        visitor.page.locator("header button").click()
        looks.add(visitor.page.evaluate(dark))
    assert looks == {True, False}
    visitor.press("Step")


def test_a_run_can_be_taken_along(visitor: Visitor) -> None:
    visitor.open(f"{RUN}&step=5")
    with visitor.page.expect_download() as frames:
        visitor.button("Frames").click()
    assert frames.value.suggested_filename == "averaging.zip"
    archive = ZipFile(BytesIO(Path(frames.value.path()).read_bytes()))
    read = {name: pd.read_csv(archive.open(name)) for name in archive.namelist() if name.endswith(".csv")}
    assert set(read) == {"run.csv", "steps.csv", "parties.csv"}
    assert len(read["run.csv"]) == 1
    assert read["steps.csv"]["step"].max() == 5
    assert len(read["parties.csv"]) == 2 * 34  # at first and now


@pytest.mark.parametrize(("kind", "begins"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_a_picture_can_be_taken_along(visitor: Visitor, kind: str, begins: bytes) -> None:
    visitor.open(RUN)
    button = visitor.page.get_by_role("button", name=re.compile(f"save .* as {kind}")).first
    with visitor.page.expect_download() as picture:
        button.click()
    assert picture.value.suggested_filename.endswith(f".{kind.lower()}")
    content = Path(picture.value.path()).read_bytes()
    assert content.startswith(begins)
    assert len(content) > 5_000
