"""Headers of every address of the site, whatever it answers."""

import pytest

from uphill.settings import Settings
from webapp import create_app

SAMPLES = {"slug": "harmful-bowl", "code": "US-CO", "name": "what-it-is", "filename": "css/base.css"}
TILES = {
    "map_tiles": "https://{s}.tiles.example/{z}/{x}/{y}.png",
    "map_attribution": "[Tiles](https://tiles.example)",
}


def answers(app, **more):
    """To each GET address once, and to errors."""
    client = app.test_client()
    paths = ["/nowhere", "/?dogs=maybe", "/api/v1/nowhere", "/resorts/harmful-bowl/wrong?fact=colour"]
    readable = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    paths += [rule.build({name: SAMPLES.get(name, "1") for name in rule.arguments})[1] for rule in readable]
    for path in paths:
        with client.get(path, **more) as answer:
            yield path, answer


def policy(headers):
    return dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))


def test_every_answer_is_hardened(app):
    for path, answer in answers(app):
        headers = answer.headers
        rules = policy(headers)
        assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'", path
        assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'", path
        assert rules["img-src"] == "'self' data:", path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        open_to_all = headers.get("Access-Control-Allow-Origin") == "*"
        shared = headers["Cross-Origin-Resource-Policy"]
        assert shared in ({"cross-origin"} if open_to_all else {"same-origin", "cross-origin"}), path
        assert "geolocation=(self)" in headers["Permissions-Policy"], path
        assert "camera=()" in headers["Permissions-Policy"], path
        assert headers["Cache-Control"], path
        assert "Strict-Transport-Security" not in headers, path
        assert "Set-Cookie" not in headers, path


def test_https_is_asked_for_once_it_was_used(app):
    for path, answer in answers(app, base_url="https://uphill.example"):
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000", path


@pytest.mark.parametrize(
    ("settings", "images"), [({}, "'self' data:"), (TILES, "'self' data: https://*.tiles.example")]
)
def test_images_come_from_here_and_from_the_tiles_alone(engine, settings, images):
    client = create_app(Settings(**settings), engine=engine).test_client()
    assert policy(client.get("/about").headers)["img-src"] == images


def test_a_page_of_another_site_can_t_use_ours(client):
    assert client.get("/").headers["Cross-Origin-Resource-Policy"] == "same-origin"
