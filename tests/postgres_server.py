"""A private PostgreSQL for the tests: Debian's programs, a folder of its own, a Unix socket, nobody else's user."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


def absence() -> str:
    """Say why there is no server here; empty if there is one."""
    if not (PROGRAMS / "initdb").is_file():
        return f"no PostgreSQL in {PROGRAMS} (apt-get install postgresql-15)"
    return ""


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server, give the address of its database, and stop it; as root it runs as another user."""
    root = Path(tempfile.mkdtemp(prefix="allegedly-pg-", dir="/tmp"))  # a socket's path has 107 characters at most
    data, user = root / "data", "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(root, user)
    _run("initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", user=user)
    options = f"-c listen_addresses='' -c unix_socket_directories='{root}' -c fsync=off -c log_min_messages=fatal"
    _run("pg_ctl", "-D", data, "-w", "-s", "-l", root / "log", "-o", options, "start", user=user)
    try:
        yield f"postgresql://tests@/postgres?host={root}"
    finally:
        _run("pg_ctl", "-D", data, "-w", "-s", "-m", "immediate", "stop", user=user)
        shutil.rmtree(root, ignore_errors=True)


def _run(program: str, *arguments: str | Path, user: str | None) -> None:
    command = [str(PROGRAMS / program), *map(str, arguments)]
    # DEVNULL: a server that inherits a pipe would keep whoever reads it waiting.
    subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
