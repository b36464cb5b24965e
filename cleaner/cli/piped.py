"""Standard input to standard output: the cleaned text alone goes to the pipe, talk and log elsewhere."""

import hashlib
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

import click

from cleaner.cli.codes import Exit
from cleaner.cli.failure import Failure
from cleaner.cli.shown import count, one_line
from cleaner.formats import InputError, format_of
from cleaner.formats.compressed import packing
from cleaner.log import LogWriter
from cleaner.machine.files import Hashing, printable_name, whole
from cleaner.machine.opening import BLOCK
from cleaner.machine.system import STDOUT
from cleaner.run.cleaning import Cleaner, Writable, streamed_record
from cleaner.run.inputs import name_of


def clean_pipe(cleaner: Cleaner, name: str, log: Path | None, dry_run: bool) -> int:
    """Cleans standard input, read as a file at path `name`; the log goes to `log`, or nowhere. Gives the exit code.

    Raises SystemExit for what is refused, so that no log is left, and Failure where the text would go nowhere.
    """
    name = printable_name(name)
    if getattr(sys.stdout, "nowhere", False) and not dry_run:
        raise Failure(f"{STDOUT} is closed, and the cleaned text would go there; give it a place", Exit.REFUSED)
    with ExitStack() as stack:
        written = stack.enter_context(whole(log)) if log and not dry_run else None
        output: Writable = _Nowhere() if dry_run else sys.stdout.buffer
        removals = _pump(cleaner, name, output, written or _Nowhere())
        if removals is None:
            raise SystemExit(Exit.REFUSED)  # and no log is left
        sys.stdout.buffer.flush()
    if dry_run:
        click.echo(f"{one_line(name)}: {count(removals, 'removal')}", err=True)
    return Exit.DONE


def check_pipe(cleaner: Cleaner, name: str) -> int:
    """Whether anything would be removed from standard input: 1 if so, 0 if not, 3 if it is refused."""
    removals = _pump(cleaner, printable_name(name), _Nowhere(), _Nowhere())
    return Exit.REFUSED if removals is None else Exit.WOULD_CHANGE if removals else Exit.DONE


def _pump(cleaner: Cleaner, name: str, output: Writable, log: Writable) -> int | None:
    """How much was removed; None when the input was refused, which has been said."""
    known = name_of(name, cleaner.config)  # by which people's decisions and settings of sites know it
    # else who finds no file of that name takes it for deleted, and the output, which is all there is, for done with
    writer = LogWriter(cast("BinaryIO", log), {**cleaner.header, "piped": True})
    source, target = _Heard(sys.stdin.buffer), Hashing(cast("BinaryIO", output))
    is_shard = format_of(name).shard
    try:
        if is_shard and packing(Path(name)):
            raise InputError("a pipe takes a shard unpacked; put gzip -dc or zstd -dc before, or name a file")
        done = cleaner.pump(cast("BinaryIO", source), known, name, target, writer)
    except InputError as error:
        click.echo(f"{one_line(name)}: {one_line(str(error))}", err=True)
        return None
    if is_shard:
        writer.write([streamed_record(known, name, source.told(), target, cleaner.options)])
    writer.close()
    for note in done.notes:
        click.echo(f"{one_line(name)}: {one_line(note)}", err=True)
    return done.counts.removals


class _Heard:
    """Standard input, hashed as it is read; once more from its beginning where a reader went back and forth in it."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._begin()

    def _begin(self) -> None:
        self._digest = hashlib.sha256()
        self._size = 0
        self._jumped = False

    def read(self, size: int) -> bytes:
        return self._taken(self._handle.read(size))

    def readline(self, size: int) -> bytes:
        return self._taken(self._handle.readline(size))

    def _taken(self, found: bytes) -> bytes:
        self._digest.update(found)
        self._size += len(found)
        return found

    def seekable(self) -> bool:
        return self._handle.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        self._jumped = True
        return self._handle.seek(offset, whence)

    def told(self) -> tuple[str, int]:
        """The hash of all bytes, and how many they are."""
        if self._jumped:
            self._handle.seek(0)
            self._begin()
            while self.read(BLOCK):
                pass
        return self._digest.hexdigest(), self._size


class _Nowhere:
    def write(self, raw: bytes, /) -> int:
        return len(raw)

    def flush(self) -> None:
        pass
