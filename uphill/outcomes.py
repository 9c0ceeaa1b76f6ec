"""How a fetch and how a visit can end: two closed lists, so that nothing ends without a reason."""

from enum import StrEnum

from uphill.language import N_


class Outcome(StrEnum):
    """How one fetch, or one visit of a resort, ended.

    A visit's outcome is that of its best page; only ``POLICY`` and ``UNCHANGED`` touch facts.
    """

    POLICY = "policy"
    UNCHANGED = "unchanged"
    NO_POLICY = "no_policy"
    ROBOTS = "robots"
    HTTP_STATUS = "http_status"
    TIMEOUT = "timeout"
    DNS = "dns"
    CONNECTION = "connection"
    TOO_LARGE = "too_large"
    NOT_HTML = "not_html"
    REDIRECT = "redirect"
    EMPTY = "empty"
    SCRIPTED = "scripted"
    UNREADABLE = "unreadable"
    BLOCKED = "blocked"
    PARKED = "parked"
    UNSAFE = "unsafe"
    NO_WEBSITE = "no_website"

    @property
    def failed(self) -> bool:
        """Whether nothing was learnt; "no policy found" on pages that did load is an answer."""
        return self not in {Outcome.POLICY, Outcome.UNCHANGED, Outcome.NO_POLICY}


class Change(StrEnum):
    """What a visit changed in the database."""

    NEW = "new"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    NONE = "none"


OUTCOME_SENTENCES: dict[Outcome, str] = {
    Outcome.POLICY: N_("policy found"),
    Outcome.UNCHANGED: N_("not changed since the last visit"),
    Outcome.NO_POLICY: N_("no uphill policy found on the site"),
    Outcome.ROBOTS: N_("the site's robots.txt forbids crawlers"),
    Outcome.HTTP_STATUS: N_("the site answered with an error"),
    Outcome.TIMEOUT: N_("the site did not answer in time"),
    Outcome.DNS: N_("the site's name could not be resolved"),
    Outcome.CONNECTION: N_("the connection failed"),
    Outcome.TOO_LARGE: N_("the page is larger than the limit"),
    Outcome.NOT_HTML: N_("the page is neither HTML, PDF nor text"),
    Outcome.REDIRECT: N_("the page redirects without end or away from the resort's site"),
    Outcome.EMPTY: N_("the page is empty"),
    Outcome.SCRIPTED: N_("the page shows nothing without JavaScript"),
    Outcome.UNREADABLE: N_("the page could not be read"),
    Outcome.BLOCKED: N_("the site shows crawlers a captcha or a refusal in place of the page"),
    Outcome.PARKED: N_("the domain is for sale, parked, or shows its host's default page"),
    Outcome.UNSAFE: N_("the address is one that the crawler must not go to"),
    Outcome.NO_WEBSITE: N_("no website is known for the resort"),
}
