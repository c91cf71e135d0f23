"""
The invented cases of incidents, ``tests/cases/incidents/*.txt``: reports, the ledgers that a faultless reader makes
of them, and what is expected.

A case opens with ``== name``. A report opens with publisher and day; each line
after it is one sentence: source, stance and cue, a bar, and the content, or ``*
own |`` for the report's own voice. ``{A}`` and ``{B}`` are the two parties;
every case is read for two conflicts, the second time with the parties
exchanged. In the content stand ``[actors]``, ``{recipients}``,
``*trigger:TYPE/mode:factuality*``, ``@place=latitude,longitude@``, ``^time=day^``,
``#number:measure:qualifier#``; a mark belongs to the nearest trigger.

Lines with ``>`` are expected: ``same`` or ``differ`` (one incident, or one for
each line), ``POINT[:VALUE] PARTY STANCE`` (a party by letter, ``N`` the own
voice of Northwire, ``H`` of Harbour Post, others by name), ``status POINT[:VALUE] STATUS``,
``conflict POINT``, ``noconflict POINT``, ``figure POINT PARTY NUMBER``, ``origins NUMBER``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.codes import STANCES
from allegedly.records.ledger import (
    ArgumentRow,
    AttributionRow,
    DateRow,
    DocumentRow,
    EntityRow,
    EventRow,
    Ledger,
    MentionRow,
    PlaceRow,
    QuantityRow,
    Run,
    TimeRow,
)
from allegedly.text.numbers import read_number

FOLDER = Path(__file__).parents[2] / "tests" / "cases" / "incidents"
CONFLICTS = (
    ("Norland", "Southmark"),
    ("the River Guard", "Veldra"),
    ("Kasholm", "the Southern Front"),
    ("Mirova", "Estagor"),
    ("the Upland Council", "the Coast Assembly"),
    ("the Free Hills Movement", "Daresh"),
    ("Quorra", "Pellmark"),
    ("the Salvation Army of Orr", "the Dawn Brigades"),
)
_MARK = re.compile(
    r"\[(?P<actor>[^\]]+)\]|\{(?P<recipient>[^}]+)\}|\*(?P<trigger>[^*:]+):(?P<type>[A-Z]+)(?:/(?P<mode>[\w-]+))?"
    r"(?::(?P<fact>[-+?>~]))?\*|@(?P<place>[^@=]+)(?:=(?P<point>[-\d.,]+))?@|\^(?P<time>[^^=]+)=(?P<day>[\d-]+)\^"
    r"|#(?P<number>[^#:]+):(?P<measure>\w+)(?::(?P<qualifier>\w+))?#"
)
_STANCE = re.compile(rf"^(?P<source>.+?) (?P<stance>{'|'.join(STANCES)}) (?P<cue>[^|]+)$")


class CaseError(ValueError):
    """A case cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Case:
    """
    One case for one conflict.

    Args:
        name: Its name, with ``(exchanged)`` for the twin.
        parties: Names of the parties by letter.
        ledgers: The reports as a faultless reader makes them.
        lines: Keys of the events of each line, by document.
        expected: What is expected, line by line.
    """

    name: str
    parties: dict[str, str]
    ledgers: tuple[Ledger, ...]
    expected: tuple[str, ...]

    @property
    def claims(self) -> list[Claim]:
        """Give the claims of all reports."""
        return [claim for ledger in self.ledgers for claim in claims_of(ledger)]


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """Read all cases, each with its twin: other parties, exchanged."""
    blocks = [block for file in sorted(folder.glob("*.txt")) for block in _blocks(file.read_text("utf-8"))]
    cases = []
    for number, (name, lines) in enumerate(blocks):
        one, other = CONFLICTS[number % len(CONFLICTS)]
        cases.append(_case(name, {"A": one, "B": other}, lines))
        cases.append(_case(f"{name} (exchanged)", {"A": other, "B": one}, lines))
    return cases


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        name, *lines = block.strip().splitlines()
        yield name.strip(), [line for line in lines if line.strip()]


