"""
Readers of the training corpora: one function per corpus, all giving :class:`Annotated` texts.

Classes are those of the team's corpus table: A attribution only, B share-alike,
U no licence stated. Evaluation-only corpora have no reader here. Every training
text whose letters and digits also stand in a dev or test sentence is dropped
(:func:`held_out`, :func:`without_held_out`).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.entities import EntityLabels, m2e2_labels

Raw = dict[str, Any]


def data_folder() -> Path:
    """Give the folder of the corpora: ``$ALLEGEDLY_SHARED/data``, else ``../shared/data`` beside the checkout."""
    shared = os.environ.get("ALLEGEDLY_SHARED")
    return (Path(shared) if shared else Path(__file__).resolve().parents[2] / "shared") / "data"


@dataclass(slots=True)
class Annotated:
    """
    One training text with whatever its corpus annotates; offsets are code points into ``text``.

    Args:
        id: Name of the text.
        text: The text.
        sentences: Sentence spans, or None if the corpus has none.
        attributions: In the ``ledger_gold`` or PolNeAR form, or None.
        events: In the ``ledger_gold`` form, or None.
        tags: Token layers: name to (start, end, label) triples; uncovered tokens are outside.
        values: (start, end, value) triples of a regression layer.
        entities: Names, mentions and chains, or None.
    """

    id: str
    text: str
    sentences: list[list[int]] | None = None
    attributions: list[Raw] | None = None
    events: list[Raw] | None = None
    tags: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    values: list[tuple[int, int, float]] = field(default_factory=list)
    entities: EntityLabels | None = None


def read_jsonl(path: Path) -> Iterator[Raw]:
    """Read JSON Lines, gzipped or plain."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def digest(path: Path) -> str:
    """Give the sha256 of a file, for the card."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ledger_files(path: Path) -> Iterator[Annotated]:
    """Read a file in the ``ledger_gold`` form."""
    for d in read_jsonl(path):
        yield Annotated(d["id"], d["text"], d["sentences"], d["attributions"], d["events"])


def read_ledger_gold() -> Iterator[Annotated]:
    """VOA conflict news with full ledger annotation (train)."""
    return ledger_files(data_folder() / "ledger_gold" / "train.jsonl.gz")


def read_ledger_invented() -> Iterator[Annotated]:
    """The team's first invented modern reports (train)."""
    return ledger_files(data_folder() / "ledger_invented" / "train.jsonl.gz")


def read_invented() -> Iterator[Annotated]:
    """This project's own invented reports, kept beside this module."""
    for path in sorted((Path(__file__).parent / "invented").glob("*.jsonl")):
        yield from ledger_files(path)


def read_polnear() -> Iterator[Annotated]:
    """PolNeAR train articles."""
    for d in read_jsonl(data_folder() / "polnear" / "train.jsonl.gz"):
        yield Annotated(d["id"], d["text"], attributions=d["attributions"])


def _joined(name: str, rows: list[Raw]) -> Annotated:
    text, sentences = "", []
    tags: dict[str, list[tuple[int, int, str]]] = {"m2e2": [], "entities": []}
    for row in rows:
        base = len(text) + bool(text)
        text += (" " if text else "") + row["text"]
        sentences.append([base, len(text)])
        tags["m2e2"] += [(s + base, e + base, t) for s, e, t in _m2e2_triggers(row)]
        tags["entities"] += [(e["start"] + base, e["end"] + base, e["type"]) for e in row["entities"]]
    return Annotated(name, text, sentences, tags=tags)


def read_m2e2() -> Iterator[Annotated]:
    """M2E2's VOA articles with event triggers of eight ACE-like types; sentences of one article together."""
    by_document: dict[str, list[Raw]] = {}
    for row in read_jsonl(data_folder() / "m2e2_voa" / "m2e2_text.jsonl.gz"):
        by_document.setdefault(row["doc_id"], []).append(row)
    for name, rows in by_document.items():
        for k in range(0, len(rows), 6):
            part = rows[k : k + 6]
            document = _joined(f"{name}-{k}", part)
            document.sentences = None  # sentences are cut at blanks, dashes and photo credits
            document.entities = m2e2_labels(document.text, document.tags.pop("entities"))
            yield document


def _m2e2_triggers(row: Raw) -> Iterator[tuple[int, int, str]]:
    for event in row["events"]:
        trigger = event["trigger"]
        yield trigger["start"], trigger["end"], event.get("type") or event["event_type"]


