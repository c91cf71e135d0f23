"""The gate: a broken floor fails, a missing corpus is said, nothing passes silently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from allegedly.metrics.spans import Score
from bench import gate
from bench.corpora import load_corpora
from bench.tasks import Result, f1_of, make_result

TASK = "ledger_gold_dev"
REASON = "the corpus was corrected"


def results(hits: int, name: str = "row") -> dict[str, Result]:
    """Make the results of one task: `hits` of ten rows right, in ten documents."""
    documents = [{name: Score(int(number < hits), 1, 1)} for number in range(10)]
    return {TASK: make_result(TASK, (TASK,), documents, {name: f1_of(name)})}


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    """A floors file with one floor at 70."""
    path = tmp_path / "floors.json"
    entry = {"floor": 70.0, "highest": 70.0}
    gate.save_floors({"corpora": {}, "floors": {f"{TASK}/row": entry}, "lowered": []}, path)
    return path


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for ../shared, with an empty data folder."""
    folder = tmp_path / "shared"
    (folder / "data").mkdir(parents=True)
    monkeypatch.setenv("ALLEGEDLY_SHARED", str(folder))
    return folder


def change(path: Path, **parts: Any) -> None:
    """Replace parts of a floors file."""
    gate.save_floors(gate.load_floors(path) | parts, path)


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("hits", "code"), [(10, 0), (7, 0), (6, 1), (0, 1)])
def test_a_figure_below_its_floor_fails(hits: int, code: int, floors: Path) -> None:
    """At the floor the gate passes, below it fails."""
    assert gate.main(["--rounds", "20"], measure=lambda: results(hits), path=floors) == code


