"""
The language of ``find``: words, "phrases", fields, comparisons, days, negation, OR.

A query is a list of clauses that all must hold. A clause is a word (``drone``),
its beginning (``hosp*``), a phrase (``"district hospital"``), a field with one
or more values (``source:icrc``, ``stance:deny,doubt``), or a comparison
(``killed>=10``, ``since:2024-05-07``); ``-`` before it turns it round, ``OR`` between
two joins them. Case and accents do not count. What is wrong is an error that
quotes the place; nothing is ignored or guessed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NoReturn, get_args

from allegedly.errors import QueryError
from allegedly.records.codes import EVENT_TYPES, MEASURES, MODES, STANCES
from allegedly.store.words import split_words

Sign = Literal["=", ">=", "<=", ">", "<"]
SIGNS: tuple[Sign, ...] = get_args(Sign)
DayField = Literal["published", "happened"]

FACTUALITY_WORDS = {
    "+": "happened", "-": "not", "?": "uncertain", ">": "announced", "~": "hypothetical",
}  # fmt: skip
# Which words of a document or claim a field looks into; no field: the sentences around a claim.
TEXT_FIELDS = ("source", "actor", "recipient", "place", "publisher", "title")
# A source and what it does, in one field.
STANCE_FIELDS = {
    "asserts": "assert", "denies": "deny", "confirms": "confirm", "doubts": "doubt", "accuses": "accuse",
    "condemns": "condemn", "praises": "praise", "believes": "believe", "admits": "claim_resp",
}  # fmt: skip
_MEASURES = {measure: measure for measure in MEASURES} | {"wounded": "injured", "dead": "killed"}
_LONGEST = 1_000
_MOST = 64
_NO_SIGN = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of a sign: what a shell makes of bytes that are no UTF-8


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a row; ``field`` None is the text itself, ``prefix`` lets the last word go on."""

    field: str | None
    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A fixed label of a claim (its stance, type, mode …), as the index holds it."""

    label: str


@dataclass(frozen=True, slots=True)
class Both:
    """A source and what it does with the words."""

    label: Label
    words: Words


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the event: certain by its bounds, so that "up to 12" is no ``killed>=10``."""

    measure: str
    sign: Sign
    value: float


