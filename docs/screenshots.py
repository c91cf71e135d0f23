"""
Take the pictures of all pages that docs/pages.md shows: light, dark and at 400 pixels.

    python docs/screenshots.py [--only NAME]... [--out docs/screenshots]

A store is filled with the demo's reports and those of docs/screenshots/reports.jsonl (invented, as all of ours), read
with the shipped pack, and served on this machine; Debian's chromium looks at it. Whoever changes a page looks at the
pictures: a picture that nobody has looked at proves nothing.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import allegedly  # noqa: E402  # the path comes first
from allegedly.demo import demo_documents  # noqa: E402
from allegedly.keeper import up_to_date  # noqa: E402
from allegedly.records.document import Document  # noqa: E402
from allegedly.store.opening import add_ledgers, open_store  # noqa: E402
from allegedly.store.sql import SqlStore  # noqa: E402
from allegedly.web.app import behind_door  # noqa: E402
from allegedly.web.site import Site  # noqa: E402
from tests.web.browsing import chromium, looking, serving  # noqa: E402

REPORTS = Path(__file__).parent / "screenshots" / "reports.jsonl"
REVIEWERS = ("Rana", "Omar")
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "400": {"viewport": {"width": 400, "height": 800}, "color_scheme": "light"},
}
COLOURS = 128  # of a picture: it shows text and a few tints, and stays small


@contextmanager
def site_with_reports() -> Iterator[Site]:
    """Fill a store, let two people review some of it, and make its site."""
    reader = allegedly.load()
    reports = [Document(**json.loads(line)) for line in REPORTS.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store.db", create=True) as store:
        add_ledgers(store, reader.read_many([*reports, *demo_documents()]))
        _review(store)
        up_to_date(store)
        yield Site(store, lambda: reader)


def _review(store: SqlStore) -> None:
    with store.view() as view:
        claims = sorted(view.find("", limit=60).claims, key=lambda claim: claim.id)
    for number, claim in enumerate(claims[:36]):
        store.judge(claim.id, "reject" if number % 7 == 3 else "accept", who=REVIEWERS[0], queue="random")
        if number % 3 == 0:
            store.judge(claim.id, "unsure" if number % 9 == 3 else "accept", who=REVIEWERS[1], queue="second")


def addresses(site: Site) -> dict[str, str]:
    """Give the address of each page that has a picture."""
    incident = max(site.incidents().page(limit=50).incidents, key=lambda item: len(item.claims))
    point = next(point for point in incident.points if point.status == "disputed")
    cell = next(cell for cell in point.cells if cell.stance == "denies")
    with site.view() as view:
        claim = next(claim for claim in view.find("denies:front", limit=5).claims if claim.document == "northwire")
    opened = urlencode({"point": point.name, "value": point.key, "party": cell.party})
    return {
        "start": "/",
        "read": "/read",
        "documents": "/documents",
        "document": "/document?id=northwire",
        "document-claim": f"/document?{urlencode({'id': 'northwire', 'claim': claim.id})}",
        "incidents": "/incidents",
        "incident": f"/incidents/{incident.id}",
        "incident-cell": f"/incidents/{incident.id}?{opened}",
        "conflicts": "/conflicts",
        "timeline": "/timeline",
        "map": "/map",
        "sources": "/sources",
        "source": "/source?name=Hill+Brigade",
        "network": "/network",
        "find": "/find?q=killed%3E%3D2",
        "review": "/review",
        "review-fix": f"/review/claim/{claim.id}",
        "quality": "/quality",
        "export": "/export",
        "alerts": "/alerts",
        "api": "/api",
        "problem": "/nowhere",
    }


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", help="a page; all without it")
    parser.add_argument("--out", type=Path, default=REPORTS.parent)
    parser.add_argument("--whole", action="store_true", help="the whole page and not only what a screen shows")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with site_with_reports() as site, serving(behind_door(site)) as base, chromium() as browser:
        pages = {name: path for name, path in addresses(site).items() if not options.only or name in options.only}
        for look, context in LOOKS.items():
            with looking(browser, **context, reduced_motion="reduce") as page:
                for name, path in pages.items():
                    page.goto(base + path, wait_until="networkidle")
                    data = page.screenshot(full_page=options.whole)
                    (options.out / f"{name}-{look}.png").write_bytes(_small(data))
                for complaint in dict.fromkeys(page.complaints):
                    sys.stderr.write(f"{look}: {complaint}\n")


def _small(data: bytes) -> bytes:
    """Reduce a picture to few colours."""
    from PIL import Image  # noqa: PLC0415  # a dev dependency that only this needs

    out = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
