"""Work beside the server: in processes that have the store, end with the server, and are replaced when killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from allegedly.errors import NotInStore
from allegedly.store.sql import SqlStore
from allegedly.web.apart import Workers
from allegedly.web.site import Site

ROOT = Path(__file__).parents[2]
SERVER = """
import sys
from allegedly.store.opening import open_store
from allegedly.web.apart import Workers
from tests.web.test_apart import process

if __name__ == "__main__":
    with open_store(sys.argv[1]) as store:
        print(Workers(store, apart=True).run(process), flush=True)
        sys.stdin.read()
"""


def process(_: SqlStore) -> int:
    """Say which process this is."""
    return os.getpid()


def count(store: SqlStore, name: str) -> int:
    """Count something of a store."""
    return int(store.info()[name])


def miss(store: SqlStore) -> None:
    """Ask for what is not there."""
    with store.view() as view:
        view.document("nothing")


def leave(_: SqlStore) -> None:
    """End as if killed."""
    os._exit(1)


@pytest.fixture
def workers(site: Site) -> Iterator[Workers]:
    """Workers in processes of their own."""
    made = Workers(site.store, apart=True)
    yield made
    made.close()


def test_here(site: Site) -> None:
    """Without processes, whoever asks does the work."""
    assert Workers(site.store, apart=False).run(process) == os.getpid()


def test_apart(workers: Workers) -> None:
    """With them another process does it, on the same store."""
    assert workers.run(process) != os.getpid()
    assert workers.run(count, "documents") == 3


def test_errors_come_back(workers: Workers) -> None:
    """An error is the one that was raised there, with what to do."""
    with pytest.raises(NotInStore, match="there is no document nothing") as caught:
        workers.run(miss)
    assert caught.value.hint == "`allegedly find --documents` lists them"


def test_one_that_is_killed_is_replaced(workers: Workers) -> None:
    """What it was at fails; the next call is done by another."""
    with pytest.raises(BrokenProcessPool):
        workers.run(leave)
    assert workers.run(count, "documents") == 3


def test_they_end_with_the_server(site: Site, tmp_path: Path) -> None:
    """However the server ends, no process is left behind."""
    script = tmp_path / "server.py"
    script.write_text(SERVER, "utf-8")
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    server = subprocess.Popen(
        [sys.executable, str(script), site.store.address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )  # fmt: skip
    assert server.stdout is not None
    worker = int(server.stdout.readline())
    server.send_signal(signal.SIGKILL)
    server.communicate()
    end = time.monotonic() + 10
    while time.monotonic() < end and _runs(worker):
        time.sleep(0.05)
    assert not _runs(worker)


def _runs(number: int) -> bool:
    state = Path(f"/proc/{number}/stat")
    try:
        return state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
