"""Models that somebody fitted are used in place of the shipped ones, one by one, and a log says so."""

import json
from pathlib import Path

import numpy as np
import pytest

from cleaner import clean
from cleaner.config import Config
from cleaner.config.file import ConfigError
from cleaner.document import Document
from cleaner.models import NAMES, SHIPPED, models_in
from cleaner.segmentation import load_model, notices
from cleaner.segmentation.store import save
from tests.project import Project
from tests.test_courses import ARTICLE as STORY
from tests.test_courses import FORMS, thread
from tests.test_notices import ARTICLE, NOTICES

TALK = STORY + thread(FORMS["date first"])  # a thread that only its heads show
NOTICED = "\n\n".join(["A keeper's log", *ARTICLE[:4], NOTICES[0], ARTICLE[4], ""])
PAGE = "\n".join(["Home", "News", "Sports", "Log in", *ARTICLE * 2, "Share", "You may also like", "About us", ""])


def blind(name: str, folder: Path) -> None:
    """A model of that name that finds nothing."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    if name == SHIPPED.threads.name:
        told = json.loads(SHIPPED.threads.read_bytes())
        for sort in set(told) - {"facts"}:
            told[sort]["scale"] = [[out, 0.0] for out, _ in told[sort]["scale"]]
        path.write_text(json.dumps(told))
    elif name == SHIPPED.notices.name:
        notices.save(notices.load(SHIPPED.notices)._replace(bias=-1000.0), path)
    else:
        model = load_model(SHIPPED.segmentation)
        scales = {key: np.array([[0.0, 1.0], [0.0, 0.0]]) for key in model.decode if key.startswith("scale_")}
        save(model._replace(decode={**model.decode, **scales}), path)


def taken(text: str, models: Path | None) -> str:
    """What is removed with the models of a folder."""
    done = clean(text, {"models": str(models)} if models else None)
    return "".join(removal.text for removal in done.removals)


@pytest.mark.parametrize(
    ("name", "text", "goes"),
    [
        (SHIPPED.notices.name, NOTICED, NOTICES[0]),
        (SHIPPED.segmentation.name, PAGE, "About us"),
        (SHIPPED.threads.name, TALK, "take that boat"),
    ],
)
def test_a_model_of_ones_own_is_used(tmp_path: Path, name: str, text: str, goes: str) -> None:
    blind(name, tmp_path / "this")
    assert goes in taken(text, None)
    assert goes not in taken(text, tmp_path / "this")


def test_a_document_is_judged_anew_by_other_models(tmp_path: Path) -> None:
    """What models found lay in its memo for all that came after them."""
    for name in NAMES:
        blind(name, tmp_path / "these")
    pipelines = [Config({"models": str(tmp_path / "these")}).pipeline(), Config().pipeline()]
    for text in (NOTICED, PAGE, TALK):
        document = Document("d", text)
        found = [next(pipeline.many([document])).text for pipeline in pipelines]
        fresh = [next(pipeline.many([Document("d", text)])).text for pipeline in pipelines]
        assert found == fresh and found[0] != found[1]


def test_a_corpus_is_cleaned_again_when_a_model_changes(project: Project) -> None:
    project.write("cleaner.toml", b'models = "mine"\n')
    project.write("seeds/a.txt", NOTICED.encode())
    blind(SHIPPED.threads.name, project.folder / "mine")
    assert project.cleaner("clean").code == 0
    assert NOTICES[0].encode() not in project.read("cleaned/a.txt")
    assert "up to date" in project.cleaner("clean").err
    blind(SHIPPED.notices.name, project.folder / "mine")
    assert project.cleaner("check").code == 1
    assert project.cleaner("clean").code == 0
    assert NOTICES[0].encode() in project.read("cleaned/a.txt")
    line = NOTICED[: NOTICED.index(NOTICES[0])].count("\n") + 1
    assert b"kept" in project.cleaner("why", f"seeds/a.txt:{line}").out


def test_models_that_cannot_be_used_are_told_of_with_line_and_cure(project: Project) -> None:
    project.write("seeds/a.txt", NOTICED.encode())
    project.write("cleaner.toml", b'profile = "safe"\nmodels = "mine"\n')
    for _ in range(2):  # there is no such folder, then an empty one
        ended = project.cleaner("clean")
        wrong = "models: 'mine' holds no model; name a folder with segmentation.bin, notices.bin or threads.json"
        assert (ended.code, ended.err) == (2, f"Error: {project.folder}/cleaner.toml:2: {wrong}\n")
        (project.folder / "mine").mkdir(exist_ok=True)
    for name in NAMES:
        project.write(f"mine/{name}", b"nothing of the kind")
    told = project.cleaner("clean").err
    assert [f"cleaner.toml:2: models: mine/{name}: " in told for name in NAMES] == [True] * 3
    assert told.count("`cleaner fit") == 3 and project.files() == {}


def test_weights_of_other_facts_are_refused(tmp_path: Path) -> None:
    (tmp_path / SHIPPED.threads.name).write_bytes(b'{"facts": ["another"]}')
    with pytest.raises(ConfigError, match="weighs other facts; fit it again with `cleaner fit-threads`"):
        clean("Rain.", {"models": str(tmp_path)})


@pytest.mark.parametrize("name", NAMES)
def test_a_model_that_cannot_be_read_says_why(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(ConfigError, match=f"{name}: cannot be read: Is a directory"):
        clean("Rain.", {"models": str(tmp_path)})


def test_a_model_that_changed_is_read_again(tmp_path: Path) -> None:
    blind(SHIPPED.notices.name, tmp_path)
    assert NOTICES[0] not in taken(NOTICED, tmp_path)
    (tmp_path / SHIPPED.notices.name).write_bytes(SHIPPED.notices.read_bytes())
    assert NOTICES[0] in taken(NOTICED, tmp_path), "as in a notebook that fits and cleans by turns"


def test_of_what_a_folder_lacks_the_shipped_model_counts(tmp_path: Path) -> None:
    assert models_in(tmp_path) == SHIPPED
    blind(SHIPPED.threads.name, tmp_path)
    assert models_in(tmp_path) == SHIPPED._replace(threads=tmp_path / SHIPPED.threads.name)
    assert NOTICES[0] in taken(NOTICED, tmp_path)
