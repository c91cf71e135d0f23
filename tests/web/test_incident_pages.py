"""Incidents as a list, and one as a matrix with its words, figures, origins and what people decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegedly.errors import UsageError
from allegedly.records.incidents import Incident
from allegedly.render import labels
from allegedly.store.opening import add_ledgers
from allegedly.web.chosen import Chosen, choose
from allegedly.web.incident_view import Asked, incident_page
from allegedly.web.links import incident as link_to
from allegedly.web.matrix import Opened, make_matrix
from allegedly.web.pages.incidents import incidents_page
from allegedly.web.rules import Role
from allegedly.web.site import Site
from tests.stores import fake_ledger
from tests.web.pages import demo_site, send
from tests.web.walks import Page, client_as, dead_links

BAD = "<script>alert(1)</script>\u202e\u200b\x00"


@pytest.fixture
def strike(site: Site) -> Incident:
    """The incident that all three reports of the demo tell of."""
    return max(site.incidents().page(limit=50).incidents, key=lambda item: len(item.documents))


def test_the_list_counts_and_links(site: Site) -> None:
    """The list says how many there are, how many in dispute, and leads to each."""
    site.incidents()
    page = incidents_page(site.store, Chosen())
    assert page.count == page.all == len(page.rows)
    assert page.disputed == sum(row.conflicts > 0 for row in page.rows)
    assert dead_links(client_as(site), "/incidents") == []


def test_the_list_page_by_page(site: Site) -> None:
    """Pages follow each other and end."""
    site.incidents()
    first = incidents_page(site.store, Chosen(), limit=1)
    rest = incidents_page(site.store, Chosen(), limit=100, after=first.after)
    assert (len(first.rows) + len(rest.rows), rest.after) == (first.all, None)


def test_a_choice_that_nothing_fits(site: Site) -> None:
    """Where nothing fits, a way back to all is shown."""
    answer = client_as(site).get("/incidents?first=1990-01-01&last=1990-01-02")
    assert "No incident fits this choice" in answer.text


def test_a_day_that_is_none(site: Site) -> None:
    """A day that is none is refused with what to write."""
    answer = client_as(site).get("/incidents?first=soon")
    assert (answer.status_code, "write days as 2024-05-07" in answer.text) == (400, True)


def test_a_choice_in_an_address() -> None:
    """What is chosen stands in the address, and only that."""
    chosen = choose(first="2024-05-01", country="syr", disputed="1")
    assert chosen.at("/map") == "/map?first=2024-05-01&country=SYR&disputed=1"
    with pytest.raises(UsageError, match="is no day"):
        choose(last="2024-13-01")


@pytest.mark.parametrize("path", ["/incidents", "/conflicts", "/timeline", "/map", "/sources", "/network"])
def test_an_empty_store(tmp_path: Path, path: str) -> None:
    """Without documents each page says so, without a chart of nothing."""
    with demo_site(tmp_path, demo=False) as empty:
        answer = client_as(empty).get(path)
    assert (answer.status_code, 'class="empty"' in answer.text, "data-chart" in answer.text) == (200, True, False)


def test_the_matrix_holds_every_party(strike: Incident) -> None:
    """Each point has a cell for each party, in one order; who says nothing is silent."""
    matrix = make_matrix(strike, Opened())
    assert {len(point.cells) for point in matrix.points} == {len(matrix.parties)}
    names = [party.name.casefold() for party in matrix.parties]
    assert names == sorted(names)
    stances = {cell.stance for point in matrix.points for cell in point.cells}
    assert {"asserts", "denies", "silent"} <= stances
    assert all((cell.link == "") == (cell.stance == "silent") for point in matrix.points for cell in point.cells)


def test_too_many_parties_for_columns(site: Site, strike: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where columns do not suffice, each point lists who speaks to it and counts the silent, and loses no denial."""
    whole = make_matrix(strike, Opened())
    monkeypatch.setattr("allegedly.web.matrix.COLUMNS", 2)
    matrix = make_matrix(strike, Opened())
    assert matrix.wide
    for point, before in zip(matrix.points, whole.points, strict=True):
        assert point.cells == tuple(cell for cell in before.cells if cell.stance != "silent")
        assert len(point.cells) + point.left_out == len(matrix.parties)
    assert dead_links(client_as(site), link_to(strike.id)) == []


def test_a_denial_stands_in_the_row_of_the_accusation(strike: Incident) -> None:
    """Who did it: the line with an assertion holds the denial, and says that it is in dispute."""
    matrix = make_matrix(strike, Opened())
    row = next(point for point in matrix.points if point.name == "who" and point.disputed)
    assert {"asserts", "denies"} <= {cell.stance for cell in row.cells}
    assert row.status == "in dispute"


