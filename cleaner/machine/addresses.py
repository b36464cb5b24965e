"""Addresses on the command line: what lies in a store, and what is a path of this machine after all.

fsspec writes to `file://` in place, through links, and past what a configuration excludes. So an address of this
machine is taken as the path that it names before anything else looks at it.
"""

import os
import re
from pathlib import Path

# A path knows no `//`: what was given as s3://bucket arrives as s3:/bucket. One letter is a drive of Windows.
_ADDRESS = r"(?s)([A-Za-z][A-Za-z0-9+.-]+):/+(.*)"  # compiled when a name has a colon: hooks ask about names, too
_SPELLED = r"[A-Za-z][A-Za-z0-9+.-]+://"
_HERE = r"(?si)(file|local):(/+)(.*)"
# A store in a file of another store, as zip://a.txt::s3://bucket/b.zip. Other `::` are part of a name.
_CHAINED = r"::(?:[A-Za-z][A-Za-z0-9+.-]*::)*([A-Za-z][A-Za-z0-9+.-]+):/"


class AddressError(ValueError):
    """An address that might mean one place of this machine or another."""


def is_address(text: str) -> bool:
    """Whether a setting names a place in a store, or one of this machine, by an address: it is below no folder."""
    return ":" in text and re.match(_SPELLED, text) is not None


def address_of(path: Path) -> str:
    """The address that a path from the command line means; empty for a path."""
    text = path.as_posix()
    found = re.fullmatch(_ADDRESS, text) if ":" in text else None
    if not found or os.path.exists(path):  # noqa: PTH110 - an address may be longer than any name of a file
        return ""
    first, rest = chain(f"{_spelled(found[1])}{found[2]}")
    return first + re.sub(_CHAINED, lambda one: f"{one[0].removesuffix(one[1] + ':/')}{_spelled(one[1])}", rest)


def _spelled(protocol: str) -> str:
    return "file:///" if protocol.lower() == "file" else f"{protocol.lower()}://"


def chain(address: str) -> tuple[str, str]:
    """An address as the place in its store, and the chain of files that the store lies in (empty: it lies in none)."""
    found = re.search(_CHAINED, address) if "::" in address else None
    return (address[: found.start()], address[found.start() :]) if found else (address, "")


def below(address: str, name: str) -> str:
    """The address of what has a name, with slashes, below another address."""
    folder, around = chain(address)
    return f"{folder}{'' if folder.endswith('/') else '/'}{name}{around}"


def here(text: str) -> str:
    """What was given as an address of this machine (file:///a, local:///a) as the path that it is; else as it was.

    Raises AddressError for one that begins with no folder: `file://a/b` is b of a machine called a to some, and below
    the working folder to others.
    """
    found = re.fullmatch(_HERE, text) if ":" in text else None
    if not found or os.path.exists(text):  # noqa: PTH110 - as above
        return text
    protocol, slashes, rest = found.groups()
    if len(slashes) == 2:
        if not rest.startswith("localhost/"):
            raise AddressError(f"{text} names no whole path; write {protocol}:///..., or the path alone")
        rest = rest.removeprefix("localhost/")
    return rest if os.name == "nt" and rest[1:2] == ":" else f"/{rest}"
