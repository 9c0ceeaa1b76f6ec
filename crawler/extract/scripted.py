"""Text of pages that are drawn by script: the strings of the JSON they carry."""

import json
from collections.abc import Iterator
from typing import Any

import lxml.html

_LEAST_WORDS = 4
_HEADING_KEYS = frozenset({"title", "heading", "headline", "name", "question", "label"})
_NOT_TOLD = frozenset(
    {"tags", "keywords", "categories", "category", "locales", "classnames", "scripts", "@type"}
)
_LONGEST_NAME = 80
_MOST_STRINGS = 400
_MOST_DEEP = 40


def markup_in(root: lxml.html.HtmlElement) -> str:
    """Markup made of the texts in JSON-LD and in data such as ``__NEXT_DATA__``; empty where there is none."""
    out: list[str] = []
    for script in root.iter("script"):
        kind = (script.get("type") or "").lower()
        if "json" in kind and script.text:
            try:
                out += _texts(json.loads(script.text), "", 0)
            except (ValueError, RecursionError):
                continue
    return "".join(dict.fromkeys(out[:_MOST_STRINGS]))


def _is_list_of_names(value: list[Any], key: str) -> bool:
    """As the routes of "routes": ["Lower Larkspur", "Tamarack Way"]; tags and classes are none."""
    told = len(value) > 1 and key not in _NOT_TOLD
    return told and all(isinstance(i, str) and i[:1].isupper() and len(i) <= _LONGEST_NAME for i in value)


def _texts(value: Any, key: str, depth: int) -> Iterator[str]:
    if depth > _MOST_DEEP:
        return
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, str(name).lower(), depth + 1)
    elif isinstance(value, list) and _is_list_of_names(value, key):
        yield f"<ul>{''.join(f'<li>{item}</li>' for item in value)}</ul>"
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, key, depth + 1)
    elif isinstance(value, str):
        yield from _text(value, key)


def _text(value: str, key: str) -> Iterator[str]:
    if "://" not in value[:10]:
        if value.lstrip().startswith("<"):
            yield value
        elif key in _HEADING_KEYS and value.strip():
            yield f"<h2>{value}</h2>"
        elif len(value.split()) >= _LEAST_WORDS:
            yield f"<p>{value}</p>"
