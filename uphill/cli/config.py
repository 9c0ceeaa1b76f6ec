"""``uphill config``: what can be set, what is in force, and where each value was written."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from uphill.setting_mistakes import without_password
from uphill.setting_sources import Origin, candidate_files, settings_file
from uphill.settings import Configuration, configured, settings_table
from uphill.subscription import Notify


@click.command("config")
@click.option("--json", "as_json", is_flag=True, help="Print values and origins as JSON.")
@click.option("--path", "only_path", is_flag=True, help="Print the path of the settings file that is read.")
def config_command(*, as_json: bool, only_path: bool) -> None:
    """Show every setting: the value in force, where it was written, and what it means.

    Passwords in URLs are hidden. A setting that is wrong is named with its place; the exit code is then 2.

    \b
    Example:
      UPHILL_DELAY=5 uphill config
    """
    if only_path:  # told where the file is broken too
        _print_path(settings_file(os.environ))
    elif as_json:
        click.echo(json.dumps(_as_json(configured()), ensure_ascii=False))
    else:
        _print(configured())


def shown(value: Any) -> Any:
    """A setting's value without what is secret in it; of a URL to notify only the kind, the rest may be a key."""
    if isinstance(value, str):
        return without_password(value)
    if isinstance(value, SecretStr):
        return str(value)
    if isinstance(value, tuple):
        return [shown(each) for each in value]
    if isinstance(value, Notify):
        kinds = [f"{url.partition(':')[0]}://…" for url in value.urls]
        return value.model_dump(mode="json", exclude_defaults=True) | {"urls": kinds}
    return value


def _as_json(configuration: Configuration) -> dict[str, Any]:
    return {
        "file": str(configuration.file) if configuration.file else None,
        "settings": {
            row.name: {
                "value": shown(getattr(configuration.settings, row.name)),
                "from": str(configuration.origins[row.name]),
                "meaning": row.description,
            }
            for row in settings_table()
            if row.name
        },
    }


def _print_path(file: Path | None) -> None:
    if file:
        click.echo(str(file))
        return
    looked = ", ".join(str(path.absolute()) for path in candidate_files())
    click.echo(f"There is no settings file; it is looked for in {looked}.", err=True)
    sys.exit(1)


def _print(configuration: Configuration) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("setting", no_wrap=True)
    for name in ("value", "from"):
        table.add_column(name, overflow="fold")
    table.add_column("meaning", overflow="fold", ratio=1)
    for row in settings_table():
        if row.name:
            value = _words(shown(getattr(configuration.settings, row.name)))
            cells = (row.name, value, _short(configuration.origins[row.name]), row.description)
            table.add_row(*(cell.replace("[", "\\[") for cell in cells))
    console = Console()
    console.print(table)
    console.print(
        f"Settings file: {configuration.file or 'none'}", markup=False, highlight=False, soft_wrap=True
    )


def _short(origin: Origin) -> str:
    """The file by its name: the whole path stands below the table."""
    return Path(origin.where).name if origin.kind == "file" else str(origin)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(map(_words, value)) or "(none)"
    if isinstance(value, dict):
        limits = ", ".join([*value.get("resorts", []), *value.get("regions", [])])
        told = f"{', '.join(value['urls'])} on {', '.join(value['on'])}"
        return f"{told} of {limits}" if limits else told
    return str(value) if value != "" else "(empty)"
