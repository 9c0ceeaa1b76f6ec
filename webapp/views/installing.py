"""What makes the site an application on a phone: the manifest, the service worker, and the page shown offline."""

import json

from apiflask import APIBlueprint
from flask import Response, render_template

from webapp.installing import manifest, site_root, worker_source

pages = APIBlueprint("installing", __name__, enable_openapi=False)


@pages.get("/manifest.webmanifest")
def described() -> Response:
    body = json.dumps(manifest(), ensure_ascii=False)
    return Response(body, content_type="application/manifest+json; charset=utf-8")


@pages.get("/worker.js")
def worker() -> Response:
    """The service worker, for the whole site; browsers ask for it anew, and it differs with each version."""
    response = Response(worker_source(), content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = site_root()
    response.headers["Cache-Control"] = "no-cache"
    return response


@pages.get("/offline")
def offline() -> str:
    """What is shown without a connection in the place of a page that the device does not keep."""
    return render_template("offline.html")
