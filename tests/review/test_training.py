"""Gold from reviewed documents: only whole ones, as people left them, in the form that readers are trained on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.ledger import DateRow, Ledger
from allegedly.review.fix import fix_claim
from allegedly.review.states import Reviews
from allegedly.review.training import gold_documents
from allegedly.store.answers import Judgement
from bench.tasks.ledger import MEASURES, score_documents
from tests.export.ledgers import MARKET, at, march, market
from tests.review.judging import judged
from training.corpora import ledger_files

STRIKE, DENIAL, LOSS, REPLY = claims_of(market())


def _gold(*decided: Judgement, ledger: Ledger | None = None) -> dict[str, Any] | None:
    """Give the gold of a document of which all else is accepted."""
    ledger = ledger or market()
    rows = {item.row for item in decided}
    rest = [judged("Ana", "accept", claim) for claim in claims_of(ledger) if claim.id not in rows]
    found = list(gold_documents([ledger], Reviews([*decided, *rest])))
    return found[0] if found else None


def _fix(claim: Claim, **form: str) -> Judgement:
    return judged("Ana", "change", claim, fix_claim(claim, MARKET, form))


def test_an_accepted_document_is_what_was_read() -> None:
    """Every attribution and event, in the form of the gold, with offsets into the text as it is."""
    ledger, gold = market(), _gold()
    assert gold is not None
    assert (gold["text"], gold["id"]) == (MARKET, ledger.document.id)
    assert gold["sentences"] == [list(span) for span in ledger.sentences]
    assert [row["cue"] for row in gold["attributions"]] == [[list(s) for s in row.cue] for row in ledger.attributions]
    assert [row["trigger"] for row in gold["events"]] == [list(row.trigger) for row in ledger.events]
    assert gold["events"][0] == {
        "id": "v1", "trigger": list(ledger.events[0].trigger), "type": "ASSAULT", "modes": list(ledger.events[0].modes),
        "actors": [list(item.span) for item in ledger.events[0].actors],
        "recipients": [list(item.span) for item in ledger.events[0].recipients],
        "places": [list(STRIKE.place.span)] if STRIKE.place else [],
        "times": [list(STRIKE.time.span)] if STRIKE.time else [],
        "quantities": [{"measure": "killed", "span": list(at(MARKET, "dozens")), "qualifier": "vague"}],
        "voice": ["a1"], "factuality": "+",
    }  # fmt: skip


@pytest.mark.parametrize("decision", ["unsure", "conflict", None])
def test_a_document_is_gold_as_a_whole_or_not(decision: str | None) -> None:
    """Somebody is not sure, two differ, or nobody has looked at one of its claims."""
    answers = {
        "unsure": [judged("Ana", "unsure", REPLY)],
        "conflict": [judged("Ana", "accept", REPLY), judged("Ben", "reject", REPLY)],
    }
    rest = [judged("Ana", "accept", claim) for claim in (STRIKE, DENIAL, LOSS)]
    assert list(gold_documents([market()], Reviews([*rest, *answers.get(decision or "", [])]))) == []


def test_a_rejected_event_is_left_out() -> None:
    """And its attribution with it, as no other claim needs that; the rest is counted anew."""
    gold = _gold(judged("Ana", "reject", STRIKE))
    assert gold is not None
    assert [row["trigger"] for row in gold["events"]] == [list(row.trigger) for row in market().events[1:]]
    assert [row["id"] for row in gold["events"]] == ["v1", "v2"]
    assert [row["id"] for row in gold["attributions"]] == ["a1", "a2", "a3"]
    assert {key for row in gold["events"] for key in row["voice"]} <= {"a1", "a2", "a3"}


def test_all_rejected_is_gold_too() -> None:
    """A document in which everything that was read is wrong says that nothing is there."""
    gold = _gold(*(judged("Ana", "reject", claim) for claim in claims_of(market())))
    assert gold is not None
    assert (gold["attributions"], gold["events"]) == ([], [])


def test_corrections_are_in() -> None:
    """Of the event in the event, of the voice in the attribution."""
    gold = _gold(_fix(STRIKE, type="HARM", modes="", stance="believe", source="a commander", factuality="?", place=""))
    assert gold is not None
    event, saying = gold["events"][0], gold["attributions"][0]
    assert (event["type"], event["modes"], event["factuality"], event["places"]) == ("HARM", [], "?", [])
    assert (saying["stance"], saying["source"]) == ("believe", [list(at(MARKET, "a commander"))])


def test_a_corrected_content_is_in() -> None:
    """The words of a claim are the content of its attribution."""
    start, end = at(MARKET, "its drones struck the market")
    gold = _gold(_fix(DENIAL, span=f"{start}:{end}"))
    assert gold is not None
    assert [start, end] in gold["attributions"][1]["content"]


def test_a_claim_of_the_report_itself_hangs_on_nobody() -> None:
    """Its event has no voice, and the attribution that was read is gone."""
    gold = _gold(_fix(STRIKE, source="narrator"))
    assert gold is not None
    assert (gold["events"][0]["voice"], len(gold["attributions"])) == ([], len(market().attributions) - 1)


def test_nobody_named_has_no_source() -> None:
    """The attribution stays with its cue."""
    gold = _gold(_fix(STRIKE, source="nobody"))
    assert gold is not None
    assert (gold["attributions"][0]["source"], gold["attributions"][0]["source_name"]) == ([], None)


def test_a_name_elsewhere_is_the_name_of_the_source() -> None:
    """Words and name differ, and the gold holds both."""
    gold = _gold(_fix(STRIKE, source_name="Karveli"))
    assert gold is not None
    assert gold["attributions"][0]["source_name"] == "Karveli"


def test_a_day_taken_away_takes_its_words_along() -> None:
    """What says when is no part of the event any more."""
    assert STRIKE.time is not None
    gold = _gold(judged("Ana", "change", STRIKE, {"date": {"earliest": None, "latest": None}}))
    assert gold is not None
    assert (gold["events"][0]["times"], STRIKE.date != DateRow()) == ([], True)


def test_corrections_that_contradict_each_other_are_no_gold() -> None:
    """Two claims of one saying, of which one gives it another source."""
    ledger = market()
    twin = replace(ledger.events[0], id="v9", trigger=at(MARKET, "killing"), type="HARM")
    double = replace(ledger, events=(*ledger.events, twin))
    first = next(claim for claim in claims_of(double) if claim.key == "v1")
    assert _gold(ledger=double) is not None
    assert _gold(_fix(first, source="a commander"), ledger=double) is None


def test_a_voice_without_cue_cannot_be_gold() -> None:
    """A source that a person adds to the report's own words has no cue to be marked."""
    ledger = march()
    claim = claims_of(ledger)[0]
    values = fix_claim(claim, ledger.document.text, {"source": "@Army"})
    assert _gold(judged("Ana", "change", claim, values), ledger=ledger) is None


