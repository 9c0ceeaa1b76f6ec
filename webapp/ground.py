"""What lies under the map: tiles, where an operator has set some, else the outlines of regions."""

from dataclasses import dataclass

from flask import Flask, current_app
from markdown_it import MarkdownIt
from markupsafe import Markup

from uphill.settings import Settings

_KEY = "uphill.ground"


@dataclass(frozen=True, slots=True)
class Ground:
    """``tiles`` is the template of their addresses, empty where none are set."""

    tiles: str
    attribution: Markup


def attach(app: Flask, settings: Settings) -> None:
    app.extensions[_KEY] = Ground(settings.map_tiles, _linked(settings.map_attribution))


def ground() -> Ground:
    found: Ground = current_app.extensions[_KEY]
    return found


def _linked(words: str) -> Markup:
    """Words with links as Markdown writes them, which are the only markup in it."""
    parser = MarkdownIt("zero").enable("link")
    return Markup(parser.renderInline(words))  # noqa: S704 - the parser escapes all else
