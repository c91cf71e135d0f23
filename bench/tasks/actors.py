"""
Coded actors: country and sector of 600 and more hand-made cases, both right or the case is wrong.

    python -m bench.details actors

Where a case leaves a code empty, the reader must leave it empty too: a name
that cannot be coded stays uncoded. STRONG cases must all be right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allegedly.metrics.spans import Scores
from bench.found import Codes, Pair
from bench.readers.actor_cases import ActorCase, read_actor_cases
from bench.tasks import Result, by_group, f1_of, make_result, right_or_wrong

Code = Callable[[str, Pair, str | None], Codes]

QUALITIES = ("STRONG", "MEDIUM", "WEAK")


def run_actors(code: Code) -> dict[str, Result]:
    """Score the cases of tests/cases/actors.csv."""
    return {"actors": score_cases(read_actor_cases(), code)}


def score_cases(cases: Sequence[ActorCase], code: Code) -> Result:
    """Score cases; failures are listed STRONG ones first, which are bugs."""
    found = [code(case.text, case.span, case.published) for case in cases]
    scores = [score_case(case, codes) for case, codes in zip(cases, found, strict=True)]
    reads = {name: f1_of(name) for name in ("all", *QUALITIES, "country", "sector")}
    details: dict[str, float] = {}
    for title, groups in (
        ("kind", [case.kind for case in cases]),
        ("tries", [case.group for case in cases]),
        ("region", [case.region for case in cases]),
        ("party", [case.party for case in cases]),
    ):
        details |= {f"{title} {group}": value for group, value in by_group(scores, groups, reads["all"]).items()}
    wrong = [(case, codes) for case, codes in zip(cases, found, strict=True) if not all(case.judge(codes))]
    wrong.sort(key=lambda item: QUALITIES.index(item[0].quality))
    return make_result("actors", (), scores, reads, details=details, failures=[describe(*item) for item in wrong])


def score_case(case: ActorCase, codes: Codes) -> Scores:
    """Score one case."""
    country, sector = case.judge(codes)
    both = right_or_wrong(right=country and sector)
    return {
        "all": both,
        case.quality: both,
        "country": right_or_wrong(right=country),
        "sector": right_or_wrong(right=sector),
    }


def describe(case: ActorCase, codes: Codes) -> str:
    """Write a failed case in one line, the text with the words in brackets for STRONG ones."""
    start, end = case.span
    wanted = f"{'|'.join(case.countries) or '-'}/{'|'.join(case.sectors) or '-'}"
    found = f"{codes.country or '-'}/{codes.sector or '-'}"
    line = f"{case.quality} {case.id}: {case.text[start:end]!r} is {wanted}, found {found}"
    if case.quality != "STRONG":
        return line
    return f"{line} in: {case.text[:start]}[{case.text[start:end]}]{case.text[end:]} ({case.group}; {case.note})"
