"""
Words made comparable: stems, number words, letter pairs, and vectors weighted by how telling a word is.

Deliberately simple and without a model: the same word gives the same stem
everywhere, so that pairs can be compared by the hundred thousand and a score
can be explained. English endings only; words of other languages stay whole.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

RESOURCES: Final = Path(__file__).parent.parent / "resources" / "incidents"
Vector = Mapping[str, float]

_WORD: Final = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_STOP: Final = frozenset(
    """a an the this that these those and or but nor so if as of at by for from in into on onto to with without over
    under after before during between among against about above below up down out off again further then once here there
    when where why how all any both each few more most other some such no not only own same than too very can will just
    should now i me my we our us you your he him his she her it its they them their who whom which what is am are was
    were be been being have has had having do does did doing would could may might must shall also said say says
    saying mr mrs ms one's 's s t one per via amid
    """.split()
)
_IRREGULAR: Final = {
    word: stem
    for line in """
    kill killing killer dead=die died=die dies=die dying=die death=die deaths=die deadly=die
    shot=shoot shots=shoot shooting=shoot shooter=shoot struck=strike strikes=strike striking=strike
    hit hits=hit hitting=hit held=hold led=lead left=leave fled=flee fought=fight fighting=fight fired=fire
    took=take taken=take gave=give given=give went=go gone=go came=come made=make found=find lost=lose loss=lose
    won=win winner=win bought=buy sold=sell sale=sell sank=sink sunk=sink broke=break broken=break blew=blow blown=blow
    fell=fall fallen=fall rose=rise risen=rise began=begin begun=begin got=get brought=bring caught=catch taught=teach
    thought=think told=tell heard=hear seen=see saw=see knew=know known=know met=meet meeting=meet paid=pay sent=send
    spent=spend spoke=speak spoken=speak stole=steal stolen=steal stood=stand threw=throw thrown=throw wore=wear
    written=write wrote=write chose=choose chosen=choose drove=drive driven=drive burned=burn burnt=burn
    shook=shake shaken=shake swept=sweep torn=tear tore=tear beaten=beat bombing=bomb bomber=bomb
    suing=sue sued=sue lawsuit=sue injury=injure injuries=injure wounded=wound casualty=casualty casualties=casualty
    explosion=explode explosions=explode explosive=explode destruction=destroy seizure=seize departure=depart
    arrival=arrive arrived=arrive capture=capture refusal=refuse denial=deny denied=deny denies=deny
    acquisition=acquire acquisitions=acquire replacement=replace announcement=announce statement=state
    men=man women=woman children=child people=person feet=foot lives=life wives=wife
    """.split("\n")
    for item in line.split()
    for word, _, stem in [item.partition("=")]
    if stem
}
_ENDINGS: Final = (
    ("ations", "at"), ("ation", "at"), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""), ("ities", "ity"),
    ("ies", "y"), ("ied", "y"), ("ions", ""), ("ion", ""), ("sses", "ss"), ("ers", "er"), ("ed", ""), ("ly", ""),
    ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST: Final = 3
NUMBERS: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


def split_words(text: str) -> list[str]:
    """
    Give the words of a text in small letters.

    Example:
        >>> split_words("The U.S. didn’t say.")
        ['the', 'u.s', "didn't", 'say']
    """
    return [match.replace("’", "'") for match in _WORD.findall(text.lower())]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """
    Cut an English ending off, and give irregular forms their verb.

    Args:
        word: One word in small letters.

    Example:
        >>> stem("killings"), stem("struck"), stem("villages"), stem("fire"), stem("fired")
        ('kill', 'strik', 'villag', 'fir', 'fir')
    """
    word = word.removesuffix("'s").removesuffix("'")
    if found := _IRREGULAR.get(word):
        word = found
    for ending, put in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(put) >= _SHORTEST and not word.endswith("ss"):
            word = word[: -len(ending)] + put
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]  # "hitting", "stopped"
    return word


@lru_cache(maxsize=50_000)
def telling_stems(text: str) -> tuple[str, ...]:
    """Give the stems of a text without the words that say nothing, in order."""
    return tuple(stem(word) for word in split_words(text) if word not in _STOP)


@lru_cache(maxsize=50_000)
def letter_pairs(word: str) -> frozenset[str]:
    """
    Give the pairs of neighbouring letters of a word, its edges included.

    Example:
        >>> sorted(letter_pairs("war"))
        ['^w', 'ar', 'r$', 'wa']
    """
    framed = f"^{word}$"
    return frozenset(framed[k : k + 2] for k in range(len(framed) - 1))


@lru_cache(maxsize=10_000)
def named_stems(text: str) -> tuple[str, ...]:
    """
    Give the stems of names and the numbers of a text: capitals that do not begin a sentence, and figures.

    Example:
        >>> named_stems("Rebels left Port Azel. Troops of Orr saw 40.")
        ('port', 'azel', 'orr', '40')
    """
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        begins = re.search(r"(?:^|[.!?:\n\r]|[“\"«(]|``)\s*$", text[max(0, match.start() - 4) : match.start()])
        if word[0].isdecimal() or (word[0].isupper() and not begins and word.lower() not in _STOP):
            found.append(stem(word.lower().replace("’", "'")))
    return tuple(found)


def number_words(text: str) -> frozenset[int]:
    """
    Give the numbers of a text below ten thousand that are no years.

    Example:
        >>> sorted(number_words("Twelve of 40 died in 2014"))
        [12, 40]
    """
    found = set()
    for word in split_words(text):
        value = int(word) if word.isdecimal() and len(word) <= 4 else NUMBERS.get(word)
        if value is not None and not 1900 <= value <= 2100:
            found.add(value)
    return frozenset(found)


@cache
def _counts() -> tuple[int, dict[str, int]]:
    """Load in how many documents each stem stands; made by ``python -m training.incidents``."""
    data = json.loads((RESOURCES / "stems.json").read_text("utf-8"))
    return data["documents"], data["counts"]


def forget_counts() -> None:
    """Forget the table, as when it has just been made anew."""
    _counts.cache_clear()
    telling.cache_clear()


@lru_cache(maxsize=100_000)
def telling(word: str) -> float:
    """
    Say how telling a stem is: 1 for one never seen, near 0 for one that stands in every report.

    The table is fixed, so that a new document never changes what was compared before.
    """
    documents, counts = _counts()
    return math.log((documents + 1) / (counts.get(word, 0) + 0.5)) / math.log(2 * (documents + 1))


def make_vector(stems: Iterable[str]) -> dict[str, float]:
    """Weigh stems by how telling they are and how often they stand; length 1, empty for nothing."""
    counts: dict[str, int] = {}
    for word in stems:
        counts[word] = counts.get(word, 0) + 1
    weights = {word: (1 + math.log(count)) * telling(word) for word, count in counts.items()}
    size = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / size for word, weight in weights.items()} if size else {}


def cosine(left: Vector, right: Vector) -> float:
    """Give the cosine of two vectors of length 1; 0 where one is empty."""
    if len(right) < len(left):
        left, right = right, left
    return sum(weight * right[word] for word, weight in left.items() if word in right)
