"""Files of the user's own: what is checked before anything is read."""

from pathlib import Path

import pytest
from accord.agents.errors import InputError
from accord.models.files import checked_path, digest, point_at_byte

LIMITS = {".toml": (10, "fewer issues")}


def test_what_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "empty.toml").write_text("")
    (tmp_path / "long.toml").write_text("x" * 11)
    for name, told in [
        ("bargain.doc", r"unknown kind of file '.doc'; known: .toml"),
        ("bargain", r"unknown kind of file '\(no suffix\)'"),
        ("missing.toml", "there is no such file; check the path"),
        ("folder.toml", "this is a folder; name a file in it"),
        ("empty.toml", "the file is empty"),
        ("long.toml", "11 bytes are more than the 10 read from this format; use fewer issues"),
    ]:
        with pytest.raises(InputError, match=told):
            checked_path(str(tmp_path / name), LIMITS)


def test_digests_follow_the_content(tmp_path: Path) -> None:
    file = tmp_path / "A.TOML"
    file.write_text("a = 1")
    assert checked_path(str(file), LIMITS) == file
    first = digest(file)
    file.write_text("a = 22")
    assert digest(file) != first
    assert len(first) == 64


def test_the_first_line_that_is_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"a = 1\nb = '\xe9'\n")
    with pytest.raises(InputError, match=r"line 2: byte 6 is not UTF-8 text"):
        point_at_byte(file)
