"""
The invented cases of incidents: what each party says to each point, from ledgers without reading errors.

    python -m bench.tasks.incident_cases [--failures] [--text]

``--text`` reads the same reports with our reader instead: then the figure is
that of the whole way from raw text. Figures by kind of expectation are shares of right answers, 0 to 100; a
case and its twin with exchanged parties count as two.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from allegedly.corroboration.corroborate import corroborate
from allegedly.corroboration.parties import core_of, same_core
from allegedly.metrics.spans import Score, Scores
from allegedly.records.claims import Claim
from allegedly.records.incidents import CELL_STANCES, Incident, IncidentParty, Point
from bench.readers.incident_cases import Case, read_cases
from bench.tables import print_table
from bench.tasks import Result, f1_of, make_result, right_or_wrong

KINDS = ("stance", "status", "conflict", "figure", "same", "origins")
_PUBLISHERS = {"N": "Northwire", "H": "Harbour Post"}
Claims = Callable[[Case], list[Claim]]


def run_incident_cases(claims: Claims = lambda case: case.claims) -> dict[str, Result]:
    """Score all cases."""
    documents, failures = [], []
    for case in read_cases():
        scores, wrong = check_case(case, claims(case))
        documents.append(scores)
        failures += [f"{case.name}: {line}" for line in wrong]
    reads = {kind: f1_of(kind) for kind in KINDS}
    return {"incidents, cases": make_result("incidents, cases", (), documents, reads, failures=failures)}


def check_case(case: Case, claims: Sequence[Claim]) -> tuple[Scores, list[str]]:
    """Check what is expected of one case; give scores by kind and the lines that do not hold."""
    incidents = corroborate(claims)
    if "same" in case.expected:  # what stands in a piece that was broken off is not found
        incidents = sorted(incidents, key=lambda item: (-len(item.documents), -len(item.claims), item.id))
    counts: dict[str, Score] = defaultdict(Score)
    wrong = []
    for line in case.expected:
        seen = incidents[:1] if "same" in case.expected and line != "same" else incidents
        kind, holds, found = check_line(line, case, seen)
        counts[kind] += right_or_wrong(right=holds)
        if not holds:
            wrong.append(f"{line} (found: {found})")
    return dict(counts), wrong


def check_line(line: str, case: Case, incidents: Sequence[Incident]) -> tuple[str, bool, str]:
    """Give the kind of an expectation, whether it holds, and what was found."""
    words = line.split()
    match words:
        case ["same" | "differ"]:
            return "same", (len(incidents) == 1) == (words[0] == "same"), f"{len(incidents)} incidents"
        case ["origins", number]:
            found = max((incident.number_of_origins for incident in incidents), default=0)
            return "origins", found == int(number), str(found)
        case ["status", point, status]:
            statuses = [item.status for item in _points(point, case, incidents)]
            return "status", status in statuses, str(statuses)
        case ["conflict" | "noconflict", name]:
            rows = [row for incident in incidents for row in incident.conflicts if row.field == name]
            return "conflict", bool(rows) == (words[0] == "conflict"), str([(r.value_a, r.value_b) for r in rows])
        case ["figure", name, party, number]:
            values = list(_figures(name, party, case, incidents))
            return "figure", float(number) in values, str(values)
        case [point, party, stance] if stance in CELL_STANCES:
            stances = list(_stances(point, party, case, incidents))
            return "stance", (set(stances) or {"silent"}) == {stance}, str(stances)
    raise ValueError(f"{case.name}: cannot read {line!r}")


def _points(point: str, case: Case, incidents: Sequence[Incident]) -> list[Point]:
    """Find a point by name and, after a colon, a party's letter or words of its value."""
    name, _, value = point.partition(":")
    found = []
    for incident in incidents:
        wanted = {party.id for party in incident.parties if value in case.parties and _is(party, value, case)}
        found += [
            item
            for item in incident.points
            if item.name == name
            and (not value or item.key in wanted or (value not in case.parties and value in item.key.split()))
        ]
    return found


def _is(party: IncidentParty, wanted: str, case: Case) -> bool:
    if wanted in _PUBLISHERS:
        return party.id == f"report:{_PUBLISHERS[wanted]}"
    name = case.parties.get(wanted, wanted.replace("_", " "))
    return (not party.id.startswith("report:") and same_core(core_of(party.name), core_of(name))) or party.name == name


def _stances(point: str, party: str, case: Case, incidents: Sequence[Incident]) -> Iterator[str]:
    points = _points(point, case, incidents)
    for incident in incidents:
        ids = {item.id for item in incident.parties if _is(item, party, case)}
        for item in incident.points:
            if item in points:
                yield from (cell.stance for cell in item.cells if cell.party in ids)


def _figures(name: str, party: str, case: Case, incidents: Sequence[Incident]) -> Iterator[float]:
    for incident in incidents:
        ids = {item.id for item in incident.parties if _is(item, party, case)}
        for item in incident.points:
            for cell in item.cells:
                if item.name == name and cell.party in ids:
                    yield from (
                        float(figure.best)
                        for figure in cell.figures
                        if figure.best is not None and figure.scope == "event" and not figure.replaced
                    )


def _read_text() -> Claims:
    """Read the reports with our reader instead of taking the ledgers given."""
    from allegedly.reader import load  # noqa: PLC0415 - the figures on ledgers need no pack
    from allegedly.records.claims_of import claims_of  # noqa: PLC0415
    from allegedly.records.document import Document  # noqa: PLC0415

    reader = load()

    def claims(case: Case) -> list[Claim]:
        found: list[Claim] = []
        for ledger in case.ledgers:
            row = ledger.document
            document = Document(id=row.id, text=row.text, published=row.published, publisher=row.publisher)
            found += claims_of(reader.read(document))
        return found

    return claims


def main() -> None:
    """Print the figures, and what failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="list what does not hold")
    parser.add_argument("--text", action="store_true", help="read the raw text")
    options = parser.parse_args()
    (result,) = (run_incident_cases(_read_text()) if options.text else run_incident_cases()).values()
    print_table(["expected", "right, %"], [[kind, f"{value:.1f}"] for kind, value in result.figures.items()])
    for failure in result.failures if options.failures else ():
        print(failure)


if __name__ == "__main__":
    main()
