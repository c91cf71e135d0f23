"""
The columns of ``claims``: their order is a contract, their help text is the documentation.

One row is one claim: an event as vouched for by one voice in one document, or
a saying in which no event was found. Several actors of one event stand in one
cell, parted by ``; ``; the cells of their countries and sectors have as many parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from allegedly.export.base import Cell, Column, Material, Table, Told
from allegedly.export.figures import SEPARATOR, figure_of, number_words
from allegedly.records.claims import Claim, ClaimParty, ClaimPlace
from allegedly.records.codes import Measure

CHAIN = " > "
Value = Callable[[Claim], Cell]
OfPlace = Callable[[ClaimPlace], Cell]


def of_claim(value: Value) -> Callable[[Told], Cell]:
    """Read a cell off the claim alone."""
    return lambda told: value(told.claim)


def of_place(value: OfPlace) -> Callable[[Told], Cell]:
    """Read a cell off the place of a claim; empty where it has none."""
    return lambda told: None if told.claim.place is None else value(told.claim.place)


def name_of(party: ClaimParty) -> str:
    """Give the fullest name of a party in the text, else its words."""
    return party.name or party.words


def joined(parties: Sequence[ClaimParty], value: Callable[[ClaimParty], str | None]) -> str | None:
    """Put the values of several parties into one cell; empty if none has one."""
    values = [value(party) or "" for party in parties]
    return SEPARATOR.join(values) if any(values) else None


def source_name(claim: Claim) -> str | None:
    """Give the source that vouches: its fullest name in the text, else its words; empty for the narrator."""
    return None if claim.source is None else claim.source.name or claim.source.words


def _source_chain(claim: Claim) -> str | None:
    return CHAIN.join(voice.name or voice.words or "" for voice in claim.voices) or None


def _parties(role: str, name: str, which: Callable[[Claim], tuple[ClaimParty, ...]]) -> tuple[Column, ...]:
    def of(value: Callable[[ClaimParty], str | None]) -> Callable[[Told], Cell]:
        return lambda told: joined(which(told.claim), value)

    return (
        Column(f"{name}_name", "text", f"{role}: fullest name in the text, else its words.", of(name_of)),
        Column(f"{name}_country", "label", "ISO 3166-1 alpha-3 code, if known.", of(lambda party: party.country)),
        Column(f"{name}_sector", "label", "PLOVER sector or non-state code, if known.", of(lambda party: party.sector)),
    )


def _figures(name: str, measure: Measure) -> tuple[Column, ...]:
    return (
        Column(
            f"{name}_low", "number", "Smallest value the words allow; of several numbers the largest of these.",
            of_claim(lambda claim: figure_of(claim, measure).low),
        ),
        Column(
            f"{name}_best", "number", "The value, if one number states one; empty for bounds and vague words.",
            of_claim(lambda claim: figure_of(claim, measure).best),
        ),
        Column(
            f"{name}_high", "number", "Largest value the words of the only number allow.",
            of_claim(lambda claim: figure_of(claim, measure).high),
        ),
    )  # fmt: skip


_HEAD = (
    Column("claim_id", "label", "Content-hash id of the claim.", of_claim(lambda claim: claim.id)),
    Column("event_id", "label", "Content-hash id of its event; empty without one.", of_claim(lambda c: c.event)),
    Column("incident_id", "label", "Id of its incident, if incidents were made.", lambda told: told.cluster),
    Column("document_id", "text", "Id of the document.", of_claim(lambda claim: claim.document)),
    Column("publisher", "text", "Outlet that printed it; never who says it.", of_claim(lambda c: c.publisher)),
    Column("url", "text", "Where it was published.", of_claim(lambda claim: claim.url)),
    Column("published", "text", "When it was published, ISO 8601, as given.", of_claim(lambda c: c.published)),
    Column("voice", "label", "`own`: the narrator says it; `source`: a source does.", of_claim(lambda c: c.voice)),
    Column("source_name", "text", "Source that vouches for it: name, else words.", of_claim(source_name)),
    Column(
        "source_type", "label", "`named`, or what kind of unnamed source it is.",
        of_claim(lambda claim: claim.source.type if claim.source else None),
    ),
    Column("source_chain", "text", "All sources, outermost first, parted by ` > `.", of_claim(_source_chain)),
    Column(
        "cue", "text", "Words that attribute it, verbatim.",
        of_claim(lambda claim: claim.source.cue if claim.source else None),
    ),
    Column("stance", "label", "What the source does with it; the narrator asserts.", of_claim(lambda c: c.stance)),
    Column(
        "factuality", "label", "As that voice presents it: `+` happened, `-` did not, `?` uncertain, `>` planned, "
        "`~` hypothetical.", of_claim(lambda claim: claim.factuality),
    ),
    Column("event_type", "label", "PLOVER type of the event, or HARM, DAMAGE, CONTROL.", of_claim(lambda c: c.type)),
    Column("event_mode", "label", "Its PLOVER modes.", of_claim(lambda c: SEPARATOR.join(c.modes) or None)),
)  # fmt: skip

_WHEN_WHERE = (
    Column("date_start", "day", "First day on which it can have happened.", of_claim(lambda c: c.date.earliest)),
    Column("date_end", "day", "Last day on which it can have happened.", of_claim(lambda c: c.date.latest)),
    Column("date_precision", "label", "How exact that is: day, week … `open`.", of_claim(lambda c: c.date.precision)),
    Column(
        "date_from", "label", "`stated` in the text; `publication`: only bounded by it; else `none`.",
        of_claim(lambda claim: claim.date.from_),
    ),
    Column("placename", "text", "Name in the gazetteer, else the words.", of_place(lambda p: p.name or None)),
    Column("latitude", "number", "Latitude in degrees.", of_place(lambda place: place.latitude)),
    Column("longitude", "number", "Longitude in degrees.", of_place(lambda place: place.longitude)),
    Column("place_precision", "label", "What the coordinates stand for.", of_place(lambda place: place.precision)),
    Column("adm_1", "text", "First-level administrative unit.", of_place(lambda place: place.region)),
    Column("adm_2", "text", "Stays empty: the gazetteer holds no second level."),
    Column("country", "label", "ISO 3166-1 alpha-3, or code of a disputed entity.", of_place(lambda p: p.country)),
)  # fmt: skip

REVIEW = (
    Column(
        "review_state", "label",
        "What people decided: `unchecked`, `accepted`, `changed` (accepted with new values), `conflict`, `work-needed` "
        "or `issue`.",
        lambda told: told.review.state,
    ),
    Column("reviewer", "text", "All who judged it, parted by `; `.", lambda told: told.review.reviewer or None),
    Column("run_id", "label", "The run that read it: program, pack, settings.", of_claim(lambda claim: claim.run)),
)  # fmt: skip

CLAIM_COLUMNS: tuple[Column, ...] = (
    *_HEAD,
    *_parties("Who did it", "actor", lambda claim: claim.actors),
    *_parties("To whom", "recipient", lambda claim: claim.recipients),
    *_WHEN_WHERE,
    *_figures("killed", "killed"),
    *_figures("wounded", "injured"),
    Column("number_words", "text", "All numbers, verbatim, each after what it counts.", of_claim(number_words)),
    Column("quote", "text", "The words of the claim, verbatim.", of_claim(lambda claim: claim.quote or None)),
    Column("start", "integer", "First code point of the quote in the text.", of_claim(lambda claim: claim.span[0])),
    Column("end", "integer", "Code point after its last one.", of_claim(lambda claim: claim.span[1])),
    Column("score", "number", "How sure the reader is, 0 to 1.", of_claim(lambda claim: claim.score)),
    *REVIEW,
)


def _all_told(material: Material) -> Iterable[Told]:
    return material.told()


CLAIMS = Table(CLAIM_COLUMNS, _all_told)


def with_policy(table: Table, policy: str | None) -> Table:
    """Add the column that names the number policy, if one was asked for."""
    if policy is None:
        return table
    column = Column("best_policy", "label", "The number policy that filled `best`.", lambda _row: policy)
    return Table((*table.columns, column), table.rows, table.delimiter)
