"""What pages ask of the derived tables: figures that were replaced, sketches, the incident of a claim."""

from __future__ import annotations

from pathlib import Path

from allegedly.records.incidents import Cell, Figure, Incident, IncidentParty, Point
from allegedly.store.clusters import ClusterStore
from allegedly.store.newest import changed_figures, changes_in, incidents_by_claim, sketches_of
from allegedly.store.opening import open_store


def figure(words: str, said: str, *, replaced: bool = False, scope: str = "event") -> Figure:
    """Make a figure."""
    return Figure("c1", words, 1, 1, 1, "exact", scope, said, replaced)  # type: ignore[arg-type]  # a scope


def incident(number: int, *figures: Figure, day: str = "2024-05-07") -> Incident:
    """Make an incident in which one party gives figures."""
    return Incident(
        id=f"i{number:020}",
        type="ASSAULT",
        modes=("drone",),
        parties=(IncidentParty("army", "the army", ("accused",)),),
        points=(Point("killed", "", "", "one-sided", (Cell("army", "asserts", ("c1",), (), figures),)),),
        claims=(f"c{number:020}",),
        documents=("one",),
        last_updated=day,
    )


def test_a_figure_and_what_replaced_it() -> None:
    """Each replaced figure stands with the next one of the same scope."""
    found = changes_in(
        incident(1, figure("3", "1", replaced=True), figure("90", "2", scope="cumulative"), figure("5", "3"))
    )
    assert [(item.party, item.before.words, item.after.words) for item in found] == [("the army", "3", "5")]


def test_figures_that_stand_are_no_change() -> None:
    """Two figures that both stand differ, and neither replaces the other."""
    assert changes_in(incident(1, figure("3", "1"), figure("5", "2"))) == []


def test_the_latest_changes_first(tmp_path: Path) -> None:
    """Changes come by the day of the later figure, and no more than asked for."""
    with open_store(tmp_path / "s.db", create=True) as store:
        clusters = ClusterStore(store)
        made = [
            incident(n, figure("3", f"2024-05-0{n}", replaced=True), figure("5", f"2024-05-0{n + 1}"))
            for n in range(1, 4)
        ]
        clusters.replace([], made, clusters.state())
        assert [item.after.said for item in changed_figures(store, limit=2)] == ["2024-05-04", "2024-05-03"]
        assert sketches_of(store, [made[0].id])[made[0].id].type == "ASSAULT"
        assert incidents_by_claim(store, ["c9", made[1].claims[0]]) == {made[1].claims[0]: made[1].id}