def read_uds() -> Iterator[Annotated]:
    """UDS-IH2 factuality of EWT predicates, -1 to 1."""
    for row in read_jsonl(data_folder() / "uds_factuality" / "uds_ih2_train.jsonl.gz"):
        values = [(p["s"], p["e"], p["label"] / 3) for p in row["predicates"]]
        yield Annotated(row["uds_id"], row["text"], values=values)


def read_ewt() -> Iterator[Annotated]:
    """UD English EWT train: sentences, parts of speech and dependency relations."""
    return read_conllu(data_folder() / "ud_ewt" / "en_ewt-ud-train.conllu.gz")


def read_conllu(path: Path) -> Iterator[Annotated]:
    """Read CoNLL-U documents; text is rebuilt from SpaceAfter, paragraphs start at ``# newpar``."""
    text, sentences, upos, deprel, name = "", [], [], [], ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for block in lines.read().split("\n\n"):
            if "# newdoc" in block and text:
                yield Annotated(name, text.rstrip(), sentences, tags={"upos": upos, "deprel": deprel})
                text, sentences, upos, deprel = "", [], [], []
            if not block.strip():
                continue
            name = (re.search(r"# sent_id = (.*)", block) or re.match(r"()", block))[1]
            if "# newpar" in block and text:
                text = text.rstrip() + "\n\n"
            start = len(text)
            text = _conllu_sentence(block, text, upos, deprel)
            sentences.append([start, len(text.rstrip())])
    if text:
        yield Annotated(name, text.rstrip(), sentences, tags={"upos": upos, "deprel": deprel})


def _conllu_sentence(block: str, text: str, upos: list[Any], deprel: list[Any]) -> str:
    """Append one CoNLL-U sentence to ``text`` and its labels to the lists; multiword tokens keep their parts' first."""
    covered = 0
    for line in block.split("\n"):
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 10 or "." in cells[0]:
            continue
        number = cells[0].split("-")
        if int(number[0]) > covered:
            start = len(text)
            text += cells[1]
            covered = int(number[-1])
            if len(number) == 1:
                upos.append((start, len(text), cells[3]))
                deprel.append((start, len(text), cells[7].split(":")[0]))
            if "SpaceAfter=No" not in cells[9]:
                text += " "
    return text


# what must never be trained on, as far as it lies here: (folder, file, key of the texts)
HELD_OUT = (
    ("ledger_gold", "dev.jsonl.gz"),
    ("ledger_invented", "dev.jsonl.gz"),
    ("polnear", "dev.jsonl.gz"),
    ("gum", "gum_dev.jsonl.gz"),
    ("gum", "gum_test.jsonl.gz"),
    ("gum_attribution", "news_interview.jsonl.gz"),
    ("uds_factuality", "uds_ih2_dev.jsonl.gz"),
    ("uds_factuality", "uds_ih2_test.jsonl.gz"),
)


def normal(text: str) -> str:
    """Keep letters and digits in lower case: two texts are the same if these are."""
    return "".join(filter(str.isalnum, text.lower()))


def held_out() -> set[str]:
    """Give the normal form of every dev and test sentence at hand of 20 signs or more."""
    out = set()
    for folder, name in HELD_OUT:
        for d in read_jsonl(data_folder() / folder / name):
            spans = d.get("sentences") or [[m.start(), m.end()] for m in re.finditer(r"[^\n]+", d["text"])]
            out |= {normal(d["text"][s[0] : s[1]]) for s in spans}
    out |= set(map(normal, _held_out_names()))
    return {text for text in out if len(text) >= 20}


def _held_out_names() -> Iterator[str]:
    """Give the sentences of the name corpora that only measure."""
    for path in sorted((data_folder() / "uner_en").glob("*.iob2.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (line[9:] for line in lines if line.startswith("# text = "))
    for path in sorted((data_folder() / "worldwide_newswire_NC").glob("*.tar.gz")):
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                stream = archive.extractfile(member) if member.name.endswith(".tsv") else None
                if stream:
                    words = [line.split("\t")[0] for line in stream.read().decode("utf-8").split("\n")]
                    yield from re.split(r"(?<=[.!?])(?: |$)|\s{2,}", " ".join(words))


def without_held_out(texts: Iterable[Annotated], kept_aside: set[str]) -> Iterator[Annotated]:
    """Drop every text that holds a held-out sentence."""
    for d in texts:
        spans = d.sentences or [[m.start(), m.end()] for m in re.finditer(r"[^\n]+", d.text)]
        if not any(normal(d.text[s:e]) in kept_aside for s, e in spans):
            yield d
