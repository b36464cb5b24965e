"""Whatever shapes the output is named by the log's header: what was made by something else is not up to date."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.config.fingerprints import ruleset
from cleaner.rules import Rule, fingerprint
from tests.project import RAW, Project

FILTER = """
from cleaner import Span

def build():
    return lambda document: [Span(0, 1, "en.brought.first", "is the first character")]
"""


@pytest.fixture
def brought(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a distribution is installed that brings a filter."""
    site = tmp_path_factory.mktemp("site")
    (site / "brings_a_filter.py").write_bytes(FILTER.encode())
    _release(site, "1.0")
    monkeypatch.syspath_prepend(site)
    return site


def _release(site: Path, version: str) -> None:
    for old in site.glob("*.dist-info"):
        for file in old.iterdir():
            file.unlink()
        old.rmdir()
    folder = site / f"brings_a_filter-{version}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_bytes(f"Metadata-Version: 2.1\nName: brings-a-filter\nVersion: {version}\n".encode())
    (folder / "entry_points.txt").write_bytes(b"[cleaner.filters]\nbrought = brings_a_filter:build\n")


def test_an_error_in_a_filter_of_another_package_is_called_a_bug_of_that(project: Project, brought: Path) -> None:
    project.write("cleaner.toml", b'select = ["brought"]')
    project.write("a.txt", RAW)
    (brought / "brings_a_filter.py").write_bytes(b"def build():\n    return lambda document: 1 / 0\n")
    sys.modules.pop("brings_a_filter", None)
    ended = project.cleaner("clean", "-", stdin=RAW)
    assert ended.code == 70
    assert "This is a bug of the filter brought, which brings-a-filter 1.0 brings." in ended.err
    sys.modules.pop("brings_a_filter", None)


@pytest.mark.parametrize(
    "settings", ['select = ["brought"]', 'select = ["all"]', '[sites."example.org"]\nselect = ["brought"]']
)
def test_another_version_of_a_filter_of_another_package_makes_all_anew(
    project: Project, brought: Path, settings: str
) -> None:
    project.write("cleaner.toml", settings.encode())
    project.write("seeds/example.org/a.txt", RAW)
    project.cleaner("clean")
    assert project.read("cleaned/example.org/a.txt")[:1] == b" "
    assert "1 input up to date" in project.cleaner("clean").err
    _release(brought, "1.1")
    ended = project.cleaner("check")
    assert ended.code == 1 and b"is not from these rules and settings" in ended.out
    assert "1 document" in project.cleaner("clean").err
    assert "1 input up to date" in project.cleaner("clean").err


def test_another_reason_makes_all_anew(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    project.write("rules.toml", project.read("rules.toml").replace(b"is the notice", b"is one notice"))
    assert project.cleaner("check").code == 1
    project.cleaner("clean")
    assert b"is one notice" in project.read("cleaned/a.txt.removals.jsonl")
    assert project.cleaner("check").code == 0


def test_what_only_a_site_selects_is_named_too(project: Project) -> None:
    project.write("rules.toml", project.read("rules.toml").replace(b"en.test.unsafe", b"en.other.unsafe"))
    settings = project.read("cleaner.toml") + b'[sites."example.org"]\nselect = ["other"]\nprofile = "aggressive"\n'
    project.write("cleaner.toml", settings)
    project.write("seeds/example.org/a.txt", b"Perhaps: this goes.\n" + RAW)
    project.cleaner("clean")
    assert b"Perhaps" not in project.read("cleaned/example.org/a.txt")
    project.write("rules.toml", project.read("rules.toml").replace(b"^Perhaps: .{0,80}$", b"^Perhaps: nobody .{0,80}$"))
    assert project.cleaner("check").code == 1


def test_the_model_counts_where_only_a_site_is_judged_by_it() -> None:
    rules_only = Config({"select": ["donation"]})
    judged = Config({"select": ["donation"], "sites": {"example.org": {"select": ["residue"]}}})
    assert not rules_only.uses_code()
    assert ruleset(rules_only) != ruleset(judged)


def test_settings_that_mean_the_same_have_one_fingerprint() -> None:
    """1 is 1.0, and the order of a list is nothing that an output could show."""
    one = {"max-share": 1, "languages": ["en", "de"], "sites": {"a": {"ignore": ["legal", "en"], "threshold": 1}}}
    same = {
        "max-share": 1.0,
        "languages": ["de", "en", "en"],
        "sites": {"a": {"threshold": 1.0, "ignore": ["en", "legal"]}},
    }
    assert Config(one).fingerprint() == Config(same).fingerprint()
    assert Config({**one, "languages": ["en"]}).fingerprint() != Config(one).fingerprint()
    assert Config({**one, "max-share": 0}).fingerprint() != Config(one).fingerprint()


def test_given_rules_are_named_and_never_kept_for_those_of_the_settings() -> None:
    config = Config({"select": ["donation", "legal"], "sites": {"a": {"select": ["legal"]}}})
    fewer = config.with_rules(config.rules[:1])
    assert ruleset(fewer) != ruleset(config) == ruleset(Config(config.values))
    assert {rule.code for rule in fewer.site("b").rules} == {config.rules[0].code}


def test_what_only_explains_a_rule_makes_no_corpus_stale() -> None:
    def named(reason: str, keywords: list[str]) -> str:
        return fingerprint([Rule("en.donation.give", reason, "^Give$", keywords, ["Give"], ["Given"])])

    assert named("asks", ["give"]) == named("asks", ["giv"]) != named("begs", ["give"])


def test_nobody_asks_for_other_packages_where_only_shipped_filters_are_selected() -> None:
    script = (
        "import sys; from cleaner.config import Config; from cleaner.config.fingerprints import ruleset; ruleset(Config());"
        "print('importlib.metadata' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_filter_that_is_gone_is_told_though_it_was_known_before(project: Project, brought: Path) -> None:
    """What was known was kept, and a traceback told the rest."""
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean", "--select", "brought").code == 0
    for folder in brought.glob("*.dist-info"):
        (folder / "entry_points.txt").unlink()
    ended = project.cleaner("check", "--select", "brought")
    assert (ended.code, ended.err) == (2, "Error: --select: no filter or rule is named 'brought'\n")


BAD = """
import sys
from cleaner import Span

def build():
    def reads(document):
        if document.meta["url"] != "x":
            sys.exit(9)
        return [Span(0, 1000, "own.brought.all", "all")] if "far" in document.text else []
    return reads
"""


def test_filters_of_others_see_only_what_they_are_for_and_errors_name_them(project: Project, brought: Path) -> None:
    (brought / "brings_a_filter.py").write_bytes(BAD.encode())
    for name, url, text in (("a", "x", "It rained."), ("b", "x", "It rained far."), ("c", "y", "It rained.")):
        project.write(f"seeds/{name}.jsonl", json.dumps({"id": name, "url": url, "text": text}).encode() + b"\n")
    command = "import sys; from cleaner.cli import run; sys.argv[0] = 'cleaner'; run()"
    for jobs in ("1", "2"):
        line = [sys.executable, "-c", command, "clean", "--select", "brought", "-j", jobs]
        environment = {**os.environ, "PYTHONPATH": str(brought)}
        done = subprocess.run(line, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 70
        assert "the filter brought asks for [0, 1000) of 14 characters of b" in done.stderr
        assert "the filter brought ended the program at c, with 9" in done.stderr
        assert (project.folder / "cleaned/a.jsonl").exists()
