"""Filters made of rules: one scan of a document for the rules of all of them, shared through its memo."""

from collections.abc import Iterable, Sequence

from cleaner.document import Document, Span
from cleaner.rules import Rule, View


class Scan:
    """All rules of a pipeline, looked for at once: ten filters read a document as often as one does."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)

    def spans(self, document: Document, filter_name: str) -> Sequence[Span]:
        """What the rules of one filter ask for."""
        found = document.memo.get(self)
        if found is None:
            found = document.memo[self] = self._scan(document)
        spans: Sequence[Span] = found.get(filter_name, ())
        return spans

    def _scan(self, document: Document) -> dict[str, list[Span]]:
        view = View.of(document)
        # A folded text may be longer, but it has the same lines.
        folded = view.text.casefold()
        found: dict[str, list[Span]] = {}
        for rule in self.rules:
            for line in _lines_to_try(rule, folded):
                for start, end in view.matches(rule, line):
                    found.setdefault(rule.filter, []).append(view.span(document, rule, line, start, end))
        return found


def _lines_to_try(rule: Rule, folded: str) -> Iterable[int]:
    """The lines from which a match can begin: one that holds a keyword, or few enough lines before it."""
    lines: set[int] = set()
    for word in rule.keywords:
        at, line, counted = folded.find(word), 0, 0
        while at >= 0:
            line, counted = line + folded.count("\n", counted, at), at
            lines.update(range(max(line - rule.breaks, 0), line + 1))
            at = folded.find("\n", at)
            at = folded.find(word, at) if at >= 0 else -1
    return sorted(lines)


class RuleFilter:
    """The filter of one name among those that share a scan."""

    def __init__(self, name: str, scan: Scan) -> None:
        self.name = name
        self.scan = scan

    def __call__(self, document: Document) -> Iterable[Span]:
        return self.scan.spans(document, self.name)
