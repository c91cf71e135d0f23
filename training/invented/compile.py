"""
Turn the author's form of invented annotation into the ``ledger_gold`` form.

An author writes one JSON object per sentence and gives every span as an exact
substring of that sentence; ``"Iraq#2"`` means the second occurrence. Sentences
with the same ``doc`` form one document, joined by one space, or by an empty
line where the sentence carries ``"para": 1``. Offsets of the result are code
points into the document's text, half-open.

    python -m training.invented.compile AUTHORED.jsonl > COMPILED.jsonl

Problems are listed on standard error with the line number and nothing is
written unless every sentence is sound.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

STYLES = ("headline", "lede", "report", "communique", "post", "assessment")
STANCES = tuple("assert claim_resp confirm deny accuse doubt praise condemn intend request believe other".split())
TYPES = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE"
    " COERCE ASSAULT HARM DAMAGE CONTROL".split()
)
MEASURES = tuple(
    "killed injured missing captured detained displaced troops participants equipment settlements area money".split()
)
QUALIFIERS = tuple("exact at_least more_than about up_to fewer_than range vague".split())
FACTUALITIES = ("+", "-", "?", ">", "~")
MODES = tuple(
    (
        "visit third-party multilateral phone withdraw release disarm ceasefire access resign x-handover assist change"
        " yield meet disapprove investigate allege restrict arrest relations expel territory violence demo riot strike"
        " hunger boycott obstruct vandalize convict discontinue troops weapons police militia x-intercept x-base"
        " x-regroup seize censor curfew martial-law deport withhold misinformation cyber x-siege x-occupy abduct beat"
        " torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons"
        " crowd-control unconventional x-clash x-missile x-capture x-recapture x-grenade"
    ).split()
)
SENTENCE_KEYS = {"doc", "style", "region", "para", "text", "a", "e"}
ATTRIBUTION_KEYS = {"src", "cue", "con", "st", "is", "p"}
EVENT_KEYS = {"t", "y", "m", "ac", "re", "pl", "ti", "n", "v", "f"}


class AnnotationError(ValueError):
    """A sentence does not follow the guidelines; the message says which rule and which string."""


def find(text: str, words: str) -> tuple[int, int]:
    """Give the span of ``words`` in ``text``; ``#k`` picks the k-th plain substring occurrence."""
    match = re.fullmatch(r"(.*)#(\d+)", words, re.DOTALL)
    words, nth = (match[1], int(match[2])) if match else (words, 1)
    if not words or words != words.strip():
        raise AnnotationError(f"{words!r} is empty or has blanks at its edges")
    start = -1
    for _ in range(nth):
        start = text.find(words, start + 1)
        if start < 0:
            raise AnnotationError(f"{words!r} (occurrence {nth}) does not stand in the sentence")
    end = start + len(words)
    if (start and text[start - 1].isalnum() and text[start].isalnum()) or (
        end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    ):
        raise AnnotationError(f"{words!r} (occurrence {nth}) begins or ends inside a word; pick another with #k")
    return start, end


def listed(value: object) -> list[Any]:
    """Read a string, a list or nothing as a list."""
    return [] if value is None else value if isinstance(value, list) else [value]


def known(value: str, allowed: Iterable[str], what: str) -> str:
    """Give back ``value`` if it is one of ``allowed``."""
    if value not in allowed:
        raise AnnotationError(f"{what} {value!r} is not one of {', '.join(allowed)}")
    return value


def _shift(span: tuple[int, int], base: int) -> list[int]:
    return [span[0] + base, span[1] + base]


def _attributions(row: dict[str, Any], base: int, first: int) -> list[dict[str, Any]]:
    out = []
    for a in row.get("a", []):
        if extra := a.keys() - ATTRIBUTION_KEYS:
            raise AnnotationError(f"unknown attribution key {sorted(extra)}")
        spans = {
            role: sorted(_shift(find(row["text"], w), base) for w in listed(a.get(key)))
            for role, key in (("source", "src"), ("cue", "cue"), ("content", "con"))
        }
        if not spans["content"]:
            raise AnnotationError("an attribution has no content (con)")
        if not spans["cue"] and spans["source"]:
            raise AnnotationError("a source without a cue")
        parent = a.get("p")
        if parent is not None and not 0 <= parent < len(row["a"]):
            raise AnnotationError(f"parent p={parent} is not an attribution of this sentence")
        stance = known(a["st"], STANCES, "stance")
        out.append(
            {
                "id": f"a{first + len(out) + 1}",
                **spans,
                "stance": stance,
                "source_name": a.get("is"),
                "parent": None if parent is None else f"a{first + parent + 1}",
            }
        )
    for a in out:
        if a["parent"]:
            outer = next(b for b in out if b["id"] == a["parent"])
            if not any(s <= a["content"][0][0] < e for s, e in outer["content"]):
                raise AnnotationError(f"content of {a['id']} does not stand inside that of its parent {a['parent']}")
    return out


