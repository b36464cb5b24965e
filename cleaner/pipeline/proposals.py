"""What filters ask for, checked: a filter may be anybody's, and what is wrong with it must name it.

A wrong span would be cut somewhere else, or end a run in a line that knows nothing of the filter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import index

from cleaner.document import Document, Filter, Span, outside_crlf

from .composed import composed

_IN = "This was in the filter "  # the note that an error gets


class SpanError(ValueError):
    """A filter asked for what cannot be cut, or changed what it read: a bug in that filter, which is named."""


class Proposals:
    """Filters, each with a name to be told by, and what they ask for."""

    def __init__(self, filters: Mapping[str, Filter] | Iterable[Filter]) -> None:
        named = filters.items() if isinstance(filters, Mapping) else ((_name(one), one) for one in filters)
        self.named = tuple((str(name), one) for name, one in named)
        wrong = [name for name, one in self.named if not callable(one)]
        if wrong:
            raise TypeError(f"{wrong[0]} is no filter: one is called with a document and gives spans")
        self.filters: tuple[Filter, ...] = tuple(one for _, one in self.named)

    def of(self, documents: Sequence[Document], checked: bool = True) -> list[list[Span]]:
        """What the filters ask for of each document. Raises SpanError for what cannot be cut; unless `checked`, ranges
        are left to be checked one by one.
        """
        short = [composed(document) for document in documents]
        read = [both[1] if both[0] is None else both[0].document for both in zip(short, documents, strict=True)]
        for filter_ in self.filters:
            prepare = getattr(filter_, "prepare", None)
            if prepare is not None:
                prepare(read if _reads_short_forms(filter_) else documents)
        asked: list[list[Span]] = []
        for document, one in zip(documents, short, strict=True):
            spans: list[Span] = []
            for name, filter_ in self.named:
                if one is not None and _reads_short_forms(filter_):
                    spans.extend(map(one.span, _asked(name, filter_, one.document, checked)))
                else:
                    spans.extend(_asked(name, filter_, document, checked))
            asked.append(spans)
        return asked


def _reads_short_forms(filter_: object) -> bool:
    """Whether a filter is to see letters and their accents as one; others see each text as it is."""
    return getattr(filter_, "reads_short_forms", False) is True


def _name(filter_: object) -> str:
    return str(getattr(filter_, "__name__", None) or type(filter_).__name__)


def filter_of(error: Exception) -> str:
    """The name of the filter that raised an error; empty where none did."""
    notes = (note for note in getattr(error, "__notes__", ()) if note.startswith(_IN))
    return next((note.removeprefix(_IN).partition(", which read ")[0] for note in notes), "")


def _asked(name: str, filter_: Filter, document: Document, checked: bool) -> Iterator[Span]:
    text = document.text
    try:
        asked: object = filter_(document)
        spans = list(asked) if isinstance(asked, Iterable) else None
    except SystemExit as error:  # it would end the run without a word
        raise SpanError(f"the filter {name} ended the program at {document.id}, with {error.code!r}") from error
    except Exception as error:
        error.add_note(f"{_IN}{name}, which read {document.id}.")
        raise
    if spans is None or isinstance(asked, Span):
        raise SpanError(f"the filter {name} gave {_shown(asked)}; it gives Spans in a list, or yields them")
    breaks_in_two = bool(spans) and "\r\n" in text
    for span in spans:
        sound = span if _is_sound(span) else _mended(name, span)
        if checked and not 0 <= sound.start <= sound.end <= len(text):
            place = f"[{sound.start}, {sound.end}) of {len(text)} characters of {document.id}"
            raise SpanError(f"the filter {name} asks for {place}")
        if breaks_in_two and sound.start < sound.end:
            start, end = outside_crlf(text, sound.start, sound.end)
            sound = sound._replace(start=start, end=end)
        yield sound


def _is_sound(span: object) -> bool:
    """Whether a span says what it should, in the types that a log can hold."""
    return (
        type(span) is Span
        and type(span.start) is int
        and type(span.end) is int
        and type(span.score) is float
        and 0.0 <= span.score <= 1.0
        and type(span.code) is str
        and type(span.reason) is str
        and span.code != ""
    )


def _mended(name: str, span: object) -> Span:
    """The span in plain types, where it has others that mean the same, as NumPy's numbers do.

    Raises SpanError where it has not.
    """
    if not isinstance(span, Span):
        raise SpanError(f"the filter {name} gave {_shown(span)} where a Span belongs")
    try:
        mended = Span(int(index(span.start)), int(index(span.end)), span.code, span.reason, float(span.score))
    except (TypeError, ValueError):
        raise SpanError(f"the filter {name} gave {_shown(span)}: start and end are whole numbers, score one") from None
    if not 0.0 <= mended.score <= 1.0:
        raise SpanError(f"the filter {name} gave {_shown(span)}: its score is not from 0 to 1")
    words: tuple[object, ...] = (span.code, span.reason)
    if not span.code or not all(isinstance(one, str) for one in words):
        raise SpanError(f"the filter {name} gave {_shown(span)}: code and reason are texts, and there is a code")
    return mended


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:100]}…"
