"""A quick look whether a text may hold comments that are signed where they end: most texts are spared the grammar."""

import re

from cleaner.text.expressions import expression

# "... have backups. – Max Mar 26, 2019 at 16:47"; or with the word "Commented" for the dash, with a name or without.
_SIGNED = expression(
    r"(?:[–—] ?[^\s–—][^\n–—]{1,60}|(?:Comm?ent\w{1,4}|コメント済み) .{5,40})(?:\d:\d\d|ago)\s*$", re.MULTILINE
)
_CLOCK, _AGO = expression(r":\d\d\s*$", re.MULTILINE), expression(r"ago\s*$", re.MULTILINE)


def may_be_signed(text: str) -> bool:
    """Whether a line may end as comments do that are signed where they end."""
    ended = _CLOCK.search(text) or _AGO.search(text)  # these two take a tenth of the time
    return ended is not None and _SIGNED.search(text) is not None
