"""
Names of places found: those that the encoder names as places, and those inside the names of bodies and buildings.

The encoder's names decide where a name begins and ends; the gazetteer decides
which parts of longer names ("Karveli City Council", "Bank of Veldra") are names
of places, and which words for peoples name one. Outside all names only names of
countries, peoples and what is written with a hyphen ("Karveli-based") are looked
for: a town called Reading is not in every sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from allegedly.geo.gazetteer import NameMatch
from allegedly.records.codes import EntityType
from allegedly.records.place import Place

PLACE_TYPES: Final = frozenset(("GPE", "LOC"))
BODY_TYPES: Final = frozenset(("ORG", "MIL", "FAC"))
LEAST_PEOPLE = 15_000  # of a town whose bare name inside a body's name is taken for it
_AREAS: Final = frozenset(("country", "region"))
_SHORTEST_CAPITALS = 6  # letters
MOST_WORDS = 40  # of a name that are looked through
_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’.][^\W_]+)*")
_JOINED: Final = re.compile(r"[ \u00a0-]{1,2}|[.]? ")
_CUT: Final = re.compile(r"\s*,\s*|[’'][sS]\s+")  # "Karveli, Veldra", "Karveli's Old Quarter"
_ARTICLE: Final = re.compile(r"the\s+(?=\w)", re.IGNORECASE)
_OWNER: Final = re.compile(r"[’'](?:s|S)?$")
_KIND_WORD: Final = re.compile(
    r"\s+(?:region|oblast|province|governorate|state|district|county|raion|city|town|village)$"
)
_HYPHEN: Final = re.compile(
    r"\b((?:[A-Z][^\W\d_]*\.?[ -]){0,3}[A-Z][^\W\d_]+(?:\.[A-Z]\.)?)-(?:based|born|led|backed|held|controlled|occupied|"
    r"owned|run|brokered|funded|trained|made|sponsored|allied|aligned|bound|administered|area)\b"
)
# Words of many bodies' names that are also names of some town.
_GENERIC: Final = frozenset(
    """
    university college school academy institute hospital clinic center centre airport station police army navy
    guard fire council commission committee board bureau office agency department ministry congress parliament
    senate house union league party front movement alliance association society club team federation group
    company bank trust fund foundation church temple mosque court press post times news herald daily radio
    television media network service services security commerce trade labor labour energy federal national
    international general royal united free public central upper lower north south east west northern southern
    eastern western northeast northwest southeast southwest metro city town village county district province
    region state states republic street road avenue bridge park tower plaza square garden gardens hall hill
    hills lake river ocean sea mountain valley island bay beach port harbor harbour field fields march may king
    queen bell best buy global world earth old new peninsula mega sun star eagle home
    """.split()
)
_ITEM: Final = re.compile(r"\s*(?:,|,?\s+(?:and|or))\s+")
_ENDS_ITEM: Final = re.compile(r"\s*(?:[,.;:)]|(?:and|or|in|near|on)\b|$)")
_AGENCY: Final = re.compile(r"\)\s*(?:—|–|--?)\s")
_LINKS: Final = frozenset("of in at for de".split())


class FoundName(NamedTuple):
    """
    A name of a place in a text.

    Args:
        start: First code point.
        end: Code point after the last.
        type: What the encoder takes it for; for part of a longer name, "".
        within: Type of the longer name that it is part of; None if it stands by itself.
    """

    start: int
    end: int
    type: EntityType | str
    within: EntityType | None = None


class NamedSpan(NamedTuple):
    """
    A name that the encoder found.

    Args:
        start: First code point.
        end: Code point after the last.
        type: What it names.
    """

    start: int
    end: int
    type: EntityType


class Finder(Protocol):
    """What is asked of a gazetteer here."""

    def find(self, name: str) -> tuple[NameMatch, ...]:
        """Give the places of a name, the best matches first."""
        ...

    def demonym(self, word: str) -> Place | None:
        """Give the place of a people."""
        ...

    def metonym(self, name: str) -> Place | None:
        """Give the state whose seat of government has this name."""
        ...

    def longest(self, words: Sequence[str], start: int = 0) -> int:
        """Give the number of words of the longest known name that begins at a word."""
        ...


def find_names(text: str, named: Sequence[NamedSpan], gazetteer: Finder) -> list[FoundName]:
    """
    Find the names of places in a text.

    Args:
        text: The document.
        named: The encoder's names, in order, apart from one another.
        gazetteer: Which names are known.

    Returns:
        Names in order of the text, none overlapping another.
    """
    named = _with_listed(text, named, gazetteer)
    found = [name for span in named if not _is_agency(text, span) for name in _of_name(text, span, gazetteer)]
    taken = [(span.start, span.end) for span in named]
    found += [name for name in _outside(text, gazetteer) if all(name.end <= a or z <= name.start for a, z in taken)]
    return _apart(found)


def _with_listed(text: str, named: Sequence[NamedSpan], gazetteer: Finder) -> list[NamedSpan]:
    """Take for places the "persons" in lists of places ("near Orr, Stepove and Azel") who are known to be towns."""
    out = list(named)
    for k, span in enumerate(out):
        if span.type != "PER" or not _ENDS_ITEM.match(text, span.end):
            continue
        beside = {out[other].type for other in (k - 1, k + 1) if _is_joined(text, out, min(k, other), max(k, other))}
        known = any(match.how != "loose" for match in gazetteer.find(text[span.start : span.end]))
        if known and not PLACE_TYPES.isdisjoint(beside):
            out[k] = span._replace(type="GPE")
    return out


def _is_joined(text: str, named: Sequence[NamedSpan], left: int, right: int) -> bool:
    """Say whether two names stand in one list, side by side."""
    inside = left >= 0 and right < len(named)
    return inside and _ITEM.fullmatch(text, named[left].end, named[right].start) is not None


def _is_agency(text: str, span: NamedSpan) -> bool:
    """Say whether a name is the agency of a dateline: "KARVELI (Northwire) —"."""
    return bool(span.start and text[span.start - 1] == "(" and _AGENCY.match(text, span.end))


def _of_name(text: str, span: NamedSpan, gazetteer: Finder) -> Iterator[FoundName]:
    if span.type in PLACE_TYPES:
        yield from _parted(text, span, gazetteer)
    elif span.type == "NORP":
        yield from _demonyms(text, span, gazetteer)
    elif span.type in BODY_TYPES and gazetteer.metonym(text[span.start : span.end]) is not None:
        yield _trimmed(text, span)
    elif span.type in BODY_TYPES:
        inner = list(_inside(text, span, gazetteer))
        yield from inner
        if not inner and span.type == "FAC":
            yield _trimmed(text, span)


def _parted(text: str, span: NamedSpan, gazetteer: Finder) -> Iterator[FoundName]:
    """Part a name at commas and owners ("Karveli, Veldra", "Karveli's Old Quarter") unless it is known as a whole."""
    name = _trimmed(text, span)
    words = text[name.start : name.end]
    cuts = list(_CUT.finditer(text, name.start, name.end))
    if not cuts or gazetteer.find(words):
        yield name
        return
    starts = [name.start, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), name.end]
    yield from (FoundName(start, end, span.type) for start, end in zip(starts, ends, strict=True) if start < end)


def _trimmed(text: str, span: NamedSpan) -> FoundName:
    """Leave out the article before a name, and the possessive or word of kind behind it ("Karveli region")."""
    leading = _ARTICLE.match(text, span.start, span.end)
    start = leading.end() if leading else span.start
    behind = _OWNER.search(text[start : span.end]) or _KIND_WORD.search(text[start : span.end])
    end = start + behind.start() if behind and behind.start() else span.end
    return FoundName(start, end, span.type)


def _demonyms(text: str, span: NamedSpan, gazetteer: Finder) -> Iterator[FoundName]:
    """Give the words for a people in a name of people: whole, else word by word."""
    whole = _trimmed(text, span)
    if gazetteer.demonym(text[whole.start : whole.end]) or gazetteer.find(text[whole.start : whole.end]):
        yield whole
        return
    for word in _WORD.finditer(text, span.start, span.end):
        if gazetteer.demonym(word[0]):
            yield FoundName(word.start(), word.end(), "NORP")


def _inside(text: str, span: NamedSpan, gazetteer: Finder) -> Iterator[FoundName]:
    """Give the names of places inside the name of a body or building."""
    words = list(_WORD.finditer(text, span.start, span.end))[:MOST_WORDS]
    printed = [word[0] for word in words]
    k = 0
    while k < len(words):
        size = gazetteer.longest(printed, k) if printed[k][0].isupper() else 0
        size = _joined(text, words, k, size)
        if 1 < size < len(words) - k and printed[k + size - 1 : k + size + 1] == ["State", "University"]:
            size -= 1
        first, last = words[k], words[k + max(size, 1) - 1]
        name = text[first.start() : last.end()]
        whole = size == len(words) or (size == len(words) - 1 and printed[0].lower() == "the")
        linked = k > 0 and printed[k - 1].lower() in _LINKS
        known = size and not (size == 1 and printed[k].lower() in _GENERIC) and not _is_acronym(name, gazetteer)
        if known and _is_place(gazetteer.find(name), sure=linked or (size > 1 and not whole)):
            yield FoundName(first.start(), last.end(), span.type if whole else "", None if whole else span.type)
            k += size
        else:
            if printed[k][0].isupper() and gazetteer.demonym(printed[k]):
                yield FoundName(first.start(), first.end(), "NORP", span.type)
            k += 1


def _is_acronym(name: str, gazetteer: Finder) -> bool:
    """Say whether a word in capitals is the short name of a body, not of a country or region."""
    short = name.isupper() and len(name) < _SHORTEST_CAPITALS
    return short and not any(m.how == "abbreviation" or m.place.kind in _AREAS for m in gazetteer.find(name))


def _joined(text: str, words: Sequence[re.Match[str]], first: int, size: int) -> int:
    """Shorten a run of words to those with nothing but a blank or hyphen between."""
    for k in range(first + 1, first + size):
        if not _JOINED.fullmatch(text, words[k - 1].end(), words[k].start()):
            return k - first
    return size


def _is_place(matches: Sequence[NameMatch], *, sure: bool) -> bool:
    """Say whether part of a longer name is a place: a country, region or capital, a town if that is likely enough."""
    for match in matches:
        place = match.place
        if match.how == "loose" or (match.how in {"alternate", "spelling"} and place.kind == "town" and not sure):
            continue
        if place.kind in _AREAS or place.is_capital or place.population >= LEAST_PEOPLE or sure:
            return True
    return False


def _outside(text: str, gazetteer: Finder) -> Iterator[FoundName]:
    """Give names of countries and peoples, and names before a hyphen, wherever they stand."""
    for match in _HYPHEN.finditer(text):
        name = match[1]
        while name and not gazetteer.find(name):
            name = name.partition(" ")[2]
        if name:
            yield FoundName(match.end(1) - len(name), match.end(1), "GPE")
    for word in _WORD.finditer(text):
        if len(word[0]) > 3 and word[0][0].isupper() and gazetteer.demonym(word[0]):
            yield FoundName(word.start(), word.end(), "NORP")


def _apart(found: list[FoundName]) -> list[FoundName]:
    """Order names; of those that overlap keep the longer."""
    out: list[FoundName] = []
    for name in sorted(found, key=lambda name: (name.start, -name.end)):
        if out and name.start < out[-1].end:
            continue
        out.append(name)
    return out
