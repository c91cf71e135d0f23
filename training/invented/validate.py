"""
Check the compiled invented reports and show their balance: ``python -m training.invented.validate``.

Every span must be inside its text and no wider than a sentence, every
reference must resolve, each event's voice must be exactly the attributions
whose content holds its trigger. ``--table`` prints the balance of parties over
roles as the Markdown table that ``docs/training.md`` holds.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.invented.compile import FACTUALITIES, MEASURES, MODES, QUALIFIERS, STANCES, STYLES, TYPES

FOLDER = Path(__file__).parent
# party -> words that name it: states by name, adjective and capital, armed groups by their names
PARTIES = {
    "Russia": "Russia|Russian|Russians|Moscow|Kremlin|Putin|Lavrov|FSB",
    "Ukraine": "Ukraine|Ukrainian|Ukrainians|Kyiv|Zelensky|SBU",
    "Israel": "Israel|Israeli|IDF|Netanyahu",
    "Hamas and Palestinian groups": "Hamas|Islamic Jihad|Palestinian|Qassam",
    "Hezbollah and Lebanon": "Hezbollah|Lebanon|Lebanese|Beirut",
    "Iran": "Iran|Iranian|Tehran|IRGC",
    "Houthis": "Houthi|Houthis|Sanaa",
    "Syria": "Syria|Syrian|Damascus|SDF",
    "Sudan: army": "SAF|Sudanese army|Burhan|Sudan's army",
    "Sudan: RSF": "RSF|Rapid Support Forces|Hemedti",
    "DR Congo": "Congo|Congolese|Kinshasa|FARDC",
    "M23 and Rwanda": "M23|Rwanda|Rwandan|Kigali",
    "Ethiopia": "Ethiopia|Ethiopian|Fano|Tigray|TPLF",
    "Sahel juntas": "Mali|Malian|Bamako|Burkina|Burkinabe|Niger|Nigerien",
    "JNIM and other Sahel groups": "JNIM|CSP|ISGS|FLA",
    "Somalia and al-Shabab": "Somali|Somalia|Mogadishu|al-Shabab|Shabab",
    "Myanmar: army": "Myanmar army|junta|Naypyitaw|Tatmadaw|Myanmar's military",
    "Myanmar: resistance": "Arakan Army|KIA|KNU|PDF|NUG|TNLA|MNDAA",
    "India": "India|Indian|New Delhi",
    "Pakistan": "Pakistan|Pakistani|Islamabad|Rawalpindi",
    "Afghanistan and Taliban": "Afghan|Afghanistan|Kabul|Taliban",
    "Armenia": "Armenia|Armenian|Yerevan",
    "Azerbaijan": "Azerbaijan|Azerbaijani|Baku",
    "China": "China|Chinese|Beijing|PLA",
    "Taiwan and Philippines": "Taiwan|Taiwanese|Taipei|Philippine|Philippines|Manila",
    "Koreas": "Korea|Korean|Pyongyang|Seoul",
    "Colombia, ELN, dissidents": "Colombia|Colombian|Bogota|ELN|FARC",
    "United States": "US|U.S.|United States|American|Washington|Pentagon|White House",
}  # fmt: skip
_PATTERNS = {party: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for party, words in PARTIES.items()}
COLUMNS = ("source", "accuses", "denies", "attacks", "is attacked", "withdraws or concedes", "other acts")


def documents() -> Iterator[dict[str, Any]]:
    """Read all compiled files."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def problems_of(d: dict[str, Any]) -> Iterator[str]:
    """Name everything that is wrong with one document."""
    size = len(d["text"])
    ids = {a["id"] for a in d["attributions"]}
    spans = [
        *d["sentences"],
        *(s for a in d["attributions"] for role in ("source", "cue", "content") for s in a[role]),
        *(e["trigger"] for e in d["events"]),
        *(s for e in d["events"] for role in ("actors", "recipients", "places", "times") for s in e[role]),
        *(q["span"] for e in d["events"] for q in e["quantities"]),
    ]
    for s, e in spans:
        if not 0 <= s < e <= size or d["text"][s:e] != d["text"][s:e].strip():
            yield f"span [{s}, {e}) is outside the text or has blanks at its edges"
        elif not any(a <= s and e <= z for a, z in d["sentences"]):
            yield f"span [{s}, {e}) crosses a sentence"
    for a in d["attributions"]:
        if a["stance"] not in STANCES or (a["parent"] is not None and a["parent"] not in ids):
            yield f"{a['id']}: unknown stance or parent"
    for e in d["events"]:
        first, last = e["trigger"]
        inside = {a["id"] for a in d["attributions"] if any(s <= first and last <= z for s, z in a["content"])}
        if set(e["voice"]) != inside:
            yield f"{e['id']}: voice {e['voice']} but the trigger stands in {sorted(inside)}"
        if e["type"] not in TYPES or e["factuality"] not in FACTUALITIES or not set(e["modes"]) <= set(MODES):
            yield f"{e['id']}: unknown type, factuality or mode"
        for q in e["quantities"]:
            if q["measure"] not in MEASURES or q["qualifier"] not in QUALIFIERS:
                yield f"{e['id']}: unknown measure or qualifier"
    if d["style"] not in STYLES:
        yield f"unknown style {d['style']!r}"


def balance(texts: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Count how often each party stands in each role."""
    out = {party: Counter[str]() for party in PARTIES}

    def count(d: dict[str, Any], spans: list[list[int]], column: str) -> None:
        words = " | ".join(d["text"][s:e] for s, e in spans)
        for party, pattern in _PATTERNS.items():
            out[party][column] += bool(pattern.search(words))

    for d in texts:
        for a in d["attributions"]:
            count(d, a["source"], "source")
            if a["stance"] in ("accuse", "deny"):
                count(d, a["source"], "accuses" if a["stance"] == "accuse" else "denies")
        for e in d["events"]:
            if e["type"] == "ASSAULT":
                count(d, e["actors"], "attacks")
                count(d, e["recipients"], "is attacked")
            else:
                count(d, e["actors"], "withdraws or concedes" if e["type"] in ("RETREAT", "CONCEDE") else "other acts")
    return out


def table(texts: list[dict[str, Any]]) -> str:
    """Give the balance as a Markdown table."""
    lines = ["| party | " + " | ".join(COLUMNS) + " |", "|---|" + "--:|" * len(COLUMNS)]
    for party, counts in balance(texts).items():
        lines.append(f"| {party} | " + " | ".join(str(counts[c]) for c in COLUMNS) + " |")
    return "\n".join(lines)


def main() -> int:
    """Check all files, or print the balance."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", action="store_true")
    arguments = parser.parse_args()
    texts = list(documents())
    if arguments.table:
        sys.stdout.write(table(texts) + "\n")
        return 0
    problems = [f"{d['id']}: {problem}" for d in texts for problem in problems_of(d)]
    if len({d["id"] for d in texts}) < len(texts):
        problems.append("two documents share an id")
    sentences = sum(len(d["sentences"]) for d in texts)
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    sys.stdout.write(f"{len(texts)} documents, {sentences} sentences, {len(problems)} problems\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