def _quantity(row: dict[str, Any], n: list[str], base: int) -> dict[str, Any]:
    measure, words, qualifier = n
    return {
        "measure": known(measure, MEASURES, "measure"),
        "span": _shift(find(row["text"], words), base),
        "qualifier": known(qualifier, QUALIFIERS, "qualifier"),
    }


def _events(row: dict[str, Any], atts: list[dict[str, Any]], base: int, first: int) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for e in row.get("e", []):
        if extra := e.keys() - EVENT_KEYS:
            raise AnnotationError(f"unknown event key {sorted(extra)}")
        trigger = _shift(find(row["text"], e["t"]), base)
        if any(other["trigger"] == trigger for other in out):
            raise AnnotationError(f"trigger {e['t']!r} is used twice")
        inside = [k for k, a in enumerate(atts) if any(s <= trigger[0] and trigger[1] <= x for s, x in a["content"])]
        voice = e.get("v", [])
        if sorted(voice) != inside:
            raise AnnotationError(
                f"v={voice} of {e['t']!r}: the contents that contain the trigger are those of {inside};"
                " cut the content or change v"
            )
        out.append(
            {
                "id": f"v{first + len(out) + 1}",
                "trigger": trigger,
                "type": known(e["y"], TYPES, "type"),
                "modes": [known(m, MODES, "mode") for m in e.get("m", [])],
                **{
                    role: [_shift(find(row["text"], w), base) for w in listed(e.get(key))]
                    for role, key in (("actors", "ac"), ("recipients", "re"), ("places", "pl"), ("times", "ti"))
                },
                "quantities": [_quantity(row, n, base) for n in e.get("n", [])],
                "voice": [atts[k]["id"] for k in voice],
                "factuality": known(e.get("f", "+"), FACTUALITIES, "factuality"),
            }
        )
    return out


def compile_rows(rows: Iterable[tuple[int, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """
    Compile sentences into documents in the ``ledger_gold`` form.

    Args:
        rows: (line number, sentence) pairs in the author's form.

    Raises:
        AnnotationError: All problems at once, one a line, each with its line number.
    """
    documents: dict[str, dict[str, Any]] = {}
    problems = []
    for number, row in rows:
        try:
            if extra := row.keys() - SENTENCE_KEYS:
                raise AnnotationError(f"unknown key {sorted(extra)}")
            text = row["text"]
            if text != text.strip() or "\n" in text:
                raise AnnotationError("text has blanks at its edges or a line break")
            new = {
                "id": row["doc"], "text": "", "sentences": [], "attributions": [], "events": [],
                "style": known(row["style"], STYLES, "style"), "region": row["region"],
            }  # fmt: skip
            document = documents.setdefault(row["doc"], new)
            if document["text"]:
                document["text"] += "\n\n" if row.get("para") else " "
            base = len(document["text"])
            atts = _attributions(row, base, len(document["attributions"]))
            events = _events(row, atts, base, len(document["events"]))
            document["text"] += text
            document["sentences"].append([base, base + len(text)])
            document["attributions"] += atts
            document["events"] += events
        except (AnnotationError, KeyError, TypeError, ValueError) as problem:
            problems.append(f"line {number}: {type(problem).__name__}: {problem}")
    if problems:
        raise AnnotationError("\n".join(problems))
    yield from documents.values()


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read an authored file; blank lines are skipped."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except json.JSONDecodeError as problem:
                    raise AnnotationError(f"line {number}: no JSON: {problem}") from None


def main() -> int:
    """Compile the file named on the command line."""
    try:
        documents = list(compile_rows(read_rows(Path(sys.argv[1]))))
    except AnnotationError as problem:
        print(problem, file=sys.stderr)
        return 1
    for document in documents:
        print(json.dumps(document, ensure_ascii=False))
    sentences = sum(len(d["sentences"]) for d in documents)
    print(f"{len(documents)} documents, {sentences} sentences: sound", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
