"""
The ledger as a table for the terminal.

One numbered row per attribution, then the events with their voice, then what
the document says in its own voice and who the names are. Piped output is plain: fixed labels are
ASCII, only the report's words keep their own characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from allegedly.records.ledger import AttributionRow, Ledger, SpanPair
from allegedly.render import labels, names
from allegedly.render.dates import said_label

WIDTH = 110
NARROWEST = 60
ROOMY = 90  # columns; on less, the who-is-who leaves types and reasons to `show`
_ASCII = str.maketrans({"–": "-", "·": "|", "…": "...", "“": '"', "”": '"', "’": "'"})


def render_table(ledger: Ledger, *, name: str = "", width: int = WIDTH, color: bool = False) -> str:
    """
    Lay the ledger out as text.

    Args:
        ledger: What to show.
        name: Name of the input, for the head line.
        width: Columns to use.
        color: Use styles and typographic signs; otherwise the frame is plain ASCII.

    Returns:
        Lines with a final line end.
    """
    return _Page(ledger, max(width, NARROWEST), color=color).render(name)


class _Page:
    """One table while it is laid out; thrown away afterwards."""

    def __init__(self, ledger: Ledger, width: int, *, color: bool) -> None:
        self.ledger = ledger
        self.color = color
        self.buffer = StringIO()
        self.console = Console(
            file=self.buffer,
            width=width,
            force_terminal=color,
            no_color=not color,
            color_system="standard" if color else None,
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
        )

    def render(self, name: str) -> str:
        """Put the parts one under the other."""
        self._line(self._head(name), "bold")
        self._claims()
        self._events()
        self._own_voice()
        self._who_is_who()
        self._warnings()
        self._line("")
        self._line(self._foot(), "dim")
        lines = (line.rstrip() for line in self.buffer.getvalue().splitlines())
        return "\n".join(lines) + "\n"

    def _head(self, name: str) -> str:
        document = self.ledger.document
        language = document.language or "language unknown"
        parts = [
            labels.clean(name or document.id),
            f"{len(document.text):,} characters",
            labels.LANGUAGE.get(language, language),
            f"published {labels.published_label(document.published)}",
            labels.clean(document.publisher or "publisher unknown"),
            document.digest.removeprefix("sha256:")[:12],
        ]
        return self._label(" · ").join(parts)

    def _claims(self) -> None:
        table = self._table("#", "source", "stance", "what", "", "text")
        for number, attribution in enumerate(self.ledger.attributions, 1):
            table.add_row(str(number), self._source(attribution), *map(Text, self._claim(attribution)))
        self._print("WHO SAYS WHAT", table, self.ledger.attributions, "nobody is quoted")

    def _source(self, attribution: AttributionRow) -> Group:
        """Put the name on a line and what is known of it below."""
        notes = names.source_notes(self.ledger, attribution)
        return self._noted(names.source_name(self.ledger, attribution), notes)

    def _noted(self, words: str, notes: Sequence[str]) -> Group:
        below = (Padding(Text(note, style="dim"), (0, 0, 0, 2)) for note in notes if note)
        return Group(Text(words), *below)

    def _claim(self, attribution: AttributionRow) -> tuple[str, ...]:
        inside = f"in {attribution.parent.removeprefix('a')}" if attribution.parent else ""
        return (
            labels.STANCE[attribution.stance],
            labels.spans_words(self.ledger, attribution.content),
            self._label(" · ").join(filter(None, (labels.FORM[attribution.form], inside, said_label(attribution)))),
            self._offsets((attribution.content[0][0], attribution.content[-1][1])),
        )

    def _events(self) -> None:
        table = self._table("#", "event", "presented as", "details", "text")
        for event in self.ledger.events:
            details = Text("\n").join(
                self._detail(label, words) for label, words in names.event_details(self.ledger, event)
            )
            kind = Text(labels.event_label(event), style="bold")
            presented = Text(labels.FACTUALITY[event.factuality])
            table.add_row(event.id, kind, presented, details, Text(self._offsets(event.trigger)))
        self._print("WHO DID WHAT TO WHOM, IN WHOSE VOICE", table, self.ledger.events, "no event of a coded type")

    def _detail(self, label: str, words: str) -> Text:
        return Text.assemble((f"{label:<12}", "dim"), words)

    def _own_voice(self) -> None:
        own = [event for event in self.ledger.events if not event.voice]
        table = self._table("#", "presented as", "what", "text")
        for event in own:
            span = labels.covering(event)
            what = labels.clean(self.ledger.words(span))
            table.add_row(event.id, labels.FACTUALITY[event.factuality], Text(what), Text(self._offsets(span)))
        self._print("IN THE REPORT'S OWN VOICE", table, own, "nothing of a coded type")

    def _who_is_who(self) -> None:
        roomy = self.console.width >= ROOMY
        more = ("type", "no code because") if roomy else ()
        table = self._table("#", "who", "country", "sector", "side", "mentions", *more)
        found = names.who_is_who(self.ledger)
        sides = names.side_labels(found)
        for entity in found:
            members = f"= {names.members_label(self.ledger, entity)}" if entity.members else ""
            codes = (labels.clean(entity.country or ""), entity.sector, sides[entity.id])
            table.add_row(
                entity.id,
                self._noted(labels.clean(entity.name), (names.role_words(entity), members)),
                *(Text(code or "-") for code in codes),
                str(len(entity.mentions)),
                *(map(Text, (labels.ENTITY_TYPE[entity.type], names.why_uncoded(entity))) if roomy else ()),
            )
        self._print("WHO IS WHO", table, found, "nobody speaks or acts")

    def _warnings(self) -> None:
        if self.ledger.warnings:
            self._line("")
        for warning in self.ledger.warnings:
            self._line(f"note: {labels.clean(warning)}", "dim")

    def _foot(self) -> str:
        ledger = self.ledger
        sources, named = names.count_sources(ledger)
        own = sum(not event.voice for event in ledger.events)
        parts = [
            _count(len(ledger.attributions), "claim"),
            f"{_count(sources, 'source')}, {named} named",
            _count(len(ledger.events), "event"),
            f"{own} in the report's own voice",
            labels.UNCHECKED,
        ]
        return self._label(" · ").join(parts)

    def _table(self, *columns: str) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for column in columns:
            wide = column in {"what", "details"}
            table.add_column(
                column,
                justify="right" if column in {"text", "mentions"} else "left",
                no_wrap=column in {"#", "stance", "text", "presented as", "country", "sector", "mentions"},
                ratio=3 if wide else None,
                max_width=None if wide else 32,
                overflow="fold",
            )
        return table

    def _print(self, title: str, table: Table, rows: Sequence[object], nothing: str) -> None:
        self._line("")
        self._line(title, "bold")
        if rows:
            self.console.print(table)
        else:
            self._line(f"  {nothing}")

    def _line(self, words: str, style: str = "") -> None:
        self.console.print(Text(words, style=style), soft_wrap=not self.color)

    def _label(self, words: str) -> str:
        """Write a fixed label in ASCII where the output is no terminal."""
        return words if self.color else words.translate(_ASCII)

    def _offsets(self, span: SpanPair) -> str:
        return self._label(f"{span[0]}–{span[1]}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
