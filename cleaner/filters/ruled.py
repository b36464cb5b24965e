"""Filters made of rules: one scan of a document for the rules of all of them, shared through its memo."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from cleaner.document import Document, Span
from cleaner.matching import Matcher
from cleaner.rules import Rule


class Scan:
    """All rules of a pipeline, looked for at once: ten filters read a document as often as one does."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)

    @cached_property
    def matcher(self) -> Matcher:
        """Made on first need: a configuration that is only shown, or tested, matches nothing."""
        return Matcher(self.rules)

    def spans(self, document: Document, filter_name: str) -> Sequence[Span]:
        """What the rules of one filter ask for."""
        found = document.memo.get(self)
        if found is None:
            found = document.memo[self] = {}
            for span in self.matcher.spans(document):
                found.setdefault(span.filter, []).append(span)
        spans: Sequence[Span] = found.get(filter_name, ())
        return spans


class RuleFilter:
    """The filter of one name among those that share a scan."""

    def __init__(self, name: str, scan: Scan) -> None:
        self.name = name
        self.scan = scan

    def __call__(self, document: Document) -> Iterable[Span]:
        return self.scan.spans(document, self.name)
