"""The site's pages: which one an address asks for."""

import solara
import solara.lab

from ...agents.errors import InputError
from .address import Address
from .model_page import ModelPage
from .site import SITE

__all__ = ["Page"]


@solara.component
def Page() -> None:
    """Show what the address asks for; a page of its own says so where that is not to be had."""
    router = solara.use_router()
    with solara.AppBar():
        solara.AppBarTitle("accord")
        solara.lab.ThemeToggle()
    try:
        address = Address.read(f"?{router.search or ''}")
        if not address.model:
            Home()
            return
        kind = SITE.model(address.model)
    except InputError as error:
        solara.Error(str(error))
        return
    ModelPage(kind, address).key(address.model)


@solara.component
def Home() -> None:
    """All models, each with what it is."""
    for name in SITE.models:
        solara.Link(str(Address(name)), children=[name])
