"""Documents of one name in a shard: copies of a text are numbered, and two texts are refused."""

from array import array
from collections.abc import Iterable, Iterator

from cleaner.formats import Format, InputError, Options, Record, format_of
from cleaner.run.inputs import Job


class TwiceError(InputError):
    """Two texts of one name: nobody could tell which one a removal belongs to."""

    def __init__(self, form: Format, name: str, place: str = "") -> None:
        super().__init__(f"the id {name!r} stands twice; {form.twice}", place)
        self.name = name


class Names:
    """The names of a shard's documents so far, with the hashes of their texts."""

    def __init__(self, form: Format) -> None:
        self.hashes: dict[str, str] = {}
        self.made: set[str] = set()  # those of copies that no document has of itself
        self._form = form
        self._copies: dict[str, int] = {}
        self._numbers = array("Q")  # of the records, in the order of the hashes

    def given(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records, each document under its name in the log, by which people decide about it."""
        for record in records:
            if record.document is not None:
                record.document.id = self.take(record.document.id, record.encoded.sha256, record.number)
            yield record

    def take(self, name: str, sha256: str, number: int) -> str:
        """The name by which the log knows a document: its own, or that of a copy. `number`: that of its record.

        A name that was made for a copy is nobody's fault: who comes by it later is numbered as well.
        Raises TwiceError, with the numbers of both, for two texts of one name.
        """
        if name in self.hashes:
            if self.hashes[name] != sha256 and name not in self.made:
                first = self._numbers[list(self.hashes).index(name)]
                raise TwiceError(self._form, name, f"{self._form.unit}s {first} and {number}")
            name = self._numbered(name)
        self.hashes[name] = sha256
        self._numbers.append(number)
        return name

    def _numbered(self, name: str) -> str:
        """The name of the next copy of a document: one that no document so far has of itself."""
        while True:
            self._copies[name] = self._copies.get(name, 1) + 1
            copy = f"{name}#{self._copies[name]}"
            if copy not in self.hashes:
                self.made.add(copy)
                return copy


def placed(error: TwiceError, job: Job, options: Options) -> InputError:
    """The error of a part of a shard with the numbers that both records have in the whole: it reads that once more,
    which only a refusal costs.
    """
    from cleaner.formats.compressed import unpacked

    form = format_of(job.name)
    names = Names(form)
    try:
        with unpacked(job.source) as handle:
            for record in form.read(handle, job.name, options):
                if record.document is not None and record.document.id == error.name:
                    names.take(error.name, record.encoded.sha256, record.number)
    except TwiceError as whole:
        return whole
    except (OSError, InputError):
        pass  # it has changed by now
    return error
