"""
Names of parties that the encoder must not tell apart.

A network that reads "Russia" or "Ukraine" can come to expect different deeds of
them. Ours reads a sign instead: "a country", "a country's adjective", "an armed
group", "a leader", the first, second … in this text. What it finds therefore
cannot depend on who the party is, only on what the words say of it. States are
listed in ``parties.tsv``, groups and leaders in the actors' tables; what a name
means is looked up later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

FORMS: Final = ("country", "adjective", "people", "capital", "group", "short", "leader", "surname")
KINDS: Final = (0, 0, 0, 0, 1, 1, 2, 2)  # of each form: state, group, person; each kind is numbered for itself
PARTIES_APART: Final = 8  # parties of one kind that the encoder can tell apart; the ninth is read like the first
LEAVE_ALONE: Final = -1
KEY = 3  # signs of a name by which it is looked up
SHORTEST = 2  # signs of a name ("US"); such a name is its own key
LONG = 4  # letters; shorter acronyms are taken for words where the line is in capitals
_GROUP, _SHORT, _LEADER, _SURNAME = range(4, 8)
_ARMED = frozenset(("armed-group", "militia", "armed-forces"))
# names of groups that are common words, too
_COMMON = frozenset("Anonymous Brotherhood Scorpions Shane Hirak Kraken Sahwa IS Army Guard Navy Military".split())
# also first names and surnames: beside another capitalised word they are left alone
_ALSO_PEOPLE = frozenset("Jordan Chad Georgia Washington Israel Paris Sofia Havana London Lima Wagner Lao Mali".split())
# capitals that say nothing: they open a sentence ("But Israel denied it") or name a day
_OPENERS = frozenset(
    "a after against ahead all although amid among an and as at because before besides between both but by despite"
    " during for from how however if in inside instead into is it its later like meanwhile near neither nor now of off"
    " on once only or outside over since so still than that the then there though through thus to today towards under"
    " unlike unless until was what when where whereas whether which while who why with within without yesterday yet"
    " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
_TITLES = frozenset(
    "president minister premier chancellor general colonel mr mrs ms king emir leader secretary prime chairman".split()
)


@dataclass(frozen=True, slots=True)
class Party:
    """
    A party named in a text.

    Args:
        first: Number of the name's first token.
        last: Number of its last token.
        form: Number in ``FORMS``.
        party: Id in the table.
    """

    first: int
    last: int
    form: int
    party: str


@cache
def party_names() -> dict[str, tuple[tuple[str, int, str], ...]]:
    """Give the names by their first signs, longest first: (name, number of its form or ``LEAVE_ALONE``, id)."""
    table: dict[str, set[tuple[str, int, str]]] = defaultdict(set)
    for name, form, party in (*_states(), *_groups(), *_leaders()):
        for printed in {name, name.upper() if len(name) >= LONG else name}:
            table[printed[:KEY]].add((printed, form, party))
    return {key: tuple(sorted(names, key=lambda n: (-len(n[0]), n[1], n[0], n[2]))) for key, names in table.items()}


def _rows(*path: str) -> Iterator[list[str]]:
    lines = files("allegedly.resources").joinpath(*path).read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


def _states() -> Iterator[tuple[str, int, str]]:
    for state, *cells in _rows("parties.tsv"):
        if not cells:
            yield state.removeprefix("- "), LEAVE_ALONE, ""
        for form, cell in enumerate(cells):
            yield from ((name, form, state) for name in cell.split("|") if name != "-")


def _groups() -> Iterator[tuple[str, int, str]]:
    for _, actor, names, _, _, kind, *_ in _rows("actors", "groups.tsv"):
        if kind in _ARMED:
            for name in names.split("|"):
                if len(name) >= KEY and name not in _COMMON:
                    yield name, _GROUP if " " in name else _SHORT, f"+{actor}"


def _leaders() -> Iterator[tuple[str, int, str]]:
    for _, actor, names, short, *_ in _rows("actors", "offices.tsv"):
        yield from ((name, _LEADER, f"@{actor}") for name in names.split("|") if " " in name)
        yield from ((name, _SURNAME, f"@{actor}") for name in short.split("|") if len(name) >= KEY)


def find_parties(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[Party]:
    """
    Find the parties named in a text, longest name first, left to right.

    A surname counts only after the full name, or behind a title.

    Args:
        text: The text.
        starts: First code point of each token, ascending.
        ends: Code point after each token.
    """
    table = party_names()
    token_at = dict(zip(ends, range(len(ends)), strict=True))
    out: list[Party] = []
    known: set[str] = set()
    free = 0
    for k, start in enumerate(starts):
        if start < free:
            continue
        near = text[start : start + KEY]
        for name, form, party in (*table.get(near, ()), *table.get(near[:SHORTEST], ())):
            end = start + len(name)
            if not text.startswith(name, start) or end not in token_at or text[end : end + 1].isalnum():
                continue
            if form == _SURNAME and party not in known and not _titled(text, starts, k):
                continue
            if form != LEAVE_ALONE and not _something_else(text, name, start, end):
                out.append(Party(k, token_at[end], form, party))
                known.add(party)
            free = end
            break
    return out


def _titled(text: str, starts: Sequence[int], k: int) -> bool:
    """Say whether the token before is a title."""
    if not k:
        return False
    before = text[starts[k - 1] : starts[k]].rstrip()
    if before == "." and k > 1:
        before = text[starts[k - 2] : starts[k - 1]].rstrip()
    return before.lower() in _TITLES


def _something_else(text: str, name: str, start: int, end: int) -> bool:
    """Say whether a name may be a person's, or a short one a word of a line in capitals ("GIVE US ARMS")."""
    before = text[max(0, start - 40) : start].rsplit(maxsplit=1)[-1:] if start and text[start - 1] == " " else []
    after = text[end + 1 : end + 12].split(maxsplit=1)[:1] if text[end : end + 1] == " " else []
    words = [word for word in (*before, *after) if word[-1] not in ".!?:;,”\"'" or word in after]
    if name in _ALSO_PEOPLE:
        return any(word[0].isupper() and word.lower() not in _OPENERS for word in words)
    return len(name) < LONG and name.isupper() and any(len(w) >= LONG and w.isupper() for w in words)
