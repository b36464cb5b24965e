"""What every format reads and writes: records, each with one document, as it stood in the file."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, BinaryIO, NamedTuple, Protocol

from cleaner.document import Document
from cleaner.log import LogError
from cleaner.log.entries import Encoded, LogRecord
from cleaner.pipeline import Cleaned


class InputError(ValueError):
    """An input that is refused: `place` in it (may be empty), what is wrong and the cure."""

    def __init__(self, what: str, place: str = "") -> None:
        super().__init__(f"{place}: {what}" if place else what)


class MissingExtraError(InputError):
    """An input that cannot be read here, though nothing is wrong with it: an extra is not installed."""

    def __init__(self, needed: str, extra: str) -> None:
        super().__init__(f"needs {needed}: pip install 'seedclean[{extra}]'")


class Options(NamedTuple):
    """How inputs are read; sizes in bytes. `encoding` is for texts without a byte-order mark that are not UTF-8."""

    text_field: str = "text"
    id_field: str = "id"
    encoding: str | None = None
    max_bytes: int = 100_000_000


class Record(NamedTuple):
    """One document with all that its format needs to write it back. Without a document it passes through.

    `encoded` describes the raw bytes of the document: the whole file, or the UTF-8 of a record's text field. `number`
    counts, from 1 where the reading began, what a shard is made of: lines, rows or records.
    """

    document: Document | None
    encoded: Encoded
    form: Any
    number: int = 0


class Part(NamedTuple):
    """A range of a file's bytes; the records that begin in it are meant. `stop` None is the end."""

    start: int = 0
    stop: int | None = None


WHOLE = Part()


class Source(Protocol):
    """Reads a file's records. `name` is the name of its document, or names its nameless records."""

    def __call__(self, handle: BinaryIO, name: str, options: Options, part: Part = WHOLE) -> Iterator[Record]: ...


class Written(NamedTuple):
    """A record after cleaning: its bytes in the output, and the cleaned text in them, which the log hashes.

    `extra` is for the format's own `note`, which has nothing to add where it is None.
    """

    line: bytes
    text: bytes
    extra: Any = None


Described = tuple[LogRecord, list[LogRecord]]  # a document's record in the log, and its removals


def as_it_stands(record: Record) -> bytes:
    """The bytes of a record that passes through."""
    raw: bytes = record.form
    return raw


class Format(NamedTuple):
    """How one kind of file is read and written, by the functions of a module.

    `shard`: a file holds many documents; `ranges`: of such suffixes it can be read in parts. `members`: under gzip each
    record is packed by itself. `exact`: the raw bytes come back, not only what they mean. `fields`: a record's text and
    id stand in fields that have names. `twice`: the cure for two texts of one name. `unit`: what each record that is
    read is, where messages tell its number.
    """

    module: str
    suffixes: tuple[str, ...] = ()
    shard: bool = False
    ranges: tuple[str, ...] = ()
    members: bool = False
    exact: bool = True
    fields: bool = False
    twice: str = "name a field that differs with --id-field"
    unit: str = ""

    @property
    def read(self) -> Source:
        """Reads a file's records."""
        found: Source = import_module(self.module).read
        return found

    @property
    def cut(self) -> Callable[[Record, Cleaned], Written]:
        """Gives a record with its cleaned text."""
        found: Callable[[Record, Cleaned], Written] = import_module(self.module).cut
        return found

    @property
    def note(self) -> Callable[[Written, list[LogRecord]], None]:
        """Adds to the log what `restore` needs beyond the texts that were removed, for what was cut with an `extra`."""
        found: Callable[[Written, list[LogRecord]], None] = import_module(self.module).note
        return found

    @property
    def restore(self) -> Callable[[BinaryIO, Iterator[Described], Options], Iterator[bytes]]:
        """Gives the raw bytes again, from an output and what the log says of its documents, in chunks."""
        found: Callable[[BinaryIO, Iterator[Described], Options], Iterator[bytes]] = import_module(self.module).restore
        return found

    @property
    def through(self) -> Callable[[Record], bytes]:
        """Gives the bytes of a record without a document, once all before it are cut."""
        found: Callable[[Record], bytes] = getattr(import_module(self.module), "through", as_it_stands)
        return found


def put_back(
    records: Iterable[Record],
    described: Iterator[Described],
    again: Callable[[Record, LogRecord, list[LogRecord]], bytes],
) -> Iterator[bytes]:
    """The raw records of a shard: each with a document by `again`, from what the log says of it; others as they are.

    Raises LogError when shard and log do not hold the same documents.
    """
    for record in records:
        if record.document is None:
            yield record.form
            continue
        document, entries = next(described, ({}, []))
        if "output_sha256" not in document:
            raise LogError("holds more documents than its log; clean again")
        yield again(record, document, entries)
    if next(described, None) is not None:
        raise LogError("holds fewer documents than its log; clean again")
