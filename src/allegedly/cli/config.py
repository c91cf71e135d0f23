"""``allegedly config``: each setting, its value, and where that comes from."""

from __future__ import annotations

import os
from dataclasses import fields

import click

from allegedly.cli.app import App, common_options, find_sides, store_option
from allegedly.settings import Settings, config_files, load_settings


@click.command("config")
@store_option
@common_options
@click.pass_obj
def config_command(app: App) -> None:
    """Print each setting and where its value comes from."""
    loaded, places = load_settings(app.config, given=app.given)
    settings = find_sides(loaded)
    for item in fields(Settings):
        value = getattr(settings, item.name)
        shown = "" if value is None else str(value)
        place = "command line" if places[item.name] == "given" else places[item.name]
        click.echo(f"{item.name:<15} {shown:<24} {place:<30} {item.metadata['help']}")
    for file in config_files(app.config, os.environ):
        app.say(f"settings file {file}: {'read' if file.is_file() else 'not there'}")
