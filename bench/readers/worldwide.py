"""
Worldwide Newswire: articles of the local press outside the West, put together again from tokens, by region.

Evaluation only: the licence is unclear, and it is the one test that shows
whether names of all regions are found alike. The corpus gives tokens without
blanks between them; :func:`join_tokens` writes them as a newspaper would.
"""

from __future__ import annotations

import random
import tarfile
from collections.abc import Iterable, Sequence
from itertools import groupby

from allegedly.metrics.mentions import TypedSpan
from bench.corpora import load_corpora
from bench.readers.flat_names import NamedText, tagged_runs

# As Stanza maps the nine types to four; dates and sums of money are no names.
FOUR_TYPES = {
    "Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC",
    "NORP": "MISC", "Product": "MISC", "Misc": "MISC", "Miscellaneous": "MISC",
}  # fmt: skip
SAMPLE = 30  # articles of each region
SEED = 20240507

_NO_BLANK_BEFORE = frozenset(
    ", . : ; ? ! % ) ] } ’ ” » … ™ ° 's ’s n't n’t 're ’re 've ’ve 'm ’m 'll ’ll 'd ’d".split()
)
_NO_BLANK_AFTER = frozenset("( [ { “ ‘ « $ € £ ₡ ₹ #".split())
_TIGHT = frozenset("- / _ @".split())  # "Al-Masri", "and/or", addresses: no blank on either side
_AFTER_APOSTROPHE = frozenset("s t re ve m ll d".split())  # the corpus parts "’s" as often as not
_APOSTROPHES = frozenset("’'")
_ENDS = frozenset(", . ? ! …".split())
_DOUBLE = '"'


def read_worldwide(*, full: bool = False) -> list[NamedText]:
    """
    Read a fixed sample of as many articles of each region, or all articles.

    Unit: the sample has about 95,000 tokens, the whole 670,000.
    """
    with tarfile.open(load_corpora()["worldwide_newswire"].verify(), "r:gz") as archive:
        files = {
            member.name: archive.extractfile(member).read().decode("utf-8")  # type: ignore[union-attr]
            for member in archive.getmembers()
            if member.isfile()
        }
    regions = parse_regions(next(text for name, text in files.items() if name.endswith("regions.txt")))
    names = {name.rpartition("/")[2]: name for name in files if name.endswith(".tsv")}
    chosen = sorted(names) if full else draw_sample({name: region_of(name, regions) for name in names})
    return [parse_tokens(name, files[names[name]], region_of(name, regions)) for name in chosen]


def parse_regions(text: str) -> dict[str, str]:
    """Read which region the files of a prefix belong to."""
    regions: dict[str, str] = {}
    region = ""
    for line in text.splitlines():
        if line.endswith(":") or line.rstrip().endswith(":"):
            region = line.strip().removesuffix(":")
        elif line.strip() and not line.startswith("#"):
            regions[line.strip()] = region
    return regions


def region_of(name: str, regions: dict[str, str]) -> str:
    """Give the region of a file: that of the longest prefix."""
    fitting = [prefix for prefix in regions if name.startswith(prefix)]
    return regions[max(fitting, key=len)] if fitting else "unknown"


def draw_sample(region: dict[str, str], *, size: int = SAMPLE, seed: int = SEED) -> list[str]:
    """Draw as many files of each region, the same ones each time."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    drawn: list[str] = []
    for wanted in sorted(set(region.values())):
        own = sorted(name for name, here in region.items() if here == wanted)
        drawn += sorted(chance.sample(own, min(size, len(own))))
    return drawn


def parse_tokens(name: str, lines: str, region: str) -> NamedText:
    """
    Put an article together; what stands before the first empty line is its address.

    Sentences are joined by one blank. Where a token has two types, one inside
    the other, the outer one counts, as in the first column.
    """
    blocks = [list(block) for filled, block in groupby(lines.split("\n"), lambda line: bool(line.strip())) if filled]
    document = NamedText(name, group=region)
    for block in blocks[1:]:
        # One article has blanks in place of tabs on three lines.
        rows = [line.split("\t") if "\t" in line else line.rsplit(None, 1) for line in block]
        sentence, spans = join_tokens([row[0] for row in rows])
        gap = " " if document.text else ""
        start = len(document.text) + len(gap)
        document.text += gap + sentence
        for first, end, kind in tagged_runs([row[1] for row in rows]):
            if kind in FOUR_TYPES:
                begin, stop = start + spans[first][0], start + spans[end - 1][1]
                document.names.append(TypedSpan(begin, stop, FOUR_TYPES[kind]))
    return document


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """
    Write the tokens of a sentence as running text.

    Straight double quotation marks open and close in turn. One without partner that
    follows a comma or full stop closes, unless a capital comes next.

    Returns:
        The text and the span of each token in it.

    Example:
        >>> join_tokens(["“", "We", "left", ",", "”", "Orr", "'s", "aide", "said", "."])[0]
        "“We left,” Orr's aide said."
    """
    text, spans = "", list[tuple[int, int]]()
    previous, tight, inside = "", True, False
    for place, (token, following) in enumerate(zip(tokens, [*tokens, ""][1:], strict=True)):
        alone = previous in _ENDS and not following[:1].isupper() and _DOUBLE not in tokens[place + 1 :]
        closing = token == _DOUBLE and (inside or alone)
        opening = token == _DOUBLE and not closing
        inside = opening or (inside and not closing)
        hyphen = token in _TIGHT and _joins(text, following)
        suffix = previous in _APOSTROPHES and token in _AFTER_APOSTROPHE
        if not (tight or closing or hyphen or suffix or token in _NO_BLANK_BEFORE):
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
        previous, tight = token, token in _NO_BLANK_AFTER or hyphen or opening
    return text, spans


def _joins(before: str, after: str) -> bool:
    """Say whether a hyphen or slash stands inside a word: between letters or digits."""
    return before[-1:].isalnum() and after[:1].isalnum()


def count_regions(documents: Iterable[NamedText]) -> dict[str, int]:
    """Count the articles of each region."""
    counts: dict[str, int] = {}
    for document in documents:
        counts[document.group] = counts.get(document.group, 0) + 1
    return counts
