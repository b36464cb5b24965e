"""Strips notices, appeals and comment threads from raw web text, and logs each removal so that it can be undone.

>>> from cleaner import clean
>>> clean("Rain fell all day.\\n\\nAll rights reserved.\\n").text
'Rain fell all day.\\n\\n'
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.document import Document, Filter, Line, Removal, Span
from cleaner.pipeline import Cleaned, Pipeline, cut, merge, restore

if TYPE_CHECKING:
    from cleaner.config import Config

__version__ = "0.1.0"

__all__ = [
    "Cleaned",
    "Document",
    "Filter",
    "Line",
    "Pipeline",
    "Removal",
    "Span",
    "clean",
    "cut",
    "merge",
    "restore",
]


def clean(text: str | Document, config: "Config | None" = None) -> Cleaned:
    """A text, cleaned with the standard filters or those of `config`; `.text` stays, `.removals` went.

    Raises TypeError for what is neither a string nor a document. `Config().pipeline().many` is quicker for many texts.
    """
    if not isinstance(text, str | Document):
        raise TypeError(f"clean takes a str or a Document, not {type(text).__name__}; decode bytes first")
    document = Document("text", text) if isinstance(text, str) else text
    return _pipeline(config)(document)


@lru_cache(maxsize=4)
def _pipeline(config: "Config | None") -> Pipeline:
    """The filters of one configuration, which never changes: to build them takes longer than to clean a page."""
    from cleaner.config import Config

    return (config or Config()).pipeline()
