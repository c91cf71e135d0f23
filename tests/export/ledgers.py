"""Two invented ledgers, made by hand, that hold what exports must cope with; and materials made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from allegedly.export.base import Material
from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.document import Document
from allegedly.records.incidents import Cell, Conflict, Figure, Incident, IncidentParty, Point
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
    SpanPair,
    TimeRow,
)
from allegedly.review.states import Reviews
from allegedly.store.answers import Judgement

RUN = Run("0.0.0", f"sha256:{'0' * 64}", f"sha256:{'1' * 64}")
MARKET = (
    "KARVELI 🔥 — Drones hit the market in Karveli on Monday, killing dozens of traders, the Nord health ministry "
    "said.\r\n"
    "=The Southern Front denied that its drones struck the market. “We lost 3 fighters,” said قائد, a commander.\r\n"
    "Nord’s army rejected that.\r\n"
)
MARCH = (
    "@Army threatens to seize Port Azel.\n"
    "Students marched in Ostia on 3 May; police arrested between 10 and 12 of them.\n"
    "+Rebels killed at least 4 traders and up to 9 guards near Ansa."
)
_MONDAY = DateRow("2024-05-06", "2024-05-06", "day", "stated")
_BY_THEN = DateRow(None, "2024-05-07", "open", "publication")


def at(text: str, words: str, skip: int = 0) -> SpanPair:
    """Give the span of words in a text, the first or a later one."""
    start = -1
    for _ in range(skip + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def document_row(text: str, **known: Any) -> DocumentRow:
    """Make the row of a document."""
    values = {"id": "", "title": None, "url": None, "publisher": None, "published": None, "language": None} | known
    return DocumentRow(digest=Document(text).digest, text=text, **values)


def _mention(key: str, span: SpanPair, type_: Any, entity: str | None, kind: Any = "name") -> MentionRow:
    return MentionRow(key, span, span, kind, type_, entity, "first")


def market() -> Ledger:
    """A strike as two parties tell it: emoji, CRLF, Arabic, a formula, a place cut by the antimeridian."""
    text = MARKET
    ministry, front, commander = at(text, "the Nord health ministry"), at(text, "=The Southern Front"), at(text, "قائد")
    army, traders, fighters = at(text, "Nord’s army"), at(text, "traders"), at(text, "3 fighters")
    struck = at(text, "that its drones struck the market")
    return Ledger(
        document=document_row(
            text, id="Karveli/1", title="=HYPERLINK(1)", url="https://example.org/1", publisher="Northwire",
            published="2024-05-07", language="en",
        ),
        run=RUN,
        sentences=(
            (0, at(text, "said.")[1]), (front[0], at(text, "market.")[1]),
            (at(text, "“We")[0], at(text, "der.")[1]), (army[0], at(text, "that.")[1]),
        ),
        mentions=(
            _mention("m1", ministry, "ORG", "e1"), _mention("m2", front, "MIL", "e2"),
            _mention("m3", commander, "PER", "e3"), _mention("m4", army, "MIL", "e4"),
            _mention("m5", traders, "PER", "e5", "nominal"),
        ),
        entities=(
            EntityRow("e1", "the Nord health ministry", "ORG", "XNA", "GOV", "XNA", ("m1",)),
            EntityRow("e2", "=The Southern Front", "MIL", None, "REB", "Front", ("m2",)),
            EntityRow("e3", "قائد", "PER", None, "REB", "Front", ("m3",), role="commander"),
            EntityRow("e4", "Nord’s army", "MIL", "XNA", "MIL", "XNA", ("m4",)),
            EntityRow("e5", "traders", "PER", None, "CVL", None, ("m5",)),
        ),
        times=(TimeRow("t1", at(text, "Monday"), "DATE", "2024-05-06", "2024-05-06", "2024-05-06", "day", "stated"),),
        places=(
            PlaceRow(
                "p1", at(text, "Karveli"), "Karveli", "geonames:99", 10.5, 179.9, "XNA", "town", 2, "only-one",
                radius=30.0, region="Upper Valley", claimants=("XNA", "XSO"),
            ),
        ),
        attributions=(
            AttributionRow("a1", (ministry,), "e1", (at(text, "said"),), (at(text, text[12:at(text, ", the")[0]]),),
                           "indirect", "assert", None, 0.93, "government", said=_BY_THEN),
            AttributionRow("a2", (front,), "e2", (at(text, "denied"),), (struck,), "indirect", "deny", None, 0.9,
                           "armed-group", said=_BY_THEN),
            AttributionRow("a3", (commander,), "e3", (at(text, "said", 1),), (at(text, "We lost 3 fighters,"),),
                           "direct", "assert", None, 0.8, "named", said=_BY_THEN),
            AttributionRow("a4", (army,), "e4", (at(text, "rejected"),), (at(text, "that."),), "indirect", "deny", None,
                           0.7, "military", said=_BY_THEN),
        ),
        quantities=(
            QuantityRow("q1", at(text, "dozens"), "killed", "dozens", None, None, None, "vague"),
            QuantityRow("q2", at(text, "3"), "killed", "3", 3, 3, 3, "exact"),
        ),
        events=(
            EventRow("v1", at(text, "hit"), "ASSAULT", ("drone",), (ArgumentRow(front, "e2"),),
                     (ArgumentRow(traders, "e5"),), "p1", "t1", ("q1",), ("a1",), "+", 0.9, date=_MONDAY),
            EventRow("v2", at(text, "struck"), "ASSAULT", ("drone",), (ArgumentRow(front, "e2"),), (), None, None, (),
                     ("a2",), "-", 0.8, date=_BY_THEN),
            EventRow("v3", at(text, "lost"), "HARM", (), (), (ArgumentRow(fighters),), None, None, ("q2",), ("a3",),
                     "+", 0.7, date=_BY_THEN),
        ),
    )  # fmt: skip


def march() -> Ledger:
    """A report in its own voice, of which nothing is known: a threat, a march, arrests, two figures of one killing."""
    text = MARCH
    army, students = at(text, "@Army"), at(text, "Students")
    police, rebels, traders = at(text, "police"), at(text, "+Rebels"), at(text, "traders")
    start, end = at(text, "police")[0], len(text)
    lines = [at(text, line) for line in text.split("\n")]
    may = DateRow("2024-05-01", "2024-05-31", "month", "stated")
    return Ledger(
        document=document_row(text, id="march"),
        run=RUN,
        sentences=tuple(lines),
        mentions=(
            _mention("m1", army, "MIL", "e1"), _mention("m2", students, "PER", "e2", "nominal"),
            _mention("m3", police, "ORG", "e3", "nominal"), _mention("m4", rebels, "MIL", "e4", "nominal"),
            _mention("m5", traders, "PER", "e5", "nominal"),
        ),
        entities=(
            EntityRow("e1", "@Army", "MIL", "XSO", "MIL", None, ("m1",)),
            EntityRow("e2", "Students", "PER", "XSO", "CVL", None, ("m2",)),
            EntityRow("e3", "police", "ORG", "XSO", "COP", None, ("m3",)),
            EntityRow("e4", "+Rebels", "MIL", None, "REB", None, ("m4",)),
            EntityRow("e5", "traders", "PER", None, "CVL", None, ("m5",)),
        ),
        times=(TimeRow("t1", at(text, "3 May"), "DATE", "XXXX-05-03", reason="no-publication-date"),),
        places=(
            PlaceRow("p1", at(text, "Port Azel"), "Port Azel", reason="not-in-the-gazetteer"),
            PlaceRow("p2", at(text, "Ostia"), "Ostia", "geonames:5", -3.25, 40.5, "XSO", "country", 1, "only-one"),
            PlaceRow("p3", at(text, "Ansa"), "Ansa", "geonames:6", -3.5, -40.25, "XSO", "exact", 1, "only-one",
                     radius=2.0, region="East"),
        ),
        quantities=(
            QuantityRow("q1", at(text, "between 10 and 12"), "detained", "between 10 and 12", 10, None, 12, "range"),
            QuantityRow("q2", at(text, "at least 4"), "killed", "at least 4", 4, None, None, "at_least"),
            QuantityRow("q3", at(text, "up to 9"), "killed", "up to 9", None, None, 9, "up_to"),
        ),
        events=(
            EventRow("v1", at(text, "threatens"), "THREATEN", ("territory",), (ArgumentRow(army, "e1"),), (), "p1",
                     None, (), (), ">", 0.6),
            EventRow("v2", at(text, "marched"), "PROTEST", ("demo",), (ArgumentRow(students, "e2"),), (), "p2", "t1",
                     (), (), "+", 0.9, date=may),
            EventRow("v3", at(text, "arrested"), "COERCE", ("arrest",), (ArgumentRow(police, "e3"),),
                     (ArgumentRow((at(text, "of them")[0] + 3, at(text, "of them")[1]), "e2"),), "p2", "t1", ("q1",),
                     (), "+", 0.85, date=may),
            EventRow("v4", at(text, "killed"), "ASSAULT", ("firearms", "x-clash"), (ArgumentRow(rebels, "e4"),),
                     (ArgumentRow(traders, "e5"), ArgumentRow(at(text, "guards"))), "p3", None, ("q2", "q3"), (), "?",
                     0.55, date=DateRow("2024-05-01", "2024-05-03", "range", "stated")),
        ),
        warnings=(f"{end - start} characters",),
    )  # fmt: skip


def judged(claim: Claim, decision: Any, *, who: str = "=Rana", after: dict[str, Any] | None = None) -> Judgement:
    """Judge a claim as a store would record it."""
    return Judgement(
        number=1, row=claim.id, document=claim.document, digest=claim.digest, span=claim.span, decision=decision,
        who=who, made="2024-05-08T09:00:00Z", before={}, after=after,
    )  # fmt: skip


def material(*ledgers: Ledger, judgements: Iterable[Judgement] = (), **options: Any) -> Material:
    """Make a material of ledgers; of both if none is given."""
    given = ledgers or (market(), march())
    return Material(
        claims=lambda: (claim for ledger in given for claim in claims_of(ledger)),
        ledgers=lambda: given,
        reviews=Reviews(judgements),
        **options,
    )


def reviewed() -> Material:
    """Give both ledgers: the first claim accepted, the second rejected, the third corrected."""
    first, second, third, *_ = claims_of(market())
    decisions = [
        judged(first, "accept"),
        judged(second, "reject", who="Omar"),
        judged(third, "change", after={"type": "ASSAULT", "modes": ["firearms"]}),
    ]
    return material(judgements=decisions, incidents=[strike()])


def strike() -> Incident:
    """Put the strike on the market and its denial side by side, as corroboration does."""
    first, second, third, _ = claims_of(market())
    dozens = Figure(first.id, "dozens", None, None, None, "vague", "event")
    three = Figure(third.id, "3", 3, 3, 3, "exact", "event")
    older = Figure(third.id, "2", 2, 2, 2, "exact", "event", replaced=True)
    year = Figure(third.id, "900", 900, 900, 900, "exact", "cumulative")
    ministry, front = IncidentParty("xna", "Nord", ("harmed",)), IncidentParty("front", "=The Front", ("accused",))
    points = (
        Point("happened", "", "", "disputed", (
            Cell("xna", "asserts", (first.id,)), Cell("front", "denies", (second.id,), (first.id,)),
        )),
        Point("killed", "", "", "one-sided", (
            Cell("xna", "asserts", (first.id,), figures=(dozens,)),
            Cell("front", "concedes", (third.id,), figures=(older, three, year)),
        )),
    )  # fmt: skip
    conflict = Conflict(
        "i1", "happened", "=happened", "Nord", first.id, "did not happen", "=The Front", second.id, "2024-05-07"
    )
    return Incident(
        id="i1", type="ASSAULT", modes=("drone",), date=first.date, place=first.place, parties=(ministry, front),
        points=points, conflicts=(conflict,), claims=(first.id, second.id), documents=(first.document,),
        number_of_sources=2, number_of_origins=1, first_reported="2024-05-07", last_updated="2024-05-07",
    )  # fmt: skip


def plain(text: str, **known: Any) -> Ledger:
    """Make a ledger of any text that says nothing but what a narrator's event needs: its first sign is one."""
    ledger = Ledger(document=document_row(text, **({"id": "plain"} | known)), run=RUN)
    if not text:
        return ledger
    whole = ((0, len(text)),)
    event = EventRow("v1", (0, 1), "ASSAULT", (), (ArgumentRow((0, len(text))),), (), None, None, (), (), "+", 0.5)
    saying = AttributionRow("a1", (), None, (), whole, "direct", "deny", None, 0.5)
    return replace(ledger, sentences=whole, events=(event,), attributions=(saying,))
