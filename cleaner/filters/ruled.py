"""Filters made of rules: one scan of a document for the rules of all of them, shared through its memo."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cleaner.document import Document, Span
from cleaner.rules import Rule
from cleaner.text.markdown import outside

if TYPE_CHECKING:
    from cleaner.matching import Matcher


class Scan:
    """All rules of a pipeline, looked for at once: ten filters read a document only once."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles and copies make a matcher of their own: what it looks with cannot leave the process."""
        return type(self), (self.rules,)

    @cached_property
    def matcher(self) -> "Matcher":
        """Made, and imported, on first need: a hook with nothing to do matches nothing."""
        from cleaner.matching import Matcher

        return Matcher(self.rules)

    def spans(self, document: Document) -> dict[str, list[Span]]:
        """What the rules of each filter ask for."""
        found: dict[str, list[Span]] | None = document.memo.get(self)
        if found is None:
            found = {}
            for span in outside(document, self.matcher.spans(document)):
                found.setdefault(span.filter, []).append(span)
            document.memo[self] = found  # whole: other threads may clean the same document
        return found


class RuleFilter:
    """The filter of one name among those that share a scan."""

    reads_short_forms = True

    def __init__(self, name: str, scan: Scan) -> None:
        self.name = name
        self.scan = scan

    def __call__(self, document: Document) -> Iterable[Span]:
        return self.scan.spans(document).get(self.name, ())
