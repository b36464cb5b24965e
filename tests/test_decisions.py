"""Decisions: read and written whole, found again after edits, and counted honestly."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.document import Document, Span
from cleaner.log.entries import possible_ids, removal_ids
from cleaner.pipeline import Cleaned, Pipeline
from cleaner.review.decisions import Decision, Decisions, DecisionsError, find, load, parse, quote, record, save
from cleaner.review.precision import precision, wilson
from tests.project import CLEANED, RAW, Project

texts = st.text(st.sampled_from("ab \n\r🎉é"), max_size=30)
words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


def test_a_merge_of_two_peoples_decisions_is_told_as_one(tmp_path: Path) -> None:
    """Both added lines at the end, so git left it to them."""
    path = tmp_path / "decisions.jsonl"
    for number, line in enumerate([b"<<<<<<< HEAD", b"=======", b">>>>>>> theirs"]):
        path.write_bytes(b'{"decision":"keep","id":"x"}\n' * number + line + b"\n")
        with pytest.raises(
            DecisionsError, match=rf"decisions.jsonl:{number + 1}: a merge left its mark; keep the lines"
        ):
            load(path)
    path.write_bytes(b"keep x\n")
    with pytest.raises(
        DecisionsError, match=r"decisions.jsonl:1: not JSON at column 1 \(Expecting value\); correct or"
    ):
        load(path)


def test_a_file_that_is_not_there_holds_no_decisions(tmp_path: Path) -> None:
    assert len(load(tmp_path / "none.jsonl")) == 0


@given(st.lists(st.tuples(st.sampled_from(["keep", "remove"]), words, words)))
def test_decisions_come_back_as_they_were_saved(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("decisions") / ".cleaner/decisions.jsonl"
    decisions = Decisions(
        parse({"decision": verdict, "id": key, "document": document}) for verdict, key, document in pairs
    )
    save(path, decisions)
    assert sorted(load(path)) == sorted(decisions)
    first = path.read_bytes()
    save(path, load(path))
    assert path.read_bytes() == first
    assert list(path.parent.iterdir()) == [path], "no temporary file stays"


@pytest.mark.skipif(os.name == "nt", reason="has neither these permissions nor such links")
def test_who_may_read_a_decisions_file_and_where_it_lies_stays_as_it_was(tmp_path: Path) -> None:
    real = tmp_path / "shared.jsonl"
    real.write_bytes(b"")
    real.chmod(0o600)
    path = tmp_path / "decisions.jsonl"
    path.symlink_to(real)
    save(path, Decisions([Decision("keep", id="a")]))
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert [decision.id for decision in load(real)] == ["a"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["decisions.jsonl", "shared.jsonl"]


def test_a_later_verdict_replaces_an_earlier_one() -> None:
    decisions = Decisions([Decision("keep", id="1"), Decision("remove", id="1")])
    assert (len(decisions), decisions.keeps("1"), decisions.removes("1")) == (1, False, True)
    decisions.drop("1")
    assert (len(decisions), decisions.removes("1")) == (0, False)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting"),
        ("[]", "not a JSON object"),
        ('{"decision": "maybe", "id": "1"}', "keep"),
        ('{"decision": "keep"}', "needs the"),
        ('{"decision": "keep", "exact": "text", "document": "a"}', "needs the"),
        ('{"decision": "remove", "exact": "text"}', "needs the"),
        ('{"decision": "keep", "id": 5}', '"id" must be text'),
        ('{"decision": "keep", "id": "1", "start": true}', "whole number"),
        ('{"decision": "keep", "id": "\\ud800"}', "half a character"),
    ],
)
def test_a_line_that_is_no_decision_is_refused_with_its_place(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text('{"decision": "keep", "id": "1"}\n\n' + line + "\n")
    with pytest.raises(DecisionsError, match=r"decisions\.jsonl:3: ") as caught:
        load(path)
    assert reason in str(caught.value)


def test_a_note_on_a_decision_outlives_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b'{"decision": "keep", "id": "1", "note": "my mother wrote it \\ud83d"}\n')
    decisions = Decisions(load(path))
    decisions.add(Decision("keep", id="2"))
    save(path, decisions)
    assert [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]] == [
        {"decision": "keep", "id": "1", "note": "my mother wrote it \ud83d"},
        {"decision": "keep", "id": "2"},
    ]
    decisions.add(Decision("remove", id="1"))  # another verdict, on which the note says nothing
    save(path, decisions)
    assert b"note" not in path.read_bytes()


def test_fields_from_the_future_are_passed_over() -> None:
    assert parse({"decision": "keep", "id": "1", "author": "x"}) == Decision("keep", id="1")


@given(texts, texts, texts.filter(bool), st.data())
@example("", "", "a", None)
def test_a_mark_is_found_again_after_an_edit_elsewhere(
    before: str, after: str, passage: str, data: st.DataObject | None
) -> None:
    text = before + "|" + passage + "|" + after
    start = len(before) + 1
    decision = quote(Document("a", text), start, start + len(passage))
    edit = data.draw(texts) if data else "xyz"
    # the edit stays clear of what was quoted around the passage
    edited = edit + "." * 80 + text
    place = find(edited, decision)
    assert place is not None
    low, high = place
    wanted = start + len(edit) + 80
    assert low <= wanted + 1 and high >= wanted + len(passage) - 1
    assert edited[low - 1 : low + 1] != "\r\n" and edited[high - 1 : high + 1] != "\r\n"


def test_of_equal_passages_the_one_with_the_same_surroundings_is_meant() -> None:
    decision = quote(Document("a", "one Donate! two\nthree Donate! four\n"), 22, 29)
    assert decision.exact == "Donate!"
    assert find("three Donate! four\nnew one Donate! two\n", decision) == (6, 13)


def test_a_passage_that_is_gone_is_not_removed_from_elsewhere() -> None:
    decisions = Decisions([quote(Document("a", "keep this. Drop this."), 11, 21)])
    assert list(decisions.marked(Document("a", "keep this."))) == []
    assert list(decisions.marked(Document("b", "keep this. Drop this."))) == [], "another document"
    (span,) = decisions.marked(Document("a", "Now keep this. Drop this."))
    assert (span.start, span.end, span.code) == (15, 25, "decision.marked")


def test_a_short_mark_is_not_cut_out_of_a_sentence() -> None:
    decision = quote(Document("a", "Home\nNews\nShare\nContact\n"), 10, 16)
    assert find("We share. Share\nprices fell.", decision) is None
    assert find("Start\nNews\nShare\nContact\n", decision) is not None


def test_the_double_of_a_marked_passage_stays_once_the_passage_is_gone() -> None:
    text = "Intro of some length.\nShare\nMiddle part.\nShare\nThe end of it.\n"
    decision = quote(Document("a", text), 22, 28)
    assert find(text, decision) == (22, 28)
    assert find(text[:22] + text[28:], decision) is None


BLOCK = "Donate now\n"


def donations(document: Document) -> list[Span]:
    """Asks for every line that begins with Donate."""
    return [
        Span(line.start, line.next, "en.donation.now", "asks for money")
        for line in document.lines
        if document.text.startswith("Donate", line.start)
    ]


def ids(cleaned: Cleaned) -> list[str]:
    return removal_ids(cleaned.document, [*cleaned.removals, *cleaned.candidates])


def test_keep_wins_over_every_filter_and_survives_edits_elsewhere() -> None:
    text = "First part of the text, long enough.\nDonate now\n" + "Middle of the text.\n" * 5
    text += "Donate now\nThe end of the story, as told here.\n"
    first, second = ids(Pipeline([donations])(Document("a", text)))
    assert first != second
    decisions = Decisions([Decision("keep", id=second, document="a")])
    pipeline = Pipeline([donations], keep=decisions.keep)
    for edited in (text, "A new lead, and another paragraph.\n\n" + text, text + "\nA postscript. " * 3):
        cleaned = pipeline(Document("a", edited))
        assert [removal.start for removal in cleaned.removals] == [edited.index("Donate now")]
        assert [removal.start for removal in cleaned.candidates] == [edited.rindex("Donate now")]
        assert ids(cleaned) == [first, second], "what is kept keeps its name"
    assert pipeline(Document("b", text)).text.count("Donate") == 0, "another document"


@given(
    st.lists(st.sampled_from([BLOCK, "Text.\n", BLOCK + BLOCK, "More text, and longer too.\n"]), max_size=8), st.data()
)
def test_a_kept_removal_stays_kept_and_names_stay_unique(pieces: list[str], data: st.DataObject) -> None:
    document = Document("a", "".join(pieces))
    names = ids(Pipeline([donations])(document))
    assert len(set(names)) == len(names)
    if names:
        chosen = data.draw(st.sampled_from(names))
        keep = Decisions([Decision("keep", id=chosen, document="a")]).keep
        cleaned = Pipeline([donations], keep=keep)(document)
        kept = ids(cleaned)[len(cleaned.removals) :]
        assert chosen in kept
        assert sorted(ids(cleaned)) == sorted(names), "no decision renames another removal"


@pytest.mark.parametrize("name", ["again.x", "donation.x"])
def test_what_is_kept_stays_though_a_later_look_asks_for_it_otherwise(name: str) -> None:
    """Once the notice below it is gone, more is asked for than was decided on, or by another filter: and it went."""
    text = "A story, long enough to stay.\nDonate now\nAll rights reserved.\nThe end of it.\n"
    document = Document("a", text)

    def rights(one: Document) -> list[Span]:
        at = one.text.find("All rights reserved.\n")
        return [Span(at, at + 21, "legal.x", "rights")] if at >= 0 else []

    def again(one: Document) -> list[Span]:
        at = one.text.find("Donate now\nThe end")
        return [Span(at, at + 18, name, "runs on")] if at >= 0 else []

    spared = next(one for one in Pipeline([donations, rights])(document).removals if one.text.startswith("Donate"))
    (chosen,) = [id_ for id_ in ids(Pipeline([donations, rights])(document)) if id_ in possible_ids(document, spared)]
    keep = Decisions([Decision("keep", id=chosen, document="a")]).keep
    cleaned = Pipeline([donations, rights, again], keep=keep)(document)
    assert cleaned.text == text.replace("All rights reserved.\n", "")
    assert [one.kept for one in cleaned.candidates] == ["decision"]


def test_a_mark_beside_what_is_kept_takes_itself_alone() -> None:
    text = "A story that is told to him.\nDonate now\nThe end of it.\n"
    document = Document("a", text)
    (name,) = ids(Pipeline([donations])(document))
    start = text.index(" to him")
    mark = quote(document, start, text.index(" now"))
    decisions = Decisions([Decision("keep", id=name, document="a"), mark])
    cleaned = Pipeline({"donation": donations, "decision": decisions.marked}, keep=decisions.keep)(document)
    assert cleaned.text == "A story that is toldDonate now\nThe end of it.\n"


def test_a_file_of_decisions_that_cannot_be_read_holds_some(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.symlink_to("gone")
    with pytest.raises(DecisionsError, match="a link that leads nowhere; bring back what it leads to, or delete it"):
        load(path)
    path.unlink()
    path.write_bytes('{"decision":"keep","id":"x"}\n'.encode("utf-16"))
    with pytest.raises(DecisionsError, match="is UTF-16; save it as UTF-8"):
        load(path)


def test_a_mark_is_cut_and_a_candidate_can_be_approved() -> None:
    text = "A story.\nMarked line here\nMore of the story.\nDonate maybe\n"
    document = Document("a", text)

    def unsure(one: Document) -> list[Span]:
        return [span._replace(score=0.4) for span in donations(one)]

    (name,) = ids(Pipeline([unsure])(document))
    mark = quote(document, 9, 26)
    approved = quote(document, 45, 58)._replace(id=name)
    decisions = Decisions([mark, approved])
    cleaned = Pipeline({"unsure": unsure, "decision": decisions.marked})(document)
    assert cleaned.text == "A story.\nMore of the story.\n"
    assert {removal.widest.filter for removal in cleaned.removals} == {"decision"}


def test_a_mark_survives_the_file() -> None:
    decision = quote(Document("a", "x 🎉 y"), 2, 3)
    assert parse(json.loads(json.dumps(record(decision)))) == decision


def test_precision_counts_verdicts_on_removals_by_rule() -> None:
    marks = [Decision("remove", id=str(one), code="any.donation.x") for one in range(9)]
    marks += [Decision("keep", id="9", code="any.donation.x"), Decision("keep", id="10", code="en.sharing.y")]
    marks += [quote(Document("a", "text"), 0, 4)]
    found = precision(marks)
    assert sorted(found) == ["any.donation.x", "en.sharing.y"]
    assert found["any.donation.x"][:2] == (9, 10)
    assert found["any.donation.x"][2:] == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert found["en.sharing.y"][2:] == pytest.approx((0.0, 0.7935), abs=1e-4)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_wilson_interval_holds_the_share_and_stays_within_bounds(right: int, wrong: int) -> None:
    low, high = wilson(right, right + wrong)
    assert 0 <= low <= high <= 1
    if right + wrong:
        assert low - 1e-12 <= right / (right + wrong) <= high + 1e-12


def test_a_piped_text_is_known_by_the_file_that_it_is_named_after(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    known = json.loads(project.read("cleaned/a.txt.removals.jsonl").split(b"\n")[2])["id"]
    project.write(
        ".cleaner/decisions.jsonl", json.dumps({"decision": "keep", "document": "a.txt", "id": known}).encode()
    )
    for name in ("seeds/a.txt", project.folder / "seeds/a.txt"):
        assert project.cleaner("clean", "-", "--stdin-name", name, stdin=RAW).out == RAW
    assert project.cleaner("clean", "-", "--stdin-name", "other.txt", stdin=RAW).out == CLEANED


def test_without_a_configuration_decisions_hold_from_a_folder_below_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.folder / "cleaner.toml").unlink()
    raw = b"It rained.\n\nAll rights reserved.\n"
    project.write("seeds/a.txt", raw)
    project.cleaner("clean")
    known = json.loads(project.read("cleaned/a.txt.removals.jsonl").split(b"\n")[2])["id"]
    project.write(
        ".cleaner/decisions.jsonl", json.dumps({"decision": "keep", "document": "a.txt", "id": known}).encode()
    )
    (project.folder / "sub").mkdir()
    monkeypatch.chdir(project.folder / "sub")
    assert project.cleaner("clean", "../seeds", "-o", "../cleaned").code == 0
    assert project.read("cleaned/a.txt") == raw


def test_a_persons_note_is_on_the_page_that_marks_are_downloaded_from(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    known = json.loads(project.read("cleaned/a.txt.removals.jsonl").split(b"\n")[2])["id"]
    mark = {"decision": "keep", "document": "a.txt", "id": known, "note": "Ann asked for it"}
    project.write(".cleaner/decisions.jsonl", json.dumps(mark).encode())
    project.cleaner("clean")
    project.cleaner("report")
    assert b"Ann asked for it" in project.read("report.html")
