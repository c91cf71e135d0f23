"""The review room: the queue, judging, fixing, undoing, disputes, history, agreement; and who may do what."""

from __future__ import annotations

import csv
import html
import io
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.document import Document
from allegedly.review.blind import blind
from allegedly.store.opening import add_ledgers
from allegedly.web.fixing import changed_fields, read_span, values_of
from allegedly.web.judging import Queue, plain, queue_of
from allegedly.web.pages.review import page_of
from allegedly.web.passage import claim_marks, context_of, passage_markup
from allegedly.web.site import Site
from tests.fakes import FakeReader
from tests.hostile import HOSTILE
from tests.web.pages import client_of, demo_ledgers, demo_site, links_of, send, token_of

LEDGER = demo_ledgers()[0]
CLAIMS = claims_of(LEDGER)
STRIKE = next(claim for claim in CLAIMS if claim.numbers and claim.voices)
SAID = next(claim for claim in CLAIMS if claim.event is None)


def _judgements(site: Site) -> list[tuple[str, str, str, bool]]:
    with site.view() as view:
        return [(item.row, item.decision, item.queue, item.blind) for item in view.judgements()]


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def test_judged_and_on(site: Site, client: TestClient) -> None:
    """An answer is kept with its order, and leads to the next claim without a script."""
    page = client.get("/review?order=random&blind=1").text
    first = _field(page, "claim")
    answer = send(client, "/review/judge", claim=first, decision="right", queue="random", blind="1",
                  back=_field(page, "back"), note=" so it says ")  # fmt: skip
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?order=random&blind=1")
    assert _judgements(site) == [(first, "accept", "random", True)]
    following = client.get(answer.headers["location"]).text
    assert _field(following, "claim") not in {"", first}
    assert "1 judged by you" in following


@pytest.mark.parametrize(("decision", "kept"), [("right", "accept"), ("wrong", "reject"), ("unsure", "unsure")])
def test_each_answer(site: Site, client: TestClient, decision: str, kept: str) -> None:
    """Each button is a decision; without a queue it is recorded as gone to by oneself."""
    assert send(client, "/review/judge", claim=STRIKE.id, decision=decision).status_code == 303
    assert _judgements(site) == [(STRIKE.id, kept, "", False)]


def test_keys_stand_on_the_buttons(client: TestClient) -> None:
    """What is pressed by a key is there as a button, too."""
    page = client.get("/review").text
    assert {"a", "x", "Space", "f", "s"} <= set(re.findall(r'data-key="([^"]+)"', page))


def test_skipping_goes_on_behind_the_claim(client: TestClient) -> None:
    """A skipped claim stays waiting, and the next one is another."""
    page = client.get("/review").text
    skip = next(path for path in links_of(page) if "after=" in path)
    following = client.get(skip).text
    assert _field(following, "claim") != _field(page, "claim")
    assert re.search(r"\d+ waiting", page)[0] == re.search(r"\d+ waiting", following)[0]  # type: ignore[index]


def test_the_last_is_taken_back(site: Site, client: TestClient) -> None:
    """The key - takes the last judgement back; it stays recorded."""
    send(client, "/review/judge", claim=STRIKE.id, decision="wrong")
    page = client.get("/review").text
    assert 'data-key="-"' in page
    assert send(client, "/review/undo", number=_field(page, "number"), back="/review").status_code == 303
    assert _judgements(site) == []
    with site.view() as view:
        assert [bool(item.undone) for item in view.judgements(undone=True)] == [True]


def test_blind_hides_outlet_and_parties(client: TestClient, site: Site) -> None:
    """Blind, no name of a party, outlet or title of the claim's report is on the page, nor a link to the report."""
    hidden = blind(LEDGER)
    page = page_of(site, "Rana", Queue(blind=True, query="document:northwire"))
    assert page.claim is not None
    assert page.claim.publisher is None
    assert page.claim.score is None
    words = client.get("/review?blind=1&q=document:northwire").text
    shown = words[words.index("<main") : words.index("</main>")]
    assert "Northwire" not in shown
    assert not [name for name in hidden.names if re.search(rf"\b{re.escape(name)}\b", html.unescape(shown))]
    assert "/document?" not in shown


