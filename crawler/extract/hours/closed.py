"""Hours beside the word "closed": are they when it is closed, or what a closed route's hours would be?"""

from crawler.extract.columns import cells, column_of
from crawler.extract.hours.grounds import LITTLE, Told

_LEADS = ("from", "between", "oclock", "bounded", "when_heading", "hours_label", "daily")
"""What may stand between the word and its hours: "closed during the hours of 8:30 to 16:30"."""


def closed_then(told: Told) -> bool:
    """As in "Skinning: closed 8:30 to 16:30": the word stands right before the hours."""
    clause, first = told.clause, told.span.first
    if clause.has("open", "permit"):
        return False
    lead = clause.tokens_of(*_LEADS)
    return any(
        hit.last < first
        and all(i in lead or clause.tokens[i].fold in LITTLE for i in range(hit.last + 1, first))
        for hit in clause.hits.get("closed", ())
    )


def beside_a_state(told: Told) -> bool:
    """As in a row "Skinning | Closed | 8:30 to 16:30" below no header, which may mean either."""
    row, whole = told.scoped.sentence.block.row, told.scoped.whole
    if not row or column_of(told.scoped, told.at) is not None:
        return False
    alone = {(hit.first, hit.last + 1) for hit in whole.hits.get("closed", ())}
    return any(cell in alone for cell in cells(whole))


def is_called_off(told: Told) -> bool:
    """As in "The tour evening on Wednesday, 17 to 22, is cancelled", and not "In bad weather it is cancelled"."""
    whole = told.scoped.whole
    return whole.has("called_off") and not whole.has("if", "if_strict", "refund")
