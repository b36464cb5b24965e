"""Strips notices, appeals and comment threads from raw web text, and logs each removal so that it can be undone.

>>> from cleaner import clean
>>> clean("Rain fell all day.\\n\\nAll rights reserved.\\n").text
'Rain fell all day.\\n\\n'
"""

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
    """A text, cleaned with the standard filters or those of `config`; `.text` stays, `.removals` went."""
    from cleaner.config import Config

    document = Document("text", text) if isinstance(text, str) else text
    return (config or Config()).pipeline()(document)
