"""What every test stands on: no inherited git or home settings, and no silent skip in CI."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.project import Project

SHARED = Path(__file__).parents[2] / "shared"
MUST_RUN_IN_CI = ("browser", "hooks", "adapters", "locales")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled documents beside the checkout; tests that measure on them carry the mark `shared`."""
    return SHARED


@pytest.fixture
def store() -> Iterator[Any]:
    """An empty store in memory."""
    memory = pytest.importorskip("fsspec").filesystem("memory")
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]
    yield memory
    memory.store.clear()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the developer's git state, configuration, colours or cleaner settings."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "CLEANER_")) or name in ("NO_COLOR", "FORCE_COLOR", "PRE_COMMIT", "PAGER"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Project:
    """A folder with a configuration and a rule of its own, and the command to run in it."""
    return Project(tmp_path, monkeypatch, capsysbinary)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason="needs the labelled documents in ../shared, which only developers have")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(absent)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):  # type: ignore[attr-defined]
        marks = [name for name in MUST_RUN_IN_CI if item.get_closest_marker(name)]
        if marks:
            report.outcome = "failed"  # type: ignore[attr-defined]
            report.longrepr = f"{item.nodeid} ({marks[0]}) was skipped, and in CI it must run: {report.longrepr}"  # type: ignore[attr-defined]
    return report
