"""Properties of the reading, for any markup and any text."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crawler.extract import parse_page, read
from crawler.extract.languages import LANGUAGES
from crawler.extract.pages.page import tidy
from crawler.extract.tagger import lexicon, tokens_of

_TAGS = (
    "p",
    "div",
    "h1",
    "h2",
    "li",
    "ul",
    "td",
    "tr",
    "table",
    "b",
    "a",
    "br",
    "dl",
    "dt",
    "dd",
    "span",
    "nav",
    "form",
)
_WORDS = (
    "uphill", "Uphill travel", "is", "not", "allowed", "prohibited", "from", "5 am", "8:30", "17h30",
    "17.30 Uhr", "dogs", "waiver", "required", "$10", "CHF 15.–", "pass", "season pass", "open", "closed",
    "Standard Run", "only", "unless",
    "Skitouren", "sind", "verboten", "la montée", "est interdite", "lo scialpinismo", "è vietato",
    ".", ",", ":", "?", "(", ")", "|", "–", "&nbsp;", "&", "<", "’",
    "\u00ad", "\u200b", "é", "ß", "İ", "970-555-0100", "Mo-Fr", "24:00", "0",
)  # fmt: skip
words = st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join)


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Tags opened and closed at random around the words of policies."""
    out = []
    for _ in range(draw(st.integers(0, 25))):
        tag = draw(st.sampled_from(_TAGS))
        out.append(draw(st.sampled_from((f"<{tag}>", f"</{tag}>", f'<{tag} class="alert">', ""))))
        out.append(draw(words))
    return "".join(out)


_calm = settings(max_examples=75, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_calm
@given(st.binary(max_size=2000))
@example(b"\xff\xfe<\x00p\x00>\x00")
def test_any_bytes_give_a_sound_reading(is_sound, body):
    assert is_sound(read(body, source="-"), parse_page(body).text)


@_calm
@given(markup())
def test_any_markup_gives_a_sound_reading_and_always_the_same(is_sound, text):
    reading = read(text, source="-")
    assert is_sound(reading, parse_page(text).text)
    assert read(text, source="-") == reading


@_calm
@given(markup(), st.sampled_from(LANGUAGES))
def test_any_language_may_be_told(text, lang):
    assert read(text, source="-", lang=lang).lang == lang or not parse_page(text).text


@_calm
@given(markup())
def test_blocks_cover_the_text_line_by_line(text):
    page = parse_page(text, content_type="text/html")
    assert [page.words(block) for block in page.blocks] == (page.text.split("\n") if page.text else [])
    for index, block in enumerate(page.blocks):
        assert all(heading < index and page.blocks[heading].level for heading in block.headings)


@_calm
@given(st.text(max_size=300))
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)


@_calm
@given(st.text(max_size=300) | words, st.sampled_from(LANGUAGES))
def test_tokens_are_the_texts_own_words_in_order(text, lang):
    tokens = tokens_of(text, 0, len(text), lang)
    ends = [0, *(token.end for token in tokens)]
    for token, before in zip(tokens, ends, strict=False):
        assert before <= token.start < token.end <= len(text)
    for hit in lexicon(lang).tag(tokens):
        assert 0 <= hit.first <= hit.last < len(tokens)


@_calm
@given(words)
def test_what_a_script_or_template_holds_says_nothing(text):
    page = "<h1>Uphill access</h1><p>Uphill travel is allowed on two routes, from autumn until spring.</p>"
    clean = text.replace("<", "")
    hidden = (
        f"<script>{clean}</script><template><p>{clean}</p></template><style>{clean}</style><!-- {clean} -->"
    )
    assert read(page + hidden, source="-") == read(page, source="-")
