"""
Readers of the corpora that know names, mentions or chains; see :mod:`training.corpora` for classes and held-out texts.

GUM's ten types and LitBank's six are mapped to sets of ours: a GUM "place" may
be GPE, LOC or FAC. The head word of a mention is GUM's own; elsewhere it is
guessed from the words.
"""

from __future__ import annotations

import gzip
import re
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from allegedly.coreference.items import NAME
from training.corpora import Annotated, Raw, data_folder, read_jsonl
from training.entities import (
    KINDS,
    NOTHING,
    OTHER_TYPES,
    EntityLabels,
    Marked,
    finer,
    guess_head,
    mention_mask,
    one_a_head,
    rough_sentences,
    without_title,
)
from training.invented.markup import read_marked

PLACE = ("GPE", "LOC", "FAC")
GROUP = ("ORG", "MIL")
GUM_TYPES = {
    "person": ("PER", "NORP", "MIL"), "organization": (*GROUP, "NORP"), "place": PLACE,
    "object": ("OBJECT", "WEA", "VEH"), "event": ("EVENT",), "time": ("TIME",), "abstract": ("ABSTRACT",),
    "animal": ("ANIMAL",), "plant": ("PLANT",), "substance": ("SUBSTANCE",),
}  # fmt: skip
GUM_NAMES = {
    "person": ("PER", "NORP"), "organization": (*GROUP, "NORP"), "place": PLACE, "object": ("WEA", "VEH", "MISC"),
    "event": ("EVENT", "MISC"), "abstract": ("MISC", "EVENT", "NORP"),
}  # fmt: skip
FLAT = {
    "PER": ("PER",), "ORG": GROUP, "LOC": PLACE, "MISC": ("NORP", "WEA", "VEH", "EVENT", "MISC"),
    "politician": ("PER",), "person": ("PER",), "organisation": GROUP, "politicalparty": ("ORG",),
    "event": ("EVENT",), "election": ("EVENT",), "country": ("GPE",), "location": PLACE,
    "misc": ("NORP", "WEA", "VEH", "EVENT", "MISC"),
}  # fmt: skip
GMB = {
    "geo": PLACE, "gpe": ("NORP", "GPE"), "org": GROUP, "per": ("PER",), "art": ("WEA", "VEH", "MISC"),
    "eve": ("EVENT",), "nat": ("MISC",),
}  # fmt: skip
UNMARKED = NOTHING | mention_mask(OTHER_TYPES)
_OPEN = re.compile(r"(?:^|(?<=\s))(?:[\"'“‘(\[]|``|`)$")
_NO_BLANK_BEFORE = re.compile(r"^(?:[.,;:!?%)\]”’]|'s|’s|n't|'re|'ve|'ll|'d|'m|\.\.\.)$")


def read_gum() -> Iterator[Annotated]:
    """GUM train, the ten commercially usable genres: sentences, parts of speech, mentions, chains."""
    for d in read_jsonl(data_folder() / "gum" / "gum_train.jsonl.gz"):
        tags = {"upos": [(t[0], t[1], t[2]) for t in d["tokens"]]}
        yield Annotated(d["doc"], d["text"], [s[:2] for s in d["sentences"]], tags=tags, entities=_gum_labels(d))


def read_gum_attribution_only() -> Iterator[Annotated]:
    """GUM train without its share-alike genres (biographies, Wikivoyage)."""
    return (d for d in read_gum() if not re.match(r"GUM_(bio|voyage)", d.id))


def _gum_labels(d: Raw) -> EntityLabels:
    labels = EntityLabels(other_mentions=NOTHING, other_names=NOTHING, chained=True)
    taken: dict[int, Raw] = {}
    for e in sorted(d["entities"], key=lambda e: e["e"] - e["s"]):
        taken.setdefault(e["hs"], e)  # of two mentions with one head the shorter: a coordination, mostly
    tokens = d["tokens"]
    for e in taken.values():
        kind = KINDS[e["kind"]]
        types = finer(GUM_TYPES[e["etype"]], kind, d["text"][e["hs"] : e["he"]])
        head = (e["hs"], e["he"])
        name = _proper(tokens, *head) if kind == NAME else None
        labels.mentions.append(Marked(e["s"], e["e"], head, kind, types, (str(e["grp"]),), name=name))
        if name:
            start, end = without_title(d["text"], *name) if e["etype"] == "person" else name
            labels.loose.append((e["s"], e["e"]))
            if e["etype"] in GUM_NAMES:
                labels.names.append((start, end, GUM_NAMES[e["etype"]]))
    labels.adjectives = [(t[0], t[1]) for t in tokens if t[2] == "ADJ" and d["text"][t[0]].isupper()]
    labels.names = _apart(labels.names)
    return labels


