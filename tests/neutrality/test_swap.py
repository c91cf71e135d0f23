"""Trials with readers without weights: a fair one and unfair ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from allegedly.neutrality.data import Pair, load_pairs, load_templates
from allegedly.neutrality.swap import Trial, count_labels, percent, report, run_trials, share_of, shares_by
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger
from tests.fakes import FakeReader
from tests.neutrality.conftest import template

TEMPLATES = (
    template("{A.Name} said rebels killed 3 men near {B.name}."),
    replace(template("Rain in {A.name}, {B.name}."), id="rain"),
)


class Partial(FakeReader):
    """A reader that takes what Obo says for a denial and is less sure of it."""

    party = "Obo"

    def read_many(self, documents: Iterable[Document], **_: object) -> Iterator[Ledger]:
        """Read, and turn Obo's words round."""
        for document in documents:
            ledger = self.read(document)
            turned = [
                replace(row, stance="deny", score=0.1) if ledger.words(row.source[0]) == self.party else row
                for row in ledger.attributions
            ]
            yield replace(ledger, attributions=tuple(turned))


class Unsure(FakeReader):
    """A reader whose scores depend on the names."""

    def read_many(self, documents: Iterable[Document], **_: object) -> Iterator[Ledger]:
        """Read, and give each document scores of its own."""
        for number, document in enumerate(documents):
            ledger = self.read(document)
            yield replace(ledger, attributions=tuple(replace(row, score=number / 9) for row in ledger.attributions))


def trials(reader: FakeReader, pair: Pair) -> list[Trial]:
    """Run both templates for one pair."""
    return list(run_trials(reader, TEMPLATES, [pair]))


def test_a_fair_reader_holds(pair: Pair) -> None:
    """Names of other lengths do not count as a difference."""
    assert [trial.holds for trial in trials(FakeReader(), pair)] == [True, True]


def test_a_partial_reader_is_found_out(pair: Pair) -> None:
    """A reader that treats the parties differently does not hold, and the kinds of difference are counted."""
    found = trials(Partial(), pair)
    assert [trial.holds for trial in found] == [False, True]
    assert {label: count for label, count in count_labels(found).items() if count} == {"stance": 1, "score": 1}


def test_scores_can_be_left_aside(pair: Pair) -> None:
    """A trial in which only scores change holds if scores are left aside."""
    trial = trials(Unsure(), pair)[0]
    assert (trial.holds, trial.holds_scores_aside) == (False, True)


def test_shares_are_sorted_worst_first(pair: Pair) -> None:
    """The worst comes first."""
    shares = shares_by(trials(Partial(), pair), lambda trial: trial.template.id)
    assert [(share.name, share.trials, share.holds) for share in shares] == [("test", 1, 0), ("rain", 1, 1)]


def test_the_report_is_whole(pair: Pair) -> None:
    """The report holds all figures and all differences."""
    made = report(trials(Partial(), pair))
    assert list(made) == ["all", "kinds", "pairs", "templates", "labels", "differences"]
    assert (made["all"]["percent"], made["pairs"][0]["name"]) == (50.0, "obo-isles")
    assert made["differences"][0] == {
        "template": "test", "pair": "obo-isles", "label": "stance", "first": "deny", "second": "assert",
    }  # fmt: skip


@pytest.mark.parametrize("limit", [0, 1, 2, 99])
def test_a_limit_is_kept(pair: Pair, limit: int) -> None:
    """No more trials are run than asked for."""
    assert len(list(run_trials(FakeReader(), TEMPLATES, [pair], limit=limit))) == min(limit, 2)


def test_no_trials_are_no_share() -> None:
    """Nothing of nothing is 0, without an error."""
    assert (share_of([]).to_dict()["percent"], percent(1, 3)) == (0.0, 33.3)


def test_the_fake_reader_is_fair_on_all_shipped_data() -> None:
    """Words that the fake reader knows are read alike in every template of every pair."""
    found = [trial for trial in run_trials(FakeReader(), load_templates(), load_pairs()) if trial.pair.kind == "state"]
    unfair = {(trial.template.id, item.label) for trial in found for item in trial.differences}
    assert unfair == set()


@pytest.mark.weights
@pytest.mark.slow
def test_the_shipped_reader_is_measured(real_reader: FakeReader) -> None:
    """The shipped pack can be measured, and a part of the trials holds; the figure itself is published."""
    found = list(run_trials(real_reader, load_templates(), load_pairs(), limit=60))
    assert (len(found), share_of(found).holds_scores_aside > 0) == (60, True)
