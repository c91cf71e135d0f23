"""The way of a new user in a real browser: paste, look, follow, review by keyboard, undo, export; and what axe says."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from allegedly.demo import demo_documents
from allegedly.web.app import behind_door
from allegedly.web.site import Site
from tests.web.browsing import axe_source, chromium, looking, serving
from tests.web.pages import demo_site

pytestmark = pytest.mark.browser

HOSTILE = (
    "KARVELI (Northwire) - <script>window.hit = 1</script> \"><img src=x onerror='window.hit=1'> the army said rebels "
    "killed 3 people \u202eevil\u202c and a\u200bb \U0001f525 left.\r\nالجيش said “{{ 7 * 7 }}”."
)
PAGES = (
    "/", "/read", "/documents", "/document?id=northwire", "/find?q=killed", "/incidents", "/conflicts", "/timeline",
    "/map", "/sources", "/source?name=Idris+Taal", "/network", "/review", "/review/conflicts", "/review/judgements",
    "/review/agreement", "/quality", "/export", "/alerts", "/api", "/nowhere",
)  # fmt: skip
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the demo's ledgers; the tests that share it add nothing to it that another would mind."""
    with demo_site(tmp_path_factory.mktemp("walk")) as made:
        made.incidents()
        yield made


@pytest.fixture(scope="module")
def base(site: Site) -> Iterator[str]:
    """Where it is served."""
    with serving(behind_door(site)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The browser."""
    with chromium() as made:
        yield made


@pytest.mark.weights
def test_the_first_hour(browser: Any, tmp_path: Path, real_reader: Any) -> None:
    """Paste the demo's reports, open the incident, follow a cell to its quote, review ten claims, undo, export."""
    with (
        demo_site(tmp_path, load=lambda: real_reader, demo=False) as site,
        serving(behind_door(site)) as base,
        looking(browser) as page,
    ):
        _paste(page, base)
        _look_at_the_incident(page, base)
        _review(page, base)
        _export(page, base)
        assert page.complaints == []


def _paste(page: Any, base: str) -> None:
    page.goto(base)
    for document in demo_documents():
        page.goto(f"{base}/read")
        page.fill("textarea[name=text]", document.text)
        page.locator("summary", has_text="What is known").click()
        page.fill("input[name=publisher]", document.publisher or "")
        page.fill("input[name=published]", document.published or "")
        page.get_by_role("button", name="Read", exact=True).click()
        page.wait_for_url("**/document?**")
        assert page.locator(".text").inner_text().split()[:3] == document.text.split()[:3]


def _look_at_the_incident(page: Any, base: str) -> None:
    page.goto(f"{base}/incidents?disputed=1")
    page.locator("tbody a").first.click()
    denials = page.locator("td a", has_text="denies")
    assert denials.count() > 0
    denials.first.click()
    quoted = page.locator("#cell .quote, .cell-words .quote, [aria-current=true] ~ .quote").first
    quoted = quoted if quoted.count() else page.locator("main .quote").first
    words = quoted.inner_text().strip("“”")
    page.locator("a[href*='/document?']").first.click()
    page.wait_for_url("**/document?**")
    assert words.split()[0] in page.locator(".text").inner_text()


def _review(page: Any, base: str) -> None:
    page.goto(f"{base}/review?order=uncertain&q=-voice:own")
    before = _counts(page)
    for key in "aaaaxaa aa":
        claim = page.locator("form.verdicts input[name=claim]").get_attribute("value")
        page.keyboard.press("Space" if key == " " else key)
        page.wait_for_function(
            "claim => document.querySelector('form.verdicts input[name=claim]')?.value !== claim", arg=claim
        )
    assert _counts(page) == (before[0] + 10, before[1] - 10)
    page.keyboard.press("-")
    page.wait_for_function(
        "words => document.querySelector('.progress').textContent.includes(words)", arg=f"{before[0] + 9} judged"
    )
    page.keyboard.press("f")
    page.wait_for_url("**/review/claim/**")
    page.locator("select[name=stance]").select_option("condemn")
    page.locator("button[value=fix], button[value=change]").first.click()
    page.wait_for_url(re.compile(r"/review(\?.*)?$"))
    page.goto(f"{base}/review/judgements")
    assert "fixed" in page.locator("ol.list").inner_text()


def _counts(page: Any) -> tuple[int, int]:
    done, waiting = re.findall(r"\d+", page.locator(".progress").inner_text())[:2]
    return int(done), int(waiting)


def _export(page: Any, base: str) -> None:
    page.goto(f"{base}/export?only=accepted")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download")).click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert {row["review_state"] for row in rows} == {"accepted", "changed"}
    assert len(rows) >= 7


@pytest.mark.parametrize("context", [{}, {"java_script_enabled": False}], ids=["script", "no script"])
def test_every_page_opens(browser: Any, site: Site, base: str, context: dict[str, bool]) -> None:
    """With and without JavaScript each page shows its heading, and the browser complains of nothing."""
    incident = site.incidents().page(limit=1).incidents[0]
    with looking(browser, **context) as page:
        for path in (*PAGES, f"/incidents/{incident.id}"):
            answer = page.goto(base + path)
            assert answer.status == (404 if path == "/nowhere" else 200), path
            assert page.locator("h1").count() == 1, path
        assert [words for words in page.complaints if "404" not in words] == []


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"])
def test_accessibility(browser: Any, site: Site, base: str, look: dict[str, str]) -> None:
    """axe-core finds nothing serious on any page, in either theme."""
    source = axe_source()
    if source is None and os.environ.get("CI") != "true":
        pytest.skip("no axe-core: AXE_CORE names no file (`.ci/run` takes it from npm)")
    assert source is not None, "no axe-core, although `.ci/run` installs it"
    incident = max(site.incidents().page(limit=50).incidents, key=lambda item: len(item.claims))
    found = {}
    with looking(browser, **look) as page:
        for path in (*PAGES, f"/incidents/{incident.id}"):
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            page.evaluate(source)
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            serious = [
                (item["id"], item["nodes"][0]["target"]) for item in result["violations"] if item["impact"] in SERIOUS
            ]
            if serious:
                found[path] = serious
    assert found == {}


def test_a_narrow_screen(browser: Any, site: Site, base: str) -> None:
    """At 400 pixels no page is wider than the screen."""
    incident = max(site.incidents().page(limit=50).incidents, key=lambda item: len(item.claims))
    with looking(browser, viewport={"width": 400, "height": 800}) as page:
        wide = {}
        for path in (*PAGES, f"/incidents/{incident.id}"):
            page.goto(base + path)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 400:
                wide[path] = width
    assert wide == {}


def test_nothing_moves(browser: Any, site: Site, base: str) -> None:
    """Charts and late scripts shift nothing that stands there already (layout shift below 0.05, Web Vitals: 0.1)."""
    watch = (
        "window.shifted = 0; new PerformanceObserver(list => { for (const e of list.getEntries())"
        " if (!e.hadRecentInput) window.shifted += e.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    incident = max(site.incidents().page(limit=50).incidents, key=lambda item: len(item.claims))
    moved = {}
    with looking(browser, viewport={"width": 1280, "height": 900}) as page:
        page.add_init_script(watch)
        for path in (*PAGES, f"/incidents/{incident.id}"):
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(300)
            shifted = page.evaluate("window.shifted")
            if shifted > 0.05:
                moved[path] = shifted
    assert moved == {}


def test_a_hostile_report(browser: Any, tmp_path: Path) -> None:
    """Markup, overrides and templates of a report are shown as text everywhere; no script of it runs."""
    with demo_site(tmp_path) as site, serving(behind_door(site)) as base, looking(browser) as page:
        page.goto(f"{base}/read")
        page.fill("textarea[name=text]", HOSTILE.replace("\r\n", "\n"))
        page.locator("summary", has_text="What is known").click()
        for field in ("title", "publisher"):
            page.fill(f"input[name={field}]", "<script>window.hit = 1</script><img src=x onerror=window.hit=1>")
        page.get_by_role("button", name="Read", exact=True).click()
        page.wait_for_url("**/document?**")
        document = parse_qs(urlsplit(page.url).query)["id"][0]
        text = page.locator(".text").evaluate("element => element.textContent")
        assert text.replace("\n", "") == HOSTILE.replace("\r\n", "")
        paths = (
            "/",
            "/documents",
            "/find?q=army",
            "/incidents",
            "/conflicts",
            "/sources",
            "/network",
            "/review",
            "/export",
        )
        for path in paths:
            page.goto(base + path)
            assert page.evaluate("window.hit") is None, path
            assert page.locator("main script, main img[onerror]").count() == 0, path
        with site.view() as view:
            assert "window.hit" in view.ledger(document).decode()


@pytest.mark.parametrize(
    "path",
    [
        "/find?q={x}", "/document?id={x}", "/incidents?type={x}", "/incidents?first={x}", "/conflicts?field={x}",
        "/source?name={x}", "/sources?begins={x}", "/network?source={x}", "/review?q={x}", "/review?order={x}",
        "/export?q={x}", "/export?name={x}", "/alerts?query={x}", "/login?next={x}", "/timeline?country={x}",
        "/map?last={x}", "/review/claim/{x}", "/incidents/{x}", "/{x}",
    ],
)  # fmt: skip
def test_what_an_address_says_is_no_markup(browser: Any, base: str, path: str) -> None:
    """No part of an address becomes an element of the page or a script."""
    attack = "%22%3E%3Cscript%3Ewindow.hit=1%3C%2Fscript%3E%3Cimg%20src=x%20onerror=window.hit=1%3E'"
    with looking(browser) as page:
        page.goto(base + path.replace("{x}", attack))
        assert page.evaluate("window.hit") is None
        assert page.locator("main script:not([src]), img[onerror]").count() == 0
