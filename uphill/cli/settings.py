"""``uphill settings``: what can be set, and what is in force."""

import json

import click

from uphill.settings import load_settings, settings_table


@click.command("settings")
@click.option("--json", "as_json", is_flag=True, help="Print the values in force as JSON.")
def settings_command(*, as_json: bool) -> None:
    """Show every setting: its environment variable, its value in force, and what it means.

    \b
    Example:
      UPHILL_DELAY=5 uphill settings
    """
    values = load_settings().model_dump()
    if as_json:
        click.echo(json.dumps(values))
        return
    for row in settings_table():
        value = values[row.variable.removeprefix("UPHILL_").lower()]
        click.echo(f"{row.variable}={value}\n    {row.description} (default: {row.default})")
