"""Every export is read back by the tool it is for, over random texts with emoji and CRLF."""

import functools
import gzip
import importlib.metadata
import importlib.util
import itertools
import json
import os
import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cleaner.exports import EXPORTS
from cleaner.exports.names import file_name
from cleaner.exports.utf16 import Utf16
from cleaner.log.logged import LoggedDocument, LoggedRemoval

PIECES = [
    "a",
    "Wort",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "🎉",
    "👩\u200d🚒",
    "é",
    "e\u0301",
    "漢字",
    "\t",
    "\u2028",
]
PIECES += ["\x85", "."]
CODES = ["any.donation.paypal-address", "en.sharing.follow-us", "segmentation.comment"]

slow = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def document(
    text: str, ranges: list[tuple[int, int]], name: str = "a.txt", bom: bytes = b"", encoding: str = "utf-8"
) -> LoggedDocument:
    raw = bom + text.encode(encoding)

    def removal(number: int, start: int, end: int) -> LoggedRemoval:
        code = CODES[number % len(CODES)]
        before, through = len(bom + text[:start].encode(encoding)), len(bom + text[:end].encode(encoding))
        lines = (text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1)
        filter_name = "comments" if code.startswith("seg") else code.split(".")[1]
        return LoggedRemoval(f"{number:012x}", filter_name, code, "a reason", 0.5, start, end, before, through, *lines)

    removals = tuple(removal(number, *one) for number, one in enumerate(ranges))
    return LoggedDocument(name, f"seeds/{name}", f"cleaned/{name}", text, raw, encoding, removals)