@pytest.mark.usefixtures("shared")
def test_the_broken_figure_is_named(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says which floor is broken, and never that the gate passed."""
    gate.main([], measure=lambda: results(6), path=floors)
    output = capsys.readouterr()
    assert f"{TASK}/row is broken" in output.err
    assert "passed" not in output.out


@pytest.mark.usefixtures("shared")
def test_a_figure_that_is_gone_fails(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A floor whose figure is not measured any more is broken, however good the others are."""
    assert gate.main([], measure=lambda: results(10, "voice"), path=floors) == 1
    assert "gone" in capsys.readouterr().out


@pytest.mark.usefixtures("shared")
def test_one_rising_figure_does_not_hide_another_falling(floors: Path) -> None:
    """Floors are judged one by one."""
    both = {"row": {"floor": 70.0, "highest": 70.0}, "voice": {"floor": 50.0, "highest": 50.0}}
    change(floors, floors={f"{TASK}/{name}": entry for name, entry in both.items()})
    documents = [{"row": Score(1, 1, 1), "voice": Score(0, 1, 1)}]
    reads = {"row": f1_of("row"), "voice": f1_of("voice")}
    assert gate.main([], measure=lambda: {TASK: make_result(TASK, (), documents, reads)}, path=floors) == 1


@pytest.mark.parametrize(("flags", "code"), [([], 0), (["--require"], 1)])
def test_absent_corpora_are_said_loudly(
    flags: list[str],
    code: int,
    floors: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without the corpora nothing is measured, and the output says NOT RUN instead of passed."""
    monkeypatch.setenv("ALLEGEDLY_SHARED", str(tmp_path / "nowhere"))
    assert gate.main(flags, measure=lambda: results(10), path=floors) == code
    output = capsys.readouterr()
    assert gate.NOT_RUN in output.err
    assert "passed" not in output.out


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("flags", "code"), [([], 1), (["--allow-not-run"], 0)])
def test_a_single_missing_corpus_fails(
    flags: list[str], code: int, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the others are there, a missing file is a fault unless it is allowed."""
    change(floors, corpora={TASK: load_corpora()[TASK].digest})
    assert gate.main(flags, measure=lambda: results(10), path=floors) == code
    assert gate.NOT_RUN in capsys.readouterr().err


def test_a_changed_corpus_fails(shared: Path, floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with another digest is no gold: its figures cannot be compared."""
    corpus = load_corpora()[TASK]
    file = shared / "data" / corpus.path
    file.parent.mkdir()
    file.write_bytes(b"something else")
    change(floors, corpora={TASK: corpus.digest})
    assert gate.main([], measure=lambda: results(10), path=floors) == 1
    assert "has digest" in capsys.readouterr().err


def test_floors_of_other_corpora_fail() -> None:
    """The digests pinned with the floors must be those of the list of corpora."""
    floors = {"corpora": {TASK: "0" * 64}, "floors": {}, "lowered": []}
    assert len(gate.find_faults(floors, {TASK: "1" * 64})) == 1


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("flags", "code"), [([], 1), (["--allow-not-run"], 0)])
def test_a_system_that_cannot_run_is_no_pass(
    flags: list[str], code: int, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing pack or a crash fails the gate unless that is allowed, and is named."""

    def crash() -> dict[str, Result]:
        raise RuntimeError("no pack")

    assert gate.main(flags, measure=crash, path=floors) == code
    assert "RuntimeError: no pack" in capsys.readouterr().err


def test_lowering_needs_a_reason(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --reason the floor stays."""
    assert gate.main(["--lower-floor", f"{TASK}/row=60"], path=floors) == 2
    assert "--reason" in capsys.readouterr().err
    assert gate.load_floors(floors)["floors"][f"{TASK}/row"]["floor"] == 70.0


@pytest.mark.parametrize("argument", [f"{TASK}/row=80", f"{TASK}/nothing=10", f"{TASK}/row=low", "row"])
def test_lowering_refuses_nonsense(argument: str, floors: Path) -> None:
    """A floor that would rise, an unknown one, or no number are refused."""
    assert gate.main(["--lower-floor", argument, "--reason", REASON], path=floors) == 2


@pytest.mark.usefixtures("shared")
def test_a_lowered_floor_is_recorded_and_holds(floors: Path) -> None:
    """With a reason the floor falls, the reason is kept, and the gate passes at the new floor."""
    assert gate.main(["--lower-floor", f"{TASK}/row=60", "--reason", REASON], path=floors) == 0
    (entry,) = gate.load_floors(floors)["lowered"]
    assert (entry["from"], entry["to"], entry["reason"]) == (70.0, 60.0, REASON)
    assert gate.main([], measure=lambda: results(6), path=floors) == 0


@pytest.mark.usefixtures("shared")
def test_a_floor_lowered_by_hand_fails(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Editing the file without a reason is found out."""
    change(floors, floors={f"{TASK}/row": {"floor": 10.0, "highest": 70.0}})
    assert gate.main([], measure=lambda: results(10), path=floors) == 1
    assert "without a reason" in capsys.readouterr().err


@pytest.mark.usefixtures("shared")
def test_raising_pins_what_rose(floors: Path) -> None:
    """--raise pins figures above their floor, less the slack, and new ones."""
    assert gate.main(["--raise"], measure=lambda: results(9), path=floors) == 0
    assert gate.load_floors(floors)["floors"][f"{TASK}/row"] == {"floor": 89.7, "highest": 89.7}


@pytest.mark.usefixtures("shared")
def test_a_lowered_floor_may_recover_in_part(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Between the floor that a reason allows and the highest ever it needs no other reason; below it does."""
    assert gate.main(["--lower-floor", f"{TASK}/row=50", "--reason", REASON], path=floors) == 0
    assert gate.main(["--raise"], measure=lambda: results(6), path=floors) == 0
    assert gate.main([], measure=lambda: results(6), path=floors) == 0
    change(floors, floors={f"{TASK}/row": {"floor": 40.0, "highest": 70.0}})
    assert gate.main([], measure=lambda: results(10), path=floors) == 1
    assert "without a reason" in capsys.readouterr().err


@pytest.mark.usefixtures("shared")
def test_raising_never_lowers(floors: Path) -> None:
    """A figure at its floor leaves it where it is."""
    assert gate.main(["--raise"], measure=lambda: results(7), path=floors) == 0
    assert gate.load_floors(floors)["floors"][f"{TASK}/row"]["floor"] == 70.0


@pytest.mark.usefixtures("shared")
def test_a_broken_floor_stops_raising(floors: Path) -> None:
    """Nothing is pinned in a run that fails."""
    before = floors.read_text(encoding="utf-8")
    assert gate.main(["--raise"], measure=lambda: results(1), path=floors) == 1
    assert floors.read_text(encoding="utf-8") == before


def test_the_committed_floors_are_sound() -> None:
    """floors.json names known corpora with their digests, and no floor is lowered without a reason."""
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert gate.find_faults(floors, {name: corpus.digest for name, corpus in load_corpora().items()}) == []
    assert floors["floors"]
