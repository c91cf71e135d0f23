"""
Reports with mentions and coreference marked in the text, as their authors write them.

A file holds reports divided by lines of ``---``; the first line of each is
``# region | style | actors``. In the text, ``[TYPE=key words]`` is a name,
``[TYPE~key words]`` a description, ``[TYPE*key words]`` a pronoun; brackets
nest. One key is one entity of the report; ``a+b`` stands for several at once.
``^`` stands before the head word of a description, ``{...}`` around the name
itself where a title or other words stand beside it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TYPES = ("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "MIL", "WEA", "VEH", "MISC")
KINDS = {"=": "name", "~": "nominal", "*": "pronoun"}
OPENING = re.compile(r"\[([A-Z]+)([=~*])([a-z0-9]+(?:\+[a-z0-9]+)*) ")
WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*\.?", re.UNICODE)
ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"[’']s?$")
INSIDE_NOMINAL = re.compile(
    r"\b(?:of|in|on|at|from|for|who|whom|which|that|with|by|to|near|under|behind|and|or)\b|[,:;(–—]"
)


class MarkupError(ValueError):
    """A report that cannot be read; the message names report and place."""


@dataclass(slots=True)
class MarkedMention:
    """A mention; offsets are code points into the report's plain text, half-open."""

    start: int
    end: int
    type: str
    kind: str
    keys: tuple[str, ...]
    head: tuple[int, int]
    name: tuple[int, int] | None


@dataclass(slots=True)
class MarkedReport:
    """A report: its plain text and its mentions, outer before inner."""

    id: str
    region: str
    style: str
    text: str
    mentions: list[MarkedMention]


def read_marked(path: Path) -> Iterator[MarkedReport]:
    """Read all reports of a file; ids are the file's name and a number."""
    for number, block in enumerate(re.split(r"^---\s*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE), 1):
        if block.strip():
            yield parse_report(f"{path.stem}-{number:03}", block.strip())


def parse_report(name: str, block: str) -> MarkedReport:
    """
    Read one report.

    Raises:
        MarkupError: If brackets do not match, a type is unknown or a head cannot be found.
    """
    first, _, body = block.partition("\n")
    if not first.startswith("# "):
        raise MarkupError(f"{name}: the first line must be '# region | style | ...', not {first[:60]!r}")
    region, style, *_ = [*(part.strip() for part in first[2:].split("|")), "", ""]
    if not region or not style:
        raise MarkupError(f"{name}: the first line must be '# region | style | ...', not {first[:60]!r}")
    text, open_, mentions, marks, names = "", [], [], {}, {}  # type: ignore[var-annotated]
    brace = None
    k, body = 0, body.strip()
    while k < len(body):
        sign = body[k]
        if sign == "[":
            found = OPENING.match(body, k)
            if not found or found[1] not in TYPES:
                raise MarkupError(f"{name}: bad opening at {body[k : k + 40]!r}")
            open_.append((len(text), found[1], KINDS[found[2]], tuple(found[3].split("+"))))
            k = found.end()
            continue
        if sign == "]":
            if not open_:
                raise MarkupError(f"{name}: ']' without '[' before {body[k : k + 40]!r}")
            mentions.append((open_.pop(), len(text), len(open_)))
        elif sign == "^":
            marks[len(open_)] = marks.get(len(open_), [])
            marks[len(open_)].append(len(text))
        elif sign == "{":
            if brace is not None or not open_:
                raise MarkupError(f"{name}: '{{' inside another or outside a mention before {body[k : k + 40]!r}")
            brace = len(text)
        elif sign == "}":
            if brace is None:
                raise MarkupError(f"{name}: '}}' without '{{' before {body[k : k + 40]!r}")
            names.setdefault(len(open_), []).append((brace, len(text)))
            brace = None
        else:
            text += sign
        k += 1
    if brace is not None:
        raise MarkupError(f"{name}: '{{' was never closed: {text[brace:][:40]!r}")
    if open_:
        raise MarkupError(f"{name}: '[{open_[-1][1]}' was never closed: {text[open_[-1][0] :][:40]!r}")
    out = [_mention(name, text, m, marks, names) for m in mentions]
    return MarkedReport(name, region, style, text, sorted(out, key=lambda m: (m.start, -m.end)))


def _mention(
    report: str, text: str, found: object, marks: dict[int, list[int]], names: dict[int, list[tuple[int, int]]]
) -> MarkedMention:
    (start, type_, kind, keys), end, depth = found  # type: ignore[misc]
    if not text[start:end].strip() or text[start:end] != text[start:end].strip():
        raise MarkupError(f"{report}: empty mention or blanks at its edge: {text[start:end]!r}")
    own = [p for p in marks.get(depth + 1, []) if start <= p < end]
    braces = [b for b in names.get(depth + 1, []) if start <= b[0] and b[1] <= end]
    name = None
    if kind == "name":
        name = braces[0] if braces else _without_article(text, start, end)
    head = own[0] if own else _head_start(text, start, end, type_, kind, name)
    word = WORD.match(text, head, end)
    if not word:
        raise MarkupError(f"{report}: no head word in {text[start:end]!r}; put ^ before it")
    stop = word.end()
    stop -= len((POSSESSIVE.search(text[head:stop]) or [""])[0])
    if text[head:stop].endswith(".") and not re.search(r"\..*\.$", text[head:stop]):
        stop -= 1
    return MarkedMention(start, end, type_, kind, keys, (head, stop), name)


def _without_article(text: str, start: int, end: int) -> tuple[int, int]:
    article = ARTICLE.match(text, start, end)
    stop = end - len((POSSESSIVE.search(text[start:end]) or [""])[0])
    return (article.end() if article else start), stop


def _head_start(text: str, start: int, end: int, type_: str, kind: str, name: tuple[int, int] | None) -> int:
    if kind == "pronoun":
        return start
    if name:
        words = list(WORD.finditer(text, *name))
        if not words:
            return start
        if type_ == "PER":
            return words[0].start()
        cut = INSIDE_NOMINAL.search(text, name[0] + 1, name[1])
        before = [m for m in words if not cut or m.start() < cut.start()]
        return (before or words)[-1].start()
    cut = INSIDE_NOMINAL.search(text, start + 1, end)
    words = [m for m in WORD.finditer(text, start, end) if not cut or m.start() < cut.start()]
    return words[-1].start() if words else start


def main() -> None:
    """Check files and print what they hold: ``python -m training.invented.markup FILE…``."""
    for name in sys.argv[1:]:
        reports = list(read_marked(Path(name)))
        mentions = [m for report in reports for m in report.mentions]
        chains = sum(
            count > 1 for report in reports for count in Counter(k for m in report.mentions for k in m.keys).values()
        )
        types = ", ".join(f"{t} {n:,}" for t, n in Counter(m.type for m in mentions).most_common())
        kinds = ", ".join(f"{k} {n:,}" for k, n in Counter(m.kind for m in mentions).most_common())
        words = sum(len(report.text.split()) for report in reports)
        sys.stdout.write(
            f"{name}: {len(reports)} reports, {words:,} words, {len(mentions):,} mentions ({types}; {kinds}), "
            f"{chains:,} chains of two or more\n"
        )


if __name__ == "__main__":
    main()
