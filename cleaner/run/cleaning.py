"""One input from end to end: read, cleaned, proven, and written to an output and a log that stand open."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol, cast

from cleaner import __version__
from cleaner.config import Config
from cleaner.config.fingerprints import ruleset
from cleaner.document import Document
from cleaner.formats import InputError, Options, Part, Record, format_of
from cleaner.formats.record import WHOLE
from cleaner.log import LogError, LogWriter, header, restored
from cleaner.log.entries import document_record, document_records, dump, entry_lines
from cleaner.machine.files import Hashing, content
from cleaner.machine.opening import file_sha256, reading
from cleaner.machine.stopping import heed
from cleaner.pipeline import Cleaned, Pipeline, in_batches
from cleaner.review import decisions
from cleaner.rules import SlowRuleError
from cleaner.run.copies import Names, TwiceError, placed
from cleaner.run.current import Current, is_current
from cleaner.run.inputs import Job
from cleaner.text.hosts import as_host, host_of

CHANGED = "changed while it was read; clean again"
_SAMPLE = "A line.\nAnother.\n\nA third.\n"  # enough lines to be labelled, which loads the model


class Writable(Protocol):
    """What takes bytes: a file, a comparison with one."""

    def write(self, raw: bytes, /) -> object:
        """Takes the next bytes."""

    def flush(self) -> None:
        """Passes on what is held back."""


class Counts(NamedTuple):
    """What was done, in documents and characters (code points)."""

    documents: int = 0
    changed: int = 0
    removals: int = 0
    candidates: int = 0
    chars: int = 0
    removed_chars: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        if not other.documents:
            return self
        documents, changed, removals, candidates, chars, removed = other
        return Counts(
            self.documents + documents,
            self.changed + changed,
            self.removals + removals,
            self.candidates + candidates,
            self.chars + chars,
            self.removed_chars + removed,
        )


class Streamed(NamedTuple):
    """What was done: counts, notes on documents left whole, and the names of a shard's documents with their hashes;
    `made`: those of these names that copies were given.
    """

    counts: Counts
    notes: tuple[str, ...]
    names: dict[str, str]
    made: set[str]


class OurBugError(RuntimeError):
    """A check that must hold failed: nothing was written."""


class Cleaner:
    """A configuration at work: its pipelines, built on first need, and how it reads and writes."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.options = Options(config["text-field"], config["id-field"], config["encoding"], config["max-bytes"])
        self.hash_text: bool = config["log-text"] == "hash"
        self._hosts = {as_host(site): str(site) for site in config["sites"]}
        self._pipelines: dict[str, Pipeline] = {}
        self._header: dict[str, Any] | None = None
        self._header_line: bytes | None = None
        self._decisions: decisions.Decisions | None = None
        self._ahead: dict[str, Cleaned] = {}
        self.known: Current | None = None

    def __reduce__(self) -> tuple[type["Cleaner"], tuple[Config]]:
        return Cleaner, (self.config,)  # a process that shares no memory builds its own pipelines

    @property
    def header(self) -> dict[str, Any]:
        """The first record of every log of this run."""
        if self._header is None:
            self._header = header(__version__, ruleset(self.config), self.config.fingerprint())
        return self._header

    @property
    def header_line(self) -> bytes:
        """The same, as it stands in the log."""
        if self._header_line is None:
            self._header_line = dump(self.header)
        return self._header_line

    @property
    def decisions(self) -> decisions.Decisions:
        """What people decided. Raises DecisionsError for a damaged file."""
        if self._decisions is None:
            self._decisions = decisions.load(self.config.root / decisions.FILE)
        return self._decisions

    def pipeline(self, site: str = "") -> Pipeline:
        """The filters for one site, "" for all others, with what people decided."""
        if site not in self._pipelines:
            config = self.config.site(site)
            decided = self.decisions
            self._pipelines[site] = (
                config.pipeline(decided.keep, {decisions.FILTER: decided.marked}) if len(decided) else config.pipeline()
            )
        return self._pipelines[site]

    def tried(self) -> None:
        """Checks selection, rules, filters and decisions, and raises the first error.

        It builds the filters of other distributions to know. Shipped filters can always be built, so they wait until
        there is something to clean.
        """
        _ = self.header, self.decisions
        if self.config.outside_filters():
            self.pipeline()

    def prepare(self) -> None:
        """Builds now what is otherwise built on first need: processes that are forked afterwards share it."""
        _ = self.header
        others = self.config.outside_filters()  # a filter of somebody else may make nothing of such a text
        Pipeline([one for name, one in self.pipeline().named if name not in others])(Document("", _SAMPLE))
        gc.freeze()  # the garbage collector writes to all objects that it visits, and so would copy the shared memory

    def ahead(self, jobs: Iterable[Job]) -> None:
        """Cleans the texts among some inputs in one batch, which takes half the time; `stream` then finds the results.

        Errors are passed over here: they come again, and are told, when `stream` reads the input.
        """
        self._ahead = {}
        documents: list[Document] = []
        for job in jobs:
            form = format_of(job.name)
            try:
                if not form.shard:
                    with reading(job.source) as handle:
                        records = form.read(handle, job.name, self.options)
                        documents.extend(record.document for record in records if record.document is not None)
            except (OSError, InputError):
                continue
        if len(documents) < 2:
            return
        try:
            self._ahead = {cleaned.document.id: cleaned for cleaned in self.many(iter(documents))}
        except Exception:
            self._ahead = {}

    def stream(self, job: Job, output: Writable, log: Writable, part: Part = WHOLE) -> Streamed:
        """Cleans an input, or a part of a shard, into two open handles; a part's log is not closed.

        Raises InputError when it cannot be read, OurBugError when the result would not give the raw bytes back.
        """
        writer = LogWriter(cast("BinaryIO", log), self.header)
        with _at_rest(job.source):
            if format_of(job.name).shard:
                done, described = self._stream_shard(job, cast("BinaryIO", output), writer, part)
            else:
                with reading(job.source) as handle:
                    done, described = self.pump(handle, job.name, job.shown, output, writer), None
        if part == WHOLE:
            if described is not None:
                writer.write([described])
            writer.close()
        return done

    def _stream_shard(
        self, job: Job, output: BinaryIO, writer: LogWriter, part: Part
    ) -> tuple[Streamed, dict[str, Any] | None]:
        """Cleans a shard, and says what it was and became, or a part of one."""
        from cleaner.formats.compressed import Measured, packed, packing, unpacked  # a text needs none of it

        hashed = Hashing(output)
        with ExitStack() as stack:
            handle = stack.enter_context(unpacked(job.source))
            members = format_of(job.name).members
            target = stack.enter_context(packed(cast("BinaryIO", hashed), packing(job.source), members))
            try:
                done = self.pump(handle, job.name, job.shown, target, writer, part)
            except TwiceError as error:
                raise (error if part == WHOLE else placed(error, job, self.options)) from None
        if part != WHOLE:
            return done, None
        record = shard_record(job, hashed, self.options)
        if isinstance(handle, Measured):
            record["unpacked_sha256"] = handle.digest.hexdigest()
        return done, record

    def pump(
        self, handle: BinaryIO, name: str, shown: str, target: Writable, writer: LogWriter, part: Part = WHOLE
    ) -> Streamed:
        """Cleans what comes from one handle into another, record by record; `name` says which format it has."""
        form = format_of(name)
        cut_record = form.cut
        counts = Counts()
        notes: list[str] = []
        names = Names(form)
        records = form.read(handle, name, self.options, part)
        for record, cleaned in self._cleaned(names.given(records) if form.shard else records):
            heed()
            if cleaned is None:
                target.write(form.through(record))
                continue
            id_ = cleaned.document.id
            written = cut_record(record, cleaned)
            decided = self.decisions.digest(id_)
            described = document_record(cleaned, shown, record.encoded, written.text, decided)
            _prove(cleaned, described, written.text)
            target.write(written.line)
            if written.extra is None:
                writer.write_document(described, cleaned, entry_lines(cleaned, record.encoded, self.hash_text))
            else:
                told = list(document_records(cleaned, shown, record.encoded, written.text, self.hash_text, decided))
                form.note(written, told)
                writer.write(told)
            counts = counts.plus(_counts(cleaned))
            if cleaned.refused:
                why = f"{cleaned.refused}, so it is left whole"
                notes.append(f"{id_}: {why}" if form.shard else why)  # a text's name is told in any case
        return Streamed(counts, tuple(notes), names.hashes, names.made)

    def _cleaned(self, records: Iterator[Record]) -> Iterator[tuple[Record, Cleaned | None]]:
        """Every record in its order, with its document cleaned; those of one site in batches."""
        looked = list(islice(records, 1))
        first = looked[0].document if looked else None
        done = self._ahead.pop(first.id, None) if first is not None else None
        if done is not None and first is not None and done.document.text == first.text:
            yield looked.pop(), done
        for batch in in_batches(chain(looked, records), _chars):
            cleaned = self.many(record.document for record in batch if record.document is not None)
            for record in batch:
                yield record, None if record.document is None else next(cleaned)

    def many(self, documents: Iterator[Document]) -> Iterator[Cleaned]:
        """The documents, cleaned in their order, each as its site wants it.

        Raises InputError for one on which a rule takes too long.
        """
        try:
            if not self.config["sites"]:
                yield from self.pipeline().many(documents)
                return
            for document in documents:
                yield self.pipeline(self.site(document))(document)
        except SlowRuleError as error:
            raise InputError(f"{error}; simplify its pattern, or leave it out with --ignore") from None

    def site(self, document: Document) -> str:
        """The site of the host of a record's `url`, else of the first folder of its name; "" where there is none."""
        sites = self._hosts
        host = host_of(document.meta.get("url"))
        if not host:
            host, below, _ = document.id.partition("/")
            sites = {site: site for site in self.config["sites"]} if below else {}
        while host not in sites and "." in host:
            host = host.split(".", 1)[1]  # news.example.org belongs to example.org
        return sites.get(host, "")

    def remembering(self, output: Path) -> Current:
        """What is known of the outputs below a folder; from here on it is asked before files are read."""
        self.known = Current(output, self.header_line, self.decisions)
        return self.known

    def is_known(self, job: Job) -> bool:
        """Whether an earlier run found that `is_current` holds, and no file was touched since."""
        return self.known is not None and self.known.knows(job)

    def is_current(self, job: Job) -> bool:
        """Whether output and log are there, fit each other and the input, and are what this configuration makes."""
        return is_current(job, self.header_line, self.decisions)


