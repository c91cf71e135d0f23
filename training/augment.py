"""
Augmentation of annotated texts: casing, typographic quotes and dashes, exchanged parties. Offsets follow.

Exchanging parties replaces a country's name, adjective and capital by another
country's throughout a text, so that no country is learnt as attacker, victim
or denier.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from training.corpora import Annotated

PLAIN_QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'"}
PLAIN_DASHES = {"–": "-", "—": "-"}

# name, adjective, capital: states that have been party to, or neighbours of, recent conflicts, and some that have not
COUNTRIES = tuple(
    tuple(line.split(","))
    for line in """Afghanistan,Afghan,Kabul
Algeria,Algerian,Algiers
Angola,Angolan,Luanda
Armenia,Armenian,Yerevan
Azerbaijan,Azerbaijani,Baku
Belarus,Belarusian,Minsk
Bolivia,Bolivian,La Paz
Burundi,Burundian,Bujumbura
Cambodia,Cambodian,Phnom Penh
Cameroon,Cameroonian,Yaounde
Chad,Chadian,N'Djamena
China,Chinese,Beijing
Colombia,Colombian,Bogota
Cuba,Cuban,Havana
Ecuador,Ecuadorean,Quito
Egypt,Egyptian,Cairo
Eritrea,Eritrean,Asmara
Ethiopia,Ethiopian,Addis Ababa
France,French,Paris
Georgia,Georgian,Tbilisi
Greece,Greek,Athens
Haiti,Haitian,Port-au-Prince
India,Indian,New Delhi
Indonesia,Indonesian,Jakarta
Iran,Iranian,Tehran
Iraq,Iraqi,Baghdad
Israel,Israeli,Jerusalem
Jordan,Jordanian,Amman
Kenya,Kenyan,Nairobi
Lebanon,Lebanese,Beirut
Libya,Libyan,Tripoli
Mali,Malian,Bamako
Mexico,Mexican,Mexico City
Moldova,Moldovan,Chisinau
Morocco,Moroccan,Rabat
Mozambique,Mozambican,Maputo
Nepal,Nepalese,Kathmandu
Nicaragua,Nicaraguan,Managua
Nigeria,Nigerian,Abuja
Pakistan,Pakistani,Islamabad
Peru,Peruvian,Lima
Russia,Russian,Moscow
Rwanda,Rwandan,Kigali
Serbia,Serbian,Belgrade
Somalia,Somali,Mogadishu
Sudan,Sudanese,Khartoum
Syria,Syrian,Damascus
Thailand,Thai,Bangkok
Turkey,Turkish,Ankara
Uganda,Ugandan,Kampala
Ukraine,Ukrainian,Kyiv
Uzbekistan,Uzbek,Tashkent
Venezuela,Venezuelan,Caracas
Vietnam,Vietnamese,Hanoi
Yemen,Yemeni,Sanaa
Zimbabwe,Zimbabwean,Harare""".splitlines()
)
_FORM = {word: (k, form) for k, country in enumerate(COUNTRIES) for form, word in enumerate(country)}
_FORM["Kiev"] = _FORM["Kyiv"]
_NAMES = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _FORM), key=len, reverse=True)) + r")(?=\b|s\b)")
# "South Sudan", "New Mexico", "North Korean" and the like are other names
_OTHER = re.compile(r"\b(?:South|North|New|Equatorial|Southern|Northern)\s$")


def augment(raw: Annotated, rng: np.random.Generator, *, corpus: str) -> Annotated:
    """Give a varied copy of ``raw``; spans follow the words they stand for."""
    if rng.random() < (0.35 if corpus == "ledger_gold" else 0.5):
        raw = exchange_parties(raw, rng)
    text = raw.text
    if rng.random() < 0.3:
        text = text.translate(str.maketrans(PLAIN_QUOTES))
    if rng.random() < 0.3:
        text = text.translate(str.maketrans(PLAIN_DASHES))
    headline = raw.sentences is not None and len(raw.sentences) == 1 and corpus != "ledger_gold"
    if headline and rng.random() < 0.25:
        text = "".join(c.upper() if k == 0 or text[k - 1] in " -“‘'\"" else c for k, c in enumerate(text))
    elif rng.random() < (0.06 if headline else 0.02):
        text = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
    if len(text) != len(raw.text):  # a title-cased ligature grew; offsets must not move
        text = raw.text
    return Annotated(raw.id, text, raw.sentences, raw.attributions, raw.events, raw.tags, raw.values)


def exchange_parties(raw: Annotated, rng: np.random.Generator) -> Annotated:
    """Replace every country of the table in the text by another, each by its own, all forms alike."""
    found = [m for m in _NAMES.finditer(raw.text) if not _OTHER.search(raw.text, 0, m.start())]
    if not found:
        return raw
    there = sorted({_FORM[m.group()][0] for m in found})
    new = rng.choice([k for k in range(len(COUNTRIES)) if k not in there], len(there), replace=False)
    mapping = dict(zip(there, new.tolist(), strict=True))
    edits = []
    for m in found:
        country, form = _FORM[m.group()]
        edits.append((m.start(), m.end(), COUNTRIES[mapping[country]][form]))
    return edited(raw, edits)


def edited(raw: Annotated, edits: Sequence[tuple[int, int, str]]) -> Annotated:
    """
    Apply replacements, ascending and apart, to a text and all its spans.

    Offsets: edits index the old text. A span edge inside a replaced word moves to the word's edge.
    """
    parts, at = [], 0
    starts, shifts = [0], [0]
    for start, end, words in edits:
        parts += [raw.text[at:start], words]
        at = end
        starts.append(end)
        shifts.append(shifts[-1] + len(words) - (end - start))
    inside = {k: (s, s + len(w), n) for n, (s, e, w) in enumerate(edits) for k in range(s + 1, e)}

    def moved(offset: int, *, end: bool) -> int:
        if offset in inside:
            new_start, new_end, number = inside[offset]
            return (new_end if end else new_start) + shifts[number]
        return offset + shifts[bisect_right(starts, offset) - 1]

    def span(pair: Sequence[int]) -> list[int]:
        return [moved(pair[0], end=False), moved(pair[1], end=True)]

    text = "".join([*parts, raw.text[at:]])
    return Annotated(
        raw.id, text, _mapped(raw.sentences, span), _rows(raw.attributions, span), _rows(raw.events, span),
        {name: [(*span(t[:2]), t[2]) for t in tags] for name, tags in raw.tags.items()},  # type: ignore[misc]
        [(*span(v[:2]), v[2]) for v in raw.values],  # type: ignore[misc]
    )  # fmt: skip


def _mapped(spans: Any, span: Callable[[Sequence[int]], list[int]]) -> Any:  # JSON
    return None if spans is None else [span(s) for s in spans]


def _rows(rows: list[dict[str, Any]] | None, span: Callable[[Sequence[int]], list[int]]) -> list[dict[str, Any]] | None:
    """Move the spans of attributions or events in the ``ledger_gold`` form."""
    if rows is None:
        return None
    out = []
    for row in rows:
        new = dict(row)
        for key in ("source", "cue", "content", "actors", "recipients", "places", "times"):
            if key in row:
                new[key] = [span(s) for s in row[key]]
        if "trigger" in row:
            new["trigger"] = span(row["trigger"])
            new["quantities"] = [q | {"span": span(q["span"])} for q in row["quantities"]]
        out.append(new)
    return out


def joined(raws: Sequence[Annotated]) -> Annotated:
    """Put texts of one corpus after one another as paragraphs of one text, as a newspaper page has them."""
    if len(raws) == 1:
        return raws[0]
    text = ""
    sentences, attributions, events = [], [], []
    for n, raw in enumerate(raws):
        text += "\n\n" if text else ""
        base = len(text)

        def span(pair: Sequence[int], base: int = base) -> list[int]:
            return [pair[0] + base, pair[1] + base]

        rename = {row["id"]: f"{n}.{row['id']}" for row in [*(raw.attributions or []), *(raw.events or [])]}
        sentences += _mapped(raw.sentences or [], span)
        attributions += [
            a | {"id": rename[a["id"]], "parent": rename.get(a["parent"] or "")}
            for a in _rows(raw.attributions or [], span) or []
        ]
        events += [
            e | {"id": rename[e["id"]], "voice": [rename[v] for v in e["voice"]]}
            for e in _rows(raw.events or [], span) or []
        ]
        text += raw.text
    return Annotated(raws[0].id, text, sentences, attributions, events)


def pages(raws: Sequence[Annotated], rng: np.random.Generator, share: float) -> list[Annotated]:
    """Shuffle texts and join some of the short ones, two to four together; the rest stay alone."""
    out, waiting = [], []
    for k in rng.permutation(len(raws)).tolist():
        raw = raws[k]
        if len(raw.text) < 500 and rng.random() < share:
            waiting.append(raw)
            if len(waiting) >= rng.integers(2, 5):
                out.append(joined(waiting))
                waiting = []
        else:
            out.append(raw)
    return out + waiting
