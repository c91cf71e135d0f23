"""Write the golden ledgers and the README's example anew: ``python -m tests.golden``; review the diff."""

from __future__ import annotations

import sys

import allegedly
from tests.golden.cases import CASES, README, document, golden_file, readable, readme


def main() -> None:
    """Read every case with the shipped pack and write its rows."""
    reader = allegedly.load()
    for case in CASES:
        golden_file(case).write_text(readable(reader.read(document(case))), "utf-8")
    README.write_text(readme(reader), "utf-8")
    sys.stdout.write(f"{len(CASES)} golden ledgers and the example of the README written\n")


if __name__ == "__main__":
    main()
