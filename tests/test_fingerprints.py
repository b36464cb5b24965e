"""Whatever shapes the output is named by the log's header: what was made by something else is not up to date."""

import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.config.fingerprints import ruleset
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


def test_nobody_asks_for_other_packages_where_only_shipped_filters_are_selected() -> None:
    script = (
        "import sys; from cleaner.config import Config; from cleaner.config.fingerprints import ruleset; ruleset(Config());"
        "print('importlib.metadata' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
