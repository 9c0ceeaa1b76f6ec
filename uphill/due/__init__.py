"""What is due when: the rule (``intervals``), the pages of a resort that it holds for (``asked``), what follows from
a visit (``planning``), which resorts a crawl has to visit (``choosing``), and what a site is spared (``rests``,
``budget``).
"""

from uphill.due.choosing import targets
from uphill.due.intervals import PageState, next_due
from uphill.due.planning import plan_pages

__all__ = ["PageState", "next_due", "plan_pages", "targets"]
