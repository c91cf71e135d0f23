"""
How alike two claims are, feature by feature, each with the two values that were compared.

A pair is a row of numbers (:func:`measure`) for the scorer and, when somebody
asks why, the same numbers with their details (:func:`compare`). The features
are those of cross-document event coreference without a neural network (same
head lemma, arguments, day, place: Cybulska & Vossen 2015; Barhom et al. 2019,
section 5), and numbers, which news of conflicts are full of.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from allegedly.corroboration.items import Days, Item, Point, range_of
from allegedly.corroboration.stems import cosine, telling

PLAIN: Final = (
    "same-head", "head-telling", "same-class", "letters", "any-stem", "same-type", "other-type", "modes",
    "actors", "actors-differ", "recipients", "recipients-differ", "crossed", "people", "people-differ",
    "place", "place-differ", "times", "times-differ", "days", "days-apart", "published",
    "numbers", "numbers-differ", "context", "gist", "same-document", "same-sentence", "named",
    "same-story", "other-story", "act-effect", "near",
)  # fmt: skip
# What counts only together with something else; the second factor is looked up in the plain ones.
CROSSED: Final = (
    ("same-head", "gist"), ("same-head", "context"), ("same-head", "people"), ("same-head", "people-differ"),
    ("same-head", "head-telling"), ("same-head", "same-document"), ("same-class", "gist"), ("same-class", "context"),
    ("same-class", "people"), ("same-class", "same-document"), ("same-class", "people-differ"),
    ("same-head", "place-differ"), ("same-head", "times-differ"), ("letters", "gist"), ("context", "same-document"),
    ("people", "same-document"), ("same-head", "same-sentence"), ("same-class", "same-sentence"),
    ("same-head", "recipients"), ("same-head", "actors"), ("gist", "same-document"), ("gist", "people"),
    ("same-head", "named"), ("same-head", "same-story"), ("same-head", "other-story"), ("same-class", "other-story"),
    ("same-type", "near"), ("same-type", "place"), ("same-type", "days"), ("same-type", "place-differ"),
    ("act-effect", "near"), ("act-effect", "place"), ("act-effect", "days"), ("same-type", "numbers"),
    ("same-type", "published"), ("same-type", "recipients"),
)  # fmt: skip
FEATURES: Final = (*PLAIN, *(f"{one} × {other}" for one, other in CROSSED))
_AT: Final = {name: k for k, name in enumerate(PLAIN)}
_CROSSED_AT: Final = tuple((_AT[one], _AT[other]) for one, other in CROSSED)
_EARTH: Final = 6371.0  # km
_NEAR: Final = 25.0  # km: at this distance two places count half
_PARAGRAPHS: Final = (350, 1_000)  # characters
_VIOLENT: Final = frozenset(("ASSAULT", "HARM", "DAMAGE"))


@dataclass(frozen=True, slots=True)
class Feature:
    """
    One thing that two claims were compared by.

    Args:
        name: Its name, one of ``FEATURES``.
        value: How alike they are in it, mostly 0 to 1.
        left: What the first one has, in words or codes; empty if it has none.
        right: What the second one has.
    """

    name: str
    value: float
    left: str
    right: str


def measure(left: Item, right: Item) -> list[float]:
    """Compare two items; one number for each of ``FEATURES``, in their order."""
    same_head = float(left.head == right.head)
    same_class = float(bool(same_head) or bool(left.classes & right.classes))
    people = _share(left.actors | left.recipients, right.actors | right.recipients)
    actors, recipients = _share(left.actors, right.actors), _share(left.recipients, right.recipients)
    crossed = max(_share(left.actors, right.recipients), _share(left.recipients, right.actors), 0.0)
    place, times, numbers = _places(left, right), _share(left.times, right.times), _numbers(left, right)
    days, apart = _days(left.days, right.days)
    types = None if left.family is None or right.family is None else _same_family(left.family, right.family)
    gist, named = cosine(left.gist, right.gist), cosine(left.named, right.named)
    alike = (gist + named) / 2
    plain = [
        same_head,
        telling(left.head) if same_head else 0.0,
        same_class,
        2 * len(left.pairs & right.pairs) / (len(left.pairs) + len(right.pairs)),
        float(bool(left.stems & right.stems)),
        float(types is True),
        float(types is False),
        float(bool(left.modes & right.modes)),
        *_known(actors),
        *_known(recipients),
        crossed,
        *_known(people),
        *_known(place),
        *_known(times),
        days,
        apart,
        _published(left.published, right.published),
        *_known(numbers),
        cosine(left.context, right.context),
        gist,
        float(left.document == right.document),
        float(left.document == right.document and left.sentence == right.sentence),
        named,
        _step(alike, 0.2, 0.35),
        1 - _step(alike, 0.05, 0.2),
        float(types is True and left.family != right.family),
        _near(left, right),
    ]
    return plain + [plain[one] * plain[other] for one, other in _CROSSED_AT]


def compare(left: Item, right: Item) -> tuple[Feature, ...]:
    """Compare two items and say what was compared; in the order of ``FEATURES``."""
    shown = {name: (_shown(getattr(left, field)), _shown(getattr(right, field))) for name, field in _FIELDS.items()}
    return tuple(
        Feature(name, value, *shown.get(name.split(" × ")[0], ("", "")))
        for name, value in zip(FEATURES, measure(left, right), strict=True)
    )


def are_incompatible(left: Item, right: Item) -> bool:
    """
    Say whether two claims cannot be of one incident: their stated days or places exclude each other.

    Days have one day of play, because news of a night give either day.
    """
    if left.days is not None and right.days is not None:
        first, last = max(left.days[0], right.days[0]), min(left.days[1], right.days[1])
        if first - last > 1:
            return True
    if left.point is not None and right.point is not None:
        return distance(left.point, right.point) > _NEAR + left.point[2] + right.point[2]
    return False


def distance(left: Point, right: Point) -> float:
    """
    Give the distance between two points on the globe.

    Unit: km.

    Example:
        >>> round(distance((50.45, 30.52, 0.0), (51.5, 31.3, 0.0)))
        129
    """
    (lat, lon), (lat2, lon2) = (tuple(map(math.radians, point[:2])) for point in (left, right))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def _same_family(left: str, right: str) -> bool:
    """Say whether two types can be one incident: an attack, its victims and its damage are."""
    return left == right or (left in _VIOLENT and right in _VIOLENT)


def _share(left: frozenset[str], right: frozenset[str]) -> float:
    """Give how much of the smaller set the other has, telling words counting more; below 0 where one is empty."""
    if not left or not right:
        return -1.0
    common = sum(map(telling, left & right))
    return common / min(sum(map(telling, left)), sum(map(telling, right))) if common else 0.0


def _known(share: float) -> tuple[float, float]:
    """Part a share into how much is common, and whether both are known and nothing is."""
    return max(share, 0.0), float(share == 0.0)


def _places(left: Item, right: Item) -> float:
    if left.point is None or right.point is None:
        named = _share(left.places, right.places)
        return -1.0 if named == 0 and (left.coarse or right.coarse) else named
    near = 1 / (1 + distance(left.point, right.point) / _NEAR)
    return max(near, _share(left.places, right.places)) if near > 0.1 else 0.0


def _days(left: Days | None, right: Days | None) -> tuple[float, float]:
    """Give how close two ranges of days are, 1 for the same days, and whether they exclude each other."""
    if left is None or right is None:
        return 0.0, 0.0
    gap = max(left[0], right[0]) - min(left[1], right[1])
    if gap > 0:
        return 0.0, min(1.0, gap / 3)
    longer = max(left[1] - left[0], right[1] - right[0]) + 1
    return (1 - gap) / longer, 0.0


def _published(left: int | None, right: int | None) -> float:
    """Give how close two days of publication are: 1 for the same, half for a week."""
    return 0.0 if left is None or right is None else 1 / (1 + abs(left - right) / 7)


def _near(left: Item, right: Item) -> float:
    """Give how near two claims of one document stand: 1 within a few sentences, 0 from a few paragraphs on."""
    if left.document != right.document:
        return 0.0
    return 1 - _step(abs(left.position - right.position), *_PARAGRAPHS)


def _step(value: float, low: float, high: float) -> float:
    """Go from 0 to 1 between two values."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _numbers(left: Item, right: Item) -> float:
    if not left.numbers or not right.numbers:
        return -1.0
    return len(left.numbers & right.numbers) / min(len(left.numbers), len(right.numbers))


_FIELDS: Final = {
    "same-head": "head", "head-telling": "head", "same-class": "classes", "letters": "head", "any-stem": "stems",
    "same-type": "family", "other-type": "family", "modes": "modes", "actors": "actors", "actors-differ": "actors",
    "recipients": "recipients", "recipients-differ": "recipients", "place": "places", "place-differ": "places",
    "times": "times", "times-differ": "times", "days": "days", "days-apart": "days", "numbers": "numbers",
    "numbers-differ": "numbers", "same-document": "document", "same-sentence": "sentence",
}  # fmt: skip


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return " ".join(sorted(map(str, value)))
    if isinstance(value, tuple):
        return range_of(value).iso
    return "" if value is None else str(value)
