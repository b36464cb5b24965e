"""The table of formats. A new one is a file here and a line in FORMATS; test_formats tries all that stand in it."""

from cleaner.formats import jsonl, parquet, text, wet
from cleaner.formats.record import Format, InputError, Options, Part, Record

__all__ = ["FORMATS", "Format", "InputError", "Options", "Part", "Record", "format_of"]

FORMATS: dict[str, Format] = {
    "jsonl": Format(
        (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst"),
        True,
        (".jsonl", ".ndjson"),
        jsonl.read,
        jsonl.cut,
        jsonl.note,
        jsonl.restore,
    ),
    "parquet": Format(
        (".parquet",),
        True,
        (),
        parquet.read,
        parquet.cut,
        parquet.note,
        parquet.restore,
        parquet.through,
        exact=False,
    ),
    "wet": Format(
        (".warc.wet", ".warc.wet.gz"),
        True,
        (),
        wet.read,
        wet.cut,
        wet.note,
        wet.restore,
        members=True,
    ),
    "text": Format((), False, (), text.read, text.cut, text.note, text.restore),  # any other name
}


def format_of(name: str) -> Format:
    """The format that a file's name says; a text unless it says another."""
    lower = name.lower()
    for form in FORMATS.values():
        if form.suffixes and lower.endswith(form.suffixes):
            return form
    return FORMATS["text"]