def _case(name: str, parties: dict[str, str], lines: Sequence[str]) -> Case:
    reports: list[_Report] = []
    expected = []
    for line in lines:
        if line.startswith(">"):
            expected.append(line[1:].strip())
        elif "|" in line:
            reports[-1].add(line, parties)
        else:
            publisher, _, published = line.rpartition(" ")
            reports.append(_Report(publisher, published))
    if not reports or not expected:
        raise CaseError(f"{name}: it needs reports and something expected")
    return Case(name, parties, tuple(report.ledger() for report in reports), tuple(expected))


@dataclass(slots=True)
class _Report:
    """One report while it is read."""

    publisher: str
    published: str
    text: str = ""
    named: list[tuple[tuple[int, int], str]] = field(default_factory=list)
    rows: dict[str, list[Any]] = field(default_factory=lambda: {
        key: [] for key in ("sentences", "entities", "times", "places", "attributions", "quantities", "events")
    })  # fmt: skip

    def add(self, line: str, parties: dict[str, str]) -> None:
        """Read one sentence."""
        head, _, content = line.partition("|")
        for letter, name in parties.items():
            head, content = head.replace(f"{{{letter}}}", name), content.replace(f"{{{letter}}}", name)
        base = len(self.text) + (1 if self.text else 0)
        plain, marks = _unmark(content.strip())
        voice: tuple[str, ...] = ()
        if head.strip() == "* own":
            sentence, start = _capital(plain) + ".", base
        else:
            match = _STANCE.match(head.strip())
            if match is None:
                raise CaseError(f"no source, stance and cue in {line!r}")
            said = f"{_capital(match['source'])} {match['cue']} "
            sentence, start = f"{said}{plain}.", base + len(said)
            voice = (self._attribution(match, base, (start, start + len(plain))),)
        self.text += (" " if self.text else "") + sentence
        self.rows["sentences"].append((base, base + len(sentence)))
        self._events(marks, start, voice)

    def _attribution(self, match: re.Match[str], base: int, content: tuple[int, int]) -> str:
        row_id = f"a{len(self.rows['attributions']) + 1}"
        source = (base, base + len(match["source"]))
        cue = (source[1] + 1, source[1] + 1 + len(match["cue"].strip()))
        self.rows["attributions"].append(
            AttributionRow(
                row_id, (source,), self._entity(match["source"], source), (cue,), (content,), "indirect",
                match["stance"],
                parent=None, score=1.0, source_type="named",
            )
        )  # fmt: skip
        return row_id

    def _entity(self, words: str, span: tuple[int, int]) -> str:
        name = words.removeprefix("the ").removeprefix("The ")
        for row in self.rows["entities"]:
            if row.name == name:
                self.named.append((span, str(row.id)))
                return str(row.id)
        row_id = f"e{len(self.rows['entities']) + 1}"
        self.named.append((span, row_id))
        self.rows["entities"].append(EntityRow(row_id, name, "ORG", None, None, None, ()))
        return row_id

    def _events(self, marks: Sequence[tuple[dict[str, str], int, int]], base: int, voice: tuple[str, ...]) -> None:
        triggers = [(mark, start, end) for mark, start, end in marks if mark["trigger"]]

        def own(kind: str, at: int) -> list[tuple[dict[str, str], tuple[int, int]]]:
            return [
                (mark, (base + start, base + end))
                for mark, start, end in marks
                if mark[kind] and min(range(len(triggers)), key=lambda k: _gap(triggers[k][1:], (start, end))) == at
            ]

        def anywhere(kind: str) -> list[tuple[dict[str, str], tuple[int, int]]]:
            return [(mark, (base + start, base + end)) for mark, start, end in marks if mark[kind]]

        for at, (mark, start, end) in enumerate(triggers):
            times = anywhere("time")
            day = times[0][0]["day"] if times else None
            self.rows["events"].append(
                EventRow(
                    id=f"v{len(self.rows['events']) + 1}",
                    trigger=(base + start, base + end),
                    type=mark["type"],  # type: ignore[arg-type]
                    modes=(mark["mode"],) if mark["mode"] else (),
                    actors=tuple(self._argument(m["actor"], span) for m, span in own("actor", at)),
                    recipients=tuple(self._argument(m["recipient"], span) for m, span in own("recipient", at)),
                    place=next((self._place(m, span) for m, span in anywhere("place")), None),
                    time=self._time(times[0][1], day) if day else None,
                    quantities=tuple(self._quantity(m, span) for m, span in own("number", at)),
                    voice=voice,
                    factuality=mark["fact"] or "+",  # type: ignore[arg-type]
                    score=1.0,
                    date=DateRow(day, day, "day", "stated")
                    if day
                    else DateRow(None, self.published, "open", "publication"),
                )
            )

    def _argument(self, words: str, span: tuple[int, int]) -> ArgumentRow:
        own = words.split(maxsplit=1)[0] in {"its", "it", "they", "their"}
        return ArgumentRow(span, None if own else self._entity(words, span))

    def _place(self, mark: dict[str, str], span: tuple[int, int]) -> str:
        row_id = f"p{len(self.rows['places']) + 1}"
        lat, lon = (float(part) for part in mark["point"].split(",")) if mark["point"] else (None, None)
        known = {"gazetteer": f"invented:{mark['place']}", "precision": "town", "radius": 5.0} if mark["point"] else {}
        self.rows["places"].append(PlaceRow(row_id, span, mark["place"], latitude=lat, longitude=lon, **known))  # type: ignore[arg-type]
        return row_id

    def _time(self, span: tuple[int, int], day: str) -> str:
        row_id = f"t{len(self.rows['times']) + 1}"
        self.rows["times"].append(TimeRow(row_id, span, "DATE", day, day, day, "day", "stated"))
        return row_id

    def _quantity(self, mark: dict[str, str], span: tuple[int, int]) -> str:
        row_id = f"q{len(self.rows['quantities']) + 1}"
        value = read_number(mark["number"], qualifier=mark["qualifier"] or None)  # type: ignore[arg-type]
        self.rows["quantities"].append(
            QuantityRow(
                row_id,
                span,
                mark["measure"],
                mark["number"],
                value.low,
                value.best,
                value.high,
                value.qualifier,  # type: ignore[arg-type]
            )
        )
        return row_id

    def ledger(self) -> Ledger:
        """Give the report as a ledger."""
        digest = f"sha256:{hashlib.sha256(self.text.encode()).hexdigest()}"
        name = f"{self.publisher} {self.published}"
        document = DocumentRow(name, digest, None, None, self.publisher, self.published, "en", self.text)
        rows = {key: tuple(values) for key, values in self.rows.items()}
        mentions = [
            MentionRow(f"m{number}", span, span, "name", "ORG", entity, "first")
            for number, (span, entity) in enumerate(sorted(set(self.named)), 1)
        ]
        rows["mentions"] = tuple(mentions)
        rows["entities"] = tuple(
            replace(row, mentions=tuple(m.id for m in mentions if m.entity == row.id)) for row in self.rows["entities"]
        )
        return Ledger(document=document, run=Run("cases", "none", "none"), **rows)


def _unmark(content: str) -> tuple[str, list[tuple[dict[str, str], int, int]]]:
    """Take the marks out; give the plain words and each mark with its span in them."""
    plain, marks, last = "", [], 0
    for match in _MARK.finditer(content):
        plain += content[last : match.start()]
        words = next(
            match[kind] for kind in ("actor", "recipient", "trigger", "place", "time", "number") if match[kind]
        )
        marks.append((match.groupdict(""), len(plain), len(plain) + len(words)))
        plain += words
        last = match.end()
    return plain + content[last:], marks


def _gap(left: tuple[int, int], right: tuple[int, int]) -> int:
    return max(left[0] - right[1], right[0] - left[1], 0)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
