"""The journal: whatever cuts it short, whole entries survive."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from accord.experiments.journal import Journal, read_journal

ENTRIES = [b"first", b"", b"third" * 100]


def written(path: Path) -> bytes:
    journal = Journal(path)
    for each in ENTRIES:
        journal.append(each)
    journal.close()
    return path.read_bytes()


def test_entries_come_back_in_order(tmp_path: Path) -> None:
    written(tmp_path / "j")
    assert list(read_journal(tmp_path / "j")) == ENTRIES
    assert list(read_journal(tmp_path / "nothing")) == []


def test_a_tail_cut_at_any_byte_costs_only_its_own_entry(tmp_path: Path) -> None:
    path = tmp_path / "j"
    whole = written(path)
    ends = [16 + 5, 2 * 16 + 5, 3 * 16 + 505]
    assert len(whole) == ends[-1]
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        assert list(read_journal(path)) == ENTRIES[: sum(end <= cut for end in ends)]


@pytest.mark.parametrize("place", [38, 42, 50, 60], ids=["mark", "length", "checksum", "payload"])
def test_a_damaged_entry_ends_the_reading(tmp_path: Path, place: int) -> None:
    path = tmp_path / "j"
    whole = bytearray(written(path))
    whole[place] ^= 1  # in the third entry
    path.write_bytes(whole)
    assert list(read_journal(path)) == ENTRIES[:2]


def test_a_cut_journal_is_gone_on_with_where_it_was_whole(tmp_path: Path) -> None:
    path = tmp_path / "j"
    path.write_bytes(written(path)[:-1])
    journal = Journal(path)
    journal.append(b"again")
    journal.close()
    assert list(read_journal(path)) == [b"first", b"", b"again"]


def test_a_disk_that_fills_up_leaves_the_journal_as_it_was(tmp_path: Path, monkeypatch: Any) -> None:
    journal = Journal(tmp_path / "j")
    journal.append(b"kept")
    real = os.write

    def half(file: int, data: Any) -> int:
        if len(data) < 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(file, data[:20])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(OSError, match="No space"):
        journal.append(b"lost" * 10)
    monkeypatch.undo()
    assert (tmp_path / "j").stat().st_size == journal.size
    journal.append(b"after")
    journal.close()
    journal.close()
    assert list(read_journal(tmp_path / "j")) == [b"kept", b"after"]
