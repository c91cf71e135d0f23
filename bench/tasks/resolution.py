"""
Who the source of an attribution is, where it is a pronoun or a description of somebody who is named.

**Ledger gold.** The system reads the text and finds attributions itself. The one
that shares most with source and cue of a gold one is taken, and it must touch
both; none is a miss. It is right if a mention of its entity stands where the
gold name stands: it covers the name's head word, and its own head lies inside the
name. Where the gold names two at once, a member of a plural entity will do.
With gold sources, the words of the source are given instead and the chain of
the mention that fits them best is judged.

**GUM.** The system gives chains of the whole text; the gold source is given. The
chain whose mention fits the source best is right if one of its mentions is a name
of the gold chain: each covers the other's head. News and interviews only. Most of these
documents are in GUM's train split, so figures are given by split: dev and test
together are the honest part, train is shown beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from allegedly.metrics.spans import Score, Scores, add_scores
from bench.entities import share_of
from bench.found import Found, FoundChain, FoundSource, Pair
from bench.readers.resolved import ChainedSource, NamedSource, read_chained_sources, read_named_sources
from bench.tasks import Result, by_group, f1_of, make_result, right_or_wrong

ReadSources = Callable[[str], list[FoundSource]]
ReadChains = Callable[[str], list[FoundChain]]

LEDGERS = ("ledger_gold_dev", "ledger_invented_dev")
LARGER = ("ledger_gold_train",)  # twenty times as many cases, but the attributions are trained on them
_AFTER_HEAD = re.compile(r"[,(]|\s(?:of|in|at|on|from|for|who|and|or|with|near)\s")
_WORD = re.compile(r"\w[\w'’.-]*")
_NO_TITLE = re.compile(rf"{_AFTER_HEAD.pattern}|[’']s?\s")
_POSSESSIVE = re.compile(r"[’']?s?")
_SEVERAL = re.compile(r"\sand\s")
PRONOUNS = frozenset("he she it they him her them i we you us me both who his its their".split())


class Verdict(NamedTuple):
    """
    What became of one gold source.

    Args:
        right: It was taken for the one it is.
        attributed: An attribution was found that touches source and cue.
        taken_for: Name of the entity it was taken for.
    """

    right: bool = False
    attributed: bool = True
    taken_for: str = "no attribution"


def run_ledger_sources(read: ReadSources, corpora: Sequence[str] = LEDGERS) -> dict[str, Result]:
    """Score resolved sources on the ledger gold: the system finds attributions and sources by itself."""

    def judge(text: str, cases: Sequence[NamedSource]) -> list[Verdict]:
        found = read(text)
        return [judge_source(text, case, found) for case in cases]

    return _score_ledgers("resolution, ledger", judge, corpora)


def run_given_sources(read: ReadChains, corpora: Sequence[str] = LEDGERS) -> dict[str, Result]:
    """Score resolved sources on the ledger gold where the words of the source are given."""

    def judge(text: str, cases: Sequence[NamedSource]) -> list[Verdict]:
        chains = read(text)
        return [judge_chain(text, case, chains) for case in cases]

    return _score_ledgers("resolution, ledger with gold sources", judge, corpora)


def _score_ledgers(
    task: str, judge: Callable[[str, Sequence[NamedSource]], list[Verdict]], corpora: Sequence[str]
) -> dict[str, Result]:
    """Judge all cases; the bootstrap draws cases, as few documents have more than one."""
    scores: list[Scores] = []
    groups: list[str] = []
    failures: list[str] = []
    for corpus in corpora:
        for name, text, cases in read_named_sources(corpus):
            verdicts = judge(text, cases) if cases else []
            for case, verdict in zip(cases, verdicts, strict=True):
                scores.append(_count(text, case, verdict))
                groups.append(corpus)
                if not verdict.right:
                    failures.append(
                        f"{name}: {_words(text, case.source)!r} is {case.name!r}, not {verdict.taken_for!r}"
                    )
    if tuple(corpora) != LEDGERS:
        task = f"{task} ({', '.join(corpora)})"
    reads = {"right": f1_of("right"), "right where attributed": f1_of("right where attributed")}
    details = by_group(scores, groups, reads["right"])
    details |= {part: f1_of(part)(add_scores(scores)) for part in ("pronouns", "descriptions")}
    details["cases"] = len(scores)
    return {task: make_result(task, tuple(corpora), scores, reads, details=details, failures=failures)}


def judge_chain(text: str, case: NamedSource, chains: Sequence[FoundChain]) -> Verdict:
    """Find the chain whose mention fits a gold source best, and say whether it is the named one."""
    chain = best_chain(case.source[0], chains)
    if chain is None:
        return Verdict(taken_for="nobody")
    first = text[slice(*chain.mentions[0].span)]
    return Verdict(right=is_named(text, case.name, chain.mentions), taken_for=first)


def judge_source(text: str, case: NamedSource, found: Sequence[FoundSource]) -> Verdict:
    """Find the attribution that fits a gold one best, and say whether the entity of its source is the named one."""
    touching = [one for one in found if _touches(case, one)]
    if not touching:
        return Verdict(attributed=False)
    best = max(touching, key=lambda one: _common(case.source, one.source) + _common(case.cue, one.cue))
    mentions = best.mentions + (best.members if _SEVERAL.search(case.name) else ())
    return Verdict(right=is_named(text, case.name, mentions), taken_for=best.name or "nobody")


def is_named(text: str, name: str, mentions: Sequence[Found]) -> bool:
    """Say whether one of some mentions is the one that a name is printed in."""
    return any(stands_at(text, mention, *place) for place in name_places(text, name) for mention in mentions)


def _touches(case: NamedSource, one: FoundSource) -> bool:
    """Say whether an attribution touches source and cue of a gold one; a cue may be missing on both sides."""
    cues = bool(_common(case.cue, one.cue)) or not (case.cue or one.cue)
    return cues and bool(_common(case.source, one.source))


def _common(ones: Sequence[Pair], others: Sequence[Pair]) -> int:
    """Count the code points that spans of both sides share."""
    return sum(max(0, min(one[1], other[1]) - max(one[0], other[0])) for one in ones for other in others)


def name_places(text: str, name: str) -> Iterator[tuple[Pair, Pair]]:
    """Give each place where a name stands, and that of its head word: the last before "of", "and" or a comma."""
    cut = _AFTER_HEAD.search(name, 1)
    words = list(_WORD.finditer(name, 0, cut.start() if cut else len(name))) or list(_WORD.finditer(name))
    for match in re.finditer(re.escape(name), text) if words else ():
        start = match.start()
        yield (start, match.end()), (start + words[-1].start(), start + words[-1].end())


def stands_at(text: str, mention: Found, place: Pair, head: Pair) -> bool:
    """
    Say whether a mention is the one that a name is printed in, not one around or inside it.

    It covers the head word of the name, and its own head lies inside the name
    or in a title before it ("Foreign Minister Kasuri" where the gold has "Kasuri").
    """
    start, end = mention.span
    if not (start <= head[0] and head[1] <= end):
        return False
    if place[0] <= mention.head[0] and mention.head[1] <= place[1]:
        return True
    before, after = text[start : place[0]], text[place[1] : end]
    return start < place[0] and not _NO_TITLE.search(before) and _POSSESSIVE.fullmatch(after) is not None


def _count(text: str, case: NamedSource, verdict: Verdict) -> Scores:
    """Count one case."""
    right = right_or_wrong(right=verdict.right)
    pronoun = _words(text, case.source).casefold() in PRONOUNS
    return {
        "right": right,
        "right where attributed": right if verdict.attributed else Score(),
        "pronouns" if pronoun else "descriptions": right,
    }


def _words(text: str, spans: Sequence[Pair]) -> str:
    """Give the words of spans."""
    return " ".join(text[start:end] for start, end in spans)


def run_gum_sources(read: ReadChains) -> dict[str, Result]:
    """Score resolved sources on GUM's news and interviews: dev and test; train beside it."""
    cases: dict[bool, list[Scores]] = {True: [], False: []}
    kinds: list[str] = []
    failures: list[str] = []
    for split, document, sources in read_chained_sources():
        chains = read(document.text) if sources else []
        for source in sources:
            right = finds_name(source, chains)
            cases[split == "train"].append({"right": right_or_wrong(right=right)})
            if split != "train":
                kinds.append(source.source.kind)
                if not right:
                    names = sorted({document.text[slice(*name.span)] for name in source.names})
                    failures.append(
                        f"{document.id}: {document.text[slice(*source.source.span)]!r} is {' = '.join(names)}"
                    )
    reads = {"right": f1_of("right")}
    details = by_group(cases[False], kinds, reads["right"])
    details |= {
        "cases": len(cases[False]),
        "train": reads["right"](add_scores(cases[True])),
        "cases in train": len(cases[True]),
    }
    task = "resolution, GUM"
    corpora = ("gum_attribution_news", "gum_train", "gum_dev", "gum_test")
    return {task: make_result(task, corpora, cases[False], reads, details=details, failures=failures)}


def finds_name(case: ChainedSource, chains: Sequence[FoundChain]) -> bool:
    """Say whether the chain of the source holds one of its names."""
    chain = best_chain(case.source.span, chains)
    return chain is not None and any(same_phrase(mention, name) for mention in chain.mentions for name in case.names)


def same_phrase(one: Found, other: Found) -> bool:
    """Say whether each of two phrases covers the other's head: "Idris Taal" has its head first or last."""
    return all(a.span[0] <= b.head[0] and b.head[1] <= a.span[1] for a, b in ((one, other), (other, one)))


def best_chain(span: Pair, chains: Sequence[FoundChain]) -> FoundChain | None:
    """Give the chain with the mention that fits a span best; None if no mention's head lies in it."""
    fitting = ((max(share_of(span, mention) for mention in chain.mentions), chain) for chain in chains)
    share, chain = max(fitting, default=(0.0, None), key=lambda item: item[0])
    return chain if share else None
