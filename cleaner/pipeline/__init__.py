"""The verbs: filters propose, and only here is anything cut.

The laws, each tested by Hypothesis: `restore(cut(text, removals), removals) == text`; removals are sorted,
disjoint and not empty; the order of filters does not matter; cleaning a cleaned text changes nothing.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from cleaner.document import LEAST, SEAMS, Document, Filter, Removal, Span
from cleaner.pipeline.profiles import STANDARD
from cleaner.pipeline.proposals import Proposals, SpanError

ROUNDS = 12  # a cleaned text is cleaned again until nothing changes; real documents need two rounds
BATCH_CHARS = 1 << 20
_LOOK = 64  # characters of the cleaned text that `_keeps_enough` looks at in any case: its margin
_CUT = "cut"  # in a document's memo: the removals that were cut last, and what was left
BATCH_DOCUMENTS = 256
Item = TypeVar("Item")

Keep = Callable[[Document, Removal], bool]


class Cleaned(NamedTuple):
    """A document with what was cut from it and what was left in all the same. `refused` says why nothing was cut."""

    document: Document
    removals: tuple[Removal, ...]
    candidates: tuple[Removal, ...] = ()
    refused: str | None = None

    @property
    def text(self) -> str:
        """The cleaned text: kept, since filters read it again, and so does whoever writes it."""
        if not self.removals:
            return self.document.text
        removals, text = self.document.memo.get(_CUT, ((), ""))
        if removals is not self.removals:
            text = cut(self.document.text, self.removals)
            self.document.memo[_CUT] = self.removals, text
        told: str = text
        return told


def merge(text: str, spans: Iterable[Span]) -> tuple[Removal, ...]:
    """Sorted, disjoint removals: spans that overlap become one, spans that merely touch stay apart.

    Touching ones stay apart so that a donation notice and the disclaimer after it are two lines of the log.
    Raises SpanError for a range that is empty or leaves the text.
    """
    removals: list[Removal] = []
    group: list[Span] = []
    start = end = 0
    for span in sorted(set(spans)):
        _check(text, span)
        if group and span.start < end:
            group.append(span)
            end = max(end, span.end)
            continue
        if group:
            removals.append(_removal(text, start, end, group))
        group, start, end = [span], span.start, span.end
    if group:
        removals.append(_removal(text, start, end, group))
    return tuple(removals)


def _check(text: str, span: Span) -> None:
    if not 0 <= span.start < span.end <= len(text):
        raise SpanError(f"{span.code} asks for [{span.start}, {span.end}) of {len(text)} characters")


def _removal(text: str, start: int, end: int, spans: list[Span]) -> Removal:
    if len(spans) == 1:
        return Removal(start, end, text[start:end], (spans[0],))
    # The widest span names the removal: a sure rule on one line inside a comment thread does not explain the thread.
    ranked = sorted(spans, key=lambda span: (span.start - span.end, -span.score, span.start, span.code))
    return Removal(start, end, text[start:end], tuple(ranked))


def cut(text: str, removals: Sequence[Removal]) -> str:
    """The text without the removals, which are sorted and disjoint."""
    if not removals:
        return text
    kept, at = [], 0
    for removal in removals:
        kept.append(text[at : removal.start])
        at = removal.end
    kept.append(text[at:])
    return "".join(kept)


def restore(text: str, removals: Sequence[Removal]) -> str:
    """The raw text again: every removal put back where it was."""
    if not removals:
        return text
    pieces, at, shift = [], 0, 0
    for removal in removals:
        pieces.append(text[at : removal.start - shift])
        at = removal.start - shift
        pieces.append(removal.text)
        shift += len(removal.text)
    pieces.append(text[at:])
    return "".join(pieces)


def in_batches(items: Iterable[Item], size_of: Callable[[Item], int]) -> Iterator[list[Item]]:
    """As many as are cleaned together; `size_of` tells how many characters one has."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += size_of(item)
        if size >= BATCH_CHARS or len(batch) >= BATCH_DOCUMENTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Pipeline:
    """Filters put together. Calling it cleans one document; `many` cleans a stream, labelling in batches.

    `threshold`: spans scored below it are candidates, logged but left in the text. `max_share`: a document
    that would lose more than this share of what is not a comment thread is left whole. `keep(document, removal)`:
    a person's decision to keep a removal, which wins over every filter.
    """

    def __init__(
        self,
        filters: Mapping[str, Filter] | Iterable[Filter],
        threshold: float = STANDARD,
        max_share: float = 0.9,
        keep: Keep | None = None,
    ) -> None:
        self._proposals = Proposals(filters)
        self.filters = self._proposals.filters
        self.threshold = threshold
        self.max_share = max_share
        self.keep = keep

    @property
    def named(self) -> tuple[tuple[str, Filter], ...]:
        """The filters, each with the name that messages give it."""
        return self._proposals.named

    def __call__(self, document: Document) -> Cleaned:
        """The document, cleaned. Raises SpanError when a filter misbehaves, TypeError for what is no Document."""
        return self._clean([_checked(document)])[0]

    def many(self, documents: Iterable[Document]) -> Iterator[Cleaned]:
        """The documents, cleaned, in their order; at most a batch of them is held in memory.

        Raises as a call does, for the first of a batch that is wrong.
        """
        for batch in in_batches(map(_checked, documents), lambda document: len(document.text)):
            yield from self._clean(batch)

    def _clean(self, documents: list[Document]) -> list[Cleaned]:
        asked = self._proposals.of(documents)
        first = [self._first(document, spans) for document, spans in zip(documents, asked, strict=True)]
        done = list(first)
        # What a cut brings together can match anew; only a text that no filter touches any more is clean.
        restless = self._settle(done, range(len(done)))
        for place in restless:
            done[place] = first[place]
        self._settle(done, restless, at_seams=True)
        return [self._guarded(*both) for both in zip(done, first, strict=True)]

    def _settle(self, done: list[Cleaned], places: Iterable[int], at_seams: bool = False) -> list[int]:
        """Cleans the rest of some documents again until nothing changes; gives the places of those where something
        still does.

        A filter that takes the first line of any text never comes to rest: it would take the whole text, line by line.
        For such ones, `at_seams`, only spans that lie over a cut count.
        """
        restless = []
        open_ = [place for place in places if done[place].removals]
        for _ in range(ROUNDS):
            if not open_:
                break
            again = [_cut_again(done[place], self.threshold) for place in open_]
            seams = [document.memo[SEAMS] for document in again]  # a filter may do with the memo what it likes
            asked = self._proposals.of(again, checked=False)
            still = []
            for place, document, spans, cuts in zip(open_, again, asked, seams, strict=True):
                met = [span for span in spans if _meets(span, cuts)] if at_seams else spans
                try:
                    grown = self._grown(done[place], document, met)
                # a filter asks for the impossible in the cut text only: what it asked for of the raw text stays cut
                except SpanError:
                    if at_seams:
                        raise
                    restless.append(place)
                    continue
                if grown is not None:
                    done[place] = grown
                    still.append(place)
            open_ = still
        return restless + open_

    def _first(self, document: Document, spans: list[Span]) -> Cleaned:
        if not spans:
            return Cleaned(document, ())
        strong, kept = self._spared(document, [span for span in spans if span.score >= self.threshold])
        removals = merge(document.text, strong)
        weak = [span for span in spans if span.score < self.threshold and not _covered(span, removals)]
        unsure = [one._replace(kept="unsure") for one in merge(document.text, weak)]
        return Cleaned(document, removals, tuple(sorted([*kept, *unsure])))

    def _spared(self, document: Document, spans: list[Span]) -> tuple[list[Span], list[Removal]]:
        """What spans ask for outside of what somebody decided to keep, and that.

        It is known by what was removed then: by all filters, or by all but one, whose mark or new rule overlaps it now.
        """
        if self.keep is None:
            return spans, []
        removals = merge(document.text, spans)
        together = ({span.filter for span in one.spans} for one in removals if len(one.spans) > 1)
        kept = [one for one in removals if self.keep(document, one)]
        for absent in sorted(set[str]().union(*(names for names in together if len(names) > 1))):
            asked = merge(document.text, [span for span in spans if span.filter != absent])
            kept += [one for one in asked if not _covered(one, kept) and self.keep(document, one)]
            kept.sort()
        left = [part for span in spans for part in _outside(span, kept)]
        return left, [one._replace(kept="decision") for one in kept]

    def _split(self, document: Document, removals: tuple[Removal, ...]) -> tuple[tuple[Removal, ...], list[Removal]]:
        if self.keep is None:
            return removals, []
        kept = [removal for removal in removals if self.keep(document, removal)]
        gone = tuple(removal for removal in removals if removal not in kept) if kept else removals
        return gone, [one._replace(kept="decision") for one in kept]

    def _grown(self, cleaned: Cleaned, document: Document, spans: list[Span]) -> Cleaned | None:
        """The removals with what another look at the cleaned text adds to them; None when it adds nothing."""
        strong = [span for span in spans if span.score >= self.threshold]
        if not strong:
            return None
        raw = cleaned.document
        to_raw = _Offsets(cleaned.removals)
        for span in strong:
            _check(document.text, span)  # a range outside of the text must not be hidden by the translation
        fresh = [span._replace(start=to_raw(span.start), end=to_raw(span.end - 1) + 1) for span in strong]
        # What was decided on bears another name here, where the text around it is gone or another filter asks for it.
        decided = [one for one in cleaned.candidates if one.kept == "decision"]
        fresh = [span for span in fresh if not _covered(span, decided)]
        if self.keep is not None:
            fresh = [span for removal in self._split(raw, merge(raw.text, fresh))[0] for span in removal.spans]
        if not fresh:
            return None
        earlier = [span for removal in cleaned.removals for span in removal.spans]
        removals, kept = self._split(raw, merge(raw.text, [*earlier, *fresh]))
        if removals == cleaned.removals:
            return None
        candidates = sorted(
            {*kept, *(one for one in cleaned.candidates if not any(_covered(span, removals) for span in one.spans))}
        )
        return Cleaned(raw, removals, tuple(candidates))

    def _guarded(self, cleaned: Cleaned, first: Cleaned) -> Cleaned:
        """The document whole where it would lose too much. `first`: what was cut before it was looked at again."""
        share = self._excess(cleaned)
        if share is None:
            return cleaned
        why = f"would lose {100 * share:.0f} % of what is not comments (limit {100 * self.max_share:.0f} %)"
        if self._excess(first) is None:
            why += ", since what is left is cleaned again until nothing changes"
        spared = (one._replace(kept="guard") for one in cleaned.removals)
        return Cleaned(cleaned.document, (), tuple(sorted([*spared, *cleaned.candidates])), why)

    def _excess(self, cleaned: Cleaned) -> float | None:
        """The share of what is not comments that is lost, where that is too much."""
        if self._keeps_enough(cleaned):
            return None
        threads = others = 0
        for removal in cleaned.removals:
            size = sum(map(len, removal.text.split()))
            if removal.widest.filter == "comments":
                threads += size
            else:
                others += size
        if not others:
            return None
        size = sum(map(len, cleaned.document.text.split())) - threads
        return None if others <= self.max_share * size else others / size

    def _keeps_enough(self, cleaned: Cleaned) -> bool:
        """Whether the beginning of what stays shows already that not too much is lost: only few documents are counted
        whole.
        """
        gone = sum(removal.end - removal.start for removal in cleaned.removals)
        seen = cleaned.text[: gone // 2 + _LOOK]
        return gone <= 0.999 * self.max_share * (gone + sum(map(len, seen.split())))


def _checked(document: object) -> Document:
    if not isinstance(document, Document):
        told = f"a pipeline takes Documents, not {type(document).__name__}"
        raise TypeError(f"{told}; cleaner.clean takes a text" if isinstance(document, str) else told)
    return document


def _cut_again(cleaned: Cleaned, threshold: float) -> Document:
    """The cleaned text as a document that knows its seams: only the lines there are new, so only there can a rule match
    anew.
    """
    text = cleaned.text
    document = Document(cleaned.document.id, text, cleaned.document.meta)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    shift = 0
    seams = []
    for start, end, removed, *_ in cleaned.removals:
        seam = start - shift
        shift += end - start
        in_line = (seam > 0 and text[seam - 1] not in "\r\n") or (seam < len(text) and removed[-1] not in "\r\n")
        if in_line or first < seam < last:  # with nothing but blank lines on one side, no two lines came together
            seams.append(seam)
    document.memo[SEAMS], document.memo[LEAST] = seams, threshold
    return document


def _meets(span: Span, seams: Sequence[int]) -> bool:
    """Whether a span lies over one of the seams, which are sorted."""
    place = bisect_right(seams, span.start)
    return place < len(seams) and seams[place] < span.end


class _Offsets:
    """From offsets of a cut text to offsets of the raw one."""

    def __init__(self, removals: Sequence[Removal]) -> None:
        self._starts: list[int] = []
        self._shifts: list[int] = [0]
        shift = 0
        for removal in removals:
            self._starts.append(removal.start - shift)
            shift += removal.end - removal.start
            self._shifts.append(shift)

    def __call__(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._starts, offset)]


def _outside(span: Span, kept: Sequence[Removal]) -> Iterator[Span]:
    """The parts of a span outside of some removals, which are sorted and disjoint."""
    at = span.start
    for one in kept:
        if at < one.start < span.end:
            yield span._replace(start=at, end=one.start)
        if one.start < span.end:
            at = max(at, one.end)
    if at < span.end:
        yield span._replace(start=at)


def _covered(span: Span | Removal, removals: Sequence[Removal]) -> bool:
    """Whether one of some removals, which are sorted and disjoint, overlaps a span."""
    place = bisect_right(removals, span.start, key=lambda removal: removal.end)
    return place < len(removals) and removals[place].start < span.end