def _proper(tokens: list[Raw], start: int, end: int) -> tuple[int, int]:
    """Widen a head word to the run of proper nouns around it."""
    k = next((n for n, t in enumerate(tokens) if t[0] == start), None)
    if k is None:
        return start, end
    a = z = k
    while a and tokens[a - 1][2] == "PROPN":
        a -= 1
    while z + 1 < len(tokens) and tokens[z + 1][2] == "PROPN":
        z += 1
    return tokens[a][0], max(tokens[z][1], end)


def _apart(names: Iterable[tuple[int, int, tuple[str, ...]]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Keep the longest of names that overlap."""
    out: list[tuple[int, int, tuple[str, ...]]] = []
    for name in sorted(names, key=lambda n: (n[0], -n[1])):
        if not out or name[0] >= out[-1][1]:
            out.append(name)
    return out


def read_litbank() -> Iterator[Annotated]:
    """LitBank: nested mentions of six types and chains in fiction."""
    with tarfile.open(data_folder() / "litbank" / "litbank.tar.gz") as archive:
        # in the order of the archive: going back in a compressed file means reading it anew
        wanted = [m for m in archive.getmembers() if m.name.startswith("litbank/coref/tsv/")]
        files = {m.name: _lines(archive, m) for m in sorted(wanted, key=lambda m: m.offset)}
    for name in sorted(files):
        if name.endswith(".ann"):
            yield _litbank_text(Path(name).stem, files[name[:-3] + "txt"], files[name])


def _lines(archive: tarfile.TarFile, member: tarfile.TarInfo) -> list[str]:
    stream = archive.extractfile(member)
    return stream.read().decode("utf-8").split("\n") if stream else []


def _litbank_text(name: str, lines: list[str], rows: list[str]) -> Annotated:
    text, offsets, sentences = "", [], []
    for line in lines:
        if text:
            text += " "
        start = len(text)
        text, spans = _detokenised(text, line.split(" "))
        offsets.append(spans)
        sentences.append([start, len(text)])
    cells = [row.split("\t") for row in rows if row]
    chain = {c[1]: c[2] for c in cells if c[0] == "COREF"}
    labels = EntityLabels(other_mentions=UNMARKED | mention_mask(("NORP", "MIL", "WEA")), chained=True)
    for c in cells:
        if c[0] != "MENTION":
            continue
        start = offsets[int(c[2])][int(c[3])][0]
        end = offsets[int(c[4])][int(c[5])][1]
        kind = {"PROP": 0, "NOM": 1, "PRON": 2}[c[8]]
        head = guess_head(text, start, end, person_name=kind == NAME and c[7] == "PER", name=kind == NAME)
        types = {"PER": ("PER", "MIL", "NORP"), "ORG": GROUP}.get(c[7], (c[7],))
        likely = finer(types, kind, text[slice(*head)])
        labels.mentions.append(Marked(start, end, head, kind, likely, (chain.get(c[1], c[1]),)))
    labels.mentions = one_a_head(labels.mentions)
    return Annotated(f"litbank-{name}", text, [s for s in sentences if s[0] < s[1]], entities=labels)


def _detokenised(text: str, tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Append tokens with the blanks that print has; give the new text and each token's span."""
    spans = []
    for k, token in enumerate(tokens):
        if k and not _NO_BLANK_BEFORE.match(token) and not _OPEN.search(text[-3:]):
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def read_wikigold() -> Iterator[Annotated]:
    """Wikigold: names in Wikipedia articles."""
    return _flat_names("wikigold", data_folder() / "wikigold" / "wikigold.conll.txt.gz", " ")


def read_crossner() -> Iterator[Annotated]:
    """CrossNER, politics: names in Wikipedia sentences (train and dev)."""
    for part in ("train", "dev"):
        yield from _flat_names(f"crossner-{part}", data_folder() / "crossner_politics" / f"{part}.conll.gz", "\t")


def _flat_names(name: str, path: Path, separator: str, at_once: int = 6) -> Iterator[Annotated]:
    """Read token-and-tag lines; some sentences make one text."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        blocks = re.split(r"\n\s*\n", lines.read().strip())
    for k in range(0, len(blocks), at_once):
        text, sentences, names = "", [], []
        for block in blocks[k : k + at_once]:
            rows = [row.rsplit(separator, 1) for row in block.split("\n") if separator in row]
            start = len(text) + bool(text)
            text, spans = _detokenised(text + " " if text else "", [r[0] for r in rows])
            sentences.append([start, len(text)])
            names += _tagged(spans, [r[1] for r in rows])
        labels = EntityLabels(names=[(s, e, FLAT[t]) for s, e, t in names], other_names=NOTHING)
        yield Annotated(f"{name}-{k}", text, sentences, entities=labels)


def _tagged(spans: list[tuple[int, int]], tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Read IOB1 or IOB2 tags."""
    start, kind = -1, ""
    for k, tag in enumerate([*tags, "O"]):
        if kind and (tag == "O" or tag[0] == "B" or tag[2:] != kind):
            yield start, spans[k - 1][1], kind
            kind = ""
        if tag != "O" and not kind:
            start, kind = spans[k][0], tag[2:]


def read_gmb() -> Iterator[Annotated]:
    """GMB's VOA sentences with silver names, eight consecutive ones as one text."""
    rows = list(read_jsonl(data_folder() / "gmb_voa_ner" / "gmb_sentences.jsonl.gz"))
    for k in range(0, len(rows), 8):
        text, sentences, names = "", [], []
        for row in rows[k : k + 8]:
            base = len(text) + bool(text)
            text += (" " if text else "") + row["text"]
            sentences.append([base, len(text)])
            names += [(s + base, e + base, t) for s, e, t in row["entities"] if t in GMB]
        cut = [(*(without_title(text, s, e) if t == "per" else (s, e)), GMB[t]) for s, e, t in names]
        yield Annotated(f"gmb-{k}", text, sentences, entities=EntityLabels(names=cut, other_names=NOTHING))


def read_re3d() -> Iterator[Annotated]:
    """re3d without its non-commercial part: names of groups, people, places and weapons in texts on Syria and Iraq."""
    wanted = {
        "Organisation": GROUP, "Person": ("PER",), "Location": PLACE, "Nationality": ("NORP",), "Weapon": ("WEA",),
        "MilitaryPlatform": ("VEH",),
    }  # fmt: skip
    for d in read_jsonl(data_folder() / "re3d" / "re3d.jsonl.gz"):
        if "NC" in d["licence"] or "BBC" in d["source"]:
            continue
        labels = EntityLabels(other_names=NOTHING)
        for e in d["entities"]:
            start, end = e["start"], e["end"]
            words = d["text"][start:end].removeprefix("the ").removeprefix("The ")
            start = end - len(words)
            proper = [w for w in words.split() if w not in ("of", "the", "and", "for", "al", "de")]
            if e["type"] in wanted and words[:1].isupper() and len(words) > 2 and all(w[0].isupper() for w in proper):
                labels.names.append((start, end, wanted[e["type"]]))
            else:
                labels.loose.append((start, end))
        labels.names = _apart(labels.names)
        yield Annotated(f"re3d-{d['id']}", d["text"], entities=labels)


def read_mentions() -> Iterator[Annotated]:
    """This project's own reports with marked mentions and chains, kept beside this module."""
    for path in sorted((Path(__file__).parent / "invented").glob("mentions_*.txt")):
        for report in read_marked(path):
            yield Annotated(report.id, report.text, entities=marked_labels(report.text, report.mentions))


def marked_labels(text: str, mentions: Iterable[object]) -> EntityLabels:
    """Turn the author's marks into labels; names inside names are left to the mention layer."""
    labels = EntityLabels(other_mentions=UNMARKED, other_names=NOTHING, chained=True)
    labels.rough_sentences = rough_sentences(text)
    for m in mentions:
        misc = m.type == "MISC"  # type: ignore[attr-defined]
        types = tuple(OTHER_TYPES) if misc else (m.type,)  # type: ignore[attr-defined]
        labels.mentions.append(Marked(m.start, m.end, m.head, KINDS[m.kind], types, m.keys, name=m.name))  # type: ignore[attr-defined]
        if m.name:  # type: ignore[attr-defined]
            labels.names.append((*m.name, ("EVENT", "MISC") if misc else (m.type,)))  # type: ignore[attr-defined]
    labels.mentions = one_a_head(labels.mentions)
    labels.names = _apart(labels.names)
    return labels
