from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.download import frames_of
from accord.analysis.browser.playback import Playback
from accord.models.catalogue import models


@pytest.mark.parametrize("name", models)
def test_the_frames_are_those_of_the_run_so_far(name: str) -> None:
    playback = Playback(models[name], Address(name, seed=1, step=2))
    with ZipFile(BytesIO(frames_of(playback))) as archive:
        frames = {each: pd.read_csv(archive.open(f"{each}.csv")) for each in ("run", "steps", "parties")}
        address = archive.read("address.txt").decode().strip()
    record = playback.model.recorded()
    assert len(frames["run"]) == 1
    assert frames["run"]["steps"].item() == playback.step
    assert list(frames["steps"]["step"]) == list(record.steps["step"])
    assert list(frames["parties"]) == list(record.parties)
    assert Address.read(address) == playback.here
