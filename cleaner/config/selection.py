"""What a selection chooses: filters and rules, by the words of `select` and `ignore`."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from cleaner.config.file import ConfigError
from cleaner.document import Document, Filter, Span
from cleaner.filters import CODES, FILTERS, OFF_BY_DEFAULT, Sum, outside
from cleaner.rules import Rule
from cleaner.text.misspelt import meant

DEFAULT, ALL = "default", "all"


class Selection:
    """What `select` and `ignore` choose: by names of filters, prefixes of codes, `default` and `all`."""

    def __init__(self, select: Sequence[str], ignore: Sequence[str]) -> None:
        self.select = select
        self.ignore = ignore

    @cached_property
    def _selected(self) -> frozenset[str]:
        return frozenset(self.select)

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return frozenset(self.ignore)

    def chooses(self, code: str, filter_name: str) -> bool:
        """Whether a code is selected and not ignored. The longer of two prefixes wins, `ignore` on a tie."""
        chosen = closeness(self._selected, code, filter_name)
        ignored = closeness(self._ignored, code, filter_name)
        return chosen > ignored

    def of_rules(self, rules: Iterable[Rule]) -> list[Rule]:
        """The rules that are chosen, in their order."""
        # Asked once of all rules of a language and filter, but where a word names some of these more closely.
        closer = {tuple(word.split(".")[:2]) for word in (*self.select, *self.ignore) if word.count(".") > 1}
        known: dict[tuple[str, ...], bool] = {}
        chosen = []
        for rule in rules:
            language, name = kind = tuple(rule.code.split(".", 2)[:2])
            if kind in closer:
                is_chosen = self.chooses(rule.code, name)
            elif kind in known:
                is_chosen = known[kind]
            else:
                is_chosen = known[kind] = self.chooses(f"{language}.{name}", name)
            if is_chosen:
                chosen.append(rule)
        return chosen

    def may_choose(self, name: str) -> bool:
        """Whether what is code in a filter may give anything that is selected."""
        return any(self.chooses(code, name) for code in CODES[name])

    @cached_property
    def outside_filters(self) -> dict[str, str]:
        """The filters of other distributions among the selected, by name, as "module:factory"."""
        named = [word for word in self.select if word not in (DEFAULT, ALL) and "." not in word]
        if ALL not in self.select and all(word in FILTERS for word in named):
            return {}
        ignored = self.ignore
        return {
            name: path
            for name, path in sorted(outside().items())
            if name not in FILTERS and name not in ignored and (name in named or ALL in self.select)
        }

    def trimmed(self, made: Filter) -> Filter:
        """The filter without the codes that the selection leaves out."""
        words = [*self.select, *self.ignore]
        if not any("." in word for word in words):
            return made
        return _Trimmed(made, self.chooses)


class _Trimmed(Sum):
    def __init__(self, made: Filter, chooses: Callable[[str, str], bool]) -> None:
        super().__init__([made])
        self._chooses = chooses

    def __call__(self, document: Document) -> Iterable[Span]:
        return [span for span in super().__call__(document) if self._chooses(span.code, span.filter)]


def closeness(words: Collection[str], code: str, filter_name: str) -> int:
    """How closely the closest word of a selection names a code: -1 not at all, then the longer the closer."""
    parts = code.split(".")
    named = next((size for size in range(len(parts), 0, -1) if ".".join(parts[:size]) in words), 0)
    vaguely = ALL in words or (DEFAULT in words and filter_name not in OFF_BY_DEFAULT)
    return max(2 * named - 1, 2 if filter_name in words else 0 if vaguely else -1)


def check_words(
    values: Mapping[str, Any], where: Callable[..., str], rules: Iterable[Rule], doubtful: bool = False
) -> None:
    """Raises ConfigError with every word of a selection, or in the settings of a site, that names nothing.

    `doubtful`: not all rules are known, so only words that look like misspelt names of ours count.
    """
    tables: dict[tuple[str, ...], Mapping[str, Any]] = {(): values}
    tables.update((("sites", site), table) for site, table in values["sites"].items())
    words = [
        ((*place, key), word)
        for place, table in tables.items()
        for key in ("select", "ignore")
        for word in table.get(key, ())
    ]
    known = {DEFAULT, ALL, *FILTERS}
    if all(word in known for _, word in words):
        return
    prefixes = {rule.code for rule in rules}.union(*CODES.values())
    while prefixes:
        known |= prefixes
        known.update(one.split(".")[1] for one in prefixes if one.count(".") == 1)  # the filter
        prefixes = {shorter for one in prefixes if (shorter := one.rpartition(".")[0])}
    wrong = [(place, word) for place, word in words if word not in known]
    if wrong:
        known.update(outside())
        wrong = [(place, word) for place, word in wrong if word not in known]
    if doubtful:
        known = {DEFAULT, ALL, *FILTERS}
        wrong = [(place, word) for place, word in wrong if meant(word, known)]
    if wrong:
        raise ConfigError(
            "\n".join(
                f"{where(*place)}: no filter or rule is named {word!r}{meant(word, known)}" for place, word in wrong
            )
        )
