"""Documents of one name in a shard: copies of a text are numbered, and two texts are refused."""

from collections.abc import Container
from contextlib import suppress

from cleaner.formats import Format, InputError, Options, format_of
from cleaner.inputs import Job


class TwiceError(InputError):
    """Two texts of one name: nobody could tell which one a removal belongs to."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(what)
        self.name = name


def check_copy(form: Format, name: str, earlier: str, later: str) -> None:
    """Lets two documents of one name pass when they are the same text (hashes); the log then numbers them.

    Raises TwiceError for two texts of one name.
    """
    if earlier != later:
        raise TwiceError(f"the id {name!r} stands twice; {form.twice}", name)


def numbered(name: str, copies: dict[str, int], seen: Container[str]) -> str:
    """The name of the next copy of a document: one that no document so far has of itself."""
    while True:
        copies[name] = copies.get(name, 1) + 1
        copy = f"{name}#{copies[name]}"
        if copy not in seen:
            return copy


def placed(error: TwiceError, job: Job, options: Options) -> InputError:
    """The same error with the numbers of the two records. It reads the shard anew, which only a refusal costs."""
    from cleaner.formats.compressed import unpacked

    form = format_of(job.name)
    first: tuple[int, str] | None = None
    with suppress(OSError, InputError), unpacked(job.source) as handle:
        for number, record in enumerate(form.read(handle, job.name, options) if form.unit else (), 1):
            if record.document is None or record.document.id != error.name:
                continue
            if first is None:
                first = number, record.encoded.sha256
            elif first[1] != record.encoded.sha256:
                return InputError(str(error), f"{form.unit}s {first[0]} and {number}")
    return error
