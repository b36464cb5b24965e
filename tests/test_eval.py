"""`eval`: packs and models that are none are named."""

import pytest

from tests.project import RAW, Project


@pytest.mark.parametrize(
    ("raw", "words", "code"),
    [
        (b'{"x": 1}\n', "pack.jsonl: line 1: holds no document", 3),
        (b'{"id": "a", "lines": []}\nnonsense\n', "pack.jsonl: line 2: holds no document", 3),
        (b"\xff", "pack.jsonl: line 1: holds no document", 3),
        (b"5\n", "pack.jsonl: line 1: holds no document", 3),
    ],
)
def test_a_pack_that_is_none_is_named(project: Project, raw: bytes, words: str, code: int) -> None:
    project.write("packs/pack.jsonl", raw)
    ended = project.cleaner("eval", "packs")
    assert ended.code == code
    assert words in ended.err


def test_folders_without_packs_and_models_that_are_none_are_named(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("eval", "seeds").code == 2
    project.write("packs/pack.jsonl", b'{"id": "a", "lines": [["It rained.", "article"]]}\n')
    ended = project.cleaner("eval", "packs", "--model", "seeds/a.txt")
    assert ended.code == 3
    assert "seeds/a.txt" in ended.err


def test_a_label_that_is_none_is_refused_by_its_line(project: Project) -> None:
    project.write("pack.jsonl", b'{"id":"a","lines":[["x","content"]]}\n{"id":"b","lines":[["x","article"]]}\n')
    ended = project.cleaner("eval", "pack.jsonl")
    assert ended.code == 3
    assert "pack.jsonl: line 2:" in ended.err
    assert "a label is content, comment, boilerplate, unknown or empty, not 'article'" in ended.err
