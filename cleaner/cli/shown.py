"""Text as others show it: a terminal, and GitHub. Without click, which the hooks do not wait for."""

import os
import sys
from contextlib import suppress
from typing import TextIO


def one_line(text: str) -> str:
    """A name or message with controls shown as escapes: a file's name must not move the terminal's cursor."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in _decoded(text))


def count(number: int, noun: str) -> str:
    """`1 removal`, `1,204 removals`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def annotation(level: str, file: str, message: str, title: str = "") -> str:
    """One workflow command of GitHub's, which shows a message beside a file; `level` is error, warning or notice."""
    titled = f",title={_escaped(title, ':,')}" if title else ""
    return f"::{level} file={_escaped(file, ':,')}{titled}::{_escaped(message)}"


def colored(choice: str, stream: TextIO | None = None) -> bool:
    """Whether to colour what goes to a stream, without one stdout; `choice` is that of `--color`."""
    if choice == "auto":
        shown = (stream or sys.stdout).isatty()
        return shown and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return choice == "always"


def _escaped(text: str, marks: str = "") -> str:
    """Text as GitHub's workflow commands spell it; `marks` would end a property of one."""
    text = _decoded(text)
    for character in f"%\r\n{marks}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _decoded(text: str) -> str:
    """Text with the bytes of a name that this locale does not know as escapes, as logs write them."""
    with suppress(UnicodeEncodeError):  # half a character that is no such byte
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return text
