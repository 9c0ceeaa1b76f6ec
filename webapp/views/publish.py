"""How a resort publishes its rules itself, and a form that looks a document through before it does."""

import json
from dataclasses import dataclass

from apiflask import APIBlueprint
from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from uphill.errors import BadInput
from uphill.published import EXAMPLE, MAX_BYTES, MINIMAL, WELL_KNOWN, check
from uphill.words.fact_words import fact_words
from uphill.words.wording import label

pages = APIBlueprint("publish", __name__, enable_openapi=False)

_FIELD = "document"
_ENCODED = 3
"""How many times as long a form's encoding may make a text."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a document says of one resort, in words: label and value of each fact that it states."""

    name: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """``problem`` says why it can't be read at all."""

    resorts: tuple[Understood, ...] = ()
    warnings: tuple[str, ...] = ()
    problem: str = ""


@pages.get("/publish")
def page() -> str:
    return _page("", None)


@pages.post("/publish")
def checked() -> Response:
    """The same page with what was found in the document; nothing of it is kept, and nothing it names is fetched."""
    request.max_content_length = request.max_form_memory_size = MAX_BYTES * _ENCODED
    text = request.form.get(_FIELD, "")
    found = _checked(text)
    response = make_response(_page(text, found), 400 if found.problem else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _checked(text: str) -> Checked:
    try:
        found = check(text.encode(errors="replace"))
    except BadInput as error:
        return Checked(problem=str(error))
    resorts = tuple(
        Understood(
            each.name, tuple((label(name), fact_words(each.policy, name)) for name in each.policy.known())
        )
        for each in found.entries
    )
    return Checked(resorts, found.warnings)


def _page(text: str, found: Checked | None) -> str:
    schema = url_for("schemas.published", _external=True)
    return render_template(
        "publish.html",
        well_known=WELL_KNOWN,
        minimal=_as_text(MINIMAL),
        full=_as_text({"$schema": schema, **EXAMPLE}),
        text=text,
        found=found,
        field=_FIELD,
        most=MAX_BYTES,
    )


def _as_text(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)
