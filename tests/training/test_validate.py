"""The invented reports that are committed, and that their check finds what is wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from allegedly.records import codes
from training.corpora import read_jsonl
from training.invented import compile as compiler
from training.invented.validate import FOLDER, balance, documents, main, problems_of, table

LEAST = 2000
Change = Callable[[dict[str, Any]], Any]


def sample() -> dict[str, Any]:
    """Make one sound document."""
    text = "Russia said Ukraine attacked Orr."
    return {
        "id": "x",
        "text": text,
        "sentences": [[0, len(text)]],
        "attributions": [
            {
                "id": "a1", "source": [[0, 6]], "cue": [[7, 11]], "content": [[12, 32]], "stance": "accuse",
                "source_name": None, "parent": None,
            },
        ],
        "events": [
            {
                "id": "v1", "trigger": [20, 28], "type": "ASSAULT", "modes": [], "actors": [[12, 19]],
                "recipients": [[29, 32]], "places": [], "times": [], "voice": ["a1"], "factuality": "+",
                "quantities": [{"measure": "killed", "span": [29, 32], "qualifier": "exact"}],
            },
        ],
        "style": "report",
        "region": "none",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.jsonl")))
def test_the_committed_files_are_sound(name: str) -> None:
    """No span, reference or label of a committed document is wrong."""
    found = list(read_jsonl(FOLDER / name))
    assert found
    assert [f"{d['id']}: {problem}" for d in found for problem in problems_of(d)] == []


def test_the_check_of_all_files(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """All files pass, no id comes twice, and there are sentences enough."""
    monkeypatch.setattr("sys.argv", ["validate"])
    assert main() == 0
    assert int(capsys.readouterr().out.split()[2]) >= LEAST


def test_the_sample_is_sound() -> None:
    """The document that the next tests damage is sound."""
    assert list(problems_of(sample())) == []


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda d: d["sentences"][0].__setitem__(1, 99), "outside the text"),
        (lambda d: d["events"][0]["trigger"].__setitem__(1, 29), "blanks at its edges"),
        (lambda d: d["events"][0]["places"].append([5, 5]), "outside the text"),
        (lambda d: d["events"][0]["times"].append([-1, 5]), "outside the text"),
        (lambda d: d.update(sentences=[[0, 11], [12, 28]]), "crosses a sentence"),
        (lambda d: d["attributions"][0].update(stance="shout"), "a1: unknown stance or parent"),
        (lambda d: d["attributions"][0].update(parent="a9"), "a1: unknown stance or parent"),
        (lambda d: d["events"][0].update(voice=[]), "v1: voice"),
        (lambda d: d["attributions"][0].update(content=[[29, 32]]), "v1: voice"),
        (lambda d: d["events"][0].update(type="WAR"), "v1: unknown type"),
        (lambda d: d["events"][0].update(factuality="!"), "v1: unknown type, factuality or mode"),
        (lambda d: d["events"][0].update(modes=["laser"]), "v1: unknown type, factuality or mode"),
        (lambda d: d["events"][0]["quantities"][0].update(measure="dead"), "v1: unknown measure"),
        (lambda d: d["events"][0]["quantities"][0].update(qualifier="maybe"), "v1: unknown measure or qualifier"),
        (lambda d: d["events"][0]["quantities"][0].update(span=[28, 32]), "blanks at its edges"),
        (lambda d: d.update(style="poem"), "unknown style 'poem'"),
    ],
)
def test_what_is_wrong_is_found(damage: Change, message: str) -> None:
    """Each kind of damage is named."""
    document = copy.deepcopy(sample())
    damage(document)
    assert any(message in problem for problem in problems_of(document))


def test_balance_counts_parties_by_role() -> None:
    """A party is counted where its name stands: as source, as accuser, as attacker."""
    counts = balance([sample()])
    assert dict(counts["Russia"] + counts["Ukraine"]) == {"source": 1, "accuses": 1, "attacks": 1}


def test_balance_takes_whole_words() -> None:
    """A name inside another word is no name."""
    document = sample()
    document["text"] = document["text"].replace("Russia ", "Irania ")
    assert balance([document])["Iran"].total() == 0


def test_the_table_has_a_line_for_each_party() -> None:
    """The balance is a Markdown table."""
    lines = table([sample()]).splitlines()
    assert {line.count("|") for line in lines} == {9}
    assert "| Russia | 1 | 1 | 0 | 0 | 0 | 0 | 0 |" in lines


def test_no_party_has_one_role_only() -> None:
    """In the committed files every party is heard, attacks, and is attacked."""
    counts = balance(list(documents()))
    roles = ("source", "attacks", "is attacked")
    assert {party for party, count in counts.items() if not all(count[role] for role in roles)} == set()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (codes.STANCES, compiler.STANCES),
        (codes.EVENT_TYPES, compiler.TYPES),
        (codes.MEASURES, compiler.MEASURES),
        (codes.QUALIFIERS, compiler.QUALIFIERS),
        (codes.FACTUALITIES, compiler.FACTUALITIES),
        (codes.MODES, compiler.MODES),
    ],
    ids=["stances", "types", "measures", "qualifiers", "factualities", "modes"],
)
def test_the_codes_are_those_of_the_ledger(ours: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    """Annotation knows the same codes as the ledger, in the same order."""
    assert ours == theirs