def test_blind_fixing_is_blind(client: TestClient) -> None:
    """The form of a blind review shows no name either."""
    page = client.get(f"/review/claim/{STRIKE.id}?blind=1").text
    shown = html.unescape(page[page.index("<main") : page.index("</main>")])
    assert not [name for name in blind(LEDGER).names if re.search(rf"\b{re.escape(name)}\b", shown)]
    assert 'data-take="' not in page


@pytest.mark.parametrize(("queue", "expected"), [("uncertain", True), ("random", False), ("second", False)])
def test_the_score_does_not_lead(site: Site, queue: str, *, expected: bool) -> None:
    """The score is not shown where a fair or a second opinion is asked for."""
    site.store.judge(STRIKE.id, "accept", who="Omar")
    shown = page_of(site, "Rana", queue_of({"order": queue})).claim
    assert shown is not None
    assert (shown.score is not None) == expected


def test_a_second_opinion_sees_no_first_one(site: Site, client: TestClient) -> None:
    """In the order of second opinions nothing tells what the first reviewer said, not even the form."""
    site.store.judge(STRIKE.id, "change", who="Omar", after={"type": "PROTEST"}, note="OMARS NOTE")
    for path in ("/review?order=second", f"/review/claim/{STRIKE.id}?order=second"):
        page = client.get(path).text
        assert "OMARS NOTE" not in page
        assert "Omar" not in page
        assert '<span class="chip type">PROTEST' not in page


def test_a_fix_keeps_before_and_after(site: Site, client: TestClient) -> None:
    """Changed fields become new values; what is as it was does not."""
    given = values_of(STRIKE, LEDGER) | {"type": "DAMAGE", "modes": "drone", "low": "13"}
    answer = send(client, "/review/judge", claim=STRIKE.id, decision="fix", back="/review/judgements", **given)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/judgements")
    with site.view() as view:
        (kept,) = view.judgements()
    assert kept.after is not None
    assert set(kept.after) == {"type", "modes", "numbers"} - ({"modes"} if STRIKE.modes == ("drone",) else set())
    page = client.get("/review/judgements").text
    assert f"<del><bdi>{STRIKE.type}</bdi></del> <ins><bdi>DAMAGE</bdi></ins>" in page


def test_nothing_changed_is_no_fix(site: Site, client: TestClient) -> None:
    """A form sent as it was is shown again and says so; nothing is kept."""
    answer = send(client, "/review/judge", claim=STRIKE.id, decision="fix", **values_of(STRIKE, LEDGER))
    assert answer.status_code == 400
    assert "nothing is changed" in answer.text
    assert _judgements(site) == []


def test_a_wrong_value_is_shown_again(client: TestClient) -> None:
    """What was typed stays in the form beside what is wrong with it."""
    given = values_of(STRIKE, LEDGER) | {"actors": "the moon men", "type": "DAMAGE"}
    answer = send(client, "/review/judge", claim=STRIKE.id, decision="fix", **given)
    assert answer.status_code == 400
    assert "the text has no &#39;the moon men&#39;" in answer.text
    assert 'value="the moon men"' in answer.text
    assert '<option value="DAMAGE" selected>' in answer.text


def test_a_saying_has_no_fields_of_events(client: TestClient) -> None:
    """A claim without an event is fixed in source, stance and words only."""
    page = client.get(f"/review/claim/{SAID.id}").text
    assert 'name="stance"' in page
    assert 'name="type"' not in page


def test_reviewers_differ_side_by_side(site: Site, client: TestClient) -> None:
    """Two who judge one claim differently are both kept and shown; when they agree it is over."""
    site.store.judge(STRIKE.id, "accept", who="Omar")
    site.store.judge(STRIKE.id, "reject", who="Rana", note="not the army")
    page = client.get("/review/conflicts").text
    assert "1 claims" in page
    assert "Omar" in page
    assert "Rana" in page
    assert "not the army" in page
    site.store.judge(STRIKE.id, "reject", who="Omar")
    assert "0 claims" in client.get("/review/conflicts").text


