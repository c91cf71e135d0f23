"""
The state of a claim by what people decided about it, and the claim as they left it.

Of each reviewer the last judgement that stands counts, and nobody's counts more
than another's: a disagreement ends when those who disagree do.

| state | when |
|---|---|
| ``unchecked`` | nobody has judged it |
| ``accepted`` | all say it is right |
| ``changed`` | all give the same new values, and thereby accept it with these |
| ``issue`` | all say it is wrong, and nobody says what is right |
| ``conflict`` | reviewers decided differently |
| ``work-needed`` | somebody is not sure, or a new reading has moved the row that was judged |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, get_args

import msgspec

from allegedly.errors import UsageError
from allegedly.records.claims import Claim
from allegedly.store.answers import Judgement
from allegedly.store.base import View
from allegedly.store.judgements import match_judgements

ReviewState = Literal["unchecked", "accepted", "changed", "conflict", "work-needed", "issue"]
STATES: Final[tuple[ReviewState, ...]] = get_args(ReviewState)
PASSED: Final[frozenset[ReviewState]] = frozenset({"accepted", "changed"})
# What a judgement cannot change: it would be another row.
FIXED: Final = frozenset({"id", "document", "digest", "run", "key", "event"})
_WORDS: Final = frozenset({"span", "quote", "passage"})
_DECIDED: Final[Mapping[str, ReviewState]] = {"accept": "accepted", "change": "changed", "reject": "issue"}


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What people decided about a row, as it stands.

    Args:
        state: Its state.
        values: The values that stand instead of those read; empty unless ``changed``.
        judgements: The last judgement of each reviewer, oldest first.
        moved: Judgements of a row in whose place a new reading put this one.
    """

    state: ReviewState = "unchecked"
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    judgements: tuple[Judgement, ...] = ()
    moved: tuple[Judgement, ...] = ()

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who judged it, in order of time."""
        return tuple(item.who for item in self.judgements)

    @property
    def made(self) -> str:
        """When the last judgement was made, UTC; empty without one."""
        return self.judgements[-1].made if self.judgements else ""


def standing_of(judgements: Iterable[Judgement], moved: Iterable[Judgement] = ()) -> Standing:
    """
    Say what a row's judgements come to.

    Args:
        judgements: Of one row, oldest first; those taken back do not count.
        moved: Of a row in whose place this one came; they count while nobody has judged this one.
    """
    last = _last_of_each(judgements)
    earlier = _last_of_each(moved)
    if not last:
        return Standing("work-needed" if earlier else "unchecked", moved=earlier)
    decided = [(item.decision, new_values(item)) for item in last if item.decision != "unsure"]
    decided = [
        ("accept", values) if decision == "change" and not values else (decision, values)
        for decision, values in decided
    ]
    if any(item != decided[0] for item in decided):
        return Standing("conflict", judgements=last, moved=earlier)
    if len(decided) < len(last):
        return Standing("work-needed", judgements=last, moved=earlier)
    decision, values = decided[0]
    return Standing(_DECIDED[decision], values, last, earlier)


def new_values(judgement: Judgement) -> dict[str, Any]:
    """Give the values of a judgement that are not as read: what it would change."""
    after = {key: value for key, value in (judgement.after or {}).items() if key not in FIXED}
    if not after.keys() >= _WORDS or not _words_fit(after):
        after = {key: value for key, value in after.items() if key not in _WORDS}
    return {key: value for key, value in after.items() if value != judgement.before.get(key)}


def _words_fit(after: Mapping[str, Any]) -> bool:
    """Say whether span, quote and passage belong together."""
    try:
        (start, end), (first, last) = after["span"], after["passage"]
        return bool(first <= start < end <= last and len(after["quote"]) == end - start)
    except (TypeError, ValueError):
        return False


def _last_of_each(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    last: dict[str, Judgement] = {}
    for item in judgements:
        if item.undone is None:
            last.pop(item.who, None)  # order of time is that of the last one
            last[item.who] = item
    return tuple(last.values())


def with_values(claim: Claim, values: Mapping[str, Any]) -> Claim:
    """
    Put new values into a claim.

    Raises:
        UsageError: If they fit no claim.
    """
    if not values:
        return claim
    try:
        changed: Claim = msgspec.convert(msgspec.to_builtins(claim) | dict(values), Claim)
    except msgspec.ValidationError as error:
        raise UsageError(
            f"these values fit no claim: {error}", hint="docs/review.md lists what can be changed"
        ) from error
    return changed


class Reviews:
    """
    What stands of what people decided, by row.

    Args:
        judgements: Of any rows, oldest first, as a view gives them.
        moved: Judgements beside the id of the row that a new reading put in the place of theirs.
    """

    def __init__(self, judgements: Iterable[Judgement] = (), moved: Iterable[tuple[Judgement, str]] = ()) -> None:
        self._own: dict[str, list[Judgement]] = {}
        self._moved: dict[str, list[Judgement]] = {}
        for item in judgements:
            self._own.setdefault(item.row, []).append(item)
        for item, row in moved:
            self._moved.setdefault(row, []).append(item)

    def standing(self, row: str) -> Standing:
        """Say what stands about the row of that id."""
        return standing_of(self._own.get(row, ()), self._moved.get(row, ()))

    def rows(self) -> Iterable[str]:
        """Give the ids of all rows that somebody has judged."""
        return self._own.keys()

    def reviewed(self, claim: Claim) -> tuple[Claim, Standing]:
        """
        Give a claim as people left it, and what stands about it.

        Values that fit no claim (a store of an older program may hold some) leave it as read, in state ``work-needed``.
        """
        standing = self.standing(claim.id)
        try:
            return with_values(claim, standing.values), standing
        except UsageError:
            return claim, replace(standing, state="work-needed", values={})


def reviews_of(view: View, *, document: str | None = None) -> Reviews:
    """
    Gather what stands in a store, judgements of rows that a new reading moved included.

    Args:
        view: Where to look.
        document: Only what was decided about this document.
    """
    own = view.judgements(document=document)
    claims = {item.row for item in own if item.row.startswith("c")}
    gone = claims - view.current_claims(claims)
    past = [item for item in own if item.row in gone]
    found = match_judgements(past, view.current_rows(sorted({item.digest for item in past})))
    return Reviews(own, ((judgement, row.id) for judgement, row in found.moved))
