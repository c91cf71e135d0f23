"""What the commands ask of a text before it is read."""

from __future__ import annotations


def looks_like_html(text: str) -> bool:
    """Say whether a text begins as a web page does: its tags would be read as words."""
    return text.lstrip("\ufeff \t\r\n")[:15].lower().startswith(("<!doctype html", "<html", "<?xml", "<head"))