def test_history_as_a_table(site: Site, client: TestClient) -> None:
    """The table has a row for each judgement, formulas made harmless, and those taken back if asked for."""
    site.store.judge(STRIKE.id, "reject", who="=Rana", note="=1+1")
    gone = site.store.judge(SAID.id, "accept", who="Omar")
    site.store.undo(gone.number, who="Omar")
    rows = list(csv.DictReader(io.StringIO(client.get("/review/judgements?format=csv").text, newline="")))
    assert [(row["who"], row["decision"], row["note"]) for row in rows] == [("'=Rana", "wrong", "'=1+1")]
    both = client.get("/review/judgements?format=csv&undone=1").text
    assert len(list(csv.DictReader(io.StringIO(both, newline="")))) == 2
    assert "Omar" not in client.get("/review/judgements?who=%3DRana").text.split("<ol")[1]


def test_agreement_has_its_units(site: Site, client: TestClient) -> None:
    """Alpha stands beside the number of claims it rests on; undefined is said with its reason."""
    assert "nobody judged the same claims" in client.get("/review/agreement").text
    for claim, other in ((STRIKE, "accept"), (SAID, "reject"), (CLAIMS[1], "accept")):
        site.store.judge(claim.id, "accept", who="Omar")
        site.store.judge(claim.id, other, who="Rana")  # type: ignore[arg-type]  # decisions
    page = client.get("/review/agreement").text
    assert re.search(r"decision</th><td class=\"number\">-?\d\.\d{3}</td><td class=\"number\">3<", page)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"claim": "c0000000000000000000f", "decision": "right"}, 404),
        ({"claim": STRIKE.id, "decision": "maybe"}, 400),
        ({"claim": STRIKE.id}, 400),
        ({"claim": STRIKE.id, "decision": "right", "note": "x" * 2001}, 413),
    ],
)
def test_what_is_no_judgement(site: Site, client: TestClient, form: dict[str, str], status: int) -> None:
    """What cannot be judged is refused, and nothing is kept."""
    assert send(client, "/review/judge", **form).status_code == status
    assert _judgements(site) == []


def test_no_token_no_judgement(site: Site, client: TestClient) -> None:
    """A form that no page of ours made is refused."""
    assert client.post("/review/judge", data={"claim": STRIKE.id, "decision": "right"}).status_code == 403
    assert _judgements(site) == []


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_led_away(client: TestClient, back: str) -> None:
    """After judging one stays on this site."""
    answer = send(client, "/review/judge", claim=STRIKE.id, decision="right", back=back)
    assert answer.headers["location"] == "/review"


@pytest.mark.parametrize("query", ["stance:", '"', "killed>=many"])
def test_a_query_that_is_none(client: TestClient, query: str) -> None:
    """A query that cannot be understood is marked in its field."""
    answer = client.get("/review", params={"q": query})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.text


def test_places_that_are_none(client: TestClient) -> None:
    """An address that leads nowhere in the queue says so."""
    assert client.get("/review?after=nowhere").status_code == 400


def test_nothing_to_review(tmp_path: Path) -> None:
    """An empty store has an empty queue, and all pages of the room stand."""
    with demo_site(tmp_path, demo=False) as site:
        client = client_of(site)
        assert "Nothing waits in this order" in client.get("/review").text
        for path in ("conflicts", "judgements", "agreement"):
            assert client.get(f"/review/{path}").status_code == 200


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_reports(tmp_path: Path, name: str) -> None:
    """Whatever a report holds is shown as text, judged and fixed."""
    text = f"<script>x</script> said Orr killed 3 rebels. {HOSTILE[name][:300]}".replace("\ud83d", "")
    ledger = FakeReader().read(Document(text, id='"><b>'))
    with demo_site(tmp_path, demo=False) as site:
        add_ledgers(site.store, [ledger])
        client = client_of(site)
        for claim in claims_of(ledger):
            for path in (f"/review/claim/{claim.id}", f"/review/claim/{claim.id}?blind=1"):
                answer = client.get(path)
                assert answer.status_code == 200
                assert "<script>x" not in answer.text
                assert "\x00" not in answer.text
        assert client.get("/review").status_code == 200


