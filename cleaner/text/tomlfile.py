"""TOML that people write: read, and where it is none, told with the line and the cure."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# What tomllib says first of an error, and what to do about it.
_CURES = (
    (r"Unescaped '\\'", "write a pattern between three single quotes, a path with /"),
    ("Invalid value", "put a text between quotes, a list between brackets"),
    ("Expected newline", "a line holds one value, and a text with quotes in it stands between three others"),
    ("Expected [\"']{1,2}['\"]", "end the text with the quotes that begin it"),
    ("Illegal character", "end the text on its line, or put three quotes around it"),
    ("Unclosed array", "put commas between what is in it, and ] after the last"),
    ("Cannot (?:overwrite|declare)", "it stands twice; take one away"),
    (r"Expected '\]\]'", "write two brackets on either side"),
    ("Expected '='|Invalid statement", "write a key, = and its value"),
)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_QUOTES = re.compile(r"'''|\"\"\"|'[^'\n]*'|\"(?:[^\"\\\n]|\\.)*\"|#[^\n]*")


class TomlError(ValueError):
    """A file that is no TOML: the message names the file, the line and the cure."""


def read_toml(file: Path, raw: bytes) -> tuple[dict[str, Any], str]:
    """The table in the bytes of a file, and their text. Raises TomlError."""
    import tomllib  # most runs have nothing to read with it

    try:
        text = raw.decode("utf-8-sig")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        raise TomlError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_told(file, text, str(error))) from None
    except RecursionError:
        raise TomlError(f"{file}: nested too deeply; take brackets away") from None


def _told(file: Path, text: str, said: str) -> str:
    place = _PLACE.search(said)
    what = said[: place.start()] if place else said
    line = int(place[1]) if place and place[1] else _last_begun(text)
    column = f" in column {place[2]}" if place and place[2] else ""
    cure = next((cure for sign, cure in _CURES if re.match(sign, what)), "correct it there")
    return f"{file}:{line}: {what[:1].lower()}{what[1:]}{column}; {cure}"


def _last_begun(text: str) -> int:
    """The line (from 1) on which began what the text ends in: a string, a list, or the last line."""
    begun = [(number, line) for number, line, inside in lines_of(text) if not inside]
    lists = [number for number, line in begun if re.search(r"=\s*\[[^\]]*$", line)]
    if lists and text.rstrip().endswith((",", "[")):
        return lists[-1]
    return begun[-1][0] if begun else 1


def lines_of(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each line that is not blank: its number (from 1), the line, and whether it begins inside of a longer string."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        inside, at = bool(fence), 0
        while True:
            if fence:
                end = line.find(fence, at)
                if end < 0:
                    break
                at, fence = end + 3, ""
            begun = _QUOTES.search(line, at)
            if begun is None:
                break
            at = begun.end()
            fence = begun[0] if begun[0] in ("'''", '"""') else ""
        if line.strip():
            yield number, line, inside
