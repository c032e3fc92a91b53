"""The server: pages on localhost, offline, from this process alone."""

import socket
import threading
import webbrowser
from collections.abc import Callable
from typing import Any

from ...agents.errors import InputError
from ...agents.parameters import also_checked
from ...models.files import only_from
from .bounds import require_watchable
from .site import SITE, Site
from .views import views

__all__ = ["serve"]

_EXTRA = 'the browser needs what is not installed; use: pip install "accord[browser]"'


def serve(
    site: Site,
    path: str = "/",
    *,
    tell: Callable[[str], None],
    host: str = "localhost",
    port: int = 8765,
    show: bool = True,
) -> None:
    """Serve a site until it is stopped.

    Whatever an address says, only files in the folder of results are read, and those that were read before: the
    command line's own. Nothing is built that is too large to be watched.

    Parameters
    ----------
    site
        What to show.
    path
        The page that is opened first.
    tell
        Called with the page's address once the server listens.
    host, port
        Where to listen; 0 takes any free port.
    show
        Whether to open the page in the user's browser.

    Raises
    ------
    InputError
        If the extra is not installed, or the port is taken.
    """
    try:
        import uvicorn
        from solara.server import app as solara_app
        from solara.server import settings
    except ImportError as error:
        raise InputError(f"{_EXTRA} ({error})") from None
    listener = _listen(host, port)
    SITE.models, SITE.results = site.models, site.results
    settings.telemetry.mixpanel_enable = False  # nothing leaves this machine
    settings.main.mode = "production"
    settings.theme.variant = settings.ThemeVariant.light
    settings.theme.title = "accord"
    settings.theme.show_banner = False
    settings.kernel.cull_timeout = "10m"  # what a closed tab leaves is kept so long, for it to come back
    settings.assets.fontawesome_enabled = False
    script = solara_app.apps["__default__"] = solara_app.AppScript("accord.analysis.browser.page")
    script.check()  # imports the pages and the views now, so that nobody waits for it at the first one
    tuple(views.values())

    from solara.server.starlette import app

    app.add_exception_handler(404, _nowhere)
    address = f"http://{_quoted(host)}:{listener.getsockname()[1]}{path}"
    listener.listen()  # whoever opens the page now is answered as soon as the server runs
    tell(address)
    if show:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    # a page that is still open must not keep the server from ending
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
    with only_from(*filter(None, [site.results])), also_checked(require_watchable):
        uvicorn.Server(config).run(sockets=[listener])


async def _nowhere(request: Any, error: Any) -> Any:
    from starlette.responses import HTMLResponse

    return HTMLResponse('<p>There is no such page here. <a href="/">See all models.</a></p>', 404)


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that is bound."""
    try:
        family, kind, proto, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise InputError(
            f"--host {host}: there is no such host; leave it out for this machine alone"
        ) from None
    listener = socket.socket(family, kind, proto)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(where)
    except OSError as error:
        listener.close()
        raise InputError(
            f"--port {port} on {host} cannot be used ({error.strerror}); give another one, or 0 for any"
        ) from None
    return listener


def _quoted(host: str) -> str:
    return f"[{host}]" if ":" in host else host
