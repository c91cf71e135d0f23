"""Names: readers of both formats, types, regions, and the trivial baseline, on invented input."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.metrics.mentions import TypedSpan
from bench.corpora import Corpus
from bench.readers import worldwide
from bench.readers.flat_names import AlignmentError, NamedText, align, parse_iob2, tagged_runs
from bench.readers.worldwide import draw_sample, join_tokens, parse_regions, parse_tokens, region_of
from bench.rivals import capitals
from bench.tasks import names
from bench.tasks.names import UNER_TYPES, WORLDWIDE_TYPES, run_worldwide, score_texts

IOB2 = """\
# newdoc id = n1
# sent_id = n1-1
# text = Orr can't leave Karveli.
1\tOrr\tB-PER\t-\tx
2\tca\tO\t-\tx
3\tn't\tO\t-\tx
4\tleave\tO\t-\tx
5\tKarveli\tB-LOC\t-\tx
6\t.\tO\t-\tx

# sent_id = n1-2
# text = The Veldra Post agreed.
1\tThe\tO\t-\tx
2\tVeldra\tB-ORG\t-\tx
3\tPost\tI-ORG\t-\tx
4\tagreed\tO\t-\tx
5\t.\tO\t-\tx

# newdoc id = w1
# sent_id = w1-1
# text = Rain 🔥 fell.
1\tRain\tB-OTH\t-\tx
2\t🔥\tO\t-\tx
3\tfell\tO\t-\tx
4\t.\tO\t-\tx"""

TOKENS = """\
https://example.org/a,b\tO

Northwire\tB-Organization\tB-Location
News\tI-Organization
,\tO
7\tB-Date
May\tI-Date

Orr\tS-Person
of    B-Location
Karveli\tE-Location
’\tO
s\tO
Veldran\tB-NORP
aide\tO
.\tO
"""


def words(document: NamedText) -> list[tuple[str, str]]:
    """Give the names of a document as words and types."""
    return [(document.text[name.start : name.end], name.type) for name in document.names]


def test_sentences_of_a_document_are_joined() -> None:
    """Names keep their places in the joined text; types that are not scored are dropped; the last document counts."""
    first, second = parse_iob2(IOB2.split("\n"))
    assert first.text == "Orr can't leave Karveli. The Veldra Post agreed."
    assert words(first) == [("Orr", "PER"), ("Karveli", "LOC"), ("Veldra Post", "ORG")]
    assert (second.id, second.text, second.names) == ("w1", "Rain 🔥 fell.", [])


def test_lines_with_line_breaks_are_read_alike() -> None:
    """Lines as a file gives them lead to the same documents."""
    assert list(parse_iob2(io.StringIO(IOB2 + "\n\n"))) == list(parse_iob2(IOB2.split("\n")))


@pytest.mark.parametrize("tokens", [["Orr", "right"], ["left"], ["Orr", "left", "left"]])
def test_tokens_that_do_not_follow_are_an_error(tokens: list[str]) -> None:
    """A token that is not in the text, or leaves words out, is never guessed."""
    with pytest.raises(AlignmentError, match="does not follow"):
        align("Orr left.", tokens)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([], []),
        (["O", "O"], []),
        (["B-PER", "B-PER"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["B-PER", "I-ORG"], [(0, 1, "PER"), (1, 2, "ORG")]),
        (["I-PER", "I-PER", "O"], [(0, 2, "PER")]),
        (["B-LOC", "I-LOC", "E-LOC", "S-LOC"], [(0, 3, "LOC"), (3, 4, "LOC")]),
    ],
)
def test_runs_of_tags(tags: list[str], expected: list[tuple[int, int, str]]) -> None:
    """BIO and BIOES tags, careless ones included, become runs."""
    assert list(tagged_runs(tags)) == expected


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ("Orr left , he said .", "Orr left, he said."),
        ("“ We left , ” Orr ’ s aide said .", "“We left,” Orr’s aide said."),
        ('" We left , " Orr said to " them " .', '"We left," Orr said to "them".'),
        ('it will go on , " she said', 'it will go on," she said'),
        ('he said . "', 'he said."'),
        ('Orr said , " We left . "', 'Orr said, "We left."'),
        ('Orr said , " We left', 'Orr said, "We left'),
        ("Al - Masri ( 54 ) paid $ 12 .", "Al-Masri (54) paid $12."),
        ("rain - heavy and / or warm", "rain-heavy and/or warm"),
        ("It did n't , it 's 4:00 p.m. now", "It didn't, it's 4:00 p.m. now"),
        ("- 5 degrees", "- 5 degrees"),
        ("", ""),
    ],
)
def test_tokens_are_written_as_running_text(tokens: str, expected: str) -> None:
    """Blanks stand where a newspaper has them."""
    parts = tokens.replace("4:00 p.m.", "4:00_p.m.").split()
    assert join_tokens([part.replace("4:00_p.m.", "4:00 p.m.") for part in parts])[0] == expected


@given(st.lists(st.text(min_size=1, max_size=5), max_size=12))
def test_every_token_keeps_its_place(tokens: list[str]) -> None:
    """Whatever the tokens are, their spans give them back, in order."""
    text, spans = join_tokens(tokens)
    assert [text[start:end] for start, end in spans] == tokens


def test_an_article_is_put_together() -> None:
    """The address is dropped, outer types count, dates are no names, blanks in place of tabs are read."""
    document = parse_tokens("af_1.tsv", TOKENS, "Africa")
    assert document.text == "Northwire News, 7 May Orr of Karveli’s Veldran aide."
    assert words(document) == [
        ("Northwire News", "ORG"), ("Orr", "PER"), ("of Karveli", "LOC"), ("Veldran", "MISC"),
    ]  # fmt: skip


def test_files_belong_to_the_region_of_their_longest_prefix() -> None:
    """One prefix may begin another."""
    regions = parse_regions("# file prefixes for each region\n\nAfrica:\naf_\n\nAsia:\naf_x\npk_article\n")
    assert [region_of(name, regions) for name in ("af_1", "af_x1", "zz_1")] == ["Africa", "Asia", "unknown"]


def test_the_sample_is_fixed_and_even() -> None:
    """As many articles of each region, the same ones in whatever order they are listed; small regions give all."""
    region = {f"{kind}{number}": kind for kind, size in (("a", 9), ("b", 2)) for number in range(size)}
    drawn = draw_sample(region, size=3)
    assert [name[0] for name in drawn] == ["a", "a", "a", "b", "b"]
    assert drawn == draw_sample(dict(reversed(region.items())), size=3)


def test_the_archive_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles come out of the archive with their region."""
    file = tmp_path / "w.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        for name, text in (("regions.txt", "Africa:\naf_\n"), ("processed_annotated/af_1.txt.tsv", TOKENS)):
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    monkeypatch.setattr(Corpus, "verify", lambda _: file)
    for full in (False, True):
        (document,) = worldwide.read_worldwide(full=full)
        assert (document.group, len(document.names)) == ("Africa", 4)


