"""Time on a page: playing, pausing, going back, and what others do meanwhile."""

from .visitor import Visitor

RUN = "/?model=averaging&traitors=3&seed=1"


def test_play_goes_on_until_pause(visitor: Visitor) -> None:
    visitor.open(RUN)
    visitor.button("Play").click()
    visitor.wait_for_step(3)
    visitor.button("Pause").click()
    visitor.button("Play").wait_for()
    paused = visitor.step
    visitor.press("Step")
    assert visitor.step == paused + 1


def test_a_run_plays_to_its_end_and_no_further(visitor: Visitor) -> None:
    visitor.open(f"{RUN}&max_steps=4")
    visitor.button("Play").click()
    visitor.wait_for_step(4)
    visitor.button("Play").wait_for()
    assert not visitor.button("Play").is_enabled()
    assert not visitor.running
    assert "over" in visitor.page.inner_text(".accord-step")
    visitor.press("Reset")
    assert visitor.running


def test_an_earlier_step_is_as_it_was(visitor: Visitor) -> None:
    visitor.open(RUN)
    seen = []
    for _ in range(4):
        seen.append((visitor.step, visitor.charts, visitor.verdicts))
        visitor.press("Step")
    assert len({str(charts) for _, charts, _ in seen}) == 4
    for before in reversed(seen):
        visitor.press("Back")
        assert (visitor.step, visitor.charts, visitor.verdicts) == before
    visitor.press("Step")
    assert (visitor.step, visitor.charts, visitor.verdicts) == seen[1]


def test_a_verdict_brings_its_step_back(visitor: Visitor) -> None:
    visitor.open(f"{RUN}&step=6")
    with visitor.next_frame():
        visitor.page.locator(".accord-property", has_text="violated at step 1").click()
    assert visitor.step == 1
    assert any("violated at step 1" in told for told in visitor.verdicts)
    visitor.press("Back")
    assert not any("violated" in told for told in visitor.verdicts)


def test_two_visitors_do_not_disturb_each_other(visitor: Visitor, another: Visitor) -> None:
    visitor.open(RUN)
    another.open("/?model=generals&seed=2")
    visitor.button("Play").click()
    theirs = another.charts, another.verdicts
    visitor.wait_for_step(2)
    assert (another.charts, another.verdicts) == theirs
    another.press("Step")
    visitor.wait_for_step(4)
    assert another.step == 1
    another.type("seed", "3")
    another.wait_for_step(0)
    visitor.button("Pause").click()
    visitor.button("Play").wait_for()
    assert visitor.step >= 4
    assert visitor.control("seed").input_value() == "1"
