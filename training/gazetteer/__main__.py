"""
Build the shipped gazetteer: ``python -m training.gazetteer [FILE]``.

Needs the packages of the extra ``gazetteer`` and no network. The same versions
of the packages and the same tables give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from allegedly.geo.gazetteer import SHIPPED
from allegedly.geo.write import write_table
from training.gazetteer.build import assert_unique, country_codes, make_entries, read_regions
from training.gazetteer.sources import read_sources, versions


def main(arguments: list[str]) -> int:
    file = Path(arguments[0]) if arguments else SHIPPED
    sources = read_sources()
    entries = assert_unique(make_entries(sources, read_regions()))
    about = {
        "title": "shipped",
        "sources": versions(),
        "licence": "GeoNames, CC BY 4.0; see DATA_LICENSES.md",
        "codes": country_codes(sources),
    }
    data = write_table(entries, about=about)
    file.write_bytes(data)
    print(f"{file}: {len(entries):,} places, {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
