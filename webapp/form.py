"""What the search form sends, as the parameters of a search: a form can't leave a field out, nor name its times.

Beside the parameters it has ``when`` (see :class:`webapp.times.When`), and hidden fields with what a field held
before, by which one that was changed is told from one that was left as it was.
"""

from collections.abc import Mapping
from datetime import datetime

from werkzeug.datastructures import MultiDict

from uphill.search import Sort
from uphill.search.parameters import Opening
from uphill.search.prices import PERIODS
from webapp.times import When

WAS = {"near": "near_was", "at": "at_was"}
_OWN = ("q", "text", "page", "when", *WAS.values())


def read_form(
    args: Mapping[str, str] | MultiDict[str, str], times: Mapping[When, datetime]
) -> MultiDict[str, str]:
    """The parameters that the fields mean, but for the box; ``times`` are those that are offered."""
    sent = MultiDict(args)
    read = MultiDict((name, value) for name, value in sent.items(multi=True) if value and name not in _OWN)
    _keep_place(read, sent.get(WAS["near"], ""))
    if "when" in sent:
        _read_time(read, sent["when"], sent.get(WAS["at"], ""), times)
    for name in set(PERIODS) & set(read):
        read[name] = read[name].replace(",", ".")  # as half of Europe writes 19,50
    if "currency" in read and read.get("sort") != Sort.PRICE and not set(PERIODS) & set(read):
        read.poplist("currency")
    return read


def _keep_place(read: MultiDict[str, str], was: str) -> None:
    """The place of before, where its name was left: a name alone may be another place's, too."""
    if "near" not in read:
        read.poplist("km")
    elif was.partition(" ")[2] == read["near"]:
        read["near"] = was


def _read_time(read: MultiDict[str, str], when: str, was: str, times: Mapping[When, datetime]) -> None:
    written = read.poplist("at")
    if when in times:
        read["at"] = times[When(when)].isoformat(timespec="minutes")
    elif when == When.NOW:
        if "open" not in read:
            read.setlist("open", list(Opening))
    elif written and (when == When.AT or written[-1] != was):
        read["at"] = written[-1][:16]  # some browsers send seconds, too
    else:
        read.poplist("open")
