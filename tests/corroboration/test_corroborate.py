"""From claims to incidents: a pure function, the same while claims arrive, and obedient to judgements."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegedly.corroboration.corroborate import Corroborator, corroborate
from allegedly.records.claims import Claim
from allegedly.records.incidents import ClusterJudgement, Incident
from bench.growth import invent_claims
from bench.readers.incident_cases import read_cases
from tests.corroboration.builders import make_claim, make_party, make_place

INVENTED = tuple(invent_claims(60))
PLACE = make_place("Sorvik")
BASE = {"actors": (make_party("Norland"),), "recipients": (make_party("the market", type="FAC"),), "place": PLACE}


def judgement(number: int, decision: str, left: list[str], right: list[str], **more: str) -> ClusterJudgement:
    """Make a judgement."""
    return ClusterJudgement(number, decision, tuple(left), tuple(right), "Kim", "2025-01-01", **more)  # type: ignore[arg-type]


def two_reports() -> list[Claim]:
    """One incident in two reports."""
    return [make_claim(**BASE), make_claim(document="d2", publisher="Harbour Post", published="2025-03-05", **BASE)]


def test_two_reports_of_one_act_are_one_incident() -> None:
    """Day, place, act and parties agree."""
    (incident,) = corroborate(two_reports())
    assert incident.documents == ("d1", "d2")
    assert (incident.first_reported, incident.last_updated) == ("2025-03-04", "2025-03-05")


def test_the_id_is_that_of_the_first_claim() -> None:
    """An incident's id is made of its earliest claim's."""
    claims = two_reports()
    (incident,) = corroborate(reversed(claims))
    assert incident.id == f"i{claims[0].id[1:]}"


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "2025-02-01"},
        {"place": make_place("Sorvik", (10.0, 10.0))},
        {"type": "PROTEST", "trigger": "marched"},
    ],
)
def test_other_days_places_and_kinds_stay_apart(changes: dict[str, object]) -> None:
    """What excludes one incident keeps claims apart."""
    first = make_claim(**(BASE | {"place": make_place("Sorvik", (54.0, 33.0))}))
    second = make_claim(document="d2", **(BASE | changes))  # type: ignore[arg-type]
    assert len(corroborate([first, second])) == 2


@pytest.mark.parametrize("changes", [{"factuality": ">"}, {"factuality": "~"}, {"type": "ACCUSE"}])
def test_plans_and_words_make_no_incident(changes: dict[str, str]) -> None:
    """What is only announced, imagined or said makes none."""
    assert corroborate([make_claim(**(BASE | changes))]) == ()


@given(st.permutations(INVENTED))
@settings(max_examples=10)
def test_order_means_nothing(claims: list[Claim]) -> None:
    """Claims in any order give the same incidents."""
    assert corroborate(claims) == corroborate(INVENTED)


@given(st.lists(st.integers(0, 3), min_size=60, max_size=60))
@settings(max_examples=10)
def test_arriving_in_parts_gives_the_same(parts: list[int]) -> None:
    """Whole documents added bit by bit give what all at once give."""
    worker = Corroborator()
    documents = sorted({claim.document for claim in INVENTED})
    for wave in range(4):
        wanted = {name for name, part in zip(documents, parts, strict=False) if part == wave}
        worker.add(claim for claim in INVENTED if claim.document in wanted)
        worker.incidents()
    assert worker.incidents() == corroborate(INVENTED)


def test_the_same_text_printed_twice_counts_once() -> None:
    """Equal texts are one origin and one claim, in two documents."""
    first = make_claim(**BASE)
    copy = make_claim(**BASE, id=first.id, digest=first.digest, publisher="Harbour Post")
    copy = Claim(**{name: getattr(copy, name) for name in Claim.__slots__} | {"document": "d9"})
    (incident,) = corroborate([first, copy])
    assert (incident.number_of_origins, len(incident.claims), incident.documents) == (1, 1, ("d1", "d9"))


def test_origins_can_be_given() -> None:
    """Documents of one origin count once though their texts differ."""
    (incident,) = corroborate(two_reports(), origins=lambda _: {"d1": ["o"], "d2": ["o"]})
    assert incident.number_of_origins == 1


def apart() -> list[Claim]:
    """Two incidents."""
    return [make_claim(**BASE), make_claim("Norland raided a farm", document="d2", day="2025-06-01", trigger="raided")]


def test_a_merge_joins() -> None:
    """What a person put together is one incident, whatever its days."""
    one, other = apart()
    assert len(corroborate([one, other], [judgement(1, "merge", [one.id], [other.id])])) == 1


def test_a_split_parts() -> None:
    """What a person took out is an incident of its own."""
    one, other = two_reports()
    found = corroborate([one, other], [judgement(1, "split", [other.id], [one.id])])
    assert {incident.claims for incident in found} == {(one.id,), (other.id,)}


def test_an_undone_judgement_does_not_count() -> None:
    """Taken back is taken back."""
    one, other = apart()
    undone = judgement(1, "merge", [one.id], [other.id], undone="2025-01-02", undone_by="Kim")
    assert corroborate([one, other], [undone]) == corroborate([one, other])


def test_the_later_judgement_holds() -> None:
    """A split after a merge of the same claims parts them."""
    one, other = two_reports()
    both = [judgement(1, "merge", [one.id], [other.id]), judgement(2, "split", [one.id], [other.id])]
    assert len(corroborate([one, other], both)) == 2
    assert len(corroborate([one, other], [*both, judgement(3, "merge", [one.id], [other.id])])) == 1


def exchanged(incident: Incident, names: dict[str, str]) -> set[tuple[object, ...]]:
    """Give the matrix of an incident with the names of parties exchanged."""
    label = {party.id: names.get(party.name, party.name) for party in incident.parties}
    return {
        (point.name, label.get(point.key, ""), label[cell.party], cell.stance, point.status)
        for point in incident.points
        for cell in point.cells
    }


@pytest.mark.parametrize("number", range(0, 40, 2))
def test_exchanging_the_parties_exchanges_the_matrix(number: int) -> None:
    """Swapped names give the swapped result and nothing else."""
    case, twin = read_cases()[number : number + 2]
    bare = {letter: name.removeprefix("the ") for letter, name in case.parties.items()}
    swap = {bare["A"]: bare["B"], bare["B"]: bare["A"]}
    swap |= {f"the {one}": f"the {other}" for one, other in swap.items()}
    swap |= {f"the {bare['A']}": bare["B"], f"the {bare['B']}": bare["A"]}

    def matrix(found: tuple[Incident, ...], names: dict[str, str]) -> set[frozenset[tuple[object, ...]]]:
        return {
            frozenset(
                tuple(str(part).removeprefix("the ").removeprefix("The ") for part in row)
                for row in exchanged(incident, names)
            )
            for incident in found
        }

    assert matrix(corroborate(twin.claims), {}) == matrix(corroborate(case.claims), swap)
