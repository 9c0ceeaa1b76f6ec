"""The ``uphill`` command. Commands of other rooms join it by the entry-point group ``uphill.commands``."""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

from uphill.cli.summaries import summary
from uphill.errors import BadInput, UphillError
from uphill.imports import swift_imports
from uphill.printable import printable_output

GROUP = "uphill.commands"
INTERRUPTED = 130

_OWN: dict[str, str] = {
    "config": "uphill.cli.config",
    "confirm": "uphill.cli.pending",
    "health": "uphill.cli.health",
    "load": "uphill.cli.load",
    "notify": "uphill.cli.notify",
    "pass": "uphill.cli.show",
    "pending": "uphill.cli.pending",
    "pin": "uphill.cli.pin",
    "pins": "uphill.cli.pin",
    "prune": "uphill.cli.prune",
    "reject": "uphill.cli.pending",
    "reports": "uphill.cli.reports",
    "runs": "uphill.cli.runs",
    "schedule": "uphill.cli.schedule",
    "search": "uphill.cli.search",
    "show": "uphill.cli.show",
    "unpin": "uphill.cli.pin",
    "up": "uphill.cli.up",
    "upgrade": "uphill.cli.upgrade",
    "worker": "uphill.cli.worker",
}


class CommandGroup(click.Group):
    """Imports a command only when it is called, and turns its errors into one sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted({*_OWN, *_others()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        with swift_imports():
            if cmd_name in _OWN:
                command = getattr(import_module(_OWN[cmd_name]), _function(cmd_name))
            elif cmd_name in (others := _others()):
                command = others[cmd_name].load()
            else:
                return None
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        places = {name: (module, _function(name)) for name, module in _OWN.items()}
        places |= {name: (point.module, point.attr) for name, point in _others().items()}
        told = [click.Command(name, help=summary(*place)) for name, place in places.items()]
        click.Group(commands=told).format_commands(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        return run(lambda: super(CommandGroup, self).main(*args, **kwargs))


def _function(own: str) -> str:
    return f"{own}_command"


def _others() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def run(command: Callable[[], Any]) -> Any:
    """Exit codes of all commands: 0 done, 1 the job failed, 2 wrong usage, 130 interrupted."""
    with printable_output():
        try:
            return command()
        except UphillError as error:
            click.echo(f"uphill: {error}", err=True)
            sys.exit(2 if isinstance(error, BadInput) else 1)


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="uphill-directory", prog_name="uphill")
def main() -> None:
    """The directory of ski resorts' uphill-access policies.

    \b
    Example:
      uphill search --region US-CO --pass never
    """
