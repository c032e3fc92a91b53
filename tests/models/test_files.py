"""Files of the user's own: what is checked before anything is read."""

from pathlib import Path
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models import Averaging, Dispatch, Market, Negotiation
from accord.models.files import checked_path, digest, only_from, point_at_byte

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


REFUSED = "may not be read from here"


@pytest.mark.parametrize(
    "path",
    [
        "{outside}/there.toml",
        "{outside}/missing.toml",
        "{inside}/../outside/there.toml",
        "{inside}/link.toml",  # leads out
        "{inside}/folder/there.toml",  # in a folder that leads out
        "{inside}/round.toml",  # leads to itself
        "{inside}-more/there.toml",
        "there.toml",
        "~/there.toml",
        "~nobody-of-this-name/there.toml",
        "file://{inside}/there.toml",
        "C:\\there.toml",
        "/dev/stdin",
        "",
    ],
)
def test_a_server_reads_nothing_outside_its_folders(tmp_path: Path, path: str) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside, tmp_path / "inside-more"):
        folder.mkdir()
        (folder / "there.toml").write_text("a = 1")
    (inside / "link.toml").symlink_to(outside / "there.toml")
    (inside / "folder").symlink_to(outside)
    (inside / "round.toml").symlink_to(inside / "round.toml")
    with only_from(inside):
        assert checked_path(f"{inside}/there.toml", LIMITS).read_text() == "a = 1"
        with pytest.raises(InputError, match="no such file"):
            checked_path(f"{inside}/missing.toml", LIMITS)
        with pytest.raises(InputError, match=REFUSED):
            checked_path(path.format(inside=inside, outside=outside), LIMITS)
    assert checked_path(f"{outside}/there.toml", LIMITS)


def test_what_is_refused_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*given: object, **named: object) -> None:
        raise AssertionError("it was looked at")

    for name in ("stat", "lstat", "resolve", "open", "exists", "is_dir"):
        monkeypatch.setattr(Path, name, look)
    with only_from(), pytest.raises(InputError, match=REFUSED):
        checked_path(str(tmp_path / "there.toml"), LIMITS)


def test_a_server_reads_what_was_read_before_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text("a = 1")
    (tmp_path / "other.toml").write_text("a = 1")
    checked_path("mine.toml", LIMITS)
    with only_from():
        assert checked_path("mine.toml", LIMITS) == Path("mine.toml")
        assert checked_path(str(tmp_path / "mine.toml"), LIMITS)
        with pytest.raises(InputError, match=REFUSED):
            checked_path("other.toml", LIMITS)


def test_a_path_has_no_null_characters() -> None:
    with pytest.raises(InputError, match="no null characters"):
        checked_path("mine.toml\0/../../there.toml", LIMITS)


@pytest.mark.parametrize(
    ("model", "field", "path"),
    [
        (Averaging, "network", "{}/a.graphml"),
        (Averaging, "network", "file(path={}/a.npz)"),
        (Averaging, "network", "../../a.csv"),
        (Averaging, "network.path", "{}/a.gml"),
        (Negotiation, "domain", "{}/a.toml"),
        (Negotiation, "domain", "file(path={}/a.xml, profiles=[b.xml])"),
        (Market, "valuation", "{}/a.csv"),
        (Dispatch, "case", "{}/a.toml"),
    ],
)
def test_every_file_that_a_scenario_names_is_checked(
    tmp_path: Path, model: Any, field: str, path: str
) -> None:
    given = {field: path.format(tmp_path)} | ({"network": {"name": "file"}} if "." in field else {})
    with only_from(), pytest.raises(InputError, match=REFUSED):
        model.Scenario(**given)


def test_profiles_are_checked_as_well(tmp_path: Path) -> None:
    (tmp_path / "domain.xml").write_text("<negotiation_template/>")
    with only_from(tmp_path), pytest.raises(InputError, match=r"file: /etc/b.xml: may not be read from here"):
        Negotiation.Scenario(domain=f"file(path={tmp_path}/domain.xml, profiles=[/etc/b.xml])")
