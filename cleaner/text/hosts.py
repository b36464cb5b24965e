"""The host that an address names, in the one spelling that two addresses of it share."""

from urllib.parse import urlsplit


def host_of(url: object) -> str:
    """The host of an address, as `as_host` spells it; "" where it is none, or names none."""
    if not isinstance(url, str):
        return ""
    try:
        return as_host(urlsplit(url.strip()).hostname or "")
    except ValueError:  # brackets that hold no address
        return ""


def as_host(name: str) -> str:
    """A host's name in small letters, without the dot that ends it, and in ASCII where it has letters beyond that."""
    name = name.casefold().rstrip(".")
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:  # a part of it is empty or too long
        return name
