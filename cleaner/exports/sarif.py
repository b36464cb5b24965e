"""SARIF 2.1.0: a result a removal with the fix that makes it; candidates as results to be reviewed."""

import json
from collections.abc import Iterable, Iterator

from cleaner import __version__
from cleaner.document import Document
from cleaner.exports.names import address
from cleaner.log.logged import LoggedDocument, LoggedRemoval

_FILE = "cleaner.sarif"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def parts(documents: Iterable[LoggedDocument]) -> Iterator[tuple[str, bytes]]:
    """One SARIF log. Columns and offsets are code points, and the log says so; lines end as ours do."""
    rules: dict[str, int] = {}
    descriptions: list[dict[str, object]] = []
    yield _FILE, f'{{"version": "2.1.0", "$schema": "{_SCHEMA}", "runs": [{{"results": ['.encode()
    comma = ""
    for document in documents:
        lines = Document(document.id, document.text)
        for one in sorted(document.removals + document.candidates, key=lambda one: (one.start, one.end)):
            index = rules.setdefault(one.code, len(rules))
            if index == len(descriptions):
                descriptions.append({"id": one.code, "shortDescription": {"text": one.reason or one.code}})
            result = _result(document, lines, one, index)
            yield _FILE, f"{comma}\n{json.dumps(result, ensure_ascii=False)}".encode()
            comma = ","
    tail = {
        "tool": {"driver": {"name": "cleaner", "version": __version__, "rules": descriptions}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
    }
    yield _FILE, f"\n], {json.dumps(tail, ensure_ascii=False)[1:-1]}}}]}}\n".encode()


def _result(document: LoggedDocument, lines: Document, one: LoggedRemoval, index: int) -> dict[str, object]:
    place = {"uri": address(document)}
    region = _region(lines, one)
    location = {"physicalLocation": {"artifactLocation": place, "region": region}}
    result: dict[str, object] = {
        "ruleId": one.code,
        "ruleIndex": index,
        "kind": "fail" if one.removed else "review",
        "level": "note" if one.removed else "none",
        "message": {"text": one.reason or one.code},
        "locations": [location],
        "partialFingerprints": {"cleaner/1": one.id},
        "rank": round(100 * min(max(one.score, 0.0), 1.0), 2),
    }
    if one.removed:
        deleted = {key: value for key, value in region.items() if key != "snippet"}
        change = {"artifactLocation": place, "replacements": [{"deletedRegion": deleted}]}
        result["fixes"] = [{"description": {"text": "Remove the text"}, "artifactChanges": [change]}]
    return result


def _region(lines: Document, one: LoggedRemoval) -> dict[str, object]:
    first, last = lines.line_at(one.start), lines.line_at(one.end)
    end = lines.lines[last]
    # a removal that ends with the text's last line end stops at the start of a line that is not there
    beyond = one.end == end.next > end.end
    return {
        "startLine": first + 1,
        "startColumn": one.start - lines.lines[first].start + 1,
        "endLine": last + 2 if beyond else last + 1,
        "endColumn": 1 if beyond else one.end - end.start + 1,
        "charOffset": one.start,
        "charLength": one.end - one.start,
        "snippet": {"text": lines.text[one.start : one.end]},
    }
