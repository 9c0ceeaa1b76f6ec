"""What is denied never becomes the filter for its contrary: it is the filter for the denial, or it is left as text."""

import pytest

from uphill.asking import understand
from uphill.asking.lexicon import LANGUAGES, answered, meanings, table

_STEP = 3
"""Of a meaning's first phrase every denial is tried, of the others every third."""


def positive_phrases(language):
    negations = {word.split()[0] for word in [*language["small"]["not"], *language["answers"]["none"]]}
    for key, phrases in language["phrases"].items():
        for phrase in phrases:
            if meanings()[key].facts and phrase.split()[0] not in negations:
                yield key, dict(meanings()[key].facts), phrase


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_denied_phrase_is_taken_for_itself(lang, now):
    language = table(lang)
    before = [*language["small"]["not"], *language["answers"]["none"]]
    behind = [*language["answers"]["no"], *language["answers"]["not_needed"], *language["small"]["not"]]
    wrong = []
    tried = set()
    for key, facts, phrase in positive_phrases(language):
        starts_small = (
            phrase.split()[0] in language["small"]["vanish"]
        )  # "ohne an der Leine" is said by nobody
        denied = [] if starts_small else [f"{word} {phrase}" for word in before]
        denied += [f"{phrase} {word}" for word in behind]
        for text in denied if key not in tried else denied[len(tried) % _STEP :: _STEP]:
            understood = understand(text, today=now, lang=lang)
            taken = {(name, value) for name, values in understood.facts.items() for value in values}
            if taken & {(name, value) for name, values in facts.items() for value in values}:
                wrong.append(text)
        tried.add(key)
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_behind_a_phrase_is_understood(lang, now):
    for target, phrase in answered(table(lang)):
        understood = understand(phrase, today=now, lang=lang)
        assert (understood.facts, understood.text) == (dict(meanings()[target].facts), ""), phrase


def test_answers_are_made_of_meanings_that_are_there():
    made = {target for kinds in table("answers").values() for target in kinds.values()}
    assert {*table("answers"), *made} <= set(meanings())
    assert {kind for kinds in table("answers").values() for kind in kinds} == set(table("en")["answers"])


@pytest.mark.parametrize(
    ("text", "facts", "left"),
    [
        ("headlamp not required", {}, "headlamp not required"),
        ("Hunde auf Pisten sind nicht erlaubt", {}, "Hunde auf Pisten sind nicht erlaubt"),
        ("Hunde sind nicht erlaubt", {"dogs": ("prohibited",)}, ""),
        ("don't allow dogs", {}, "don't allow dogs"),
        ("no big dogs", {}, "no big dogs"),
        ("no crowds, free", {"pass_cost": ("free",)}, "no crowds"),
        ("no pass or waiver", {"pass_required": ("never",), "waiver": ("not_required",)}, ""),
        ("no dogs or kids", {"dogs": ("prohibited",)}, "no kids"),
        (
            "dogs ok, no snowshoes",
            {"dogs": ("allowed", "leashed", "limited"), "snowshoes": ("prohibited",)},
            "",
        ),
        ("dogs no pass", {"dogs": ("allowed", "leashed", "limited"), "pass_required": ("never",)}, ""),
        ("free not Vermont", {"pass_cost": ("free",)}, "not Vermont"),
        ("no season pass", {}, "no season pass"),
        ("not near Denver", {}, "not near Denver"),
        ("not on Saturday", {}, "not on Saturday"),
        ("Ikon not accepted", {}, "Ikon not accepted"),
        ("sans forfait ni chiens", {"pass_required": ("never",), "dogs": ("prohibited",)}, ""),
    ],
)
def test_a_denial_is_read_with_what_it_denies(text, facts, left, now):
    understood = understand(text, today=now)
    assert (dict(understood.facts), understood.text) == (facts, left)
    assert (understood.region, understood.networks, understood.near, understood.open_at) == (
        (),
        (),
        None,
        None,
    )