def test_links_of_the_room_lead_somewhere(site: Site, client: TestClient) -> None:
    """All links within the room are answered."""
    site.store.judge(STRIKE.id, "accept", who="Omar")
    site.store.judge(STRIKE.id, "reject", who="Rana")
    seen = {"/review", "/review/conflicts", "/review/judgements", "/review/agreement", f"/review/claim/{STRIKE.id}"}
    wanted = {path for page in seen for path in links_of(client.get(page).text)}
    forms = {"/review/judge", "/review/undo"}
    paths = [path for path in wanted - forms if path.startswith(("/review", "/static", "/document"))]
    assert {client.get(path).status_code for path in paths} == {200}


def test_judging_is_quick(client: TestClient) -> None:
    """Keeping an answer and showing the next claim takes less than a person notices."""
    token, page = token_of(client), client.get("/review").text
    times = []
    for _ in range(5):
        form = {"csrf": token, "claim": _field(page, "claim"), "decision": "right", "queue": "uncertain"}
        begin = time.perf_counter()
        assert client.post("/review/judge", data=form).status_code == 303
        page = client.get("/review").text
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.2


# the passage and the form, by themselves


def _marked(claim: Claim) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for mark in claim_marks(LEDGER, claim):
        found.setdefault(mark.kind, []).append(LEDGER.words(mark.span))
    return found


def test_marks_of_a_claim() -> None:
    """All parts of the first claim of the demo are marked by their words."""
    found = _marked(STRIKE)
    assert found["content"] == [STRIKE.quote]
    assert found["number"] == ["at least 12"]
    assert found["cue"] == ["said"]
    assert found["place"] == ["Karveli"]


def test_marks_follow_corrections() -> None:
    """Words that people set are marked instead of those read; the narrator has no source."""
    moved = replace(STRIKE, actors=(), voices=(), recipients=STRIKE.recipients[:1])
    found = _marked(moved)
    assert "actor" not in found
    assert "source" not in found
    assert "content" not in found
    assert len(found["recipient"]) == 1


def test_the_passage_holds_the_text_and_no_more() -> None:
    """Without its elements the passage is the text, character by character."""
    for claim in CLAIMS:
        first, last = context_of(LEDGER, claim.passage)
        words = html.unescape(re.sub(r"<[^>]+>", "", str(passage_markup(LEDGER, claim))))
        assert words == LEDGER.document.text[first:last]


def test_offsets_in_the_passage_are_those_of_the_text() -> None:
    """Each piece says where it begins in the text."""
    for at, words in re.findall(r'data-at="(\d+)">([^<]*)<', str(passage_markup(LEDGER, STRIKE))):
        plain_words = html.unescape(words)
        assert LEDGER.document.text[int(at) : int(at) + len(plain_words)] == plain_words


def test_unchanged_forms_change_nothing() -> None:
    """For every claim of the demo, the form as it is shown holds no change."""
    for ledger in demo_ledgers():
        for claim in claims_of(ledger):
            assert changed_fields(values_of(claim, ledger), claim, ledger) == {}


@pytest.mark.parametrize("words", ["", ":", "3", "9:3", "3:3", "-1:4", "3:4:5", "٣:٩", "3:99"])
def test_what_is_no_span(words: str) -> None:
    """Offsets are two numbers, in order, inside the text."""
    assert read_span(words, 50) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"measure": "killed", "words": "over 12", "low": 13, "best": None, "high": None}, "killed: over 12 (low 13)"),
        ({"earliest": "2024-05-07", "latest": "2024-05-07"}, "2024-05-07"),
        ({"earliest": "2024-05-07", "latest": None}, "2024-05-07 …"),
        ([{"words": "the army", "name": "Army"}, {"words": None, "name": None}], "the army = Army; (not named)"),
        (0.5, "0.5"),
    ],
)  # fmt: skip
def test_values_in_words(value: object, expected: str) -> None:
    """Values of rows are written for people by their words."""
    assert plain(value).strip() == expected
