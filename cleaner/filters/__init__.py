"""The table of filters, and how a selection of them is built.

A filter is the sum of its parts: RULES stands for the rulesets of its name, anything else for code,
as "module:factory"; a factory takes the fitted models and gives a `Document -> Iterable[Span]`. One of another
distribution takes nothing.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from operator import attrgetter

from cleaner.document import Document, Filter, Span
from cleaner.models import Models

RULES = "rules"

FILTERS: dict[str, tuple[str, ...]] = {
    "syndication": (RULES,),
    "donation": (RULES,),
    "comments": (RULES, "cleaner.filters.comments:build"),
    "legal": (RULES,),
    "sharing": (RULES,),
    "subscription": (RULES,),
    "navigation": (RULES,),
    "advertising": (RULES,),
    "consent": (RULES,),
    "residue": ("cleaner.filters.residue:build",),
    "metadata": (RULES,),
}
# The codes that come from code and no rule, why each is removed, and by filter.
THREAD, COMMENT, FORM = "any.comments.thread", "any.comments.comment", "any.comments.form"
BEFORE, INSIDE, AFTER = "any.residue.before", "any.residue.inside", "any.residue.after"
REASONS = {
    THREAD: "is a thread of readers' comments",
    COMMENT: "is a reader's comment",
    FORM: "is a form for comments",
    BEFORE: "is no part of the article: lines before it",
    INSIDE: "is no part of the article: lines inside it",
    AFTER: "is no part of the article: lines after it",
}
CODES: dict[str, tuple[str, ...]] = {"comments": (THREAD, COMMENT, FORM), "residue": (BEFORE, INSIDE, AFTER)}
OFF_BY_DEFAULT = frozenset({"metadata"})
OUTSIDE = "cleaner.filters"  # the entry point group of filters that other distributions bring


class Sum:
    """Several filters under one name: what any of them asks for. `prepare` reaches those that batch."""

    def __init__(self, parts: Sequence[Filter]) -> None:
        self.parts = tuple(parts)
        self.reads_short_forms = all(getattr(part, "reads_short_forms", False) for part in parts)

    def __call__(self, document: Document) -> Iterable[Span]:
        for part in self.parts:
            yield from part(document)

    def prepare(self, documents: Sequence[Document]) -> None:
        """Lets parts that are quicker on many documents at once look at them."""
        for part in self.parts:
            prepare = getattr(part, "prepare", None)
            if prepare is not None:
                prepare(documents)


def factory(path: str, *given: Models) -> Filter:
    """The filter that "module:factory" makes of what is given. Raises ImportError or AttributeError where none is."""
    module, _, name = path.partition(":")
    made: Filter = attrgetter(name)(import_module(module))(*given)
    return made


def outside() -> dict[str, str]:
    """Filters of other distributions, by name, as "module:factory". Takes 40 ms: asked for unknown names only."""
    from importlib.metadata import entry_points

    return {entry.name: entry.value for entry in entry_points(group=OUTSIDE)}


def brought_by(name: str) -> str:
    """Name and version of the distribution that brings an outside filter; empty where nobody says."""
    from importlib.metadata import entry_points

    brought = [entry.dist for entry in entry_points(group=OUTSIDE, name=name)]
    return " ".join(f"{one.name} {one.version}" for one in brought[-1:] if one is not None)
