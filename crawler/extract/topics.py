"""What a section is about: by the headings above it, else by what it speaks of itself."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from crawler.extract.languages import of_all
from crawler.extract.once import told_once
from crawler.extract.sentences import Clause, Sentence

FACT_WORDS = (
    "dog",
    "waiver",
    "uphill_pass",
    "route_noun",
    "lights",
    "snowshoe",
    "check_in",
    "ascend",
    "during_ops",
    "outside_ops",
)
_TOLD = (
    "dog",
    "waiver",
    "uphill_pass",
    "lights",
    "check_in",
    "ascend",
    "during_ops",
    "outside_ops",
    "route_heading",
)
"""What a heading may name so that its section is taken for a part of the policy."""
_ALIEN = ("other_topic", "other_service", "race_news", "lodging", "rental", "summer")
_WAYS = ("stay_on_route", "designated_route", "uphill_route")
_ASKED_BESIDE = ("dog", "snowshoe", "foot", "lights", "deadline")
_OTHER_QUESTIONS = (
    *("indoors", "rental", "obtain", "other_topic", "lodging", "race_news", "lift_ticket", "season_pass"),
    *("summer", "trailhead", "other_place"),
)
"""What a question in a list of them may be on, whatever was asked before."""
_ALIEN_SHARE = 0.5
_NEAR_START = 1
_LONGEST_INTRO, _LEVEL_OF_INTRO = 6, 9
_JOINTS = frozenset([",", "/", "&", "|", "·", "•", "–", "+"]) | of_all("joiners")


class Topic(Enum):
    UPHILL = "uphill"
    SOFT = "soft"
    """Tickets, prices, hours: of whatever."""
    OTHER = "other"
    """Another service; what names uphill travel itself still counts."""
    MIXED = "mixed"
    """Going up and other pastimes: what is told of those alone does not count."""
    ALIEN = "alien"
    """An offer such as rental, lessons or a race, which names ski touring and lays down nothing."""


@dataclass(eq=False)
class Heading:
    """A heading as one clause; ``level`` as in ``Block``."""

    clause: Clause
    level: int

    @told_once
    def is_offer(self) -> bool:
        """Whether it is of another service or place, whatever it names besides (unless it is the page's own)."""
        if self.level > 1 and self.clause.has("elsewhere") and not self.clause.has("here"):
            return True  # "Where else can I skin?"
        if not self.clause.has("other_service") or (self.level == 1 and self.clause.has("uphill")):
            return False
        return not self.lists_pastimes

    @told_once
    def lists_pastimes(self) -> bool:
        """As in "Ski touring, sledding and snowshoeing", which is of rules for each, and not of one's offers."""
        services = self.clause.hits.get("other_service", ())
        kinds = self.clause.hits.get("pastime", ())
        travels = self.clause.hits.get("uphill", ())
        if not travels or not all(hit.overlaps_any(kinds) for hit in services):
            return False
        joints = [i for i, token in enumerate(self.clause.tokens) if token.fold in _JOINTS]
        alone = [t for t in travels if not t.overlaps_any((*services, *kinds))]
        return any(
            t.first < joint < hit.first or hit.last < joint < t.first
            for t in alone
            for hit in services
            for joint in joints
        )


_TELLING = frozenset(["other_service", "elsewhere", "uphill", "indoors", "other_topic"])


def _may_tell(heading: Heading) -> bool:
    return not heading.clause.lacks(_TELLING)


def topic_of(headings: Iterable[Heading]) -> Topic | None:
    """By the nearest heading that tells; "Price" below "Uphill tickets" is of those."""
    soft = False
    for heading in filter(_may_tell, headings):
        clause = heading.clause
        if heading.is_offer or heading.lists_pastimes:
            return Topic.SOFT if soft else Topic.ALIEN if heading.is_offer else Topic.MIXED
        if clause.all("announce", "date"):
            continue  # "Published on 7 January in Snow"
        if clause.has("uphill"):
            return Topic.SOFT if soft and heading.level == 1 else Topic.UPHILL
        if clause.has("indoors"):
            return Topic.SOFT if soft else Topic.OTHER
        if clause.has("other_topic") and not clause.has(*FACT_WORDS):
            # "Our agreement with the lift company" tells whose rules they are
            whose = clause.hits.get("of_operator", ())
            told = [hit for hit in clause.hits["other_topic"] if not hit.overlaps_any(whose)]
            if not told:
                continue
            mild = clause.hits.get("soft_topic", ())
            if any(not hit.overlaps_any(mild) for hit in told):
                return Topic.SOFT if soft else Topic.OTHER
            if clause.has("lift_ticket", "season_pass"):
                return Topic.SOFT  # of the lifts' own tickets, wherever they stand
            soft = True
    return Topic.SOFT if soft else None


def topic_of_list(intro: Clause) -> Topic | None:
    """What the words before a list make its entries' topic, where they are no sentence: "Tubing hill:"."""
    if intro.verdicts or intro.length > _LONGEST_INTRO:
        return None
    return topic_of([Heading(intro, _LEVEL_OF_INTRO)])


def speaks_of_others(heading: Clause | None, told: Collection[Sentence]) -> bool:
    """Whether a section under a heading such as a name or "Evenings" speaks of other services alone."""
    if heading is None or heading.has("uphill", "route_noun", *_TOLD) or not told:
        return False
    if any(sentence.has("uphill", "ascend", *_WAYS) for sentence in told):
        return False
    if any(_is_of_access_to_a_way(sentence.whole) for sentence in told):
        return False  # "Access to the track is free. Parking costs €4"
    if heading.has("equipment_heading") and any(sentence.has("lights") for sentence in told):
        return False  # "And which gear?": "We advise a headlamp. The shop rents out the rest"
    if any(sentence.whole.all("check_in", "each_time") for sentence in told):
        return False  # "Sign in by the rental shop each morning"
    return sum(_is_of_others(sentence.whole) for sentence in told) >= _ALIEN_SHARE * len(told)


def _is_of_access_to_a_way(told: Clause) -> bool:
    ways = told.hits.get("route_noun", ())
    return bool(ways) and any(not hit.overlaps_any(ways) for hit in told.hits.get("access_word", ()))


def _is_of_others(told: Clause) -> bool:
    """Not as in "The tracks are open while the lifts run": there the lifts tell the time."""
    aside = told.hits_of("during_ops", "outside_ops", "sold_at", "counter")
    return any(not hit.overlaps_any(aside) for hit in told.hits_of(*_ALIEN))


def goes_on_asking(asked: Sentence) -> bool:
    """As "And on snowshoes?", "Do I need a ticket?", "May my dog come along?" behind a question on going up."""
    if asked.has("uphill") or asked.has(*_OTHER_QUESTIONS):
        return False
    told = asked.has("refers_back", "ascend", *_ASKED_BESIDE)
    return told or (asked.has("any_pass_word") and "must" in asked.kinds)


def starts_an_offer(sentence: Sentence) -> bool:
    """As in "Ski touring course every Saturday, $75": of another service, whatever stands above it."""
    offers = sentence.whole.hits.get("other_service")
    if offers is None or sentence.has("uphill", "ascend") or min(hit.first for hit in offers) > _NEAR_START:
        return False
    return not sentence.kinds & {"permit", "forbid"}  # "Sledges and bikes are not allowed on our runs"


def speaks_of_another(sentence: Sentence) -> bool:
    """Whether it names another service and nothing of going up."""
    return sentence.has(*_ALIEN) and not sentence.has("uphill", "ascend", "uphill_pass")


def is_umbrella(headings: Sequence[Heading]) -> bool:
    """Whether all that tells of something else is the page's title: below "Plan your visit" stands anything."""
    topic = topic_of(headings)
    return topic in (Topic.OTHER, Topic.SOFT) and topic_of(h for h in headings if h.level != 1) is None


def is_of_an_offer(head: Clause) -> bool:
    """Whether it names an offer; bikes beside going up are none: "Uphill skiing, snowshoes and fat bikes"."""
    bikes = head.hits.get("bike", ()) if head.has("snowshoe", "foot") else ()
    return any(not hit.overlaps_any(bikes) for hit in head.hits.get("offer_page", ()))


def bans_a_kind(sentence: Sentence) -> bool:
    """As in "On the uphill routes snowshoes are not allowed", under a heading of snowshoe trails."""
    named = sentence.has("uphill", "uphill_route") and sentence.has("snowshoe", "foot", "bike", "dog")
    return named and sentence.kinds == {"forbid"}


def starts_elsewhere(sentence: Sentence) -> bool:
    """Whether the sentence's subject is another service of the resort, such as "Lifts run 9 to 4"."""
    topics = sentence.whole.hits.get("other_topic")
    return topics is not None and any(hit.first <= 1 for hit in topics) and not sentence.has(*FACT_WORDS)


def tells_a_fact(sentence: Sentence, *, behind: bool) -> bool:
    """Whether it lays something down, or goes on ``behind`` a sentence on going up: "It is included"."""
    goes_on = behind and sentence.whole.first("price_pronoun") == 0
    return goes_on or sentence.has(*FACT_WORDS) or "must" in sentence.kinds
