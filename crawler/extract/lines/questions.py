"""Questions that the line below answers by yes or no."""

from dataclasses import replace

from crawler.extract.automaton import by_concept
from crawler.extract.modality import ANSWERS, Answer
from crawler.extract.sentences import Clause, Sentence, answers_at
from crawler.extract.tagger import Tagging, tokens_of


def question_and_answer(text: str, asked: Sentence, answer: Sentence, words: Tagging) -> Sentence | None:
    """A question of one line and the yes or no that the next line begins with, read as one sentence."""
    told: Answer | None = None
    for concept, value in ANSWERS:
        if answers_at(answer.whole, concept) == 0:
            told = value
    if told is None or not asked.asks:
        return None
    lang = asked.whole.lang
    tokens = tokens_of(text, asked.start, answer.end, lang)
    hits = words.tag(tokens)
    whole = Clause(text, tokens, by_concept(hits), lang)
    clauses = (replace(asked.whole, answer=told), *answer.clauses)
    beside = (asked.whole, answer.whole, *answer.beside)
    return Sentence(answer.block, whole, hits, parts=clauses, beside=beside)


def is_bare_answer(sentence: Sentence) -> bool:
    """Whether it is nothing but a yes or a no, as after "We have dogs of our own, and they like no company."."""
    told = [hit for concept, _ in ANSWERS for hit in sentence.whole.hits.get(concept, ())]
    return any(hit.first == 0 and hit.last + 1 >= sentence.whole.length for hit in told)
