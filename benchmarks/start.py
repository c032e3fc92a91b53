"""How long the command line takes to say hello."""

import subprocess
import sys
import time
from collections.abc import Iterator


def measure() -> Iterator[str]:
    for name, code in (
        ("python", "pass"),
        ("accord --help", "from accord.__main__ import main; main(['--help'])"),
        ("import mesa", "import mesa"),
    ):
        times = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
            times.append(time.perf_counter() - start)
        yield f"{name}: {sorted(times)[2]:.2f} s"
