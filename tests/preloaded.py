"""What the server of forked processes has imported, and the rules that it has read, before it forks."""

import gc
from importlib import import_module

from scrapy.settings import default_settings

from crawler.extract import parse_page, read_page
from uphill.imports import swift_imports

_NAMES = (
    "crawler.bounds",
    "crawler.cli.crawl",
    "crawler.cli.crawling",
    "crawler.guard",
    "crawler.run",
    "crawler.spider.resorts",
    "scrapy.core.scheduler",
    "scrapy.extensions.throttle",
    "scrapy.robotstxt",
    "scrapy.spidermiddlewares.start",
    "twisted.internet.asyncioreactor",
    "twisted.web.client",
    "uphill.cli.schedule",
    *(
        component.rpartition(".")[0]
        for components in (
            default_settings.EXTENSIONS_BASE,
            default_settings.DOWNLOADER_MIDDLEWARES_BASE,
            default_settings.SPIDER_MIDDLEWARES_BASE,
        )
        for component in components
    ),
)
with swift_imports():
    for _name in _NAMES:
        import_module(_name)

_PAGE = """<html lang="en"><h1>Uphill policy</h1><p>Uphill travel is allowed before 8 am. Dogs are not allowed.
An uphill pass is required and costs $10. <a href="/uphill">Uphill</a></p></html>"""
read_page(parse_page(_PAGE, url="https://alpha.example/"), source="https://alpha.example/")
gc.freeze()  # what is here by now, no forked process has to look through
