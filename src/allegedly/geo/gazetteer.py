"""
The gazetteer: which places a name may mean; says nothing about which one a text means.

It is made of tables of places (the shipped one, and dumps that the user
imported) and of our own lists (:mod:`allegedly.geo.policy`,
:mod:`allegedly.geo.words`). Everything is read-only and may be shared by
threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args

from allegedly.geo.designators import is_designator, strip_designator
from allegedly.geo.policy import SHIPPED_TABLES, Policy, load_policy
from allegedly.geo.spelling import fold_name, is_left_out, loosen_key
from allegedly.geo.table import Fit, PlaceTable
from allegedly.geo.words import Synonyms, Words, load_words
from allegedly.records.place import Place

How = Literal["name", "spelling", "alternate", "abbreviation", "loose", "demonym", "metonym"]
HOWS: Final[tuple[How, ...]] = get_args(How)
SHIPPED: Final = SHIPPED_TABLES / "gazetteer.places"
LONGEST_NAME: Final = 7  # words: "Sovereign Base Areas of Akrotiri and Dhekelia" is no name of the news
# A name printed with a full stop at its end ("Fla.") is an abbreviation or nothing: "Flå" is not meant.
_ABBREVIATED: Final[dict[str, How]] = {"name": "loose", "alternate": "abbreviation", "loose": "loose"}
_RANKS: Final[dict[str, int]] = {how: rank for rank, how in enumerate(HOWS)}
_AREAS: Final = frozenset(("region", "district", "informal"))


class NameMatch(NamedTuple):
    """
    A place that a name may mean.

    Args:
        place: The place.
        how: What links name and place: the name shown, an alternate name, our table of spellings and renamings, an
            abbreviation, the loose key only, a demonym, a seat of government.
    """

    place: Place
    how: How


_Link = tuple[tuple[int, int, str], NameMatch]
_KEY: Final = itemgetter(0)


class Gazetteer:
    """
    Places by name; made by :meth:`open`, immutable.

    Args:
        tables: Files of places; where several have one id, the last counts.
        policy: Disputed and informal areas, natural features.
        words: Names of states, demonyms, seats of governments, spellings.
    """

    def __init__(self, tables: Sequence[PlaceTable], policy: Policy, words: Words) -> None:
        self._tables = tuple(tables)
        self._policy = policy
        self._words = words
        self._own = lru_cache(maxsize=None)(self._make_own)
        self._found = lru_cache(maxsize=20_000)(self._find)
        linkers = (lru_cache(maxsize=20_000)(partial(self._make_link, number)) for number in range(len(self._tables)))
        self._linkers = tuple(zip(self._tables, linkers, strict=True))
        self._spelled: dict[str, list[_Link]] = {}

    @classmethod
    def open(cls, path: Path | None = None, added: Iterable[Path] = ()) -> Gazetteer:
        """
        Open the shipped gazetteer, or another file, and imported dumps.

        Args:
            path: A file to use instead of the shipped one.
            added: Imported dumps, as `allegedly gazetteer add` stored them.

        Raises:
            GazetteerError: A file is missing, truncated, changed, or no gazetteer of this version.
            LexiconError: A table of ours cannot be used.
        """
        tables = [open_shipped() if path is None else PlaceTable.open(path), *map(PlaceTable.open, added)]
        return cls(tables, load_policy(), load_words())

    def find(self, name: str) -> tuple[NameMatch, ...]:
        """
        Give all places that a name may mean, surest link first, then the most populous.

        A place stands once, with its surest link. Demonyms and seats of government are not looked up here: see
        :meth:`demonym` and :meth:`metonym`.

        Args:
            name: As printed, in any case, spelling or romanisation; "Kursk region" is found as the region of Kursk.
        """
        return self._found(name)

    def _find(self, name: str) -> tuple[NameMatch, ...]:
        exact = fold_name(name)
        links = self._links(name, exact) if exact else []
        if len(links) > 1:
            links.sort(key=_KEY)
        found: dict[str, NameMatch] = {}
        for (_, _, id_), match in links:
            found.setdefault(id_, match)
        return tuple(found.values())

    def _links(self, name: str, exact: str) -> list[_Link]:
        links = self._named(exact)
        if name[-1] == ".":
            links = [_link(place, _ABBREVIATED[how]) for _, (place, how) in links]
        state = self._named_state(name, exact)
        if state is not None:
            links.append(state)
        if exact in self._words.synonyms:
            links += self._spelled.get(exact) or self._spelled.setdefault(exact, self._find_spelled(exact))
        bare = strip_designator(name)
        if bare:
            links += self._named_areas(bare)
        return links

    def _named(self, exact: str) -> list[_Link]:
        loose = loosen_key(exact)
        links = [_link(self._own(id_), fit) for id_, fit in self._policy.find(loose, exact)]
        for table, link in self._linkers:
            links += filter(None, map(link, table.find(loose, exact)))
        return links

    def _named_state(self, name: str, exact: str) -> _Link | None:
        key = exact.removeprefix("the ")
        place = self._states.get(self._words.states.get(key, ""))
        if place is None:
            return None
        if key not in self._words.abbreviations:
            return _link(place, "name")  # no name of a state is the right one
        return _link(place, "abbreviation") if name.isupper() else None

    def _named_areas(self, bare: str) -> list[_Link]:
        """Give regions and districts by their name without the word for what they are."""
        return [
            _link(place, "alternate" if how == "name" else how)
            for _, (place, how) in self._named(fold_name(bare))
            if place.kind in _AREAS
        ]

    def _find_spelled(self, exact: str) -> list[_Link]:
        """Give the places that our table of spellings and renamings has under a key."""
        places = [place for synonyms in self._words.synonyms[exact] if (place := self._meant(synonyms)) is not None]
        return [_link(place, "name" if fold_name(place.name) == exact else "spelling") for place in places]

    def _meant(self, synonyms: Synonyms) -> Place | None:
        """Give the most populous place of the country that goes by any of the names."""
        places = [
            place
            for name in synonyms.names
            for _, (place, how) in self._named(fold_name(name))
            if how != "loose"
            and (place.country == synonyms.country or synonyms.country in place.claimants)
            and synonyms.kind in {"", place.kind}
        ]
        return max(places, key=lambda place: place.population, default=None)

    def place(self, id_: str) -> Place:
        """
        Give the place of an id.

        Raises:
            KeyError: No table has it.
        """
        if id_ in self._policy.places:
            return self._own(id_)
        for number in reversed(range(len(self._tables))):
            row = self._tables[number].row(id_)
            if row is not None:
                return self._dispute(self._tables[number].place(row))
        raise KeyError(id_)

    def _make_link(self, number: int, posting: tuple[int, Fit]) -> _Link | None:
        """Make the link to the place of a row; None if a later table has the same place."""
        table, (index, fit) = self._tables[number], posting
        if any(table.number(index) in later.numbers for later in self._tables[number + 1 :]):
            return None
        return _link(self._dispute(table.place(index)), fit)

    def _dispute(self, place: Place) -> Place:
        """Show a place as our tables have it, or add who claims the area around it."""
        own = self._policy.places.get(place.id)
        if own is not None:
            return _fill(own, place)
        dispute = self._policy.dispute_of(place)
        if dispute is None:
            return place
        return replace(place, claimants=dispute.place.claimants, country=dispute.code or place.country)

    def _make_own(self, id_: str) -> Place:
        """Give a place of our tables, with what the shipped one knows of it."""
        own = self._policy.places[id_]
        row = self._tables[0].row(id_)
        return own if row is None else _fill(own, self._tables[0].place(row))

    @cached_property
    def _states(self) -> dict[str, Place]:
        """Give the places of states and disputed entities by code."""
        table = self._tables[0]
        places = [self._dispute(table.place(row)) for row in table.countries()]
        own = self._policy.places.values()
        entities = [place for place in own if place.country in place.claimants and place.kind in {"region", "informal"}]
        return {place.country: place for place in (*entities, *places)}

    def country(self, code: str) -> Place | None:
        """Give the place of a state or disputed entity by its code; None if there is none."""
        return self._states.get(code)

    def demonym(self, word: str) -> Place | None:
        """
        Give the place whose people or things a word is for ("Syrians", "Texan", "Gazan"); None if it is no demonym.

        A word for the people of several states, or of none, is no demonym here.
        """
        name, code = self._words.demonyms.get(fold_name(word), ("", ""))
        if not name:
            return self._states.get(code)
        return next((match.place for match in self.find(name) if code in {"", match.place.country}), None)

    def metonym(self, name: str) -> Place | None:
        """
        Give the state whose government a name may stand for ("Kyiv", "the Kremlin"); None if there is none.

        Whether a text means the government or the town is not decided here.
        """
        return self._states.get(self._words.metonyms.get(fold_name(name).removeprefix("the "), ""))

    def longest(self, words: Sequence[str], start: int = 0) -> int:
        """
        Give the number of words of the longest known name that begins at a word; 0 if none does.

        Loose keys do not count: a finder should not see names where there are none.

        Args:
            words: Words as printed, without punctuation around them.
            start: Index of the first word.
        """
        longest = 0
        for end in range(start + 1, min(len(words), start + LONGEST_NAME) + 1):
            part = fold_name(" ".join(words[start:end]))
            if self._is_name(part) or (is_designator(words[end - 1].lower()) and self._is_area(words[start : end - 1])):
                longest = end - start
            if not self.starts_with(part):
                break
        return longest

    def starts_with(self, words: str) -> bool:
        """Say whether a longer name may begin with these words; a designator may always follow a name."""
        exact = fold_name(words)
        if exact in self._beginnings or is_left_out(exact):
            return True
        loose = loosen_key(exact)
        return any(table.begins(loose) for table in self._tables) or self._is_name(exact)

    def _is_name(self, exact: str) -> bool:
        if exact in self._words.states or exact in self._words.synonyms:
            return True
        loose = loosen_key(exact)
        fits = [fit for _, fit in self._policy.find(loose, exact)]
        fits += [fit for table in self._tables for _, fit in table.find(loose, exact)]
        return fits.count("loose") < len(fits)

    def _is_area(self, words: Sequence[str]) -> bool:
        return any(match.place.kind in _AREAS and match.how != "loose" for match in self.find(" ".join(words)))

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """Give the first words, one by one, of names of several words in our own lists."""
        keys = (*self._policy.keys(), *self._words.states, *self._words.synonyms)
        return frozenset(" ".join(parts[:count]) for parts in map(str.split, keys) for count in range(1, len(parts)))

    def info(self) -> list[dict[str, Any]]:
        """Give what each table says of itself: title, sources, number of places."""
        return [{name: value for name, value in table.header.items() if name != "sections"} for table in self._tables]


def _fill(own: Place, known: Place) -> Place:
    """Add what a table of places knows to the entry that our tables have of the same place."""
    return replace(
        own, population=known.population, is_capital=known.is_capital, region=known.region, region_id=known.region_id
    )


@lru_cache(maxsize=1)
def open_shipped() -> PlaceTable:
    """
    Open the shipped table; it is read once.

    Raises:
        GazetteerError: It is missing or damaged.
    """
    return PlaceTable.open(SHIPPED)


def _link(place: Place, how: How) -> _Link:
    """Join a match with what it is ordered by: surest link, then most populous, then id."""
    return (_RANKS[how], -place.population, place.id), NameMatch(place, how)
