"""What somebody who misspelt a word probably meant."""

from collections.abc import Iterable


def meant(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing where no known word is near."""
    from difflib import get_close_matches  # only a wrong word needs it

    near = get_close_matches(word.lower().replace("_", "-"), list(known), 1, 0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