def test_a_text_printed_twice_is_gold_once() -> None:
    """The same sentences twice would count double."""
    reviews = Reviews([judged("Ana", "accept", claim) for claim in claims_of(market())])
    copy = replace(market(), document=replace(market().document, id="two"))
    assert [item["id"] for item in gold_documents([market(), copy], reviews)] == [market().document.id]


def test_a_document_without_claims_is_no_gold() -> None:
    """Nobody was ever asked about it."""
    assert list(gold_documents([Ledger(document=market().document, run=market().run)], Reviews())) == []


@pytest.mark.parametrize("ledger", [market(), march()])
def test_the_bench_reads_it_back(ledger: Ledger) -> None:
    """A ledger that people accepted is right in every measure of the bench against the gold made of it."""
    gold = _gold(ledger=ledger)
    assert gold is not None
    (scores,) = score_documents([json.loads(json.dumps(gold))], [ledger.to_dict()])
    found = {name: (score.hits, score.gold, score.predicted) for name in MEASURES if (score := scores.get(name))}
    assert {name: counts for name, counts in found.items() if len(set(counts)) > 1} == {}
    assert found["event typed"] == (len(ledger.events),) * 3


def test_the_trainer_reads_it_back(tmp_path: Path) -> None:
    """A line of the export is a line of a training file."""
    gold = _gold(_fix(STRIKE, type="HARM"))
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(gold) + "\n", "utf-8")
    (read,) = ledger_files(file)
    assert gold is not None
    assert (read.id, read.text, read.events, read.attributions) == (
        gold["id"], gold["text"], gold["events"], gold["attributions"],
    )  # fmt: skip
