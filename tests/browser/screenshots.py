"""The README's pictures of pages, taken anew: python -m tests.browser.screenshots [FOLDER]."""

import sys
from pathlib import Path

from .visitor import Visitor, browsing, serving

PICTURES = {
    "browser-averaging": "/?model=averaging&network=karate&traitors=3&seed=1&step=12",
    "browser-servers": "/?model=servers&seed=1&step=6",
    "browser-generals": "/?model=generals&seed=1&step=3",
    "browser-negotiation": "/?model=negotiation&seed=1&step=12",
}
MOST = 300_000  # bytes that a README should ask for


def main(folder: Path) -> None:
    """Take all pictures, in light colours."""
    with serving() as (address, _), browsing() as browser:
        for name, path in PICTURES.items():
            visitor = Visitor(browser, address, color_scheme="light")
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
