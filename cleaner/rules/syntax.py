r"""The syntax of a rule's pattern: how it is respelled for a reader's view, and what may not stand in it.

A view knows no line but what a reader sees, and no white space but a plain space. A pattern that would need more, or
more than linear time, is refused in a sentence, rather than left to match nothing, or something else.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from cleaner.document import is_blank
from cleaner.pipeline.composed import short_form
from cleaner.rules.patterns import compiled
from cleaner.text.plain import fold

MAX_REPEAT = 400
MAX_WRITTEN_OUT = 50_000  # characters

ESCAPE = r"\\(?:[pPN]\{[^{}]*\}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)"
CLASS = r"\[(\^?)(\]?)((?:\\.|\[:\^?\w+:\]|[^\]\\])*)\]"  # groups: its negation, a "]" that comes first, the rest
_ATOM = re.compile(f" |{ESCAPE}|{CLASS}", re.DOTALL)  # a space, an escape or a class, each as one
TOKEN = re.compile(f"{ESCAPE}|{CLASS}|.", re.DOTALL)
_IN_CLASS = re.compile(rf"\[:\^?\w+:\]|{ESCAPE}|.", re.DOTALL)
_PARTS = re.compile(r"\{(\d{1,9})(?:,\d*)?\}|.", re.DOTALL)
_TURN = re.compile(r"[()]|\|(\^(?![?*+{]))?")  # where alternatives begin and end, and whether they begin with a line
_COUNTED = re.compile(r"(?:[^(]\?|\{(?:\d+,?\d*|,\d+)\})\Z")  # after which a plus makes a count possessive
_FUZZY = re.compile(r"\{[^{}]*[ides]\b[^{}]*\}")
_FLAGS = re.compile(r"\(\?([a-zA-Z\d]*)(?:-([a-zA-Z]+))?[:)]")

_HALF = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][\da-fA-F]{2}")

_NOT_FOR_A_VIEW = ("\\s", "\\W", "\\D", "\\n", "\\r", "\\Z", "\\z", "\\A")
_STAYING = ("\\b", "\\B", "\\d", "\\w", "\\S", "\\m", "\\M", "\\h")  # escapes that match no line break
_LONGEST = 32  # tokens that one count may have
_CONTROLS = {"\\t": "\t", "\\v": "\v", "\\f": "\f"}


def in_view(pattern: str) -> str:
    """The pattern as it is searched: letters and their accents as one, typographic marks folded, a space also a line
    break, no class crosses a line.
    """
    return _ATOM.sub(_respelled, fold(short_form(pattern)))


def _respelled(found: re.Match[str]) -> str:
    atom = found[0]
    if atom[-1] == " ":
        return "[ \\n]"
    if atom[0] != "[":
        return atom
    opened = ("[^\\n" if found[1] else "[") + ("\\]" if found[2] else "")
    body = _ATOM.sub(lambda atom: " " if atom[0] == "\\ " else atom[0], found[3])
    return f"{opened}{body}]"


def breaks(pattern: str) -> int:
    """How many line breaks of the view a match can run over: one for each space of the pattern."""
    return pattern.count(" ")


def is_anchored(pattern: str) -> bool:
    """Whether a match can begin at the start of a line only."""
    depth = 0
    for turn in _TURN.finditer(f"|{_ATOM.sub('_', pattern)}"):
        if depth == 0 and turn[0] == "|":
            return False
        depth += (turn[0] == "(") - (turn[0] == ")")
    return True


def problem(pattern: str) -> str | None:
    """Why a pattern may cost more than linear time, or mean another thing in a view; None if it is sound."""
    half = _HALF.search(pattern)
    if half:
        return f"{half[0]} is half a character and stands in no text; write the whole one, as \\U0001F600"
    tokens = list(TOKEN.finditer(pattern))
    outside = [token[0] if len(token[0]) == 1 else "_" for token in tokens]
    whole = "".join(outside)
    wrong: Iterator[str | None] = chain(
        map(_flags, _FLAGS.findall(whole)),
        (
            _in_class(token) if _is_class(token) else _atom(token[0], "".join(outside[max(at - _LONGEST, 0) : at]))
            for at, token in enumerate(tokens)
        ),
        (_outside(whole), _does_not_compile(pattern)),
    )
    return next(filter(None, wrong), None)


def _is_class(token: re.Match[str]) -> bool:
    return token[3] is not None


def _in_class(found: re.Match[str]) -> str | None:
    """What is wrong with a class of characters."""
    for part in _IN_CLASS.findall(found[3]):
        if part in ("\\s", "\\S"):
            return "\\s and \\S do not go into a class; list what you mean"
        if part in _NOT_FOR_A_VIEW and not (found[1] and part in ("\\n", "\\r")):
            return f"{part} is not for a view; write a space, a class, ^ or $"
    simple = "\\" not in found[0] and "[:" not in found[0] and min(found[0]) >= " "
    return None if found[1] or simple else _break_in(found[0])


def _atom(atom: str, before: str) -> str | None:
    """What is wrong with a character or an escape outside of classes, after what stands before it."""
    if atom in _NOT_FOR_A_VIEW:
        return f"{atom} is not for a view; write a space, a class, ^ or $"
    if atom in ("\\K", "\\G"):
        return f"{atom} is not supported; match what stands before and use scope"
    if atom == "\\0":
        return "\\0 is not supported; write \\x00 or so"
    if len(atom) == 2 and atom[0] == "\\" and (atom[1].isdigit() or atom[1] == "g"):
        return "a back-reference may cost more than linear time; spell the pattern out"
    if (atom == "*" and before[-1:] != "(") or (atom == "+" and not _COUNTED.search(before)):
        return f"{atom!r} is unbounded; write {{0,80}} or so, at most {MAX_REPEAT}"
    char = _character(atom)
    if char is None:
        return None if atom in _STAYING else _break_in(atom)
    if char == "\n":
        return f"{atom if len(atom) > 1 else 'a line break'} is not for a view; write a space"
    if char != " " and is_blank(char):
        cure = "write a space" if char.isspace() else "leave it out"
        return f"U+{ord(char):04X} stands in no view, and would never match; {cure}"
    return None


def _character(atom: str) -> str | None:
    """The one character that an atom stands for; None where it is none, or nobody need know."""
    if len(atom) == 1 or atom in _CONTROLS:
        return _CONTROLS.get(atom, atom)
    if atom[1] in "xuU" and len(atom) > 2:
        digits = atom[2:]
        code = int(digits, 16)
        return chr(code) if code < 0x110000 else None
    return None if atom[1].isalnum() else atom[1]


@cache
def _break_in(atom: str) -> str | None:
    """Says so where a class or an escape matches a line break: of a space alone it is known how far it reaches."""
    import regex

    try:
        found = compiled(in_view(atom)).fullmatch("\n")
    except (regex.error, ValueError):
        return None  # the whole pattern will not compile either
    return found and f"{atom} may be a line break; write a space for one, or a class such as [^a], which never is one"


def _outside(outside: str) -> str | None:
    """What is wrong with a pattern of which each class, and each escape, is one character here."""
    for low, high in re.findall(r"\{(\d*),(\d*)\}", outside):
        if not high:
            return f"{{{low},}} is unbounded; name an upper bound, at most {MAX_REPEAT}"
        if len(high) > 9 or int(high) > MAX_REPEAT:
            return f"{{{low},{high}}} repeats too often; at most {MAX_REPEAT}"
    if _written_out(outside) > MAX_WRITTEN_OUT:
        return f"its repeats make more than {MAX_WRITTEN_OUT:,} characters together; take smaller counts"
    if re.search(r"\(\?(?:R\)|[+-]?\d|&|P>|P=)", outside):
        return "a group that stands for another may cost more than linear time; spell the pattern out"
    if re.search(r"\(\?<[=!]", outside):
        return "look-behind is not supported; match what stands before and use scope"
    fuzzy = _FUZZY.search(outside)
    if fuzzy:  # any number of wrong letters, anywhere: a match could run over what nobody named
        return f"{fuzzy[0]} lets in what is only like it; list the spellings"
    if "(*" in outside:
        return "verbs such as (*SKIP) are not supported; spell the pattern out"
    if "(?#" in outside:
        return "a comment does not go into a pattern; write it on a line above, after #"
    return None


def _flags(found: tuple[str, str]) -> str | None:
    """What is wrong with flags, those switched on and those switched off."""
    on, off = found
    named = f"(?{on}{'-' if off else ''}{off})"
    if "L" in on or "m" in off:  # one hangs on the locale; without the other ^ would mean the start of what is searched
        return f"{named} is not for a view; leave out L and -m"
    if "e" in on or "b" in on:
        return f"{named} is for patterns that let in what is only like them; list the spellings"
    if "s" in on or "x" in on or "r" in on:
        return (
            f"{named} is not for a view; leave out s, x and r: a dot stays on its line, "
            "a space counts, and lines are read from left to right"
        )
    if "V1" in on:
        return f"{named} is not for a view; leave out V1, and write its sets of characters out"
    return None


def _does_not_compile(pattern: str) -> str | None:
    import regex

    try:
        made = compiled(in_view(pattern))
    except (regex.error, ValueError) as error:  # the second for flags that go with no others
        return f"the pattern does not compile: {_as_written(pattern) or error}"
    except RecursionError:
        return "the pattern is nested too deeply; spell it out"
    if made.match("") is not None:
        return "the pattern may match nothing at all; let it ask for a character at least"
    return None


def _as_written(pattern: str) -> str | None:
    """What is wrong with a pattern that is not respelled: only its positions are those that an author sees."""
    import regex

    try:
        regex.compile(pattern, regex.VERSION0)
    except (regex.error, ValueError) as error:
        return str(error)
    return None


def _written_out(pattern: str) -> int:
    """How many characters a pattern comes to once what must be repeated is written out, a class or an escape as one.

    `regex` does write it out: a few counts within counts would take all memory there is.
    """
    sizes = [[0]]  # of each open group, those of its parts
    for part in _PARTS.finditer(pattern):
        if part[0] == "(":
            sizes.append([0])
        elif part[0] == ")" and len(sizes) > 1:
            closed = sum(sizes.pop())
            sizes[-1].append(closed)
        elif part[1]:
            sizes[-1][-1] *= max(int(part[1]), 1)
        else:
            sizes[-1].append(1)
    return sum(map(sum, sizes))
