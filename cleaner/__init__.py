"""Strips notices, appeals and comment threads from raw web text, and logs each removal so that it can be undone.

>>> from cleaner import clean
>>> clean("Rain fell all day.\\n\\nAll rights reserved.\\n").text
'Rain fell all day.\\n\\n'
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleaner.document import Document, Filter, Line, Removal, Span
from cleaner.pipeline import Cleaned, Pipeline, cut, merge
from cleaner.pipeline import restore as _restored
from cleaner.pipeline.proposals import SpanError

if TYPE_CHECKING:
    from cleaner.config import Config
    from cleaner.config.file import ConfigError
    from cleaner.rules import RuleError

__version__ = "0.1.0"

__all__ = [
    "Cleaned",
    "Config",
    "ConfigError",
    "Document",
    "Filter",
    "Line",
    "Pipeline",
    "Removal",
    "RuleError",
    "Span",
    "SpanError",
    "clean",
    "cut",
    "merge",
    "restore",
]

# Where names live that are imported when somebody asks for them: the command needs none of them to begin.
_LATER = {"Config": "cleaner.config", "ConfigError": "cleaner.config.file", "RuleError": "cleaner.rules"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def clean(text: str | Document, config: "Config | Mapping[str, Any] | None" = None) -> Cleaned:
    """A text, cleaned with the standard filters or those of `config`; `.text` stays, `.removals` went.

    `config` may be settings as in cleaner.toml, such as {"profile": "safe"}. Raises ConfigError for settings that do
    not exist, RuleError for own rules that cannot be used, and TypeError for a `text` that is neither a string nor a
    document. `Config().pipeline().many` is quicker for many texts.
    """
    if not isinstance(text, str | Document):
        raise TypeError(f"clean takes a str or a Document, not {type(text).__name__}; decode bytes first")
    document = Document("text", text) if isinstance(text, str) else text
    if isinstance(config, Mapping):
        from cleaner.config.mapped import pipeline_of

        return pipeline_of(config)(document)
    from cleaner.config import Config

    if not isinstance(config, Config | None):
        raise TypeError(f"config is a Config or a mapping of settings, not {type(config).__name__}")
    return _pipeline(config)(document)


def restore(text: str, removals: Iterable[Removal]) -> str:
    """The raw text again, from the cleaned one and what was removed from it.

    Raises ValueError for removals that cannot be of this text. Of another text that is as long nobody can tell but who
    has a log, which knows what the raw text was.
    """
    removals = tuple(removals)
    end = shift = 0
    for removal in removals:
        if removal.start < end or removal.start - shift > len(text) or len(removal.text) != removal.end - removal.start:
            place = f"[{removal.start}, {removal.end})"
            raise ValueError(f"the removal of {place} is not of this text of {len(text)} characters; give both of one")
        end = removal.end
        shift += len(removal.text)
    return _restored(text, removals)


@lru_cache(maxsize=4)
def _pipeline(config: "Config | None") -> Pipeline:
    """The filters of one configuration, which never changes: to build them takes longer than to clean a page."""
    from cleaner.config import Config

    return (config or Config()).pipeline()
