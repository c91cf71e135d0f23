"""Three invented reports of one incident, from opposed outlets; places, people and outlets are invented."""

from __future__ import annotations

from importlib import resources

from allegedly.records.document import Document

REPORTS = {"northwire": "Northwire", "veldra_today": "Veldra Today", "free_south": "Free South"}
PUBLISHED = "2024-05-07"


def demo_documents() -> list[Document]:
    """Give the three reports."""
    folder = resources.files("allegedly.demo")
    return [
        Document((folder / f"{name}.txt").read_text("utf-8"), id=name, published=PUBLISHED, publisher=publisher)
        for name, publisher in REPORTS.items()
    ]
