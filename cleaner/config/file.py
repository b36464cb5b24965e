"""The file that settings stand in: where it is found, how it is read, and on which line a setting stands."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.config.settings import check_table
from cleaner.review.decisions import FOLDER

FILE = "cleaner.toml"


class ConfigError(ValueError):
    """A configuration that cannot be used. Each line of the message names file, line, key and cure."""


def find(near: Path) -> Path | None:
    """The nearest `cleaner.toml`, else `pyproject.toml` with [tool.cleaner], up to the repository's root.

    Raises ConfigError for a `cleaner.toml` that is a folder or a pipe.
    """
    # `os.path`, since `Path.is_dir` raises for a name that cannot be; whoever reads the input will tell of it.
    folder = near if os.path.isdir(near) else near.parent  # noqa: PTH112
    while not os.path.isdir(folder) and folder != folder.parent:  # noqa: PTH112
        folder = folder.parent
    for place in (folder, *folder.parents):
        own = place / FILE
        # a link that leads nowhere, or what is no file, is an error: without it the defaults would count
        if own.is_file() or os.path.lexists(own):
            if own.is_dir() or own.is_fifo() or own.is_socket():
                raise ConfigError(f"{own}: is no regular file, and settings are read from one; move it")
            return own
        project = place / "pyproject.toml"
        if project.is_file() and _is_ours(_raw(project)):
            return project
        if (place / ".git").exists():
            return None
    return None


def decided(near: Path) -> Path | None:
    """The nearest folder with people's decisions, up to the repository's root: where there is no
    configuration file, it is the folder that paths start from.
    """
    for place in (near, *near.parents):
        if (place / FOLDER).is_dir():
            return place
        if (place / ".git").exists():
            return None
    return None


def _raw(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None


def _is_ours(project: bytes) -> bool:
    """Whether a pyproject.toml has settings for us, however it spells their table."""
    if b"cleaner" not in project or re.search(rb"^\[tool\.cleaner\b", project, re.MULTILINE):
        return b"cleaner" in project
    import tomllib

    try:
        return "cleaner" in tomllib.loads(project.decode("utf-8-sig"))["tool"]
    except (ValueError, KeyError, TypeError, RecursionError):  # a broken one is others' business
        return False


def _prefix(file: Path) -> tuple[str, ...]:
    return ("tool", "cleaner") if file.name == "pyproject.toml" else ()


def read(file: Path) -> tuple[dict[str, Any], list[str]]:
    """The settings in a file, and a line for each that is wrong. Raises ConfigError for a file that is none."""
    from cleaner.text.tomlfile import TomlError, read_toml  # a run without a file needs none of it

    try:
        table, text = read_toml(file, _raw(file))
    except TomlError as error:
        raise ConfigError(str(error)) from None
    prefix = _prefix(file)
    lines = text.split("\n")
    if prefix:
        tools = table.get("tool")
        if not isinstance(tools, dict) or "cleaner" not in tools:
            raise ConfigError(f"{file}: holds no [tool.cleaner]; name the file that does")
        own = tools["cleaner"]
        if not isinstance(own, dict):
            return {}, [f"{file}:{_line_among(lines, prefix)}: tool.cleaner: is a table of settings, [tool.cleaner]"]
        table = own
    return table, [
        f"{file}:{_line_among(lines, (*prefix, *place))}: {'.'.join(place)}: {wrong}"
        for place, wrong in (check_table(table) if prefix else _checked_whole(table))
    ]


def _checked_whole(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong in a file that is all ours. Settings in a table, as pyproject.toml has them, are looked at, too."""
    for place in (("tool", "cleaner"), ("cleaner",)):
        inner: Any = table
        for name in place:
            inner = inner.get(name) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            yield place, f"settings stand in no table here; take [{'.'.join(place)}] away"
            yield from (((*place, *below), wrong) for below, wrong in check_table(inner))
            table = {key: value for key, value in table.items() if key != place[0]}
    yield from check_table(table)


def _line_among(lines: Sequence[str], place: Sequence[str]) -> int:
    """The line (from 1) on which a key stands, as near as a look at the text tells."""
    table: list[str] = []
    for number, line in enumerate(lines, 1):
        head = re.match(r"\s*\[+([^\]]+)\]", line)
        if head:
            table = [a or b or c for a, b, c in re.findall(r'"([^"]*)"|\'([^\']*)\'|([\w-]+)', head[1])]
            if table == list(place):
                return number
            continue
        key = re.match(r"\s*[\"']?([\w.-]+)[\"']?\s*=", line)
        if key and [*table, key[1]] == list(place):
            return number
    return 1


def line_of(file: Path, place: Sequence[str]) -> int | None:
    """The line (from 1) on which a setting stands, as near as a look tells; None where nothing can be read."""
    try:
        lines = file.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return _line_among(lines, (*_prefix(file), *place))
