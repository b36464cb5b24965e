"""Texts whose accents stand after their letters are cleaned as all others are, and come back as they were."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Document, Span, clean, restore
from cleaner.pipeline import Pipeline
from cleaner.pipeline.composed import composed

NOTICES = [
    "Tous droits réservés.",
    "Wszelkie prawa zastrzeżone.",
    "Читайте также: Как хранить яблоки зимой",
    "Suscríbete a nuestro boletín",
    "Compartilhe esta notícia",
    "Facebookでシェア",
    "무단 전재 및 재배포 금지",
]
STORY = "Il a plu en mai et la rivière est montée, dit le maire de la ville.\n\n"
LETTERS = st.text(st.sampled_from("ae\u0301\u0300o\u0308\u1112\u1161\u11abか\u3099 x\n\r.\u0627\u0653"), max_size=60)


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_goes_whichever_way_its_letters_are_spelt(notice: str) -> None:
    text = unicodedata.normalize("NFD", f"{STORY}{notice}\n\n{STORY}")
    cleaned = clean(text)
    assert cleaned.text == unicodedata.normalize("NFD", STORY + STORY)
    assert restore(cleaned.text, cleaned.removals) == text
    assert clean(cleaned.text).text == cleaned.text


@given(LETTERS)
def test_the_short_form_is_that_of_unicode_and_each_place_leads_back(text: str) -> None:
    short = composed(Document("d", text))
    if short is None:
        return
    assert unicodedata.normalize("NFC", short.document.text) == unicodedata.normalize("NFC", text)
    for start in range(len(short.document.text)):
        span = short.span(Span(start, start + 1, "a.b.c", "r"))
        assert 0 <= span.start < span.end <= len(text)
        piece = text[span.start : span.end]
        assert short.document.text[start] in unicodedata.normalize("NFC", piece)
    whole = short.span(Span(0, len(short.document.text), "a.b.c", "r"))
    assert (whole.start, whole.end) == (0, len(text))


class Some:
    """A filter that asks for one range, whatever stands there."""

    reads_short_forms = True

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = sorted((first, last))

    def __call__(self, document: Document) -> list[Span]:
        first, last = (min(place, len(document.text)) for place in (self.first, self.last))
        return [Span(first, last, "a.b.c", "r")] if first < last else []


@given(LETTERS, st.integers(0, 60), st.integers(0, 60))
def test_what_any_filter_asks_for_comes_back(text: str, one: int, other: int) -> None:
    cleaned = Pipeline([Some(one, other)], max_share=1.0)(Document("d", text))
    assert restore(cleaned.text, cleaned.removals) == text
