"""Pages in a headless Chromium: how soon they show, how soon a step does, and what the server keeps.

The peer is Mesa's own SolaraViz with the same network and the same series (`_solaraviz.py`). A step's time is taken in
the page, from the click on Step until what came of it is painted.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import mesa
import psutil

from tests.browser.visitor import Visitor, browsing, missing, serving

NETWORK = "watts-strogatz(n={n}, k=6, p=0.1)"
RUN = "/?model=averaging&network={network}&traitors=2&max_steps=100000"  # without end
PEER = """
import solara.server.app as app, solara.server.settings as settings, socket, uvicorn
settings.main.mode = "production"
app.apps["__default__"] = app.AppScript({page!r})
from solara.server.starlette import app as site
listener = socket.create_server(("127.0.0.1", 0))
print(f"http://localhost:{{listener.getsockname()[1]}}", flush=True)
uvicorn.Server(uvicorn.Config(site, log_level="error")).run(sockets=[listener])
"""
# What a click on Step changes: the last of these to change is what one waits for, and then for the paint.
STEP = """
watched => new Promise(done => {
  const waiting = new Set(document.querySelectorAll(watched));
  const observer = new MutationObserver(changes => {
    changes.forEach(each => waiting.delete(each.target));
    if (waiting.size) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  });
  waiting.forEach(each => observer.observe(each, { attributes: true }));
  const name = each => (each.getAttribute("aria-label") || each.innerText).trim().toLowerCase();
  const start = performance.now();
  [...document.querySelectorAll("button")].find(each => name(each) === "step").click();
})
"""


def steps(visitor: Visitor, watched: str, times: int) -> list[float]:
    """Return how long each of some clicks on Step took, in ms, after five that warm up."""
    return [float(visitor.page.evaluate(STEP, watched)) for _ in range(times + 5)][5:]


def told(took: list[float]) -> str:
    return f"median {median(took):.0f} ms, 95 % within {quantiles(took, n=20)[-1]:.0f} ms"


def opened(browser: Any, address: str, n: int) -> tuple[Visitor, float]:
    """Return a tab that shows a run of so many nodes, and after how many seconds it did."""
    visitor = Visitor(browser, address)
    visitor.context.set_default_timeout(120_000)
    start = time.perf_counter()
    visitor.open(RUN.format(network=NETWORK.format(n=n)))
    return visitor, time.perf_counter() - start


def megabytes(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss / 1e6)


def measure() -> Iterator[str]:
    if reason := missing():
        yield reason
        return
    with browsing() as browser:
        yield f"Chromium {browser.version}, Mesa {mesa.__version__}"
        yield from _accord(browser)


def _accord(browser: Any) -> Iterator[str]:
    start = time.perf_counter()
    with serving() as (address, server):
        yield f"the server listens after {time.perf_counter() - start:.1f} s"
        visitor, first = opened(browser, address, 200)
        again, second = opened(browser, address, 200)
        again.close()
        yield f"the first page shows its charts in {first:.1f} s after it was asked for, the next {second:.1f} s (5)"
        ours = steps(visitor, "[data-frame]", 50)
        views = ", ".join(visitor.charts)
        yield f"a step of 200 nodes, {views}: {told(ours)} (target 150)"
        theirs = _peer(browser)
        yield f"the same by SolaraViz, network and plot: {told(theirs)}; {median(theirs) / median(ours):.1f} times ours"
        large, shown = opened(browser, address, 2000)
        yield f"2,000 nodes: shown after {shown:.1f} s; a step: {told(steps(large, '[data-frame]', 20))}"
        large.close()
        yield from _memory(browser, address, server, visitor)


def _peer(browser: Any) -> list[float]:
    page = str(Path(__file__).with_name("_solaraviz.py"))
    with serving(["-c", PEER.format(page=page)]) as (address, _):
        visitor = Visitor(browser, address)
        visitor.goto("/")
        visitor.wait("() => document.querySelectorAll('.solara-content-main img').length > 1")
        took = steps(visitor, ".solara-content-main img", 50)
        visitor.close()
    return took


def _memory(browser: Any, address: str, server: int, visitor: Visitor) -> Iterator[str]:
    """Play, reset, open and close, and look at what the server keeps each time."""
    kernels = f"{address}/resourcez"
    visitor.page.get_by_label("speed").last.click(force=True)
    visitor.page.get_by_role("option", name=re.compile("^100 ")).click()
    seen = []
    for target in range(200, 1201, 200):
        if visitor.button("Play").count():
            visitor.button("Play").click()
        visitor.wait(
            "n => parseInt(document.querySelector('.accord-step').innerText.match(/\\d+/)[0]) >= n", target
        )
        seen.append(megabytes(server))
    visitor.button("Pause").click()
    yield f"1,000 steps played, after 200 that warm up: {seen[0]:.0f} MB, then {seen[-1]:.0f} MB"
    seen = []
    for _ in range(25):
        visitor.press("Reset")
        visitor.press("Step")
        seen.append(megabytes(server))
    yield f"20 resets, after 5 that warm up: {seen[4]:.0f} MB, then {seen[-1]:.0f} MB"
    before = megabytes(server)
    for _ in range(10):
        opened(browser, address, 200)[0].close()
    visitor.wait_for(lambda: visitor.context.request.get(kernels).json()["websockets"]["open"] == 1)
    after = visitor.context.request.get(kernels).json()["kernels"]
    yield f"10 tabs opened and closed: {before:.0f} MB, then {megabytes(server):.0f} MB; kernels {after}"
