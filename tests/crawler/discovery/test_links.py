import pytest

from crawler.discovery.links import Link, anchors, policy_links, status_links
from crawler.discovery.score import HUB, NAME, STRONG, link_score, status_score

BASE = "https://www.resort.example/winter/"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/uphill-policy">Uphill Policy</a>',
        '<a href="/a1">Uphill Access</a>',
        '<a href="/a1">Uphill travel &amp; skinning</a>',
        '<a href="/a1" title="Uphill Policy"><i class="icon"></i></a>',
        '<a href="/a1" aria-label="Skinning policy">PDF</a>',
        '<a href="/a1"><img src="x.png" alt="Uphill routes"></a>',
        '<a href="/mountain/uphill-travel">What to know</a>',
        '<a href="/docs/UphillPolicy_2026.pdf">Download</a>',
        '<a href="/safety#uphill">Rules</a>',
        '<a href="/faq?topic=uphill-access">Answers</a>',
        '<h3>Uphill Access</h3><a href="/a1">Learn more</a>',
        '<p>Uphill policy: <a href="/a1">PDF</a></p>',
        '<a href="/de/a1">Pistentouren</a>',
        '<a href="/de/a1">Infos für Tourengeher</a>',
        '<a href="/de/a1">Skitouren auf der Piste</a>',
        '<a href="/fr/a1">Rando alpine</a>',
        '<a href="/fr/a1">Ski de randonnée</a>',
        '<a href="/it/a1">Scialpinismo</a>',
        '<a href="/it/a1">Risalita delle piste con le pelli</a>',
    ],
)
def test_leads_to_a_policy(link: str):
    found = policy_links(anchors(f"<body>{link}</body>", BASE))
    assert len(found) == 1
    assert found[0].score >= STRONG
    assert found[0].url.startswith("https://www.resort.example/")


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/dining/uphill">Uphill Brewery</a>',
        '<a href="/lifts">Uphill facilities</a>',
        '<a href="/lifts">Uphill capacity: 12,000 skiers an hour</a>',
        '<a href="/summer/mtb">Mountain bike uphill trails</a>',
        '<a href="/bike-park/uphill">Uphill</a>',
        '<a href="/maps">Skimobile Road</a>',
        '<a href="/winter-hiking">Winter hiking</a>',
        '<a href="/story">An uphill battle for snow</a>',
        '<a href="/tickets">Tickets to the uphill race</a>',
        '<a href="/privacy">Privacy policy</a>',
        '<a href="/jobs">Careers</a>',
        '<a href="/de/rennen">Skitourenrennen</a>',
        '<a href="/it/impianti">Impianti di risalita</a>',
        '<a href="/fr/ete">Randonnée pédestre</a>',
        '<a href="https://www.facebook.com/uphillaccess">Uphill access on Facebook</a>',
        '<a href="mailto:uphill@resort.example">Uphill policy</a>',
        '<a href="tel:5551234">Uphill hotline</a>',
        '<a href="/uphill-policy.jpg">Uphill policy</a>',
        '<a href="#">Uphill policy</a>',
        '<a href="http://[bad">Uphill policy</a>',
        '<a href="http://resort.example:99999/">Uphill policy</a>',
        "<a>Uphill policy</a>",
        '<h3>Uphill Access</h3><a href="/lunch">Lunch menu</a>',
    ],
)
def test_false_friend(link: str):
    assert policy_links(anchors(f"<body>{link}</body>", BASE)) == []


def test_best_first_one_link_a_page():
    page = """
      <a href="/safety">Mountain Safety</a>
      <a href="/news/2024/03/uphill-reopens">Uphill reopens</a>
      <a href="/uphill">Going skinning?</a>
      <a href="/uphill-policy/">More</a><a href="http://resort.example/uphill-policy">Uphill Policy</a>
    """
    strong = policy_links(anchors(page, BASE))
    assert [link.url for link in strong] == [
        "http://resort.example/uphill-policy",
        "https://www.resort.example/uphill",
    ]
    everything = policy_links(anchors(page, BASE), minimum=1)
    assert [link.url.rsplit("/", 1)[1] for link in everything] == [
        "uphill-policy",
        "uphill",
        "safety",
        "uphill-reopens",
    ]


def test_links_are_relative_to_the_base_element():
    page = '<base href="https://cdn.resort.example/en/"><a href="uphill-policy">Uphill policy</a>'
    assert policy_links(anchors(page, BASE)) == [
        Link("https://cdn.resort.example/en/uphill-policy", "Uphill policy", NAME + 1)
    ]


@pytest.mark.parametrize(
    "page", ["", "   ", b"", b"\x00\xff\xfe", "<", "<!-- -->", "plain text", b"%PDF-1.7"]
)
def test_a_page_that_is_none_has_no_links(page: bytes | str):
    assert policy_links(anchors(page, BASE)) == []


def test_bytes_are_read_in_the_charset_the_page_names():
    page = '<meta charset="iso-8859-1"><a href="/a">Ski de randonn\u00e9e</a>'.encode("latin-1")
    assert [link.text for link in policy_links(anchors(page, BASE))] == ["Ski de randonnée"]


def test_hubs_are_weak_and_papers_weaker_than_the_policy():
    assert HUB <= link_score("https://r.example/safety", "Safety") < STRONG
    assert link_score("https://r.example/uphill", "Uphill waiver") < STRONG
    assert link_score("https://r.example/x", "Uphill policy") > link_score(
        "https://r.example/x", "Uphill map"
    )


def test_an_old_news_item_is_no_strong_link():
    assert link_score("https://r.example/2021/11/skinning-news", "Skinning starts") < STRONG


def test_status_links():
    page = """
      <a href="/conditions">Conditions</a><a href="/status">Uphill status</a>
      <a href="/lifts">Lift tickets</a><a href="/blog/snow-report">Snow report</a>
      <a href="/schnee">Schneebericht</a>
    """
    assert [link.url.rsplit("/", 1)[1] for link in status_links(anchors(page, BASE))] == [
        "status",
        "conditions",
        "schnee",
    ]
    assert status_score("https://r.example/a", "Uphill Brewery conditions") == 0
