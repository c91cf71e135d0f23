"""The page on the API: its addresses are all there are, and its Python runs against a server."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from allegedly.web.app import behind_door
from tests.web.pages import client_of, demo_site

PAGE = (Path(__file__).parents[2] / "docs/http_api.md").read_text("utf-8")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a server on this machine, with the demo's reports."""
    with demo_site(tmp_path) as site:
        server = uvicorn.Server(uvicorn.Config(behind_door(site), port=0, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_python_of_the_page(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The examples in Python find claims and read a text."""
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)).replace("http://127.0.0.1:8321", address)
    exec(compile(code, "docs/http_api.md", "exec"), {})  # noqa: S102  # our own page
    *claims, events = capsys.readouterr().out.splitlines()
    assert "northwire" in " ".join(claims)
    assert events.isdecimal()


def test_addresses_of_the_page(tmp_path: Path) -> None:
    """The table names every address of the description, and none besides."""
    with demo_site(tmp_path, demo=False) as site:
        described = set(client_of(site).get("/api/openapi.json").json()["paths"])
    table = "".join(line for line in PAGE.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"(/(?:api|healthz)[^\s`?]*)", table)) == described
