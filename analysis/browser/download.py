"""Downloads: what a run left behind so far, for pandas."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd

from .playback import Playback

__all__ = ["frames_of"]


def frames_of(playback: Playback) -> bytes:
    """Return the run's frames up to the present step, as CSV files in a ZIP archive: run, steps and parties."""
    with playback.lock:
        record = playback.model.recorded()
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, columns in (
            ("run", {key: [value] for key, value in record.run.items()}),
            ("steps", record.steps),
            ("parties", record.parties),
        ):
            if columns:
                archive.writestr(f"{name}.csv", pd.DataFrame(columns).to_csv(index=False))
        archive.writestr("address.txt", f"{playback.here}\n")
    return whole.getvalue()
