"""The settings that Python code gives: what is wrong with them is told as a file's errors are, and before any text."""

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import cleaner
from cleaner import Config, ConfigError, Document, Pipeline, RuleError, Span, SpanError, clean, restore

TEXT = "It rained in May.\n\nThe river rose.\n\nAll rights reserved.\n"
LEFT = "It rained in May.\n\nThe river rose.\n\n"

WRONG: list[tuple[dict[Any, Any], str]] = [
    ({"profil": "safe"}, "profil: unknown key; did you mean 'profile'?"),
    ({"threshold": 7}, "threshold: is a number from 0 to 1, not 7"),
    ({"profile": "sfae"}, "profile: is safe, standard or aggressive, not 'sfae'; did you mean 'safe'?"),
    ({"select": "legal"}, "select: is a list of texts, not 'legal'"),
    ({"extend-rules": [Document]}, f"extend-rules: is a list of texts, not {[Document]!r}"),
    ({7: "safe"}, "7: unknown key"),
]


@pytest.mark.parametrize("taken", [Config, lambda settings: clean(TEXT, settings)], ids=["Config", "clean"])
@pytest.mark.parametrize(("settings", "told"), WRONG)
def test_settings_that_do_not_exist_are_named(
    settings: dict[Any, Any], told: str, taken: Callable[[dict[Any, Any]], object]
) -> None:
    with pytest.raises(ConfigError) as raised:
        taken(settings)
    assert str(raised.value) == told


def test_all_errors_come_at_once() -> None:
    with pytest.raises(ConfigError) as raised:
        Config({"max_share": 0.5, "threshold": 7, "sites": {"example.org": {"jobs": 3}}})
    keys = [line.split(":")[0] for line in str(raised.value).split("\n")]
    assert keys == ["max_share", "threshold", "sites.example.org.jobs"]


def test_a_name_that_no_filter_has_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(ConfigError, match=r"select: no filter or rule is named 'leagl'; did you mean 'legal'\?"):
        clean(TEXT, {"select": ["leagl"]})


def test_a_mapping_of_settings_does_what_a_configuration_of_them_does() -> None:
    assert clean(TEXT).text == clean(TEXT, {}).text == LEFT
    for settings in ({"ignore": ["legal"]}, {"select": ("donation",)}):
        done = clean(TEXT, settings)
        assert done.text == clean(TEXT, Config(settings)).text == TEXT
        assert restore(done.text, done.removals) == TEXT


def test_a_setting_that_is_not_set_is_at_its_default() -> None:
    config = Config({"threshold": None, "encoding": None, "profile": "safe"})
    assert config.threshold == 0.95
    with pytest.raises(ConfigError, match="max-share: is a number from 0 to 1, not None"):
        Config({"max-share": None})


def test_a_tuple_of_names_is_a_list_of_them() -> None:
    assert Config({"ignore": ("legal",)}).fingerprint() == Config({"ignore": ["legal"]}).fingerprint()


@pytest.mark.parametrize("config", ["safe", ["safe"]])
def test_what_is_no_configuration_is_told_so(config: Any) -> None:
    with pytest.raises(TypeError, match=r"config is a Config or a mapping of settings, not (str|list)"):
        clean(TEXT, config)


def test_the_errors_that_python_code_meets_are_at_the_door() -> None:
    with pytest.raises(RuleError, match=r"test_from_python\.py:1: expected '=' after a key"):
        clean(TEXT, {"extend-rules": [__file__]})
    with pytest.raises(SpanError, match="gave 5 where a Span belongs"):
        Pipeline({"mine": lambda _: [5]})(Document("x", "x"))  # type: ignore[list-item, return-value]
    assert issubclass(ConfigError, ValueError)
    assert Span(0, 1, "a", "b").score == 1.0


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])  # noqa: S301
def test_what_is_cleaned_and_what_cleans_goes_to_other_processes(again: Callable[[Any], Any]) -> None:
    """What the search looks with, and what filters remember of a document, cannot leave a process."""
    pipeline = Config({"ignore": ["any.residue.after"]}).pipeline()
    cleaned = pipeline(Document("a", TEXT, {"url": "https://example.org"}))
    there = again(cleaned)
    assert (there.text, there.removals, there.refused) == (LEFT, cleaned.removals, None)
    assert (there.document.id, there.document.text, there.document.meta) == ("a", TEXT, {"url": "https://example.org"})
    assert again(pipeline)(there.document).text == LEFT


def test_removals_of_another_text_are_an_error() -> None:
    done = clean(TEXT)
    [removal] = done.removals
    place = rf"the removal of \[{removal.start}, {removal.end}\) is not of this text of 2 characters"
    with pytest.raises(ValueError, match=place):
        restore("zz", done.removals)
    for wrong in ([removal, removal], [removal._replace(text="")]):
        with pytest.raises(ValueError, match="is not of this text"):
            restore(done.text, wrong)
    assert restore(done.text, list(done.removals)) == TEXT


def test_a_pipeline_takes_documents_only() -> None:
    pipeline = Pipeline([])
    calls: list[Callable[[Any], object]] = [pipeline, lambda text: list(pipeline.many([text]))]
    for call in calls:
        with pytest.raises(TypeError, match=r"^a pipeline takes Documents, not str; cleaner\.clean takes a text$"):
            call("text")
        with pytest.raises(TypeError, match=r"^a pipeline takes Documents, not bytes$"):
            call(b"text")


def test_all_that_the_door_names_is_there_and_the_door_opens_quickly() -> None:
    assert all(getattr(cleaner, name) is not None for name in cleaner.__all__)
    assert set(cleaner.__all__) <= set(dir(cleaner))
    with pytest.raises(AttributeError, match="has no attribute 'Confg'"):
        _ = cleaner.Confg
    told = "import sys, cleaner; print(*(one for one in sys.modules if one.startswith('cleaner')))"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert not {"cleaner.config", "cleaner.rules", "cleaner.filters"} & set(loaded)


def test_settings_of_sites_are_refused_where_one_pipeline_would_clean_them_all_alike() -> None:
    config = Config({"sites": {"example.org": {"ignore": ["legal"]}}})
    text = "It rained.\n\nAll rights reserved.\n"
    for call in (config.pipeline, lambda: clean(text, config)):
        with pytest.raises(ConfigError, match=r"sites: one pipeline is of one site; take config.site\(name\)"):
            call()
    assert clean(text, config.site("example.org")).text == text
    assert clean(text, config.site("example.com")).text == "It rained.\n\n"


def test_removals_may_come_from_anywhere() -> None:
    """An iterator was looked through and then empty, and the cleaned text passed for the raw one."""
    cleaned = clean(TEXT)
    assert restore(cleaned.text, iter(cleaned.removals)) == TEXT != cleaned.text


def test_the_text_of_a_document_never_changes() -> None:
    document = Document("d", TEXT)
    with pytest.raises(AttributeError, match="no setter"):
        document.text = "Another."  # type: ignore[misc]
    for text in (b"bytes", None):
        with pytest.raises(TypeError, match="the text of a Document is a str, not "):
            Document("d", text)  # type: ignore[arg-type]


def test_threads_may_share_a_document() -> None:
    """One of them was shown what the other had found so far: nothing."""
    pipeline = Config({"select": ["legal"]}).pipeline()
    expected = pipeline(Document("d", TEXT)).removals
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(40):
            document = Document("d", TEXT)
            with ThreadPoolExecutor(6) as threads:
                found = list(threads.map(lambda _: pipeline(document).removals, range(6)))  # noqa: B023
            assert found == [expected] * 6
    finally:
        sys.setswitchinterval(before)
