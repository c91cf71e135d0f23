"""``allegedly serve``: the pages and the API over a store."""

from __future__ import annotations

from typing import cast

import click

from allegedly.cli.app import App, common_options, store_option


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="Port to listen on.")
@store_option
@common_options
@click.pass_obj
def serve_command(app: App, *, host: str, port: int) -> None:
    """Show the store as pages in a browser, and answer programs under /api."""
    import uvicorn  # noqa: PLC0415  # an extra, and slow to import

    from allegedly.store.sql import SqlStore  # noqa: PLC0415  # as above
    from allegedly.web.app import make_app  # noqa: PLC0415  # as above
    from allegedly.web.site import Site  # noqa: PLC0415  # as above

    with app.store(create=True) as store:
        site = Site(cast("SqlStore", store), app.reader)
        app.say(f"http://{host}:{port}/ - stop with Ctrl-C")
        uvicorn.run(make_app(site), host=host, port=port, log_level="warning", server_header=False)
