"""What was left in says what left it in: in the log, and wherever a person reads of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.config import Config
from cleaner.document import Document, Span
from cleaner.pipeline import Pipeline
from cleaner.report import gather
from cleaner.run.rereading import documents_of, logs_below
from tests.project import RAW, Project, resealed

LOG = "cleaned/a.txt.removals.jsonl"
BOTH = RAW + b"Perhaps: this goes.\n"
GUARDED = b"Notice: this goes.\n\nPerhaps: this goes.\n"
WHOLE = "the document would lose 48 % of what is not comments (limit 30 %), so it is left whole"


def candidates(project: Project) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in project.read(LOG).split(b"\n")[:-1]]
    return [line for line in lines if line["type"] == "candidate"]


def settings(project: Project, line: str) -> None:
    project.write("cleaner.toml", project.read("cleaner.toml") + f"{line}\n".encode())


def keep(project: Project, code: str) -> None:
    """A decision to keep what a rule removed."""
    lines = [json.loads(line) for line in project.read(LOG).split(b"\n")[:-1]]
    [found] = [line["id"] for line in lines if line.get("code") == code]
    decision = {"decision": "keep", "document": "a.txt", "id": found}
    project.write(".cleaner/decisions.jsonl", json.dumps(decision).encode())


@pytest.fixture
def cleaned(project: Project) -> Project:
    project.write("seeds/a.txt", BOTH)
    project.cleaner("clean")
    return project


def told(project: Project, line: int) -> str:
    """What `why` says of the candidate on a line."""
    return project.cleaner("why", f"seeds/a.txt:{line}").out.decode()


def test_what_is_surer_than_most_profiles_ask_for_is_still_not_sure_enough_for_a_stricter_one(cleaned: Project) -> None:
    settings(cleaned, "threshold = 0.99")
    cleaned.cleaner("clean")
    assert [(one["score"], one["kept"]) for one in candidates(cleaned)] == [(0.98, "unsure"), (0.7, "unsure")]
    text = told(cleaned, 3)
    assert "only suggested by en.test.notice" in text
    assert "left in: not sure enough to be removed (threshold 0.99)" in text and "decision" not in text


def test_what_a_person_keeps_is_kept_by_a_decision_however_unsure_it_is(cleaned: Project) -> None:
    settings(cleaned, 'profile = "aggressive"')
    cleaned.cleaner("clean")
    keep(cleaned, "en.test.unsafe")
    cleaned.cleaner("clean")
    assert [(one["score"], one["kept"]) for one in candidates(cleaned)] == [(0.7, "decision")]
    text = told(cleaned, 6)
    assert "asked for by en.test.unsafe" in text and "left in: a decision keeps it\n" in text
    assert "threshold" not in text and "not sure" not in text
    shown = cleaned.cleaner("log", "show", "--candidates").out
    assert b"(left in: a decision keeps it) en.test.unsafe 0.7 Perhaps" in shown


def test_a_document_that_is_left_whole_says_of_each_what_kept_it(project: Project) -> None:
    project.write("seeds/a.txt", GUARDED)
    settings(project, "max-share = 0.3")
    project.cleaner("clean")
    assert [one["kept"] for one in candidates(project)] == ["guard", "unsure"]
    assert f"left in: {WHOLE}\n" in told(project, 1)
    assert "left in: not sure enough to be removed (threshold 0.9)" in told(project, 3)
    shown = project.cleaner("log", "show", "--candidates").out.decode().split("\n")
    assert f"(left in: {WHOLE}) en.test.notice" in shown[0]
    assert "(left in: not sure enough to be removed) en.test.unsafe" in shown[1]


def test_the_threshold_that_is_told_is_that_of_the_documents_site(project: Project) -> None:
    project.write("seeds/example.org/a.txt", BOTH)
    settings(project, '[sites."example.org"]\nprofile = "safe"')
    text = project.cleaner("why", "seeds/example.org/a.txt:6").out.decode()
    assert "(threshold 0.95)" in text


def notes(below: Path) -> dict[str, str]:
    """What the report's page says of each candidate, by its rule."""
    documents = [one for log in logs_below([below]) for one in documents_of(log, Config())]
    model = gather(documents)
    return {model["rules"][row[3]]["name"]: row[9] for row in model["entries"] if row[1] == 1}


def test_the_page_says_what_the_log_says(cleaned: Project) -> None:
    keep(cleaned, "en.test.notice")
    cleaned.cleaner("clean")
    assert notes(cleaned.folder / "cleaned") == {
        "en.test.notice": "a decision keeps it",
        "en.test.unsafe": "not sure enough to be removed",
    }


def test_of_a_log_that_does_not_say_it_no_more_is_told_than_that_its_document_was_left_whole(project: Project) -> None:
    def forget(records: list[Any]) -> None:
        for record in records:
            record.pop("kept", None)

    project.write("seeds/a.txt", BOTH)
    project.write("seeds/b.txt", GUARDED)
    settings(project, "max-share = 0.3")
    project.cleaner("clean")
    for name in ("a", "b"):
        log = f"cleaned/{name}.txt.removals.jsonl"
        project.write(log, resealed(project.read(log), forget))
    assert project.cleaner("verify").code == 0
    shown = project.cleaner("log", "show", "--candidates").out.decode()
    assert shown.count("(left in: its log is too old to say why; clean again)") == 1
    assert shown.count(f"(left in: {WHOLE})") == 2
    assert notes(project.folder / "cleaned/a.txt") == {"en.test.unsafe": "its log is too old to say why; clean again"}
    assert project.cleaner("stats").code == 0


def test_a_cause_that_a_later_version_knows_is_told_as_it_stands(project: Project) -> None:
    def later(records: list[Any]) -> None:
        for record in records:
            if record["type"] == "candidate":
                record["kept"] = "the weather"

    project.write("seeds/a.txt", BOTH)
    project.cleaner("clean")
    project.write(LOG, resealed(project.read(LOG), later))
    assert b"(left in: the weather)" in project.cleaner("log", "show", "--candidates").out


def test_each_candidate_says_what_kept_it_and_no_removal_does() -> None:
    text = "Keep me.\nCut me.\nPerhaps me.\nAnd a long line of the article, which stays whatever is asked for.\n"

    def asks(document: Document) -> list[Span]:
        scores = {"Keep": 0.98, "Cut": 0.98, "Perhaps": 0.5}
        return [
            Span(line.start, line.next, f"en.test.{word.lower()}", "", scores[word])
            for line in document.lines
            if (word := document.text[line.start : line.end].split(" ")[0]) in scores
        ]

    cleaned = Pipeline([asks], keep=lambda _, removal: removal.text.startswith("Keep"))(Document("a", text))
    assert [(one.text.split(" ")[0], one.kept) for one in cleaned.candidates] == [
        ("Keep", "decision"),
        ("Perhaps", "unsure"),
    ]
    assert [one.kept for one in cleaned.removals] == [""]
    guarded = Pipeline([asks], max_share=0.01, keep=lambda _, removal: removal.text.startswith("Keep"))(
        Document("a", text)
    )
    assert [one.kept for one in guarded.candidates] == ["decision", "guard", "unsure"]
