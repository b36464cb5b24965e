"""Pointers of git-lfs: what lies in a file's place until the file itself is fetched."""

import re

LONGEST = 1023  # bytes: git-lfs takes nothing longer for a pointer
NOT_FETCHED = "a git-lfs pointer, not the text; git lfs pull, then clean again"
# An extension of git-lfs changes the file before that keeps it: the first one tells the hash of the file itself.
_FORM = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\r?\n"
    rb"(?:ext-\d-\w+ sha256:([0-9a-f]{64})\r?\n(?:ext-\d-\w+ sha256:[0-9a-f]{64}\r?\n)*)?"
    rb"oid sha256:([0-9a-f]{64})\r?\nsize \d+(?:\r?\n)?"
)


def pointed(raw: bytes) -> str:
    """The SHA-256 of the file that some bytes point to; empty for all but a pointer. A text that quotes one is none."""
    form = _FORM.fullmatch(raw) if len(raw) <= LONGEST else None
    return (form[1] or form[2]).decode() if form else ""
