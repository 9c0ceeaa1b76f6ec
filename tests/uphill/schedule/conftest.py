"""A web on loopback and its directory, as the crawl's tests have them."""

from tests.crawler.crawl.conftest import kit

__all__ = ["kit"]