@dataclass(frozen=True, slots=True)
class Day:
    """When it was published or happened; both days inclusive, so that ``2024-05`` is the whole month."""

    field: DayField
    sign: Sign
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure the reader is."""

    sign: Sign
    value: float


@dataclass(frozen=True, slots=True)
class InDocument:
    """The document of a given id."""

    id: str


TextTerm = Words | Label | Both
Term = TextTerm | Figure | Day | Sure | InDocument


@dataclass(frozen=True, slots=True)
class Clause:
    """One or more terms of which one must hold, or with ``negated`` none."""

    terms: tuple[Term, ...]
    negated: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the full-text index alone can answer it."""
        return all(isinstance(term, TextTerm) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: all clauses must hold; no clause at all is everything."""

    text: str
    clauses: tuple[Clause, ...]


def label_of(kind: str, value: str) -> str:
    """
    Write a label as one word that no text can hold by chance.

    Example:
        >>> label_of("mode", "x-clash")
        'modeqxxclash'
    """
    return f"{kind}qx{re.sub('[^a-z0-9]', '', value.lower())}"


def parse_query(text: str) -> Query:
    """
    Understand a query.

    Args:
        text: As the user wrote it.

    Raises:
        QueryError: With the place in the query and what to write instead.

    Example:
        >>> parse_query("killed>=10").clauses[0].terms
        (Figure(measure='killed', sign='>=', value=10.0),)
    """
    if len(text) > _LONGEST:
        raise QueryError(f"the query has {len(text):,} characters, more than {_LONGEST:,}", hint="ask for less at once")
    if bad := _NO_SIGN.search(text):
        raise QueryError(
            f"the query holds {bad.group()!r}, which no text does", position=bad.start(), hint="leave it out"
        )
    clauses: list[Clause] = []
    joining = False
    for token in _tokens(text):
        if token.group() == "OR":
            if joining or not clauses:
                _fail(token, "OR needs something on both sides", "write drone OR missile")
            joining = True
            continue
        clause = _clause(token)
        if joining:
            clause = _joined(clauses.pop(), clause, token)
        clauses.append(clause)
        joining = False
    if joining:
        raise QueryError("the query ends with OR", position=len(text), hint="write drone OR missile")
    if len(clauses) > _MOST:
        raise QueryError(f"the query has {len(clauses)} parts, more than {_MOST}", hint="ask for less at once")
    return Query(text, tuple(clauses))


def split_query(text: str) -> tuple[str, ...]:
    """
    Take a query apart into its clauses, as they were written; an ``OR`` stands by itself.

    Raises:
        QueryError: If a quotation mark is never closed.

    Example:
        >>> split_query('drone denies:"southern front" killed>=10')
        ('drone', 'denies:"southern front"', 'killed>=10')
    """
    return tuple(token.group() for token in _tokens(text))


def clause_of(field: str, value: str) -> str:
    """
    Write a clause; what is more than one plain word is put in quotation marks.

    Example:
        >>> clause_of("source", "Southern Front"), clause_of("type", "ASSAULT")
        ('source:"Southern Front"', 'type:ASSAULT')
    """
    if re.fullmatch(r"[\w-]+", value):
        return f"{field}:{value}"
    return f'{field}:"{value.replace(chr(34), " ")}"'


_TOKEN = re.compile(
    r"""
    (?P<minus>-)?
    (?:(?P<field>[A-Za-z_]+)(?P<sign>:|>=|<=|>|<|=))?
    (?P<values>(?:"[^"]*"\*?|[^\s"]+)+)?
    """,
    re.VERBOSE,
)
_VALUE = re.compile(r'"(?P<quoted>[^"]*)"(?P<star>\*)?|(?P<bare>[^",]+)')


def _tokens(text: str) -> Iterator[re.Match[str]]:
    position = 0
    for space in re.finditer(r"\s+|$", text):
        if space.start() < position:
            continue  # a blank inside a phrase
        while position < space.start():
            token = _TOKEN.match(text, position)
            if token is None or token.end() == position:
                raise QueryError(
                    f"a quotation mark at {position + 1} is never closed", position=position, hint='write "two words"'
                )
            yield token
            position = token.end()
        position = max(position, space.end())


def _clause(token: re.Match[str]) -> Clause:
    negated = token["minus"] is not None
    name, sign = (token["field"] or "").lower(), token["sign"]
    if not name:
        return Clause((_words(None, token, _one(token)),), negated)
    values = _values(token)
    if name in _COMPARED:
        compared = _sign(sign)
        if len(values) != 1:
            _fail(token, f"{name} is compared with one value", f"write {name}>=10 or {name}:2024-05-07")
        return Clause((_COMPARED[name](token, compared, values[0]),), negated)
    if name not in _FIELDS:
        known = ", ".join(sorted({*_FIELDS, *_COMPARED}))
        _fail(token, f"there is no field {name!r}", f'fields are {known}; put the words in quotation marks: "{name} …"')
    if sign not in {":", "="}:
        _fail(token, f"{name} cannot be compared", f"write {name}:value")
    return Clause(tuple(_FIELDS[name](token, value) for value in values), negated)


def _joined(before: Clause, clause: Clause, token: re.Match[str]) -> Clause:
    if before.negated or clause.negated:
        _fail(token, "OR does not join what is negated", "leave out the minus")
    if not (before.is_text and clause.is_text):
        _fail(token, "OR joins words and fields, no comparisons", "ask twice")
    return Clause((*before.terms, *clause.terms))


def _values(token: re.Match[str]) -> list[str]:
    """Give the values of a field: ``a,b,"c d"``."""
    values = [_whole(match) for match in _VALUE.finditer(token["values"] or "")]
    if not values:
        _fail(token, f"{token['field']} has no value", f"write {token['field']}:value")
    return values


def _whole(match: re.Match[str]) -> str:
    if match["quoted"] is None:
        return match["bare"]
    return match["quoted"] + (match["star"] or "")


def _one(token: re.Match[str]) -> str:
    """Give the words of a clause without field; a comma there is a sign between words."""
    if token["values"] is None:
        _fail(token, "there is nothing after the minus", "write -word")
    return token["values"].replace('"', " ").strip()


def _words(field: str | None, token: re.Match[str], value: str) -> Words:
    words = split_words(value)
    if not words:
        _fail(token, f"{value!r} holds no word to look for", "give letters, digits or an emoji")
    return Words(field, tuple(words), prefix=value.endswith("*"))


def _voice(token: re.Match[str], value: str) -> Term:
    return Label(label_of("voice", "own")) if value.lower() == "own" else _words("voice", token, value)


def _label(kind: str, known: Mapping[str, str]) -> Callable[[re.Match[str], str], Term]:
    """Make the parser of a field with fixed values; ``known`` says how each is held."""

    def parse(token: re.Match[str], value: str) -> Term:
        if value.lower() not in known:
            _fail(token, f"{kind} has no value {value!r}", f"values are {', '.join(known)}")
        return Label(label_of(kind, known[value.lower()]))

    return parse


def _code(kind: str) -> Callable[[re.Match[str], str], Term]:
    """Make the parser of a field whose values are codes that no list here holds."""

    def parse(token: re.Match[str], value: str) -> Term:
        if not re.fullmatch(r"[A-Za-z0-9-]{1,12}", value):
            _fail(token, f"{kind} takes a code, not {value!r}", f"write {kind}:{'SDN' if kind == 'country' else 'en'}")
        return Label(label_of(kind, value))

    return parse


def _text_field(name: str) -> Callable[[re.Match[str], str], Term]:
    return lambda token, value: _words(name, token, value)


def _stance_field(stance: str) -> Callable[[re.Match[str], str], Term]:
    label = Label(label_of("stance", stance))
    return lambda token, value: Both(label, _words("source", token, value))


_FIELDS: dict[str, Callable[[re.Match[str], str], Term]] = {
    **{name: _text_field(name) for name in TEXT_FIELDS},
    **{name: _stance_field(stance) for name, stance in STANCE_FIELDS.items()},
    "voice": _voice,
    "stance": _label("stance", {stance: stance for stance in STANCES}),
    "type": _label("type", {name.lower(): name for name in EVENT_TYPES}),
    "mode": _label("mode", {name: name for name in MODES}),
    "factuality": _label("factuality", {key: word for sign, word in FACTUALITY_WORDS.items() for key in (sign, word)}),
    "country": _code("country"),
    "language": _code("language"),
    "document": lambda _, value: InDocument(value),
}


def _sign(written: str) -> Sign:
    return next(sign for sign in SIGNS if sign == written.replace(":", "="))


def _number(token: re.Match[str], value: str) -> float:
    if not re.fullmatch(r"\d{1,15}(\.\d{1,9})?", value):
        _fail(token, f"{value!r} is no number", "write digits without commas: killed>=1000")
    return float(value)


def _figure(measure: str) -> Callable[[re.Match[str], Sign, str], Term]:
    return lambda token, sign, value: Figure(measure, sign, _number(token, value))


def _sure(token: re.Match[str], sign: Sign, value: str) -> Term:
    return Sure(sign, _number(token, value))


def _day(field: DayField, fixed: Sign | None = None) -> Callable[[re.Match[str], Sign, str], Term]:
    """Make the parser of days; ``fixed`` is the sign that the field's name stands for."""

    def parse(token: re.Match[str], sign: Sign, value: str) -> Term:
        if fixed is not None and sign != "=":
            _fail(token, f"{token['field']} takes a day", f"write {token['field']}:2024-05-07")
        first, last = _days(token, value)
        return Day(field, fixed or sign, first, last)

    return parse


def _days(token: re.Match[str], value: str) -> tuple[date, date]:
    """Read a year, a month or a day: its first and its last day."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value)
    try:
        year, month, day = (int(part) if part else None for part in match.groups()) if match else (0, None, None)
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        _fail(token, f"{value!r} is no day", "write 2024-05-07, 2024-05 or 2024")
    if day is not None:
        return first, first
    last_month = month or 12
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


_COMPARED: dict[str, Callable[[re.Match[str], Sign, str], Term]] = {
    **{name: _figure(measure) for name, measure in _MEASURES.items()},
    "score": _sure,
    "since": _day("published", ">="),
    "until": _day("published", "<="),
    "published": _day("published"),
    "happened": _day("happened"),
}


def _fail(token: re.Match[str], problem: str, hint: str) -> NoReturn:
    place = token.start() + 1
    raise QueryError(f"in the query at {place}, {token.group()!r}: {problem}", position=token.start(), hint=hint)