@contextmanager
def _at_rest(source: Path) -> Iterator[None]:
    """Raises InputError where a file changes meanwhile, whatever else seems to be wrong with it then."""
    before = content(source.stat())
    try:
        yield
    except InputError:
        if content(source.stat()) != before:
            raise InputError(CHANGED) from None
        raise
    if content(source.stat()) != before:
        raise InputError(CHANGED)


def _chars(record: Record) -> int:
    """Of a record that is cleaned. Those without a text count among the others: a shard may hold millions of them."""
    return len(record.document.text) if record.document is not None else 0


def _counts(cleaned: Cleaned) -> Counts:
    removed = sum(removal.end - removal.start for removal in cleaned.removals)
    size = len(cleaned.document.text)
    return Counts(1, bool(removed), len(cleaned.removals), len(cleaned.candidates), size, removed)


def _prove(cleaned: Cleaned, record: dict[str, Any], output: bytes) -> None:
    """Fails, before anything is in place, when output and removals do not give the raw bytes back."""
    if not cleaned.removals and record["sha256"] == record["output_sha256"]:
        return
    try:
        restored(output, record, cleaned.removals)
    except LogError as error:
        raise OurBugError(str(error).removesuffix("; clean again")) from None


def shard_record(job: Job, output: Hashing, options: Options) -> dict[str, Any]:
    """What a shard was and became, as files, and where its texts stand; its log names it before the end."""
    return streamed_record(job.name, job.shown, (file_sha256(job.source), job.source.stat().st_size), output, options)


def streamed_record(name: str, shown: str, raw: tuple[str, int], output: Hashing, options: Options) -> dict[str, Any]:
    """The same of a shard that need not be a file: `raw` is the hash of its bytes, and how many they are."""
    fields = {"text_field": options.text_field, "id_field": options.id_field}
    return {
        "type": "shard",
        "source": shown,
        "sha256": raw[0],
        "bytes": raw[1],
        "output_sha256": output.digest.hexdigest(),
        "output_bytes": output.size,
        **(fields if format_of(name).fields else {}),
    }
