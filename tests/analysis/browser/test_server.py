import socket
import sys
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.analysis.browser.server import serve
from accord.analysis.browser.site import Site


def told(**where: Any) -> str:
    with pytest.raises(InputError) as error:
        serve(Site(), tell=lambda url: None, show=False, **where)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"--port {port}" in told(host="127.0.0.1", port=port)


def test_where_nobody_can_listen_is_told() -> None:
    assert "no such host" in told(host="nowhere.invalid", port=0)
    assert "192.0.2.1" in told(host="192.0.2.1", port=0)


def test_without_the_extra_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert 'pip install "accord[browser]"' in told(port=0)
