"""Text of pages that are drawn by script: the strings of the JSON they carry."""

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html

_LEAST_WORDS = 4
_HEADING_KEYS = frozenset({"title", "heading", "headline", "name", "question", "label"})
_NOT_TOLD = frozenset(
    {"tags", "keywords", "categories", "category", "locales", "classnames", "scripts", "@type"}
)
_LEAST_OF_SENTENCE = 2
"""Words of "Headlamps required.", which needs no more as it ends as a sentence."""
_HEADING = re.compile(r"(?:heading[-_]?|h)([1-6])?", re.IGNORECASE)
_KINDS, _WITHIN, _WORDS = ("nodeType", "type", "_type"), ("content", "children"), ("value", "text")
"""What editors of rich text call a node's kind, the nodes in it and its words."""
_LONGEST_NAME = 80
_MOST_STRINGS = 400
_MOST_DEEP, _MOST_INLINE = 40, 3


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


def _line(node: dict[str, Any]) -> str:
    """A paragraph of rich text, whose words are cut up by their marks; empty for whatever else."""
    words = _inline(node, 0)
    if words is None or not words.strip():
        return ""
    style = next(
        (str(node[name]) for name in ("style", *_KINDS) if _HEADING.fullmatch(str(node.get(name)))), ""
    )
    level = _HEADING.fullmatch(style)
    tag = f"h{level[1] or node.get('level') or 2}" if level else "li" if node.get("listItem") else "p"
    return f"<{tag}>{words}</{tag}>"


def _inline(node: Any, depth: int) -> str | None:
    """The words of a node that holds nothing but words and links; ``None`` where it holds more."""
    if not isinstance(node, dict) or depth > _MOST_INLINE or not any(name in node for name in _KINDS):
        return None
    inner = next((node[name] for name in _WITHIN if isinstance(node.get(name), list)), None)
    if inner is None:
        words = next((node[name] for name in _WORDS if isinstance(node.get(name), str)), None)
        return words if depth and words is not None else None
    pieces = [_inline(item, depth + 1) for item in inner]
    return None if None in pieces else "".join(piece for piece in pieces if piece)


def _texts(value: Any, key: str, depth: int) -> Iterator[str]:
    if depth > _MOST_DEEP:
        return
    if isinstance(value, dict) and (line := _line(value)):
        yield line
    elif isinstance(value, dict):
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
        elif _is_told(value.split()):
            yield f"<p>{value}</p>"


def _is_told(words: list[str]) -> bool:
    """Whether they are more than the name of something."""
    if len(words) >= _LEAST_WORDS:
        return True
    return len(words) >= _LEAST_OF_SENTENCE and words[0][0].isalpha() and words[-1][-1] in ".!?"
