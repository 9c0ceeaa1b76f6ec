"""What readers keep and what they send: stars, pages without a connection, reports; by keys alone, and in French."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from tests.webapp.browser.conftest import PHONE
from tests.webapp.browser.looking import look
from tests.webapp.conftest import NOW
from uphill.db import Report, session_factory, writing

RESORT = "/resorts/harmful-bowl"
OTHER = "/resorts/howelsen-hill"


def test_a_starred_resort_is_read_without_a_connection(readers):
    readers.forgive("ERR_INTERNET_DISCONNECTED")
    page = readers.come(viewport=PHONE, service_workers="allow")
    page.goto(RESORT)
    star = page.locator(".top-name .star")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".star-said")).to_contain_text("kept to be read offline")
    page.context.set_offline(True)
    page.reload()
    banner = page.locator(".kept-note")
    expect(banner).to_contain_text("Offline: as of")
    expect(page.locator("h1")).to_contain_text("Harmful")
    expect(page.locator(".state")).to_contain_text("last seen")
    assert look(page, "resort-kept") == []
    page.goto("/tonight")
    expect(page.locator("h1")).to_have_text("No connection")
    page.locator("[data-kept-list] a").click()
    expect(banner).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(".state")).to_contain_text("open")
    expect(banner).to_be_hidden()
    page.goto(OTHER)
    page.locator(".top-name .star").click()
    expect(page.locator(".star-said")).to_contain_text("kept to be read offline")
    page.goto("/starred")
    expect(page.locator(".card")).to_have_count(2)
    page.get_by_role("button", name="Compare these").click()
    expect(page).to_have_url(re.compile("/compare.resort=harmful-bowl&resort=howelsen-hill$"))


def test_what_is_open_now_ends_while_the_page_is_looked_at(come):
    page = come()
    page.goto(RESORT)
    state = page.locator(".state")
    expect(state).not_to_contain_text("last seen")
    page.clock.set_fixed_time(NOW + timedelta(days=2))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(state).to_contain_text("not known, last seen")


@pytest.fixture
def reported(engine):
    yield
    with writing(session_factory(engine)) as session:
        session.execute(delete(Report))


def test_a_mistake_is_reported(readers, reported, watch):
    readers.forgive("status of 422")
    page = readers.come()
    page.goto(RESORT)
    page.locator("#fact-dogs summary").click()
    page.get_by_role("link", name=re.compile("This is wrong ?: Dogs")).click()
    page.get_by_role("button", name="Send").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert look(page, "report-mistakes") == []
    summary.get_by_role("link").first.click()
    expect(page.locator("#value")).to_be_focused()
    page.get_by_role("radio", name="prohibited").check()
    watch.now += timedelta(minutes=1)  # nobody fills a form in no time
    page.get_by_label("A note").fill("A sign at the lodge says so.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_a_resort_s_own_file_is_checked(come):
    page = come()
    page.goto("/publish")
    full = page.locator("pre.long").text_content()
    text = page.get_by_label("Paste the whole text of the file")
    text.fill(full)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="All of it was understood")).to_be_visible()
    text.fill(full.replace('"dogs": "prohibited"', '"dogs": "on a string"'))
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#result")).to_contain_text("dogs")
    expect(page.locator("#result h2")).to_contain_text("to mend")
    assert look(page, "publish-checked") == []
    page.goto("/api")
    answer = page.locator("details", has_text="The answer, shortened").first
    answer.locator("summary").click()
    expect(answer.locator("pre")).to_be_visible()
    answer.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(answer.locator("pre")).to_be_hidden()


def focused(page):
    """What has the focus, seen by a ring around it."""
    return page.evaluate("""() => {
        const one = document.activeElement, style = getComputedStyle(one);
        const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        return [one.id || one.textContent.trim(), ringed && one.matches(':focus-visible')];
    }""")


def test_keys_are_enough_on_a_phone(come):
    page = come(viewport=PHONE)
    page.goto("/?region=US-CO")
    page.keyboard.press("Tab")
    assert focused(page) == ["Skip to the content", True]
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == ["Starred resorts", True]
    page.keyboard.press("Tab")
    assert focused(page) == ["text", True]
    opener = page.locator("#to-filters")
    opener.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Filters")
    close = sheet.get_by_role("link", name="Close")
    expect(close).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page) == ["near", True]
    page.keyboard.press("Shift+Tab")
    assert focused(page) == ["Close", True]
    sheet.get_by_role("checkbox", name=re.compile("^on leash")).focus()
    page.keyboard.press("Space")
    expect(page.locator(".chips")).to_contain_text("on leash")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    close.focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()


def test_the_site_speaks_french(come):
    page = come(locale="fr-CH")
    page.goto("/")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^fr"))
    page.get_by_role("searchbox").fill("colorado harmful chien en laisse")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_text("1 station")
    page.locator(".cards h3 a").click()
    expect(page).to_have_url(re.compile(f"/fr{RESORT}$"))
    expect(page.locator(".verdict")).to_contain_text("Autorisé")
    assert look(page, "resort-french") == []


def test_the_dark_is_dark_and_the_light_is_light(come):
    page = come(color_scheme="dark")
    page.goto("/about")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(16, 22, 28)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == "rgb(251, 251, 249)"


def test_the_rules_of_a_resort_are_one_printed_page(come, tmp_path):
    from pypdf import PdfReader

    page = come()
    page.goto(RESORT)
    page.pdf(path=tmp_path / "rules.pdf", format="A4")
    (sheet,) = PdfReader(tmp_path / "rules.pdf").pages
    text = sheet.extract_text()
    assert "Read on the resort’s page on Jan 17, 2026. Printed Jan 17, 2026" in text
    assert "Avalanche gear" in text
    assert "970-555-0142" in text
    assert "seen today" not in text, "what holds for a day is no rule for the glove box"