@pytest.mark.parametrize(
    ("types", "kind", "expected"),
    [
        (UNER_TYPES, "MIL", "ORG"),
        (UNER_TYPES, "FAC", "LOC"),
        (UNER_TYPES, "NORP", None),
        (UNER_TYPES, "EVENT", None),
        (WORLDWIDE_TYPES, "NORP", "MISC"),
        (WORLDWIDE_TYPES, "GPE", "LOC"),
    ],
)
def test_types_are_those_of_each_gold(types: dict[str, str], kind: str, expected: str | None) -> None:
    """A nationality is a name in one gold and none in the other."""
    assert types.get(kind) == expected


def test_the_worst_region_and_its_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Regions are scored apart: 100, 100 and 40 have the mean 80, and the worst is 40 away from it."""
    texts = [NamedText(kind, "Orr left Karveli", [TypedSpan(0, 3, "PER")], kind) for kind in "abc"]
    texts[2].text += "!"
    many = [TypedSpan(0, 3, "PER"), *(TypedSpan(4, 5 + k, "GPE") for k in range(3))]
    monkeypatch.setattr(names, "read_worldwide", lambda **_: texts)
    result = run_worldwide(lambda text: many if text.endswith("!") else many[:1])["names, Worldwide"]
    assert result.figures == pytest.approx(
        {"name": 2 / 3 * 100, "three types": 2 / 3 * 100, "worst region": 40.0, "evenness": 60.0}
    )
    assert result.details["c"] == pytest.approx(40.0)
    assert result.spreads(rounds=50)["evenness"][1] == 100.0


def test_unmapped_types_cost_nothing() -> None:
    """What a gold does not mark is not held against a system."""
    text = NamedText("n", "Orr left", [TypedSpan(0, 3, "PER")])
    (scores,) = score_texts([text], lambda _: [TypedSpan(0, 3, "PER"), TypedSpan(4, 8, "NORP")], UNER_TYPES)
    assert scores["name"].f1 == 100.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Idris Taal said so.", [("Idris Taal", "PER")]),
        ("The fire in Karveli grew.", [("Karveli", "GPE")]),
        ("Yesterday the Health Ministry's aide spoke.", [("Yesterday", "GPE"), ("Health Ministry", "ORG")]),
        ("He met Gen. Orr. They left.", [("Gen. Orr", "PER")]),
        ("", []),
        ("🔥 مرحبا", []),
    ],
)
def test_the_baseline_takes_runs_of_capitals(text: str, expected: list[tuple[str, str]]) -> None:
    """Runs of capitals, openers and possessive signs left out."""
    assert [(text[name.start : name.end], name.type) for name in capitals.find_names(text)] == expected
