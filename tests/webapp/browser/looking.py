"""A page as it is seen now: what axe has against it, whether it fits the screen, and its picture."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCREENSHOTS = Path(__file__).parents[3] / "artifacts" / "screenshots"
TALLEST = 2400
"""Pixels of a page that its picture shows: what comes below repeats."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REPEATED = (
    ".cards > li:nth-child(n+4)",
    ".filters details:nth-of-type(n+6)",
    ".filters .choice:nth-of-type(n+6)",
    "main li:nth-child(n+6)",
    "main dl > div:nth-child(n+6)",
    "tbody tr:nth-child(n+6)",
    "table > tbody:nth-of-type(n+4)",
    ".tonight-country:nth-of-type(n+3)",
    "[aria-labelledby^='cover-']:nth-of-type(n+3)",
    ".way:nth-of-type(n+4)",
)
"""What is marked up and coloured like what comes before it: axe takes its time with each part of a page."""

SCRIPT = Axe().axe_script
RUN = """([context, options]) => axe.run(context, options).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)))"""
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}


class Pictures:
    kept = False
    """Only where someone is to look at them (``--pictures``): they prove nothing by themselves."""


def look(page: Page, name: str, besides: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with a page as it is shown; its picture is kept under ``name``.

    ``besides`` selects what was looked at before, on another page.
    """
    return [*picture(page, name, whole=False), *found_by_axe(page, (*REPEATED, *besides))]


def picture(page: Page, name: str, *, whole: bool = True) -> list[str]:
    """Keeps it if asked to, of what is on the screen if not ``whole``; says so if the page is wider than that."""
    width, height, dark = page.evaluate("""() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
        matchMedia("(prefers-color-scheme: dark)").matches,
    ]""")
    shown = page.viewport_size["width"]
    if Pictures.kept:
        page.screenshot(
            path=SCREENSHOTS / f"{name}-{shown}-{'dark' if dark else 'light'}.png",
            full_page=whole,
            clip={"x": 0, "y": 0, "width": shown, "height": min(TALLEST, height)} if whole else None,
        )
    return [f"{name} is {width} pixels wide on {shown}"] if width > shown else []


def found_by_axe(page: Page, besides: tuple[str, ...] = ()) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    return page.evaluate(RUN, [{"exclude": [[one] for one in besides]}, OPTIONS])


def shorten(page: Page, besides: tuple[str, ...] = ()) -> None:
    """Takes out of the page what repeats."""
    page.evaluate(
        "all => document.querySelectorAll(all).forEach(one => one.remove())", ", ".join((*REPEATED, *besides))
    )
