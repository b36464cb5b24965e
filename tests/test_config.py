"""The configuration: where it is found, what wins, and what it changes."""

import errno
import json
import os
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from cleaner import _pipeline, clean
from cleaner.config import Config, load
from cleaner.config.file import ConfigError, find
from cleaner.config.settings import SETTINGS, schema
from tests.project import CLEANED, RAW, Project


def test_a_pyproject_without_our_table_is_passed_over_unless_it_is_named(tmp_path: Path) -> None:
    for text in (b'[project]\nname = "cleaner"\n', b"tool = 1 # cleaner\n", b'name = "cleaner'):
        (tmp_path / "pyproject.toml").write_bytes(text)
        assert find(tmp_path) is None
    (tmp_path / "pyproject.toml").write_bytes(b'[project]\nname = "cleaner"\n')
    with pytest.raises(ConfigError, match=r"pyproject.toml: holds no \[tool.cleaner\]; name the file that does"):
        load(file=tmp_path / "pyproject.toml")


def test_flags_win_over_the_environment_over_the_file_over_defaults(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_bytes(b'profile = "safe"\nlog-text = "hash"\nselect = ["donation"]\n')
    environment = {"CLEANER_PROFILE": "aggressive", "CLEANER_SELECT": "legal, sharing", "CLEANER_JOBS": ""}
    config = load(tmp_path, {"select": ["consent"], "ignore": None}, environment=environment)
    assert (config["profile"], config.sources["profile"]) == ("aggressive", "CLEANER_PROFILE")
    assert (config["select"], config.sources["select"]) == (["consent"], "flag")
    assert (config["log-text"], config.sources["log-text"]) == ("hash", str(tmp_path / "cleaner.toml"))
    assert (config["ignore"], config.sources["ignore"]) == ([], "default")
    assert load(tmp_path, environment=environment)["select"] == ["legal", "sharing"]


def test_the_nearest_file_counts_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repository/a/b"
    inner.mkdir(parents=True)
    (tmp_path / "cleaner.toml").write_bytes(b"")
    assert find(inner) == tmp_path / "cleaner.toml"
    (tmp_path / "repository/.git").mkdir()
    assert find(inner) is None
    (tmp_path / "repository/pyproject.toml").write_bytes(b"[tool.other]\n")
    assert find(inner) is None
    (tmp_path / "repository/pyproject.toml").write_bytes(b"[tool.cleaner]\n")
    assert find(inner) == tmp_path / "repository/pyproject.toml"
    (tmp_path / "repository/a/cleaner.toml").write_bytes(b"")
    assert find(inner / "text.txt") == tmp_path / "repository/a/cleaner.toml"


def test_inputs_with_settings_of_their_own_are_not_cleaned_by_those_of_the_first(project: Project) -> None:
    """Which of them is the first would change what is written, and where."""
    other = str(project.folder.parent / "elsewhere.txt")
    for name in ("A/seeds/a.txt", "B/seeds/b.txt", other):
        project.write(name, RAW)
    project.write("A/cleaner.toml", b'ignore = ["legal"]\n')
    project.write("B/cleaner.toml", b"")
    listed = project.write("list", b"A/seeds/a.txt\nB/seeds/b.txt\n")
    cure = "; run them apart, or say --config FILE or --isolated\n"
    a, b = "A/seeds (A/cleaner.toml)", "B/seeds (B/cleaner.toml)"
    for arguments, near in (
        (["clean", "A/seeds", "B/seeds"], f"{a} than near {b}"),
        (["check", "gone.txt", "B/seeds", "A/seeds"], f"{b} than near {a}"),
        (["diff", "A/seeds", other], f"{a} than near {other} (no file)"),
        (["clean", "--files-from", listed], "A/seeds/a.txt (A/cleaner.toml) than near B/seeds/b.txt (B/cleaner.toml)"),
    ):
        ended = project.cleaner(*arguments)
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err == f"Error: other settings hold near {near}{cure}"
    assert not (project.folder / "A/cleaned").exists()
    for option in (["--config", "B/cleaner.toml"], ["--isolated"]):
        assert project.cleaner("clean", "A/seeds", "B/seeds", "-o", "out", *option).code == 0
    assert project.cleaner("clean", "A/seeds", "A/../A/seeds/a.txt", "A/seeds").code == 0
    assert project.cleaner("clean", "gone.txt", "A/seeds", "-o", "out").code == 3


def test_isolated_reads_no_file(project: Project) -> None:
    project.write("cleaner.toml", b"nonsense = 1\n")
    project.write("a.txt", RAW)
    assert project.cleaner("clean", "a.txt").code == 2
    assert project.cleaner("clean", "a.txt", "--isolated").code == 0


def test_paths_start_from_the_files_folder_wherever_the_run_starts(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Log and output are the same from a sub-folder: a hook and a person do not fight over them."""
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    files = project.files()
    monkeypatch.chdir(project.folder / "seeds")
    ended = project.cleaner("clean", "a.txt")
    assert ended.code == 0
    assert "1 input up to date" in ended.err
    assert project.files() == files


def test_a_byte_order_mark_is_no_error(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    for name in ("cleaner.toml", "rules.toml"):
        project.write(name, b"\xef\xbb\xbf" + project.read(name))
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/a.txt") == CLEANED


def test_the_fingerprint_follows_what_shapes_the_output_and_nothing_else() -> None:
    plain = Config().fingerprint()
    assert Config({"jobs": 8, "input": "x", "max-bytes": 9}).fingerprint() == plain
    assert Config({"max-share": 0.5}).fingerprint() != plain
    assert Config({"profile": "safe"}).fingerprint() != plain


def test_a_first_configuration_is_valid_and_changes_nothing(project: Project) -> None:
    (project.folder / "cleaner.toml").unlink()
    assert project.cleaner("config", "init").code == 0
    table = tomllib.loads(project.read("cleaner.toml").decode())
    jsonschema.validate(table, schema())
    assert load(project.folder, environment={}).fingerprint() == Config().fingerprint()
    told = set(re.findall(r"(?m)^(?:# )?([a-z-]+) =", project.read("cleaner.toml").decode()))
    assert told >= set(SETTINGS) - {"sites"}
    assert project.cleaner("config", "init").code == 2


def test_the_schema_knows_every_setting_and_refuses_others() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert set(schema()["properties"]) == set(SETTINGS)
    for refused in ({"profil": "safe"}, {"select": []}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(refused, schema())


def test_init_makes_no_folder(project: Project) -> None:
    ended = project.cleaner("config", "init", "nowhere")
    assert ended.code == 2
    assert "nowhere: no such folder; make it first" in ended.err


def test_a_first_file_for_which_there_is_no_room_is_told_with_a_cure_that_the_command_has(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (project.folder / "cleaner.toml").unlink()
    monkeypatch.setattr(os, "fsync", full)
    ended = project.cleaner("config", "init")
    told = "Error: cleaner.toml: no space left on device; make room, or name another folder\n"
    assert (ended.code, ended.err) == (3, told)
    assert sorted(path.name for path in project.folder.iterdir()) == ["rules.toml"]


def test_config_show_tells_where_each_value_comes_from(project: Project) -> None:
    ended = project.cleaner("config", "show", "--profile", "safe", "--format", "json")
    shown = json.loads(ended.out)
    assert shown["profile"] == {"value": "safe", "source": "flag"}
    assert shown["select"]["source"].endswith("cleaner.toml")
    assert shown["jobs"] == {"value": 1, "source": "default"}
    text = project.cleaner("config", "show").out.decode()
    assert "threshold    = 0.9  # profile\n" in text


def test_cleaning_from_python_builds_the_filters_once_and_takes_no_bytes() -> None:
    raw = "It rained in May.\n\nAll rights reserved.\n"
    config = Config({"select": ["donation"]})
    assert clean(raw).text == "It rained in May.\n\n"
    assert clean(raw, config).text == raw
    assert _pipeline(config) is _pipeline(config)
    with pytest.raises(TypeError, match="not bytes; decode bytes first"):
        clean(raw.encode())  # type: ignore[arg-type]


def test_no_jobs_mean_as_many_as_this_process_may_use_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(7)), raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert [Config({"jobs": jobs}).processes for jobs in (0, 1, 3)] == [7, 1, 3]


def test_what_is_done_to_the_lists_of_one_configuration_changes_no_other() -> None:
    given = {"ignore": ["legal"]}
    mine, other = Config(given), Config()
    for config in (mine, other):
        config["ignore"].append("sharing")
    assert given == {"ignore": ["legal"]}
    assert Config()["ignore"] == []
