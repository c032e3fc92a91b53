"""A visitor: a server as a user would start it, and a page of it in a headless Chromium from the system."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",  # there is no other machine
)
WATCH = ("-m", "accord", "watch", "--port", "0", "--no-open")
# What the console may say.
NOT_OURS = (
    "Failed to evaluate Vue script and find module.exports",  # the server's own templates, written the old way
)
PATIENCE = 20_000  # ms; a shared machine has its moods


@cache
def chromium() -> str | None:
    """Return where the system's Chromium is, if it has one that works."""
    found = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    return next(
        (each for each in found if not subprocess.run([each, "--version"], capture_output=True).returncode),
        None,
    )


def missing() -> str:
    """Return what has to be installed before anything can be visited; empty if nothing."""
    if any(find_spec(each) is None for each in ("solara", "playwright")):
        return 'needs Solara and Playwright: pip install -e ".[test]"'
    return "" if chromium() else "needs Chromium: apt-get install chromium"


@contextmanager
def serving(command: Sequence[str] = WATCH) -> Iterator[tuple[str, int]]:
    """Run a server; give its address and the process's id.

    Raises
    ------
    AssertionError
        If it does not come up, or says in the end that something failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.txt"
        with told.open("w") as out:
            server = subprocess.Popen(
                [sys.executable, *command],
                stdout=out,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )
        try:
            until = time.monotonic() + 60
            while not (found := re.search(r"http://\S+?:\d+", told.read_text())):
                assert server.poll() is None, f"the server ended: {told.read_text()}"
                assert time.monotonic() < until, f"the server does not come up: {told.read_text()}"
                time.sleep(0.02)
            yield found[0], server.pid
        finally:
            server.terminate()
            server.wait()
        assert "Traceback" not in told.read_text(), told.read_text()


@contextmanager
def browsing() -> Iterator[Any]:
    """Run a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        yield browser
        browser.close()


class Visitor:
    """A tab of one's own, and what can be done on the pages.

    Parameters
    ----------
    browser
        Where to open it.
    address
        The server's.
    size
        Of the window, in pixels.

    Attributes
    ----------
    troubles : list of str
        What the console told that it should not have, and requests that went elsewhere.
    """

    def __init__(
        self, browser: Any, address: str, size: tuple[int, int] = (1280, 800), **settings: Any
    ) -> None:
        width, height = size
        self.address = address
        self.context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.troubles: list[str] = []
        self.page.on("console", self._told)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", self._asked)

    def _told(self, message: Any) -> None:
        if message.type in ("warning", "error") and not any(each in message.text for each in NOT_OURS):
            self.troubles.append(f"{message.type}: {message.text}")

    def _asked(self, request: Any) -> None:
        where = urlsplit(request.url)
        if where.scheme not in ("data", "blob") and f"http://{where.netloc}" != self.address:
            self.troubles.append(f"asked {request.url}")

    def goto(self, path: str) -> None:
        """Open a path of the site, whatever it shows."""
        self.page.goto(self.address + path)

    def open(self, path: str) -> None:
        """Open a model's page, and wait until its views are drawn."""
        self.goto(path)
        self.wait_until_drawn()

    def wait_until_drawn(self) -> None:
        """Wait until every view is on the screen."""
        self.page.wait_for_selector("[data-frame]", state="attached")
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.accord-chart')].every(each => each.querySelector('canvas'))"
        )

    def button(self, name: str) -> Any:
        """Return a button by its name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        """Press a button of the transport, and wait for the frame that it leads to."""
        with self.next_frame():
            self.button(name).click()

    @contextmanager
    def next_frame(self) -> Iterator[None]:
        """Wait for a frame that comes of what is done meanwhile."""
        before = self.frame
        yield
        self.wait("before => document.querySelector('[data-frame]')?.dataset.frame != before", before)

    def wait(self, script: str, argument: Any = None) -> None:
        """Wait until a script of the page says yes."""
        self.page.wait_for_function(script, arg=argument)

    def wait_for(self, happened: Callable[[], bool]) -> None:
        """Wait until something is so that the page alone does not tell."""
        until = time.monotonic() + PATIENCE / 1000
        while not happened():
            assert time.monotonic() < until
            self.page.wait_for_timeout(20)  # lets the browser's events in

    @property
    def frame(self) -> str:
        """Which frame is shown."""
        return str(self.page.get_attribute("[data-frame]", "data-frame"))

    @property
    def step(self) -> int:
        """The present step."""
        return int(re.search(r"\d+", self.page.inner_text(".accord-step"))[0])  # type: ignore[index]

    def wait_for_step(self, step: int) -> None:
        """Wait until a step is shown."""
        self.wait(
            "n => RegExp(`step ${n}\\\\b`).test(document.querySelector('.accord-step')?.innerText)", step
        )

    @property
    def running(self) -> bool:
        """Whether the run can go on."""
        return bool(self.button("Step").is_enabled())

    @property
    def verdicts(self) -> list[str]:
        """What is said of each property."""
        return list(self.page.locator(".accord-property").all_inner_texts())

    @property
    def charts(self) -> dict[str, Any]:
        """What each view shows, as it was handed to the browser."""
        return dict(
            self.page.evaluate(
                "() => Object.fromEntries([...document.querySelectorAll('.accord-chart')].map("
                "each => [each.__vue__.name, JSON.stringify(each.__vue__.option)]))"
            )
        )

    @property
    def text(self) -> str:
        """All that can be read on the page."""
        return str(self.page.inner_text("body"))

    def control(self, path: str) -> Any:
        """Return a control's input."""
        return self.page.locator(f'input[data-control="{path}"], [data-control="{path}"] input').first

    def type(self, path: str, text: str) -> None:
        """Type something into a control."""
        self.control(path).fill(text)
        self.control(path).press("Enter")

    def message(self, path: str) -> str:
        """Return what stands below a control."""
        return str(
            self.control(path).locator("xpath=ancestor::*[contains(@class, 'v-input ')][1]").inner_text()
        )

    def boxes(self, selector: str) -> list[dict[str, float]]:
        """Return where things are."""
        return [each.bounding_box() for each in self.page.locator(selector).all()]

    def close(self) -> None:
        """Close the tab."""
        self.context.close()
