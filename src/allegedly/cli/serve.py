"""``allegedly serve``: the pages and the API over a store."""

from __future__ import annotations

import signal
import socket
import sys
from typing import TYPE_CHECKING, Literal, cast

import click

from allegedly.cli.app import App, common_options, store_option
from allegedly.cli.retract import user_name
from allegedly.errors import ExtraError, UsageError

if TYPE_CHECKING:
    from allegedly.web.rules import AccessRules


def _remember_store(context: click.Context, _: click.Parameter, value: str | None) -> None:
    app = context.find_object(App)
    if app is not None and value is not None:
        app.given["store"] = value


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Name or address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="Port; 0 is a free one.")
@click.option("--accounts", is_flag=True, help="Only for people who sign in; `allegedly users add` makes them.")
@click.option("--proxy-header", metavar="NAME", help="People are named in this header by a reverse proxy.")
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS", help="Address or network of the reverse proxy.")
@click.option("--proxy-role", type=click.Choice(["reader"]), help="What people may do whom `users` does not list.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="Name under which browsers reach the pages.")
@click.option("--https", is_flag=True, help="Browsers come by HTTPS, to the reverse proxy.")
@click.option("--db", metavar="FILE|URL", expose_value=False, callback=_remember_store, help="The same as --store.")
@store_option
@common_options
@click.pass_obj
def serve_command(  # noqa: PLR0913  # the options of the command
    app: App,
    *,
    host: str,
    port: int,
    accounts: bool,
    proxy_header: str | None,
    proxies: tuple[str, ...],
    proxy_role: Literal["reader"] | None,
    names: tuple[str, ...],
    https: bool,
) -> None:
    """
    Show the store as pages in a browser, and answer programs under /api.

    Without accounts the pages are for whoever runs the program, on this machine
    only. docs/pages.md shows the pages, docs/accounts.md says how a team uses them.
    """
    if accounts and proxy_header:
        raise UsageError("people sign in here, or at the proxy", hint="give --accounts or --proxy-header")
    try:
        import uvicorn  # noqa: F401, PLC0415  # an extra, and slow to import

        from allegedly.web.rules import AccessRules, read_networks  # noqa: PLC0415  # as above
    except ImportError as error:
        raise ExtraError(
            f"the pages need a library that is not installed: {error.name}", hint="pip install 'allegedly[serve]'"
        ) from error
    rules = AccessRules(
        mode="accounts" if accounts else "proxy" if proxy_header else "local",
        person=user_name(),
        header=proxy_header,
        proxies=read_networks(proxies),
        proxy_role=proxy_role,
        hosts=names,
        secure=https,
    )
    _serve(app, rules, host, port)


def _serve(app: App, rules: AccessRules, host: str, port: int) -> None:
    """Listen until somebody stops it."""
    from uvicorn import Config, Server  # noqa: PLC0415  # as above

    from allegedly.store.sql import SqlStore  # noqa: PLC0415  # as above
    from allegedly.web.addresses import check_bind  # noqa: PLC0415  # as above
    from allegedly.web.app import behind_door  # noqa: PLC0415  # as above
    from allegedly.web.site import Site  # noqa: PLC0415  # as above

    address = check_bind(host, rules)
    with _listening(address, port) as listener, app.store(create=True) as store:
        site = Site(cast("SqlStore", store), app.reader, apart=True)
        # The peer's address is what the door goes by: uvicorn must not replace it by what a header says.
        config = Config(
            behind_door(site, rules), proxy_headers=False, server_header=False, log_level="warning", access_log=False,
            timeout_keep_alive=30, timeout_graceful_shutdown=5,
        )  # fmt: skip
        shown = f"[{host}]" if ":" in host else host
        app.say(f"http://{shown}:{listener.getsockname()[1]}/ - stop with Ctrl-C")
        # What uvicorn caught it raises again once it has closed: leave in order, and let the other process go.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            Server(config).run(sockets=[listener])
        finally:
            site.close()


def _listening(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.create_server((address, port), family=family, backlog=1024)
        # Connections inherit it. Without, an answer's second piece waits 40 ms for the browser to confirm the first.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        raise UsageError(
            f"cannot listen at {address}, port {port}: {error.strerror or error}",
            hint="another program may be there: give another --port, or 0 for a free one",
        ) from error
    return listener