def test_figures_that_differ(strike: Incident) -> None:
    """Figures stand in their cells with their words, and the point says that they differ."""
    killed = next(point for point in make_matrix(strike, Opened()).points if point.name == "killed")
    assert (killed.status, killed.value) == ("figures differ", "")
    assert '12 or more ("at least 12")' in {figure.label for cell in killed.cells for figure in cell.figures}


def test_every_cell_opens(site: Site, strike: Incident) -> None:
    """The address of a cell opens it: its words, and what others say against them."""
    clusters = site.incidents()
    for point in strike.points:
        for cell in point.cells:
            opened = Opened(point.name, point.key, cell.party)
            page = incident_page(clusters, site.store, strike, wanted=Asked(opened=opened))
            assert page.opened is not None
            assert {key for row in page.opened.claims for key in row.ids} >= set(cell.claims)


def test_the_answer_stands_beside_the_accusation(site: Site, strike: Incident) -> None:
    """Opening an accusation shows who denies it, with the words; opening the denial shows what it answers to."""
    client = client_as(site)
    point = next(item for item in strike.points if item.name == "who" and item.status == "disputed")
    accuser = next(cell for cell in point.cells if cell.stance == "asserts")
    denier = next(cell for cell in point.cells if cell.stance == "denies")
    for cell in (accuser, denier):
        text = client.get(link_to(strike.id, point=point.name, value=point.key, party=cell.party)).text
        assert "carrying out the attack" in Page(text[text.index('id="cell"') :]).words
    assert "In answer to" in text


def test_a_cell_that_is_none(site: Site, strike: Incident) -> None:
    """An address of no cell shows the matrix alone."""
    answer = client_as(site).get(link_to(strike.id, point="who", party="nobody"))
    assert (answer.status_code, 'id="cell"' in answer.text) == (200, False)


def test_what_the_page_of_an_incident_says(site: Site, strike: Incident) -> None:
    """No estimate is assumed, nobody has checked anything, copies count once."""
    words = Page(client_as(site).get(link_to(strike.id)).text).words
    assert "not set; none is assumed" in words
    assert labels.UNCHECKED in words
    assert "nothing found in the reports read" in words
    assert dead_links(client_as(site), link_to(strike.id)) == []


def test_a_best_estimate_names_its_policy(site: Site, strike: Incident) -> None:
    """A single number is given only by a policy, whose name stands beside it."""
    assert "(policy acled)" in client_as(site).get(link_to(strike.id, best="acled")).text
    assert client_as(site).get(link_to(strike.id, best="mine")).status_code == 400


@pytest.mark.parametrize("cut", [8, 12])
def test_a_part_of_an_id_leads_on(site: Site, strike: Incident, cut: int) -> None:
    """The beginning of an id leads to the whole one, with what was asked for."""
    answer = client_as(site).get(f"/incidents/{strike.id[:cut]}?best=ucdp")
    assert (answer.status_code, answer.headers["location"]) == (303, link_to(strike.id, best="ucdp"))


def test_an_id_of_a_claim_leads_on(site: Site, strike: Incident) -> None:
    """An id that an incident had before an earlier report came is that of one of its claims."""
    answer = client_as(site).get(f"/incidents/i{strike.claims[-1][1:]}")
    assert (answer.status_code, answer.headers["location"]) == (303, link_to(strike.id))


def test_no_such_incident(site: Site) -> None:
    """An unknown id is a page that says so."""
    assert client_as(site).get("/incidents/i0000").status_code == 404


def test_an_incident_as_json(site: Site, strike: Incident) -> None:
    """The record is given whole, with the keys of the contract."""
    record = client_as(site).get(f"/incidents/{strike.id}.json").json()
    assert (record["id"], record["date"]["from"], len(record["claims"])) == (
        strike.id,
        "stated",
        len(strike.claims),
    )


