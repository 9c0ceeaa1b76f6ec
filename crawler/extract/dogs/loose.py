"""Whether a ban is on loose dogs, or on all dogs beside a word of loose ones."""

from crawler.extract.sentences import Clause


def bans_the_loose_only(clause: Clause) -> bool:
    """As in "Loose dogs are banned", and not "Because of dogs that ran loose, dogs are not allowed"."""
    bans = [verdict.at for verdict in clause.verdicts if verdict.kind == "forbid"]
    if not bans:
        return clause.has("neg")
    return any(not _is_beside(clause, loose.first, loose.last, bans[0]) for loose in clause.hits["no_leash"])


def _is_beside(clause: Clause, first: int, last: int, ban: int) -> bool:
    """Whether a comma parts the loose dogs from the ban, and other dogs are named on the ban's side of it."""
    between = range(last + 1, ban) if last < ban else range(ban + 1, first)
    commas = [index for index in between if clause.tokens[index].fold == ","]
    if not commas:
        return False
    dogs = [hit.first for hit in clause.hits.get("dog", ())]
    if last < ban:
        return any(commas[-1] < dog < ban for dog in dogs)
    return any(dog < ban for dog in dogs) and any(dog > first for dog in dogs)
