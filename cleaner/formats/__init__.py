"""The table of formats. A new one is a file here and a line in FORMATS; test_formats tries all that stand in it."""

from cleaner.formats.record import Format, InputError, Options, Part, Record

__all__ = ["FORMATS", "Format", "InputError", "Options", "Part", "Record", "format_of"]

# Each with the module that reads and writes it, imported when there is such a file.
FORMATS: dict[str, Format] = {
    "jsonl": Format(
        "cleaner.formats.jsonl",
        (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst"),
        shard=True,
        ranges=(".jsonl", ".ndjson"),
        fields=True,
        unit="line",
    ),
    "parquet": Format("cleaner.formats.parquet", (".parquet",), shard=True, exact=False, fields=True, unit="row"),
    "wet": Format(
        "cleaner.formats.wet",
        (".warc.wet", ".warc.wet.gz"),
        shard=True,
        members=True,
        twice="give each record a WARC-Record-ID of its own, or fetch the file again",
        unit="record",
    ),
    "text": Format("cleaner.formats.text"),  # any other name
}


def format_of(name: str) -> Format:
    """The format that a file's name says; a text unless it says another."""
    lower = name.lower()
    for form in FORMATS.values():
        if form.suffixes and lower.endswith(form.suffixes):
            return form
    return FORMATS["text"]
