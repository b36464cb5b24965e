"""Patterns of .gitignore's syntax, tried before a run stands on them."""

import re
import warnings
from collections.abc import Sequence
from functools import lru_cache

# `[[:alpha:]]`: what translates patterns takes the first `]` for the end of the set, and means something else by it.
_NAMED_CLASS = re.compile(r"(?<!\\)\[[^\]]*?(\[:[^\]/]*:\])")
_BACKSLASH_LAST = re.compile(r"(?<!\\)(?:\\\\)*\\$")


def problem_of(patterns: Sequence[str]) -> str | None:
    """What is wrong with patterns, in words that name each wrong one and the cure; None when nothing is."""
    return _problem(tuple(patterns))


@lru_cache(maxsize=8)
def _problem(patterns: tuple[str, ...]) -> str | None:
    misread = any(map(_misread, patterns))
    together = "" if misread else _refusal(patterns)
    if not misread and not together:  # one look at all of them, as a run will do it: most are sound
        return None
    wrong = [
        (pattern, why) for pattern in dict.fromkeys(patterns) if (why := _misread(pattern) or _refusal((pattern,)))
    ]
    if not wrong:
        return f"cannot be used together: {together}; name fewer"
    return "; ".join(f"{pattern!r} cannot be used: {why}" for pattern, why in wrong)


def _misread(pattern: str) -> str:
    """Why a pattern would not be taken for what it says; empty where it would."""
    if pattern.startswith("#"):  # a comment
        return ""
    named = _NAMED_CLASS.search(pattern)
    if named:
        return f"{named[1]} is not known here, write the characters out, as in [a-z]"
    if any("\ud800" <= one <= "\udfff" for one in pattern):
        return "it is not UTF-8, write ? for what is not"
    if _BACKSLASH_LAST.search(pattern):
        return "nothing stands after its last backslash, write two for one that is meant"
    return ""


def _refusal(patterns: Sequence[str]) -> str:
    """Why patterns cannot be made into what looks for them; empty where they can."""
    import pathspec

    try:
        with warnings.catch_warnings():  # about sets that other languages would read otherwise; these are .gitignore's
            warnings.simplefilter("ignore")
            pathspec.GitIgnoreSpec.from_lines(patterns)
    except re.error as error:
        return error.msg
    except Exception as error:  # pathspec's own, or that of whatever it looks with: Hyperscan, RE2
        told = str(error.__cause__ or error)
        return (told if told[:2].isupper() else f"{told[:1].lower()}{told[1:]}").rstrip(".")
    return ""
