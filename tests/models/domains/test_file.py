"""Domains from files, and how the catalogue knows a path."""

import pickle
import shutil
from pathlib import Path

import pytest
from accord.agents.errors import InputError
from accord.models.domains import domains
from accord.models.domains.file import File

HERE = Path(__file__).parents[1] / "bargains"
FLAT = str(HERE / "flat.toml")
BOAT = str(HERE / "boat_domain.xml")
PARTIES = (str(HERE / "boat_captain.xml"), str(HERE / "boat_owner.xml"))


def test_a_path_is_enough_for_toml() -> None:
    for choice in (FLAT, Path(FLAT), f"file('{FLAT}')", {"name": "file", "path": FLAT}):
        assert domains.choose(choice).build().space.size == 324


def test_genius_takes_a_profile_for_each_party() -> None:
    domain = File(BOAT, PARTIES, levels=3, rounds=10)
    assert domain.build().space.shape == (2, 5, 3)
    assert domains.choose(str(domain)) == domain
    assert pickle.loads(pickle.dumps(domain)) == domain


def test_what_the_files_hold_is_part_of_what_it_is(tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path / "b")
    domain = File(
        str(tmp_path / "b" / "boat_domain.xml"),
        [str(tmp_path / "b" / Path(p).name) for p in PARTIES],
        rounds=5,
    )
    before = domain.canonical()
    assert len(before["sha256"]) == 3
    owner = tmp_path / "b" / "boat_owner.xml"
    owner.write_text(owner.read_text().replace('evaluation="3"', 'evaluation="33"'))
    assert domain.canonical() != before


def test_what_cannot_be_is_told_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="profiles go with a Genius domain"):
        File(FLAT, PARTIES)
    with pytest.raises(InputError, match="needs the parties' profiles"):
        File(BOAT)
    with pytest.raises(InputError, match="1 profiles are too few"):
        File(BOAT, PARTIES[:1], rounds=5)
    with pytest.raises(InputError, match="two parties are called 'boat_owner'"):
        File(BOAT, PARTIES[1:] * 2)
    with pytest.raises(InputError, match="levels=1 must be at least 2"):
        File(FLAT, levels=1)
    with pytest.raises(InputError, match=r"mine.json: unknown kind of file '.json'; known: .toml, .xml"):
        File("mine.json")
    with pytest.raises(InputError, match="no such file"):
        domains.choose("somewhere/else.toml")
    huge = tmp_path / "huge.xml"
    with huge.open("wb") as stream:
        stream.truncate(20 * 2**20)
    with pytest.raises(InputError, match=r"bytes are more than the 1\.7e\+07 read from this format"):
        File(str(huge), PARTIES)
