"""Write the golden ledgers and the README's example anew: ``python -m tests.golden``; review the diff."""

from __future__ import annotations

import sys

import allegedly
from allegedly.demo import demo_documents
from allegedly.ledger.json import encode_ledger
from tests.golden.cases import CASES, LEDGERS, README, document, golden_file, readable, readme


def main() -> None:
    """Read every case with the shipped pack and write its rows."""
    reader = allegedly.load()
    for case in CASES:
        golden_file(case).write_text(readable(reader.read(document(case))), "utf-8")
    README.write_text(readme(reader), "utf-8")
    demo = b"".join(encode_ledger(reader.read(item)) + b"\n" for item in demo_documents())
    LEDGERS.write_bytes(demo)
    sys.stdout.write(f"{len(CASES)} golden ledgers, the example of the README and the demo's ledgers written\n")


if __name__ == "__main__":
    main()
