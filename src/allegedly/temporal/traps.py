"""
Traps: words of the grammar that are no time where they stand.

"May", "March", "second", "fall" are verbs, names and ordinals as well; the
"Sunday Times" is a newspaper, "1500 soldiers" no year. Only the words next to
the expression are looked at; lists of them stand in ``cues.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from allegedly.temporal.pieces import cue

_REACH: Final = 40
_UNAMBIGUOUS: Final = frozenset("january february september october november december july".split())
_NAMES: Final = frozenset("april june may".split())
_LOCAL_TIME: Final = re.compile(r"local\b", re.IGNORECASE)
_FIRST_SURE_YEAR: Final = 1900  # four digits from here to the next are years even without a preposition
_LAST_SURE_YEAR: Final = 2060
_IN: Final = re.compile(r"\b(?:in|since|until|till|during|[Ii]n|[Ss]ince)\s$")
_IN_NAME: Final = re.compile(r"\b(?:in|since|until|by|during|last|next|this)\s$", re.IGNORECASE)
_OWNER: Final = re.compile(r"\b(?:[Tt]he|[Aa]|his|their|its)\s$")
_NOUN: Final = re.compile(r"\s[a-z]{4,}")
_DECADES_BEFORE: Final = re.compile(r"\b\d0['’]?s (?:and|or|to)\s$|\dd0s[-–]$")
_MORE_THAN: Final = re.compile(r"(?:^|\W)(?:about|over|than)\s$")
_HOLIDAY_NOUN: Final = re.compile(r"\s(?:Islands?|Rising|Offensive|trees?|cards?|parade|shopping|Orthodox)\b|-")
_NEWSPAPER: Final = re.compile(r"\s(?:[A-Z]|newspaper|paper|magazine)")


class Place(NamedTuple):
    """
    What a rule matched, and where.

    Args:
        text: The text.
        low: The same in small letters.
        match: The match in ``low``.
    """

    text: str
    low: str
    match: re.Match[str]

    def before(self, group: str | int = 0) -> str:
        """Give the words before a group."""
        start = self.match.start(group)
        return self.text[max(0, start - _REACH) : start]

    def low_before(self, group: str | int = 0) -> str:
        """Give the words before a group in small letters."""
        start = self.match.start(group)
        return self.low[max(0, start - _REACH) : start]

    def after(self, group: str | int = 0) -> str:
        """Give the words after a group."""
        end = self.match.end(group)
        return self.text[end : end + _REACH]

    def is_capital(self, group: str | int = 0) -> bool:
        """Say whether a group begins with a capital."""
        return self.text[self.match.start(group)].isupper()

    def is_led(self, group: str) -> bool:
        """Say whether other words of the rule stand before a group."""
        return self.match.start(group) > self.match.start()


def is_trap(place: Place, rule: str) -> bool:
    """Say whether what a rule matched is no time."""
    check = _CHECKS.get(rule)
    return check is not None and check(place)


def _month(place: Place) -> bool:
    """Months are capital; those that are names or verbs as well need a preposition."""
    word = place.match["bare"].rstrip(".")
    if not place.is_capital("bare"):
        return word not in _UNAMBIGUOUS or not place.text.islower()
    if word in _UNAMBIGUOUS or place.is_led("bare"):
        return False
    before, after = place.before(), place.after()
    if word in {"may", "march"} and _OWNER.search(before) and _NOUN.match(after):
        return False
    named = cue("name-after").match(after) is not None
    if cue("preposition").search(place.low_before()):
        return word in _NAMES and named and _IN_NAME.search(before) is None
    if word in {"may", "march"}:
        return True
    return named or (word in _NAMES and cue("name-before").search(before) is not None)


def _turned_month(place: Place) -> bool:
    """A "march" in small letters is a walk."""
    return not place.is_capital("bare") and place.match["bare"] in {"march", "may", "august"}


def _weekday(place: Place) -> bool:
    """Titles of newspapers, masses and days with an epithet are names."""
    if not place.is_capital("weekday") and not place.text.islower():
        return True
    if cue("day-titles").match(place.after("weekday")):
        return True
    return cue("day-epithets").search(place.before("weekday")) is not None


def _season(place: Place) -> bool:
    """Both "fall" and "spring" are verbs, "the fall of Kabul" is an event, "Arab Spring" a name."""
    word, after = place.match["season"], place.after("season")
    if cue("season-fighting").match(after):
        return False
    if cue("season-names").match(after):
        return True
    if place.is_capital("season") and cue("name-before").search(place.before("season")):
        return True
    if word in {"summer", "winter", "autumn"} or place.match["turned"] or place.match["tail"] or place.match["edge"]:
        return False
    if cue("season-verb-after").match(after):
        return True
    return not place.is_led("season") and not cue("season-before").search(place.low_before("season"))


def _year(place: Place) -> bool:
    """Four digits are a year after a preposition, in brackets, or where they count nothing."""
    before = place.before("year")
    if cue("money").search(before) and not _MORE_THAN.search(before):
        return True
    sure = _FIRST_SURE_YEAR <= int(place.match["year"]) < _LAST_SURE_YEAR
    if place.is_led("year") or (sure and _IN.search(before)):
        return False
    if cue("counted").match(place.after("year")):
        return True
    if not _OWNER.search(before) and cue("counted-plural").match(place.after("year")):
        return True
    led = cue("year-before").search(place.low_before("year")) is not None
    return not led and (not sure or cue("product").search(before) is not None)


def _decade(place: Place) -> bool:
    """Somebody in their 20s is no decade; nor is a fleet of 70s without an article."""
    if cue("age").search(place.before()) or cue("age").search(place.before("dec")):
        return True
    if _DECADES_BEFORE.search(place.before("dec")):
        return False
    return place.match["dec"][0] in "23456789" and not place.is_led("dec")


def _clock(place: Place) -> bool:
    """Scores have a colon as well."""
    return cue("score").match(place.after()) is not None


def _holiday(place: Place) -> bool:
    """Holidays are capital; Easter Island and Christmas trees are none."""
    if place.before().endswith("Operation "):
        return True
    if not place.is_capital("holiday"):
        return place.match["holiday"] != "d-day"
    return _HOLIDAY_NOUN.match(place.after()) is not None


def _era(place: Place) -> bool:
    """In "an ad 300" stands no year."""
    words = place.text[slice(*place.match.span())]
    return ("ad" in words and "AD" not in words) or ("bc" in words and "BC" not in words)


def _future(place: Place) -> bool:
    """The word may be part of a title."""
    return place.is_capital() and place.match.start() > 0


def _recently(place: Place) -> bool:
    """In "as recently as", it belongs to the date that follows."""
    return place.match[0] == "recently" and place.after().startswith(" as ")


def _length(place: Place) -> bool:
    """Three quarters are a share; "60 Minutes" is a programme; the age of a person is no time of the report."""
    unit = place.match["unit"]
    if unit.startswith("quarter"):
        return unit == "quarter" or "-" in place.match[0] or place.after().startswith(" of")
    if unit.startswith("year") and place.match[0].endswith(("old", "olds")):
        return True
    words = place.text[slice(*place.match.span())]
    return place.is_capital("unit") and not words.isupper() and not place.is_capital()


def _daily(place: Place) -> bool:
    """A daily with a name is a newspaper."""
    return (place.is_capital() and place.match.start() > 0) or _NEWSPAPER.match(place.after()) is not None


def _then(place: Place) -> bool:
    """Before a title, "then" is no time."""
    after = place.after()
    return after[:1] in {" ", "-"} and after[1:2].isupper()


def _dawn(place: Place) -> bool:
    """Operation Red Dawn is a name."""
    return place.is_capital("dawn") and cue("name-before").search(place.before("dawn")) is not None


_CHECKS: Final[dict[str, Callable[[Place], bool]]] = {
    "month": _month, "turned-month": _turned_month, "weekday": _weekday, "weekday-of-week": _weekday,
    "season": _season, "year": _year, "decade": _decade, "clock": _clock, "holiday": _holiday, "era-year": _era,
    "adjective-future": _future, "past": _recently, "length": _length, "length-tie": _length, "one-length": _length,
    "adverb-set": _daily, "then": _then, "day-time": _dawn,
}  # fmt: skip


def trim_zone(place: Place) -> int:
    """Give the end of a clock time: words before "time" belong to it only if they are a place or "local"."""
    zone = place.match["zone"]
    if zone and zone.rstrip(")").endswith("time"):
        words = place.text[slice(*place.match.span("zone"))].lstrip("(").removeprefix("in ")
        if not words[0].isupper() and not _LOCAL_TIME.match(words):
            return place.match.end("clock")
    return place.match.end()