@st.composite
def documents(draw: st.DrawFn) -> LoggedDocument:
    """A text and sorted, disjoint, non-empty ranges, none of which splits a CRLF."""
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=60))
    text = "".join(pieces)
    legal = [at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n" or at == 0]
    cuts = sorted(draw(st.sets(st.sampled_from(legal), max_size=12)))
    pairs = list(itertools.pairwise(cuts))
    chosen = [pair for pair in pairs if draw(st.booleans())]
    bom, encoding = draw(st.sampled_from([(b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")]))
    return document(text, chosen, bom=bom, encoding=encoding)


def files(kind: str, *given_documents: LoggedDocument) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for name, part in EXPORTS[kind].parts(given_documents):
        made[name] = made.get(name, b"") + part
    return made


def cleaned(one: LoggedDocument) -> str:
    return "".join(one.text[start:end] for start, end in one.kept())


def cut(text: str, ranges: list[tuple[int, int]]) -> str:
    at, kept = 0, ""
    for start, end in ranges:
        assert at <= start < end <= len(text), "sorted, disjoint, not empty"
        kept += text[at:start]
        at = end
    return kept + text[at:]


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_an_export_names_its_files_and_repeats_itself(kind: str) -> None:
    one = document("Hello 🎉\r\nDonate now\r\nBye", [(9, 21)])
    made = files(kind, one)
    assert made == files(kind, one)
    assert not EXPORTS[kind].file or list(made) == [EXPORTS[kind].file]


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_an_export_of_nothing_is_still_readable(kind: str) -> None:
    made = files(kind)
    whole = {name: json.loads(raw) for name, raw in made.items() if name.endswith((".json", ".sarif"))}
    assert kind not in ("sarif", "label-studio") or whole


def _reader(name: str) -> Any:
    """The other side's own package. The mark `adapters` makes a skip a failure in CI."""
    return pytest.importorskip(name)


@functools.cache
def _dolma() -> ModuleType:
    """Dolma's mixer alone: the package's Python side wants thirty others, its compiled side none."""
    if not any(found.metadata["Name"] == "dolma" for found in importlib.metadata.distributions(name="dolma")):
        pytest.skip("dolma is not installed: pip install --no-deps dolma")
    for file in importlib.metadata.files("dolma") or []:
        if re.fullmatch(r"dolma/dolma\..*(so|pyd)", str(file)):
            spec = importlib.util.spec_from_file_location("dolma.dolma", str(file.locate()))
            assert spec and spec.loader
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    raise AssertionError("the dolma wheel holds no compiled module")


@pytest.mark.adapters
@pytest.mark.parametrize("some", [True, False], ids=["removals", "no removal at all"])
def test_dolmas_mixer_makes_our_cleaned_text(tmp_path: Path, some: bool) -> None:
    mixer = _dolma()
    batch: list[LoggedDocument] = []

    @settings(max_examples=200, deadline=None, database=None)
    @given(documents())
    def collect(one: LoggedDocument) -> None:
        batch.append(one._replace(id=str(len(batch)), removals=one.removals if some else ()))

    collect()
    for name, content in files("dolma", *batch).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    config = json.loads((tmp_path / "mixer.json").read_bytes())
    config["work_dir"] = {"input": str(tmp_path / "in"), "output": str(tmp_path / "out")}
    for stream in config["streams"]:
        stream["documents"] = [str(tmp_path / each) for each in stream["documents"]]
        stream["output"]["path"] = str(tmp_path / "mixed")
    mixer.mixer_entrypoint(json.dumps(config))
    mixed = {}
    for path in sorted((tmp_path / "mixed").iterdir()):
        for line in gzip.decompress(path.read_bytes()).decode().split("\n")[:-1]:
            record = json.loads(line)
            mixed[record["id"]] = record["text"]
    # dolma leaves documents out that nothing remains of
    assert mixed == {one.id: cleaned(one) for one in batch if cleaned(one) or one.id in mixed}
    assert len(mixed) > 50


@slow
@given(one=documents())
@example(one=document("a\r\nb 🎉 c\r\nd", [(5, 7)]))
@example(one=document("all of it", [(0, 9)]))
@example(one=document("a\nb\nc", [(1, 2), (3, 4)]))
@example(one=document("a\n\n\n\nb\n", [(2, 3)], name='the "odd" n\u00e4me\t🎉.txt'))
def test_git_apply_reversed_restores_the_raw_file(tmp_path: Path, one: LoggedDocument) -> None:
    place = tmp_path / one.output
    place.parent.mkdir(parents=True, exist_ok=True)
    kept, at = b"", 0
    for removal in one.removals:
        kept += one.raw[at : removal.byte_start]
        at = removal.byte_end
    kept += one.raw[at:]
    place.write_bytes(kept)
    patch = files("patch", one).get("removals.patch", b"")
    assert bool(patch) == bool(one.removals)
    for arguments, wanted in ((["-R"], one.raw), ([], kept)):
        if patch:
            _git_apply(tmp_path, patch, arguments)
            assert place.read_bytes() == wanted


@slow
@given(texts=st.lists(documents(), max_size=2), records=st.lists(documents(), min_size=1, max_size=3))
@example(texts=[document("a\nb\n", [(0, 2)])], records=[document("a\n@@ -1 +1 @@\n--- a", [(0, 2)], name="../../x")])
def test_git_applies_a_patch_that_tells_of_records_of_shards_too(
    tmp_path: Path, texts: list[LoggedDocument], records: list[LoggedDocument]
) -> None:
    """A record is no file: a head of its own would have git refuse all of the patch."""
    texts = [one._replace(output=f"cleaned/{at}.txt") for at, one in enumerate(texts)]
    records = [one._replace(output=f"cleaned/s.jsonl/{one.id}", shard="seeds/s.jsonl") for one in records]
    patch = files("patch", *records, *texts, *records).get("removals.patch", b"")
    for one in texts:
        place = tmp_path / one.output
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(one.raw)
    if any(one.removals for one in texts):
        _git_apply(tmp_path, patch, [])
        for one in texts:
            kept = [(removal.byte_start, removal.byte_end) for removal in one.removals]
            assert (tmp_path / one.output).read_bytes() == _cut_bytes(one.raw, kept)
    assert (b"# " in patch) >= any(one.removals for one in records)


def _cut_bytes(raw: bytes, ranges: list[tuple[int, int]]) -> bytes:
    for start, end in reversed(ranges):
        raw = raw[:start] + raw[end:]
    return raw


def _git_apply(folder: Path, patch: bytes, arguments: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(folder),
    }
    done = subprocess.run(
        ["git", "apply", *arguments],
        cwd=folder,
        input=patch,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.adapters
@slow
@given(st.lists(documents(), max_size=3))
def test_spacy_reads_documents_and_spans(batch: list[LoggedDocument]) -> None:
    spacy = _reader("spacy")
    vocab = spacy.blank("xx").vocab
    lines = files("spacy", *batch).get("docs.jsonl", b"").decode().split("\n")[:-1]
    assert len(lines) == len(batch)
    for one, line in zip(batch, lines, strict=True):
        doc = spacy.tokens.Doc(vocab).from_json(json.loads(line), validate=True)
        assert doc.text == one.text
        wanted = [
            (one.removed(removal).strip(), removal.filter, removal.code)
            for removal in one.removals
            if one.removed(removal).strip()
        ]
        found = doc.spans.get("cleaner", [])
        assert [(span.text, span.label_, span.kb_id_) for span in found] == wanted


@pytest.mark.adapters
@slow
@given(st.lists(documents(), max_size=3))
def test_sarif_is_valid_and_its_regions_are_the_removals(batch: list[LoggedDocument]) -> None:
    log = json.loads(files("sarif", *batch)["cleaner.sarif"])
    _validate_sarif(log)
    (run,) = log["runs"]
    results = iter(run["results"])
    for one in batch:
        starts = [0] + [found.end() for found in re.finditer(r"\r\n|\n|\r", one.text)]
        ranges = []
        for removal in one.removals:
            result = next(results)
            rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
            assert rule["id"] == result["ruleId"] == removal.code
            place = result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
            start = starts[place["startLine"] - 1] + place["startColumn"] - 1
            end = starts[place["endLine"] - 1] + place["endColumn"] - 1
            assert (start, end - start) == (place["charOffset"], place["charLength"])
            ranges.append((start, end))
        assert cut(one.text, ranges) == cleaned(one)
    assert next(results, None) is None


def _validate_sarif(log: dict[str, Any]) -> None:
    _reader("sarif_pydantic").Sarif.model_validate(log, strict=False)


def test_sarif_calls_candidates_to_be_reviewed() -> None:
    one = document("a\nb\nc\n", [(0, 2), (2, 4)])
    one = one._replace(removals=one.removals[:1], candidates=(one.removals[1]._replace(kind="candidate"),))
    first, second = json.loads(files("sarif", one)["cleaner.sarif"])["runs"][0]["results"]
    assert (first["kind"], second["kind"], "fixes" in second) == ("fail", "review", False)


@slow
@given(documents())
def test_brats_fragments_and_notes_give_the_removals(one: LoggedDocument) -> None:
    made = files("brat", one)
    text = made["a.txt"].decode()
    assert text == one.text
    annotations, notes = _read_brat(made["a.ann"].decode())
    for label, fragments, words in annotations.values():
        assert re.fullmatch(r"[\w-]+", label)
        assert " ".join(text[start:end] for start, end in fragments) == words
        assert not any(re.search(r"[\r\n]|^\s|\s$", text[start:end]) for start, end in fragments)
    visible = [removal for removal in one.removals if one.removed(removal).strip()]
    assert [re.search(r"\[(\d+), (\d+)\)", note).groups() for note in notes] == [  # type: ignore[union-attr]
        (str(removal.start), str(removal.end)) for removal in visible
    ]


def _read_brat(text: str) -> tuple[dict[str, tuple[str, list[tuple[int, int]], str]], list[str]]:
    """Reads standoff as brat's own annotation.py does: by \\n, by tab, offsets by semicolon."""
    annotations, notes = {}, []
    for line in text.split("\n")[:-1]:
        key, middle, tail = line.split("\t", 2)
        if key.startswith("#"):
            assert middle.split(" ")[1] in annotations
            notes.append(tail)
        else:
            label, offsets = middle.split(" ", 1)
            pairs = [tuple(map(int, pair.split(" "))) for pair in offsets.split(";")]
            annotations[key] = (label, [(start, end) for start, end in pairs], tail)
    return annotations, notes


def test_brat_keeps_documents_apart_whose_names_differ_by_suffix_only() -> None:
    made = files("brat", document("one", [], name="a.txt"), document("two", [], name="a"))
    assert (made["a.txt"], made["a_.txt"]) == (b"one", b"two")


def test_brat_writes_no_file_where_a_folder_is_needed() -> None:
    """All of an export failed at a crawl with pages below a page."""
    names = ["http://e.org/a.txt", "http://e.org/a.txt/b", "c.ann/d", "c", "annotation.conf/e"]
    made = files("brat", *(document("one", [], name=name) for name in names))
    assert len(made) == 2 * len(names) + 1
    assert not any(other.startswith(f"{name}/") for name in made for other in made)


@slow
@given(documents())
def test_annotations_are_found_by_position_and_by_quotation(one: LoggedDocument) -> None:
    lines = files("web-annotation", one).get("annotations.jsonl", b"").decode().split("\n")[:-1]
    ranges = []
    for line in lines:
        position, quotation = json.loads(line)["target"]["selector"]
        start, end = position["start"], position["end"]
        assert one.text[start:end] == quotation["exact"]
        assert one.text[:start].endswith(quotation["prefix"])
        assert one.text[end:].startswith(quotation["suffix"])
        ranges.append((start, end))
    assert cut(one.text, ranges) == cleaned(one)


@slow
@given(st.lists(documents(), max_size=3))
def test_label_studio_and_doccano_cut_to_our_cleaned_text(batch: list[LoggedDocument]) -> None:
    tasks = json.loads(files("label-studio", *batch)["tasks.json"])
    lines = files("doccano", *batch).get("doccano.jsonl", b"").decode().split("\n")[:-1]
    for one, task, line in zip(batch, tasks, lines, strict=True):
        values = [result["value"] for result in task["predictions"][0]["result"]]
        text = task["data"]["text"]
        ranges = [(value["start"], value["end"]) for value in values]
        assert [text[start:end] for start, end in ranges] == [value["text"] for value in values]
        assert cut(text, ranges) == cleaned(one)
        units = json.loads(line)["text"].encode("utf-16-le")
        ranges = [(start, end) for start, end, _ in json.loads(line)["label"]]
        kept = units.decode("utf-16-le")
        for start, end in reversed(ranges):
            units = units[: 2 * start] + units[2 * end :]
        assert kept == one.text
        assert units.decode("utf-16-le") == cleaned(one)


@given(st.text())
def test_utf16_offsets_are_those_of_a_browser(text: str) -> None:
    units = Utf16(text)
    assert [units.at(at) for at in range(len(text) + 1)] == [
        len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in range(len(text) + 1)
    ]


@given(st.text(st.characters(codec="utf-8"), max_size=40))
@example("../../etc/passwd")
@example("/absolute//path/./x")
@example("a:b\\c\x00d\n")
@example("")
def test_a_file_name_stays_below_its_folder_and_gives_back_its_id(name: str) -> None:
    made = file_name(name)
    assert not made.startswith("/")
    assert all(part not in ("", ".", "..") for part in made.split("/"))
    assert re.fullmatch(r"[A-Za-z0-9_.~%/ ()+,=@&!'-]+", made)
    if all(len(part.encode()) < 40 for part in name.split("/")):
        assert "/".join("" if part == "%" else unquote(part) for part in made.split("/")) == name


def test_annotations_and_results_are_of_the_file_and_of_the_record_in_it() -> None:
    def target(name: str, source: str, shard: bool) -> tuple[str, str]:
        one = document("It rained.\nNotice.\n", [(11, 18)], name)._replace(source=source, shard=shard)
        note = json.loads(files("web-annotation", one)["annotations.jsonl"])["target"]["source"]
        result = json.loads(files("sarif", one)["cleaner.sarif"])["runs"][0]["results"][0]
        return note, result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

    assert target("#a?b.txt", "seeds/#a?b.txt", False) == ("seeds/%23a%3Fb.txt",) * 2
    assert target("%41.txt", "seeds/%41.txt", False) == ("seeds/%2541.txt",) * 2
    assert target("p/1", "seeds/s.jsonl", True) == ("seeds/s.jsonl#p%2F1",) * 2
    equal = [
        document("It rained.\nNotice.\n", [(11, 18)], "1")._replace(shard=shard) for shard in ("a.jsonl", "b.jsonl")
    ]
    noted = files("web-annotation", *equal)["annotations.jsonl"].decode().split("\n")[:-1]
    assert len({json.loads(one)["id"] for one in noted}) == 2
    assert target("a", "s3://bucket/a b.txt", False) == ("s3://bucket/a%20b.txt",) * 2
