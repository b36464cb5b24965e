"""The schema that ships with the package: every line that we write is as it says, and what damages a log is not."""

import gzip
import json
from typing import Any

import jsonschema
import pytest

from tests.project import RAW, Project

TEXT = RAW.decode()
WET = (
    "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:a>\r\n"
    f"WARC-Block-Digest: sha1:AAAA\r\nContent-Length: {len(TEXT)}\r\n\r\n{TEXT}\r\n\r\n"
).encode()


@pytest.fixture
def lines(project: Project) -> list[dict[str, Any]]:
    """Lines of logs of every kind of input."""
    own = json.dumps({"text": TEXT}).replace("Notice", "\\u004eotice").encode() + b"\n"
    ascii_only = json.dumps({"text": TEXT.replace("this goes", "this göes")}).encode() + b"\n"
    inputs = {
        "a.txt": RAW + b"Perhaps: this goes.\n",
        "marked.txt": b"\xef\xbb\xbf" + RAW,
        "whole.txt": b"Notice: this goes.\n",
        "own.jsonl": own + ascii_only,
        "packed.jsonl.gz": gzip.compress(own),
        "a.warc.wet": WET,
    }
    for name, raw in inputs.items():
        project.write(f"seeds/{name}", raw)
    project.cleaner("clean")
    kept = [line for line in project.read("cleaned/marked.txt.removals.jsonl").split(b"\n") if b'"removal"' in line]
    decision = {"decision": "keep", "id": json.loads(kept[0])["id"], "document": "marked.txt"}
    project.write(".cleaner/decisions.jsonl", json.dumps(decision).encode())
    project.cleaner("clean")
    project.cleaner("clean", "--log-text", "hash", "-o", "hashed")
    project.cleaner("clean", "-", "--log", "piped.removals.jsonl", stdin=RAW)
    logs = [raw for below in ("cleaned", "hashed") for name, raw in project.files(below).items() if "removals" in name]
    assert len(logs) == 2 * len(inputs)
    logs.append(project.read("piped.removals.jsonl"))
    return [json.loads(line) for log in logs for line in log.split(b"\n")[:-1]]


@pytest.fixture
def schema(project: Project) -> jsonschema.Draft202012Validator:
    told = json.loads(project.cleaner("log", "schema").out)
    jsonschema.Draft202012Validator.check_schema(told)
    return jsonschema.Draft202012Validator(told)


def test_every_line_is_as_the_schema_says(lines: list[dict[str, Any]], schema: jsonschema.Draft202012Validator) -> None:
    for line in lines:
        schema.validate(line)
    assert {line["type"] for line in lines} == {"log", "document", "removal", "candidate", "shard", "end"}
    written = {name for line in lines for name in line}
    assert written >= {"escapes", "literal", "headers", "unpacked_sha256", "text_sha256", "text"}
    assert written >= {"refused", "decisions", "kept", "text_field", "id_field", "piped"}
    assert {line.get("kept") for line in lines if line["type"] == "candidate"} == {"decision", "unsure", "guard"}
    kinds = {"document": "document", "removal": "entry", "candidate": "entry", "shard": "file"}
    for line in lines:  # and the schema tells of every field
        told = schema.schema["$defs"][kinds.get(line["type"], line["type"])]["properties"]
        told = {**told, **schema.schema["$defs"]["file"]["properties"]} if line["type"] == "document" else told
        assert set(line) <= {"type", *told}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("log", {"schema": "cleaner.removals/2"}),
        ("document", {"sha256": "x"}),
        ("document", {"bom": "no"}),
        ("document", {"decisions": ""}),
        ("removal", {"start": -1}),
        ("removal", {"spans": []}),
        ("candidate", {"kept": "perhaps"}),
        ("candidate", {"text": "a", "text_sha256": "0" * 64}),
        ("end", {"removals": "1"}),
    ],
)
def test_a_line_that_is_not_ours_is_refused(
    lines: list[dict[str, Any]], schema: jsonschema.Draft202012Validator, kind: str, change: dict[str, Any]
) -> None:
    line = next(line for line in lines if line["type"] == kind)
    with pytest.raises(jsonschema.ValidationError):
        schema.validate({**line, **change})
    schema.validate({**line, "later": 1})
    schema.validate({"type": "later"})
