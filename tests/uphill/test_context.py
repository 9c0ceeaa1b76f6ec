"""The sentences around a quote: whole ones where they fit, bounded, and cut where it is seen."""

import pytest

from uphill.context import REACH, context


def around(text, quote):
    start = text.index(quote)
    return context(text, start, start + len(quote))


def test_two_sentences_to_each_side():
    text = "One here. Two here. Three here. Dogs are welcome. Four here. Five here. Six here."
    found = around(text, "Dogs are welcome.")
    assert (found.before.strip(), found.quote, found.after.strip()) == (
        "Two here. Three here.",
        "Dogs are welcome.",
        "Four here. Five here.",
    )
    assert not found.cut_before
    assert not found.cut_after


def test_a_quote_within_its_sentence_has_the_rest_of_it():
    found = around("First. Before eight, dogs are welcome on leash. Last.", "dogs are welcome")
    assert found.before == "First. Before eight, "
    assert found.after == " on leash. Last."


def test_blocks_of_a_page_are_sentences_of_their_own():
    found = around("Menu\nRules\nHours\nNo dogs\nBar\nShop\nHome", "No dogs")
    assert (found.before, found.after) == ("Rules · Hours · ", " · Bar · Shop")


def test_white_space_is_folded():
    assert around("a  b\tc QUOTE   HERE d\u00a0 e", "QUOTE   HERE").quote == "QUOTE HERE"


@pytest.mark.parametrize("filler", ["word ", "x"])
def test_endless_text_is_bounded_and_its_cut_told(filler):
    text = filler * 4000 + "QUOTE" + filler * 4000
    found = around(text, "QUOTE")
    assert found.cut_before
    assert found.cut_after
    assert len(found.before) <= REACH + 3
    assert len(found.after) <= REACH + 3


def test_at_the_ends_of_a_text_nothing_is_cut():
    found = around("QUOTE", "QUOTE")
    assert (found.before, found.after, found.cut_before, found.cut_after) == ("", "", False, False)


def test_what_stands_around_is_what_the_page_says_there():
    text = "a. b! c? d: e; f. QUOTE. g. h! i? j"
    found = around(text, "QUOTE.")
    assert f"{found.before}{found.quote}{found.after}" in text


def test_what_adjoins_the_quote_without_a_space_stays_so():
    found = around("Dogs (on leash) only.", "on leash")
    assert f"{found.before}|{found.quote}|{found.after}" == "Dogs (|on leash|) only."


def test_an_abbreviation_ends_no_sentence():
    found = around("Dogs stay home. Climb from 6 a.m. to 8 a.m. on weekdays. Bye.", "Dogs stay home.")
    assert found.after == " Climb from 6 a.m. to 8 a.m. on weekdays. Bye."
