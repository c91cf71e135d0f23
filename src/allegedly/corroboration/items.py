"""
What a claim is compared by: made once per claim, so that a pair costs a few look-ups.

An item holds no judgement and nothing of the store; the same claim gives the
same item everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from allegedly.corroboration.stems import (
    RESOURCES,
    Vector,
    letter_pairs,
    make_vector,
    named_stems,
    number_words,
    split_words,
    stem,
    telling,
    telling_stems,
)
from allegedly.records.claims import Claim, ClaimParty
from allegedly.records.daterange import DateRange
from allegedly.resources.lexicon import load_table

Days = tuple[int, int]  # first and last day, both inclusive, as ordinals
Point = tuple[float, float, float]  # latitude and longitude in degrees, radius in km

_CLOSE: Final = frozenset(("day", "part", "hour", "weekend", "range", "week"))
_RADIUS: Final = {"exact": 1.0, "town": 10.0, "district": 30.0, "region": 150.0, "country": 800.0}
_COARSE: Final = frozenset(("region", "country"))


@dataclass(frozen=True, slots=True)
class Item:
    """
    One claim as it is compared; immutable.

    Args:
        id: Id of the claim.
        document: Digest of the document's text.
        position: Code point where the event's words begin.
        sentence: Where its sentence begins, or its number; two items with the same stand in one sentence.
        head: Stem of the word that says most of the event.
        stems: Stems of all its words.
        classes: Kinds of acts that the words can name.
        pairs: Letter pairs of ``head``.
        family: Type of the event, if coded.
        modes: Modes of the event.
        actors: Who did it: stems, codes and sides.
        recipients: To whom.
        places: Words and gazetteer ids of the place.
        point: Coordinates and radius, if known and not coarse.
        coarse: Whether the place is a region or country, which may hold any other.
        times: Words of the time.
        days: Days on which it may have happened.
        published: Day of publication.
        numbers: Values beside the event.
        context: What is said around it.
        gist: What the document is about.
        named: Names and numbers of the document.
    """

    id: str
    document: str
    position: int
    sentence: int
    head: str
    stems: frozenset[str]
    classes: frozenset[str]
    pairs: frozenset[str]
    family: str | None
    modes: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    places: frozenset[str]
    point: Point | None
    coarse: bool
    times: frozenset[str]
    days: Days | None
    published: int | None
    numbers: frozenset[int]
    context: Vector
    gist: Vector
    named: Vector


@dataclass(frozen=True, slots=True)
class Gist:
    """
    What a document is about.

    Args:
        words: Its telling words.
        named: Its names and numbers.
    """

    words: Vector
    named: Vector


def make_gist(text: str) -> Gist:
    """Say what a document is about."""
    return Gist(make_vector(telling_stems(text)), make_vector(named_stems(text)))


def make_item(  # noqa: PLR0913  # each is a part of what is compared
    *,
    id: str,  # noqa: A002  # the name of the field
    document: str,
    position: int,
    trigger: str,
    context: str,
    gist: Gist,
    sentence: int = 0,
    family: str | None = None,
    modes: Collection[str] = (),
    actors: Iterable[str] = (),
    recipients: Iterable[str] = (),
    places: Iterable[str] = (),
    times: Iterable[str] = (),
    codes: tuple[Iterable[str], Iterable[str], Iterable[str]] = ((), (), ()),
    point: Point | None = None,
    coarse: bool = False,
    days: Days | None = None,
    published: int | None = None,
) -> Item:
    """
    Make an item of words.

    Args:
        id: Its id.
        document: Its document.
        position: Where its words begin.
        trigger: The words that express the event.
        context: The words around it.
        gist: What the document is about.
        sentence: Its sentence.
        family: Type of the event.
        modes: Modes of the event.
        actors: Words of those who did it.
        recipients: Words of those to whom it was done.
        places: Words of the place.
        times: Words of the time.
        codes: What is known of actors, recipients and places beyond their words.
        point: Coordinates.
        coarse: Whether the place is a region or country.
        days: When it may have happened.
        published: Day of publication.
    """
    stems = telling_stems(trigger) or tuple(map(stem, split_words(trigger)))
    head = max(stems, key=lambda word: (bool(_classes_of(word)), telling(word)), default="")
    return Item(
        id=id,
        document=document,
        position=position,
        sentence=sentence,
        head=head,
        stems=frozenset(stems),
        classes=frozenset().union(*map(_classes_of, stems)),
        pairs=letter_pairs(head),
        family=family,
        modes=frozenset(modes),
        actors=_keys(actors, codes[0]),
        recipients=_keys(recipients, codes[1]),
        places=_keys(places, codes[2]),
        point=point,
        coarse=coarse,
        times=_keys(times, ()),
        days=days,
        published=published,
        numbers=number_words(context),
        context=make_vector(telling_stems(context)),
        gist=gist.words,
        named=gist.named,
    )


def items_of(claims: Sequence[Claim]) -> list[Item]:
    """
    Give the items of claims that hold an event, in their order.

    Args:
        claims: Claims, all those of a document together: what a document is about is read off them.
    """
    gists = _gists(claims)
    return [_item(claim, gists[claim.digest]) for claim in claims if claim.event is not None]


def _gists(claims: Iterable[Claim]) -> dict[str, Gist]:
    """Say what each document is about: its headline and what its claims say."""
    words: dict[str, dict[str, None]] = {}
    for claim in claims:
        said = words.setdefault(claim.digest, {})
        said[claim.title or ""] = said[claim.quote] = None
    return {digest: make_gist(". ".join(said)) for digest, said in words.items()}


def _item(claim: Claim, gist: Gist) -> Item:
    place = claim.place
    return make_item(
        id=claim.id,
        document=claim.digest,
        position=claim.span[0],
        sentence=claim.passage[0],
        trigger=claim.trigger or "",
        family=claim.type,
        modes=claim.modes,
        actors=[party.words for party in claim.actors],
        recipients=[party.words for party in claim.recipients],
        places=[] if place is None or not _is_name(place.words) else [place.words],
        times=[] if claim.time is None else [claim.time.words],
        codes=(
            _codes(claim.actors),
            _codes(claim.recipients),
            () if place is None or place.gazetteer is None else (place.gazetteer,),
        ),
        point=point_of(claim),
        coarse=place is not None and place.precision in _COARSE,
        days=days_of(claim),
        published=published_on(claim),
        context=claim.quote,
        gist=gist,
    )


def _is_name(words: str) -> bool:
    """Say whether words of a place hold a name: "the hospital" may be in any town."""
    return words != words.lower() or not words.isascii()


def days_of(claim: Claim) -> Days | None:
    """Give the days on which the event of a claim happened as stated; None where the words do not bound it."""
    stated = claim.date if claim.date.from_ == "stated" else None
    earliest, latest = (stated.earliest, stated.latest) if stated else (None, None)
    if stated is None and claim.time is not None and claim.time.origin == "stated":
        earliest, latest = claim.time.earliest, claim.time.latest
    first, last = _ordinal(earliest), _ordinal(latest)
    return None if first is None or last is None else (first, max(first, last))


def point_of(claim: Claim) -> Point | None:
    """Give where the event of a claim happened; None where that is unknown or only a region."""
    place = claim.place
    if place is None or place.latitude is None or place.longitude is None or place.precision in _COARSE:
        return None
    radius = place.radius if place.radius is not None else _RADIUS[place.precision or "town"]
    return (place.latitude, place.longitude, radius)


def range_of(days: Days) -> DateRange:
    """Give days as a range."""
    first, last = map(date.fromordinal, days)
    return DateRange(first, last, "day" if first == last else "range")


def published_on(claim: Claim) -> int | None:
    """Give the day of publication as an ordinal; None where it is unknown or cannot be read."""
    return _ordinal(claim.published)


def _ordinal(day: str | None) -> int | None:
    try:
        return datetime.fromisoformat(day).date().toordinal() if day else None
    except ValueError:  # a ledger made elsewhere may hold anything
        return None


def _codes(parties: Iterable[ClaimParty]) -> list[str]:
    return [code for party in parties for code in (party.actor, party.side) if code]


def _keys(words: Iterable[str], codes: Iterable[str]) -> frozenset[str]:
    return frozenset((*(key for part in words for key in telling_stems(part)), *(f"={code}" for code in codes)))


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    """Load which kinds of acts a stem can name."""
    found: dict[str, set[str]] = {}
    for name, words in load_table(RESOURCES / "triggers.tsv", ("id", "words")):
        for word in words.split():
            for part in {stem(word), stem(word.split("-")[0])} if "-" not in word else {stem(word.replace("-", ""))}:
                found.setdefault(part, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _classes_of(word: str) -> frozenset[str]:
    return _classes().get(word, frozenset())
