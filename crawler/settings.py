"""Scrapy's settings, made from the operator's."""

from importlib.metadata import version
from typing import Any

from scrapy.settings.default_settings import EXTENSIONS_BASE

from crawler.browser import BOUNDED_HANDLER, BROWSER_HANDLER, browser_settings
from crawler.guard import ALLOW_LOOPBACK
from uphill.settings import Settings

ROBOT_NAME = "uphill-directory"
_UNUSED = frozenset(
    {
        "scrapy.extensions.feedexport.FeedExporter",
        "scrapy.extensions.remote_control.RemoteControl",
        "scrapy.extensions.telnet.TelnetConsole",
    }
)
"""Scrapy imports also what is switched off; a client of the web and a server of shells take half a second."""
_DNS_TIMEOUT = 10
_MAX_THROTTLE = 60.0


def user_agent(contact: str) -> str:
    """How the crawler names itself, with the address by which a resort reaches who runs it."""
    whom = " ".join(contact.split()) or "a directory of ski resorts' uphill policies"
    return f"{ROBOT_NAME}/{version('uphill-directory')} (+{whom})"


def scrapy_settings(settings: Settings, *, proxies: bool = True) -> dict[str, Any]:
    """``proxies``: whether those of the environment are used; a crawl of loopback wants none."""
    return {
        "BOT_NAME": ROBOT_NAME,
        "USER_AGENT": user_agent(settings.contact),
        **_manners(settings),
        **_limits(settings),
        **_guards(settings),
        "HTTPPROXY_ENABLED": proxies,
        "DOWNLOADER": "crawler.politeness.SiteDownloader",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "crawler.guard.GuardedRequests": 50,
            "crawler.robots.Robots": 100,
            "crawler.politeness.CrawlDelay": 150,
            "crawler.politeness.RetryAfter": 560,  # its answer comes before that of Retry, at 550
            "crawler.bounds.BoundedCompression": 590,
        },
        # Off: what opens ports, keeps state, or prints.
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "EXTENSIONS_BASE": {name: at for name, at in EXTENSIONS_BASE.items() if name not in _UNUSED},
        "COOKIES_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOGSTATS_INTERVAL": 0,
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",  # the visit says so
    }


def _guards(settings: Settings) -> dict[str, Any]:
    return {
        ALLOW_LOOPBACK: settings.allow_loopback,
        "TWISTED_DNS_RESOLVER": "crawler.guard.GuardedResolver",
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("data", "file", "ftp", "s3")),
            **dict.fromkeys(("http", "https"), BROWSER_HANDLER if settings.browser else BOUNDED_HANDLER),
        },
        # Scrapy trusts any certificate. What is read here may send somebody up a mountain, so whoever sits on
        # the line must not write it: a site with a broken chain keeps its last facts, and is told as such.
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "METAREFRESH_ENABLED": False,
        **browser_settings(settings.browser),
    }


def _manners(settings: Settings) -> dict[str, Any]:
    return {
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": ROBOT_NAME,
        "CONCURRENT_REQUESTS": settings.sites,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": settings.delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # it would go below the least delay half of the time
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": settings.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(_MAX_THROTTLE, settings.delay),
    }


def _limits(settings: Settings) -> dict[str, Any]:
    return {
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DNS_TIMEOUT": min(_DNS_TIMEOUT, settings.timeout),
        "DOWNLOAD_MAXSIZE": settings.max_page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "REDIRECT_MAX_TIMES": 5,
        "RETRY_TIMES": settings.retries,
        # A name that is not known now is not known a second later; the resort comes again anyway.
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadConnectionRefusedError",
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.DownloadTimeoutError",
            "scrapy.exceptions.ResponseDataLossError",
            "twisted.internet.error.ConnectionDone",
            "twisted.internet.error.ConnectionLost",
        ],
    }
