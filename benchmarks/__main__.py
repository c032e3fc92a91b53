"""Measure what the design promises, each as a ratio against a peer in the same run.

python -m benchmarks          all of them (a few minutes)
python -m benchmarks sweep    those whose name contains a word
"""

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def main(words: list[str]) -> None:
    names = sorted(file.stem for file in HERE.glob("[a-z]*.py"))
    for name in names:
        if not words or any(word in name for word in words):
            module = import_module(f"benchmarks.{name}")
            print(f"\n## {(module.__doc__ or name).splitlines()[0]}\n")
            for line in module.measure():
                print(f"- {line}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
