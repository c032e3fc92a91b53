"""The site's pages: which one an address asks for, and the way between them."""

from html import escape
from importlib import import_module
from pathlib import Path

import solara
import solara.lab
from solara.alias import rv

from ...agents.errors import InputError
from ..style import BLUE
from .address import Address
from .model_page import ModelPage
from .results_page import ResultsPage
from .selection import Selection
from .site import SITE

__all__ = ["Layout", "Page"]

_LOOKS = Path(__file__).with_name("looks.css")


@solara.component
def Layout(children: list[solara.Element]) -> solara.Element:
    """Leave all room to the page, in place of Solara's own bar and drawer."""
    return solara.Div(children=children)


@solara.component
def Page() -> None:
    """Show what the address asks for; where that is not to be had, say so and show the way out."""
    router = solara.use_router()
    solara.use_memo(_colour, [])
    solara.Style(_LOOKS)
    search = f"?{router.search or ''}"
    results = Selection.asked(search)
    try:
        address = Address("") if results else Address.read(search)
        kind = SITE.model(address.model) if address.model else None
        wrong = ""
    except InputError as error:
        address, kind, wrong = Address(""), None, str(error)
    solara.Title(f"accord: {address.model}" if address.model else "accord")
    with rv.Html(tag="header", class_="accord-header"):
        with solara.Link("/"):
            solara.HTML(tag="b", unsafe_innerHTML="accord")
        solara.lab.ThemeToggle()
    if wrong:
        solara.Error(f"This address cannot be opened: {wrong}")
    if results:
        ResultsPage(search)
    elif kind is None:
        Home()
    else:
        ModelPage(kind, address).key(address.model)


def _colour() -> None:
    """Give what can be done the blue of the figures, on this page alone."""
    solara.lab.theme.themes.light.primary = BLUE
    solara.lab.theme.themes.dark.primary = "#56B4E9"  # the lighter one of the same palette


@solara.component
def Home() -> None:
    """Show all models, each with the first sentence that its file says about it."""
    with solara.Div(classes=["accord-home"]):
        if SITE.results is not None:
            with solara.Link(str(Selection())):
                solara.HTML(tag="b", unsafe_innerHTML="results")
                solara.HTML(tag="span", unsafe_innerHTML=escape(f"The runs in {SITE.results}"))
        for name, kind in SITE.models.items():
            about = (import_module(kind.__module__).__doc__ or "").partition("\n\n")[0]
            _, _, told = " ".join(about.split()).partition(": ")
            with solara.Link(str(Address(name))):
                solara.HTML(tag="b", unsafe_innerHTML=escape(name))
                solara.HTML(tag="span", unsafe_innerHTML=escape(told[:1].upper() + told[1:]))
