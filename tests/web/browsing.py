"""A real browser on a real server: Debian's chromium, driven by Playwright, nothing of it downloaded."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


def absence() -> str:
    """Say what a test in the browser lacks; empty if nothing."""
    if not Path(CHROMIUM).exists():
        return "no chromium (Debian's package is enough)"
    try:
        import playwright.sync_api  # noqa: F401, PLC0415  # heavy, and absent without the dev extra
    except ImportError:
        return "no playwright"
    return ""


def axe_source() -> str | None:
    """Give axe-core's script: the file named by AXE_CORE, which `.ci/run` takes from npm; None if there is none."""
    file = Path(os.environ.get("AXE_CORE", ""))
    return file.read_text("utf-8") if file.is_file() else None


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an application on a free port of this machine and give its address."""
    from uvicorn import Config, Server  # noqa: PLC0415  # as above

    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(Config(app, log_level="error", proxy_headers=False, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        for _ in range(200):
            if server.started:
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser; while it runs, nothing else on this thread may use asyncio, so it ends with a test module."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # as above

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def looking(browser: Any, **context: Any) -> Iterator[Any]:
    """
    Give a page with cookies of its own; what it complains of on its console is in its ``complaints``.

    Args:
        browser: The browser.
        context: Options of Playwright's context: viewport, color_scheme, java_script_enabled …
    """
    opened = browser.new_context(**context)
    page = opened.new_page()
    page.set_default_timeout(20_000)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    try:
        yield page
    finally:
        opened.close()
