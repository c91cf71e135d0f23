"""The application: errors as pages and as JSON, static files, the theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.pages import client_of, demo_site, send


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A client of a site with the demo's reports."""
    with demo_site(tmp_path) as site:
        yield client_of(site)


def test_a_page_that_is_not_there(client: TestClient) -> None:
    """An unknown address is a page that says what to do."""
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "there is no such page" in answer.text
    assert "What to do" in answer.text


def test_an_api_address_that_is_not_there(client: TestClient) -> None:
    """A program gets the same as JSON, in the one shape of errors."""
    answer = client.get("/api/nowhere")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not-found")


@pytest.mark.parametrize("path", ["base.css", "keys.js", "mark.svg"])
def test_static_files(client: TestClient, path: str) -> None:
    """Style, keys and mark come from the package."""
    assert client.get(f"/static/{path}").status_code == 200


@pytest.mark.parametrize("path", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "....//app.py", "/etc/passwd"])
def test_no_way_out_of_the_static_folder(client: TestClient, path: str) -> None:
    """No address leads to other files."""
    assert client.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize(
    ("back", "expected"), [("/find?q=a", "/find?q=a"), ("//evil.example", "/"), ("https://evil.example", "/")]
)
def test_the_theme_is_remembered(client: TestClient, back: str, expected: str) -> None:
    """Choosing a theme goes back to the page, and never to another site."""
    answer = send(client, "/theme", theme="dark", back=back)
    assert (answer.status_code, answer.headers["location"]) == (303, expected)
    assert "allegedly-theme=dark" in answer.headers["set-cookie"]
    assert 'data-theme="dark"' in client.get("/nowhere").text
