from crawler.discovery.sites import page_key


def test_page_key():
    assert page_key("https://www.example.com/a/") == page_key("http://example.com/a#b")
    assert page_key("http://example.com/a?x=1") != page_key("http://example.com/a?x=2")
