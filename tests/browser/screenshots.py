"""The README's pictures of pages, taken anew: python -m tests.browser.screenshots [FOLDER]."""

import sys
from pathlib import Path

from .visitor import Visitor, browsing, serving

PICTURES = {  # by name the page, and how high a window shows what is of interest on it
    "browser-averaging": ("/?model=averaging&traitors=2&conduct=extreme&seed=1&step=12", 800),
    "browser-generals": (
        "/?model=generals&network=complete(n=7)&traitors=2&conduct=equivocating"
        "&channel=exponential(mean=1)&seed=1&step=2",
        800,
    ),
    "browser-disks": ("/?model=disks&keys=1000&traitors=2&conduct=stale&step=36", 1130),
}
MOST = 300_000  # bytes that a README should ask for


def main(folder: Path) -> None:
    """Take all pictures, in light colours."""
    with serving() as (address, _), browsing() as browser:
        for name, (path, height) in PICTURES.items():
            visitor = Visitor(browser, address, (1280, height), color_scheme="light")
            visitor.open(path)
            visitor.page.mouse.move(0, 0)
            visitor.page.evaluate("() => document.fonts.ready")
            picture = folder / f"{name}.png"
            visitor.page.screenshot(path=picture, animations="disabled")
            assert not visitor.troubles, visitor.troubles
            assert picture.stat().st_size < MOST, f"{picture} has {picture.stat().st_size:,} bytes"
            visitor.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/figures"))
