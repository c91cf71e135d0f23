"""The review queue in the terminal: one claim after the other, one key for each answer."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import click

from allegedly.cli.app import App, wants_color, write
from allegedly.errors import UsageError

if TYPE_CHECKING:
    from allegedly.records.claims import Claim
    from allegedly.records.ledger import Ledger
    from allegedly.review.queue import Asked
    from allegedly.store.answers import Decision
    from allegedly.store.sql import SqlStore

KEYS: Final = "a right   x wrong   space not sure   f fix   - back   q quit   ? help"
_DECISIONS: Final[dict[str, Decision]] = {"a": "accept", "x": "reject", " ": "unsure"}


class Keys:
    """Where answers come from: the terminal key by key, or a pipe sign by sign; line ends between keys are skipped."""

    def __init__(self) -> None:
        self._terminal = sys.stdin.isatty()

    def key(self) -> str:
        """Wait for a key; ``q`` at the end of the input."""
        while True:
            try:
                sign = click.getchar() if self._terminal else sys.stdin.read(1)
            except EOFError:
                return "q"
            if not sign:
                return "q"
            if sign not in "\r\n":
                return sign

    def line(self, prompt: str) -> str:
        """Ask for a line."""
        if self._terminal:
            click.echo(prompt, nl=False, err=True)
        return sys.stdin.readline().strip()


@dataclass(slots=True)
class Session:
    """
    One reviewer at work; made by the command, thrown away at the end.

    Args:
        app: Where messages go.
        store: The store.
        asked: By whom, and in which order.
        blind: Whether outlet and parties are hidden.
        limit: Most answers; None is any number.
        done: Numbers of the judgements made so far, each with its claim.
    """

    app: App
    store: SqlStore
    asked: Asked
    blind: bool = False
    limit: int | None = None
    done: list[tuple[int, Claim]] = field(default_factory=list)
    _keys: Keys = field(default_factory=Keys)

    def run(self) -> None:
        """Ask until nothing waits, the limit is reached or the reviewer quits."""
        self.app.say(KEYS)
        after: str | None = None
        again: Claim | None = None
        while self.limit is None or len(self.done) < self.limit:
            claim, after = (again, after) if again is not None else self._next(after)
            if claim is None:
                self.app.say("nothing waits for you in this order")
                break
            self._show(claim)
            answer = self._answer(claim)
            if answer == "q":
                break
            again = self._back() or claim if answer == "-" else None
        self.app.say(f"{len(self.done)} judged")

    def _next(self, after: str | None) -> tuple[Claim | None, str | None]:
        from allegedly.review.queue import next_claims  # noqa: PLC0415  # --help needs none of it

        found = next_claims(self.store, self.asked, after=after)
        return (found.claims[0], found.places[0]) if found.claims else (None, after)

    def _answer(self, claim: Claim) -> str:
        """Wait for a key that answers, and do what it says."""
        while True:
            key = self._keys.key()
            if key in {"q", "-"}:
                return key
            if key in _DECISIONS:
                self._judge(claim, _DECISIONS[key])
                return key
            if key == "f":
                if self._fix(claim):
                    return key
            else:
                self.app.say(KEYS if key == "?" else f"{key!r} is no key; ? lists them")

    def _judge(self, claim: Claim, decision: Decision, after: dict[str, object] | None = None) -> None:
        judgement = self.store.judge(
            claim.id, decision, who=self.asked.who, after=after, queue=self.asked.order, blind=self.blind
        )
        self.done.append((judgement.number, claim))

    def _back(self) -> Claim | None:
        """Take the last answer back and give its claim; None if there is none."""
        if not self.done:
            self.app.say("there is nothing to take back")
            return None
        number, claim = self.done.pop()
        self.store.undo(number, who=self.asked.who)
        return claim

    def _fix(self, claim: Claim) -> bool:
        """Ask for fields and values until an empty line, and judge; say whether that was done."""
        from allegedly.review.fix import FIELDS, fix_claim  # noqa: PLC0415  # as above

        form: dict[str, str] = {}
        self.app.say(f"fields: {', '.join(FIELDS)}")
        while name := self._keys.line("field (empty: done): "):
            if name not in FIELDS:
                self.app.say(f"there is no field {name!r}")
                continue
            self.app.say(f"{name}: {FIELDS[name]}")
            form[name] = self._keys.line("value: ")
        if not form:
            self.app.say("nothing is changed")
            return False
        try:
            values = fix_claim(claim, self._ledger(claim).document.text, form)
        except UsageError as error:
            self.app.complain(str(error), error.hint)
            return False
        self._judge(claim, "change", values)
        return True

    def _show(self, claim: Claim) -> None:
        from allegedly.render.review import render_question  # noqa: PLC0415  # as above
        from allegedly.review.blind import blind  # noqa: PLC0415  # as above

        ledger = self._ledger(claim)
        shown = render_question(ledger, claim, hidden=blind(ledger) if self.blind else None, color=wants_color())
        write(f"{shown}\n".encode("utf-8", "replace"))

    def _ledger(self, claim: Claim) -> Ledger:
        from allegedly.ledger.json import decode_ledger  # noqa: PLC0415  # as above

        with self.store.view() as view:
            return decode_ledger(view.ledger(claim.document))
