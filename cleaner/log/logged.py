"""What a log says about one document, read back beside its raw text. Imports nothing of ours.

The report, the exports and the commands that show removals all look at the same three nouns, so that a
removal has one meaning whether it came from a text file or a record of a shard.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["removal", "candidate", "near miss"]


class LoggedSpan(NamedTuple):
    """One filter's wish, as the log recorded it: a range in code points, its rule, how sure (0 to 1)."""

    start: int
    end: int
    code: str
    score: float
    reason: str = ""


class LoggedRemoval(NamedTuple):
    """One line of the log. Ranges are half-open; `start`/`end` count code points, the `byte_` pair raw bytes.

    A candidate was logged but left in the text; a near miss is not in the log, but one condition short of it.
    `note` says why it stayed, in words; `kept` is what the log calls that.
    """

    id: str
    filter: str
    code: str
    reason: str
    score: float
    start: int
    end: int
    byte_start: int
    byte_end: int
    line_start: int
    line_end: int
    spans: tuple[LoggedSpan, ...] = ()
    kind: Kind = "removal"
    note: str = ""
    kept: str = ""

    @property
    def removed(self) -> bool:
        """Whether the text is gone from the output."""
        return self.kind == "removal"


class LoggedDocument(NamedTuple):
    """A raw text with all that was logged about it, removals and candidates each in the order of the text.

    `raw` holds the bytes of the input (of the text field, for a record), BOM included; `shard` names the
    file that a record came from and is empty for a file of its own.
    """

    id: str
    source: str
    output: str
    text: str
    raw: bytes
    encoding: str
    removals: tuple[LoggedRemoval, ...]
    candidates: tuple[LoggedRemoval, ...] = ()
    shard: str = ""

    def removed(self, removal: LoggedRemoval) -> str:
        """The text of a removal, taken from the raw text: a log may hold hashes only."""
        return self.text[removal.start : removal.end]

    def kept(self) -> Iterator[tuple[int, int]]:
        """The ranges (code points) that stay, in order; empty ones left out."""
        at = 0
        for removal in self.removals:
            if removal.start > at:
                yield at, removal.start
            at = removal.end
        if at < len(self.text):
            yield at, len(self.text)
