"""What is wrong, says a reader: a form for each fact of a resort, and one for whatever else."""

from http import HTTPStatus
from threading import Lock

from apiflask import APIBlueprint
from flask import Flask, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from uphill.curating.report_values import LONGEST_VALUE
from uphill.curating.reports import (
    HOLDS_DAYS,
    LONGEST_CONTACT,
    LONGEST_NOTE,
    LONGEST_URL,
    Given,
    TooManyReports,
    take_in,
)
from uphill.db import writing
from uphill.errors import BadInput
from uphill.language import gettext as _
from uphill.policy import FACTS
from uphill.search import find
from uphill.search.answers import ResortPage
from uphill.settings import Settings
from uphill.site_keys import site_key
from uphill.words.wording import label
from webapp.database import database_session, now, writing_sessions
from webapp.facts import fact_row
from webapp.limits import REPORTS, seconds_to_wait
from webapp.reporting import (
    TRAP,
    Question,
    Tokens,
    Typed,
    choices_of,
    given,
    sent_from_here,
    typed_in,
    untouched,
)

pages = APIBlueprint("report", __name__, enable_openapi=False)

_SIGNING = "uphill.signing"
_KEY_NAME = "forms"
_BOUNDS = {
    "note": LONGEST_NOTE,
    "contact": LONGEST_CONTACT,
    "source_url": LONGEST_URL,
    "value": LONGEST_VALUE,
}


class Signing:
    """The tokens' secret: that of the settings, else the database's, which is asked for once."""

    def __init__(self, secret: str) -> None:
        self._tokens = Tokens(secret) if secret else None
        self._asking = Lock()

    def tokens(self) -> Tokens:
        with self._asking:
            if self._tokens is None:
                self._tokens = Tokens(site_key(writing_sessions(), _KEY_NAME, now()))
            return self._tokens


def attach(app: Flask, settings: Settings) -> None:
    app.extensions[_SIGNING] = Signing(settings.secret_key.get_secret_value())
    app.add_template_global(wrong_url)


def wrong_url(fact: str = "") -> str:
    """The form about a fact of the resort whose page is shown; without one, about anything else."""
    slug = (request.view_args or {})["slug"]
    return url_for("report.wrong", slug=slug, fact=fact or None)


@pages.get("/resorts/<slug>/wrong")
def wrong(slug: str) -> str | Response:
    """Raises NotFound for a resort, BadInput for a fact that there is not."""
    name = _fact(request.args.get("fact", ""))
    page = find(database_session(), slug, now())
    if page.resort.slug != slug:
        return redirect(url_for("report.wrong", slug=page.resort.slug, fact=name), 301)
    return _form(page, name, untouched(page, name), _tokens().sign(slug, name, now()))


@pages.post("/resorts/<slug>/wrong")
def send(slug: str) -> Response:
    """Stores the report, or shows the form again with what was typed and what is wrong with it."""
    if not sent_from_here(request):
        raise Forbidden(_("The form was sent by another site. Open it here, and send it again."))
    name = _fact(request.form.get("fact", ""))
    page = find(database_session(), slug, now())
    typed, token = typed_in(request.form), request.form.get("token", "")
    report = given(page, name, typed)
    if report is not None and (mistake := _not_by_a_person(page, name, token)):
        typed.mistakes["send"] = mistake
    if report is None or typed.mistakes:
        return _again(page, name, typed, HTTPStatus.UNPROCESSABLE_ENTITY, token)
    return _store(page, report, typed, token)


@pages.get("/resorts/<slug>/wrong/sent")
def sent(slug: str) -> str:
    """Raises NotFound for a resort."""
    page = find(database_session(), slug, now())
    return render_template("report_sent.html", resort=page.resort, days=HOLDS_DAYS)


def _not_by_a_person(page: ResortPage, name: str | None, token: str) -> str:
    """Why it may be a program that sends this, as a sentence for those who are none; else empty."""
    if request.form.get(TRAP):
        return _("One field is for programs and has to stay empty. Please send it again.")
    return _tokens().mistake(token, page.resort.slug, name, now())


def _store(page: ResortPage, report: Given, typed: Typed, token: str) -> Response:
    if wait := seconds_to_wait(REPORTS):
        typed.mistakes["send"] = _(
            "Many reports came from your network address. Try again in %(num)s minutes.", num=-(-wait // 60)
        )
        response = _again(page, report.field, typed, HTTPStatus.TOO_MANY_REQUESTS, token)
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        with writing(writing_sessions()) as session:
            take_in(session, report, now())
    except TooManyReports as error:
        typed.mistakes["send"] = str(error)
        return _again(page, report.field, typed, HTTPStatus.SERVICE_UNAVAILABLE, token)
    return redirect(url_for("report.sent", slug=page.resort.slug), 303)


def _again(page: ResortPage, name: str | None, typed: Typed, status: HTTPStatus, token: str) -> Response:
    """A token that was only too young gets older; any other is made anew."""
    tokens = _tokens()
    if tokens.is_worn(token, page.resort.slug, name, now()):
        token = tokens.sign(page.resort.slug, name, now())
    return make_response(_form(page, name, typed, token), status)


def _form(page: ResortPage, name: str | None, typed: Typed, token: str) -> str:
    return render_template(
        "report.html",
        resort=page.resort,
        row=fact_row(page, name) if name else None,
        question=Question.about(name) if name else None,
        choices=choices_of(page, name, typed) if name else (),
        facts=tuple((each, label(each)) for each in FACTS) if name is None else (),
        typed=typed,
        token=token,
        trap=TRAP,
        bounds=_BOUNDS,
    )


def _fact(name: str) -> str | None:
    if name and name not in FACTS:
        raise BadInput(_("There is no fact of that name."))
    return name or None


def _tokens() -> Tokens:
    signing: Signing = current_app.extensions[_SIGNING]
    return signing.tokens()


@pages.after_request
def _keep_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
