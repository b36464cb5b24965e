"""The commands that fit weights, from labelled documents to a file. They need torch, which only whoever fits has."""

import json
import sys
from typing import Any

import pytest

from cleaner.fitting.gold import Gold
from cleaner.segmentation import notices
from cleaner.threads.courses import FACTS, SORTS
from tests.project import Project

WORDS = "the rain fell on the town and the hills behind it and nobody went out before noon".split()


def sentence(seed: int, size: int) -> str:
    return " ".join(WORDS[(seed * 7 + place * (place + seed)) % len(WORDS)] for place in range(size)).capitalize() + "."


def page(number: int, comments: bool) -> dict[str, Any]:
    """A labelled article, with a thread of five comments below it or a notice."""
    lines = [["A title about rain", "content"], ["", ""]]
    for place in range(6):
        lines += [[sentence(number * 11 + place, 40), "content"], ["", ""]]
    for place in range(5 * comments):
        lines += [[f"Anna {'BCDEF'[place]}oe says:", "comment"], [f"May {place + 3}, 2019 at 4:15 pm", "comment"]]
        lines += [["", ""], [sentence(number + place * 3, 25), "comment"], ["", ""], ["Reply", "comment"], ["", ""]]
    if not comments:
        lines.append(["All rights reserved.", "boilerplate"])
    return {"id": f"s{number}/a", "domain": f"s{number}.example", "lines": lines}


def pack(*pages: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(page).encode() + b"\n" for page in pages)


@pytest.mark.slow
def test_weights_of_heads_are_fitted_to_labelled_threads(project: Project) -> None:
    pytest.importorskip("torch")
    project.write("packs/a.jsonl", pack(page(1, comments=True), page(2, comments=False)))
    ended = project.cleaner("fit-threads", "packs", "-o", "new/weights.json")
    assert ended.code == 0, ended.err
    assert ended.err.startswith("2 labelled documents\n")
    assert f"new/weights.json: {len(project.read('new/weights.json')):,} bytes\n" in ended.err
    weights = json.loads(project.read("new/weights.json"), parse_constant=pytest.fail)
    assert weights.pop("facts") == list(FACTS)
    assert "dated" in weights and set(weights) <= set(SORTS)
    for name, fitted in weights.items():
        assert all(len(row) == len(FACTS) for row in (fitted["center"], fitted["spread"], *fitted["inner"])), name
        values, scores = zip(*fitted["scale"], strict=True)
        assert list(values) == sorted(set(values)) and scores == (0.0, 0.1, 0.5, 0.9, 0.95, 0.99), name


@pytest.mark.slow
def test_where_no_label_tells_of_a_head_nothing_is_written(project: Project) -> None:
    pytest.importorskip("torch")
    project.write("packs/a.jsonl", pack(page(2, comments=False)))
    ended = project.cleaner("fit-threads", "packs/a.jsonl", "-o", "weights.json")
    assert ended.code == 3
    assert ended.err.endswith("Error: no heads of comments are in these documents, or too few labels tell of them\n")
    assert not (project.folder / "weights.json").exists()


@pytest.mark.slow
def test_weights_of_notices_are_fitted_to_labelled_articles(project: Project) -> None:
    pytest.importorskip("torch")
    pages = [page(number, comments=False) for number in range(1, 9)]
    pages[0]["lines"].append(["\u200b", "content"])  # no line at all to whoever reads it
    project.write("packs/a.jsonl", pack(*pages))
    ended = project.cleaner("fit-notices", "packs", "-o", "new/notices.bin")
    assert ended.code == 0, ended.err
    fitted = notices.load(project.folder / "new/notices.bin")
    for values, scores in (fitted.scale.tolist(), fitted.tail.tolist()):
        assert values == sorted(set(values)) and scores == [0.0, 0.5, 0.9, 0.95, 1.0]
    assert (fitted.tail <= fitted.scale).all()
    assert len(fitted.weights) == notices.NONE + 1 and fitted.weights.any()


def test_what_rules_take_anyway_costs_no_notices() -> None:
    pytest.importorskip("torch")
    from cleaner.fitting.notices import _left_by_rules
    from cleaner.matching import Matcher
    from cleaner.rules import load_rules

    lines = [("All rights reserved.", "content"), ("", ""), ("The river rose again on Monday.", "content")]
    gold = Gold("a", "a.example", lines, "", "x")
    assert _left_by_rules(gold, Matcher(load_rules("legal"))).tolist() == [False, True]


def test_a_file_that_is_no_segmentation_is_refused_before_notices_are_fitted(project: Project) -> None:
    pytest.importorskip("torch")
    project.write("packs/a.jsonl", pack(page(1, comments=False)))
    ended = project.cleaner("fit-notices", "packs", "-o", "notices.bin", "--model", "cleaner.toml")
    assert ended.code == 3
    told = "Error: cleaner.toml: not a segmentation model of this version; fit one with `cleaner fit`\n"
    assert ended.err == f"1 labelled document\n{told}"


@pytest.mark.slow
def test_where_no_document_is_an_article_no_notices_are_fitted(project: Project) -> None:
    pytest.importorskip("torch")
    project.write("packs/a.jsonl", pack({"id": "a", "lines": [["Some text that nobody has labelled yet", "unknown"]]}))
    ended = project.cleaner("fit-notices", "packs", "-o", "notices.bin")
    assert ended.code == 3
    assert ended.err.endswith("Error: no articles are in these documents, on which a scale could be set\n")
    assert not (project.folder / "notices.bin").exists()


@pytest.mark.parametrize("command", ["fit", "fit-threads", "fit-notices"])
def test_without_torch_the_cure_is_named(project: Project, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    for name in (
        "cleaner.fitting.threads",
        "cleaner.fitting.segmentation",
        "cleaner.fitting.training",
        "cleaner.fitting.notices",
    ):
        monkeypatch.delitem(sys.modules, name, raising=False)
    project.write("a.jsonl", pack(page(1, comments=True)))
    ended = project.cleaner(command, "a.jsonl", "-o", "x")
    assert ended.code == 2
    assert ended.err.startswith("Error: fitting needs torch: pip install 'seedclean[fit]'")