def test_an_estimate_of_many_origins_on_request(site: Site, strike: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many reports are compared only when somebody asks, and are known from then on."""
    monkeypatch.setattr("allegedly.web.origin_rows.FEW", 1)
    client = client_as(site)
    assert "Compare them" in client.get(link_to(strike.id)).text
    assert "Compare them" not in client.get(link_to(strike.id, origins=True)).text
    assert "Compare them" not in client.get(link_to(strike.id)).text


def test_hostile_words_stand_as_words(tmp_path: Path) -> None:
    """Names, outlets and texts from outside are shown as text on every page."""
    said = f"Front{BAD} said troops killed 3 people.\nArmy denied troops killed 3 people."
    with demo_site(tmp_path, demo=False) as bad:
        ledger = fake_ledger(said, id=f"x{BAD}/?#", publisher=f"Wire{BAD}", title=BAD, published="2024-05-07")
        add_ledgers(bad.store, [ledger])
        bad.changed()
        client = client_as(bad, "reviewer")
        found = bad.incidents().page(limit=50).incidents
        paths = ["/incidents", "/conflicts", "/timeline", "/map", "/sources", "/network", *map(_path, found)]
        source = next(name for name in Page(client.get("/sources").text).values("a", "href") if "/source?" in name)
        for path in (*paths, source):
            text = client.get(path).text
            assert "<script>alert" not in text
            assert "\u202e" not in text
        assert found


def _path(incident: Incident) -> str:
    return link_to(incident.id)


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("reviewer", 303), ("admin", 303)])
def test_who_may_take_claims_out(site: Site, strike: Incident, role: Role, status: int) -> None:
    """Readers see no forms and may not merge or split."""
    client = client_as(site, role)
    form = {"claim": strike.claims[-1], "note": "another day"}
    assert ("About another event?" in client.get(link_to(strike.id)).text) == (role != "reader")
    assert send(client, f"/incidents/{strike.id}/split", **form).status_code == status


def test_a_split_and_its_end(site: Site, strike: Incident) -> None:
    """Claims taken out are gone from the incident, with who and why; taken back, they are there again."""
    client = client_as(site, "reviewer")
    form = {"claim": strike.claims[-1], "note": "another day"}
    answer = send(client, f"/incidents/{strike.id}/split", **form)
    assert answer.headers["location"] == link_to(f"i{strike.claims[0][1:]}", at="decided")
    assert strike.claims[-1] not in site.incidents().incident(strike.id).claims
    text = client.get(link_to(strike.id)).text
    assert "another day" in text
    assert "Ada" in Page(text[text.index('id="decided"') :]).words
    number = site.incidents().judgements()[-1].number
    assert send(client, f"/incidents/judgements/{number}/undo").status_code == 303
    assert site.incidents().incident(strike.id).claims == strike.claims
    assert "taken back by" in client.get(link_to(strike.id)).text


def test_a_merge(site: Site, strike: Incident) -> None:
    """Two incidents become one; the id of the other leads to it."""
    other = next(item for item in site.incidents().page(limit=50).incidents if item.id != strike.id)
    form = {"other": other.id, "note": "the same"}
    client = client_as(site, "reviewer")
    assert send(client, f"/incidents/{strike.id}/merge", **form).status_code == 303
    merged = site.incidents().incident(strike.id)
    assert set(merged.claims) == {*strike.claims, *other.claims}
    assert client.get(link_to(other.id)).status_code in {200, 303}


@pytest.mark.parametrize(
    ("what", "form", "words"),
    [
        ("merge", {"other": "", "note": "why"}, "no incident to merge with"),
        ("merge", {"other": "i0000", "note": "why"}, "there is no incident"),
        ("merge", {"other": "SELF", "note": "why"}, "one incident already"),
        ("merge", {"other": "SELF", "note": " "}, "needs a reason"),
        ("split", {"claim": "c0000", "note": "why"}, "not of this incident any more"),
        ("split", {"claim": "ALL", "note": "why"}, "takes some claims out and leaves some"),
    ],
)
def test_judgements_that_make_no_sense(
    site: Site, strike: Incident, what: str, form: dict[str, str], words: str
) -> None:
    """What cannot be done is refused with a reason, and nothing is recorded."""
    meant = {"SELF": strike.id, "ALL": " ".join(strike.claims)}
    data = {name: meant.get(value, value) for name, value in form.items()}
    answer = send(client_as(site, "reviewer"), f"/incidents/{strike.id}/{what}", **data)
    assert answer.status_code in {400, 404}
    assert words in Page(answer.text).words
    assert site.incidents().judgements() == ()


def test_only_an_admin_takes_back_what_others_decided(site: Site, strike: Incident) -> None:
    """A reviewer takes back what they decided themselves, an admin everything."""
    form = {"claim": strike.claims[-1], "note": "another day"}
    send(client_as(site, "reviewer"), f"/incidents/{strike.id}/split", **form)
    number = site.incidents().judgements()[-1].number
    path = f"/incidents/judgements/{number}/undo"
    other = client_as(site, "reviewer", name="Ben")
    assert "Take it back" not in other.get(link_to(strike.id)).text
    assert send(other, path).status_code == 403
    assert send(client_as(site, "admin", name="Cy"), path).status_code == 303
    assert send(other, path).status_code == 404
