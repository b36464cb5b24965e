"""Files in stores that fsspec knows: found, fetched, and put in place, each whole or not at all.

An address is resolved once, and names below it are joined to the place in its store: resolved anew, `a::b.txt` would be
a chain of stores, of which the last part is dropped, and two outputs would land in one file.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.machine.addresses import below, chain
from cleaner.machine.files import printable_name
from cleaner.run.inputs import Excluded, PlaceError

# An object is there once all of it was sent, and replaces another at that moment: nobody sees half of one.
_WHOLE = {"abfs", "abfss", "az", "gcs", "gs", "hf", "memory", "oci", "ocilake", "oss", "s3", "s3a", "tos", "tosfs"}


class Spot(NamedTuple):
    """Where a file is: the address that leads to its store, and its place in it; on this machine no address and a path.

    `shown` is how messages and logs name it.
    """

    address: str
    place: str
    shown: str

    def ending(self, suffix: str) -> "Spot":
        """The spot of what is named like this, and longer."""
        return Spot(self.address, self.place + suffix, self.shown + suffix)


def store_of(address: str) -> tuple[Any, str]:
    """The file system of an address, and the place in it. Raises PlaceError with the cure if there is none."""
    first, around = chain(address)
    named = first.rfind("/", 0, first.find("::")) + 1 if "::" in first else len(first)
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise PlaceError(f"{address}: needs fsspec: pip install 'seedclean[fs]'") from None
    try:
        store, place = url_to_fs(first[:named] + around)
    except ImportError as error:
        raise PlaceError(f"{address}: {in_a_line(error)}") from None
    except ValueError as error:
        raise PlaceError(f"{address}: is no address that fsspec knows ({in_a_line(error)})") from None
    except Exception as error:
        raise PlaceError(f"{address}: cannot be reached ({in_a_line(error)})") from None
    return store, _joined(store, str(place), first[named:])


def _joined(store: Any, place: str, name: str) -> str:
    if not name:
        return place
    return f"{place.rstrip('/')}/{name}" if place.strip("/") else f"{store.root_marker}{name}"


def url_of(address: str) -> str:
    """An address in the one way in which all that mean the same place can be compared. Raises PlaceError."""
    store, place = store_of(address)
    return str(store.unstrip_protocol(place)).rstrip("/") + chain(address)[1]


def listed(address: str, excluded: Excluded) -> Iterator[tuple[Spot, str]]:
    """The files at or below an address, each with its name below it. Raises PlaceError where none is."""
    store, place = store_of(address)
    top = place.rstrip("/")
    try:
        if store.isfile(place):
            yield Spot(address, place, address), printable_name(top.rpartition("/")[2])
            return
        found = sorted(store.find(place))
    except Exception as error:
        raise PlaceError(f"{address}: cannot be listed ({in_a_line(error)})") from None
    if not found:
        raise PlaceError(f"{address}: nothing is there; check the name")
    for path in found:
        parts = [
            part for part in printable_name(path[len(top) :]).split("/") if part not in ("", ".")
        ]  # as tar has them
        name = "/".join(parts)
        if not any(part.startswith(".") for part in parts) and not excluded(name):
            yield Spot(address, path, below(address, name)), name


def at(address: str, name: str) -> Spot:
    """The spot of what has a name below an address. Raises PlaceError."""
    store, place = store_of(address)
    return Spot(address, _joined(store, place, name), below(address, name))


def fetch(spot: Spot, path: Path, needed: bool = True) -> None:
    """Brings a file to a path, whose folder is made; one that is not `needed` may be missing."""
    store, _ = store_of(spot.address)
    path.parent.mkdir(parents=True, exist_ok=True)
    if needed or store.exists(spot.place):
        store.get_file(spot.place, str(path))


def put(path: Path, spot: Spot) -> None:
    """Puts a file in its place. A store of files, as sftp and ftp are, shows it as it grows: there it grows beside it.

    A store that is neither known to be whole by itself nor able to move gets it in its place all the same.
    """
    store, _ = store_of(spot.address)
    folder, _, name = spot.place.rpartition("/")
    store.makedirs(folder, exist_ok=True)
    if _is_whole_by_itself(store) or not _moves(store):
        store.put_file(str(path), spot.place)
        return
    draft = f"{folder}/.{name}.part" if folder or spot.place.startswith("/") else f".{name}.part"
    try:
        store.put_file(str(path), draft)
        _move(store, draft, spot.place)
    except BaseException:
        with suppress(Exception):
            store.rm_file(draft)
        raise


def _is_whole_by_itself(store: Any) -> bool:
    protocols = (store.protocol,) if isinstance(store.protocol, str) else store.protocol
    return not _WHOLE.isdisjoint(protocols)


def _moves(store: Any) -> bool:
    """Whether a store can move a file. The way of those that cannot is to copy it, which is no better."""
    from fsspec import AbstractFileSystem

    return type(store).mv is not AbstractFileSystem.mv


def _move(store: Any, draft: str, place: str) -> None:
    try:
        store.mv(draft, place)
    except Exception:
        # smb and hdfs move onto nothing that is there; better no output for a moment than half of one
        if not (store.exists(draft) and store.exists(place)):
            raise
        store.rm_file(place)
        store.mv(draft, place)


def in_a_line(error: Exception) -> str:
    """What an error says; every store has errors of its own."""
    return " ".join((str(error) or type(error).__name__).split())
