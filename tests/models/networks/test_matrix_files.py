"""Matrices in files, by themselves; what can be wrong with them is tested beside the other formats."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks import matrix_files
from accord.models.networks.matrix_files import read_archive, read_array
from scipy.sparse import csr_array, save_npz

TRIANGLE = np.ones((3, 3)) - np.eye(3)


def test_the_three_ways_to_write_a_matrix_give_one_network(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", TRIANGLE)
    np.savez(tmp_path / "b.npz", adjacency=TRIANGLE)
    save_npz(tmp_path / "c.npz", csr_array(TRIANGLE))
    networks = [
        read_array(tmp_path / "a.npy"),
        *(read_archive(tmp_path / each) for each in ("b.npz", "c.npz")),
    ]
    assert all((each.n, each.m) == (3, 3) for each in networks)
    assert networks[0] == networks[1] == networks[2]


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(InputError, match=r"not a proper \.npy file of numbers"):
        read_array(tmp_path / "a.npy")


def test_an_archive_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez_compressed(tmp_path / "bomb.npz", np.zeros((400, 400)))
    with zipfile.ZipFile(tmp_path / "bomb.npz") as archive:
        assert archive.infolist()[0].compress_size < 10_000
    monkeypatch.setattr(matrix_files, "ARRAY_BYTES", 10_000)
    with pytest.raises(InputError, match="bytes when unpacked are more than the 1e"):
        read_archive(tmp_path / "bomb.npz")
