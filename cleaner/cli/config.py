"""`cleaner config`: the settings that hold here and why, their schema, and a first file."""

import json
import os
from pathlib import Path
from typing import Any

import click

from cleaner.cli.failure import Failure, of_system
from cleaner.cli.options import FILE, FORM, PATH, READING, SHAPING, configuration, with_options
from cleaner.config.file import FILE as FILE_NAME
from cleaner.config.settings import SETTINGS, schema
from cleaner.machine.files import whole


@click.group()
def config() -> None:
    """Shows the configuration, its schema, or begins one."""


@config.command(short_help="Print every setting with where it comes from.")
@click.argument("near", required=False, type=PATH)
@FORM
@with_options(SHAPING, READING, FILE)
def show(near: Path | None, form: str, **given: Any) -> None:
    """Prints every setting for inputs at NEAR (default: here) with where its value comes from."""
    found = configuration([near] if near else [], given)
    found.check_names()
    told = {key: (found[key], found.sources[key]) for key in SETTINGS}
    if found["threshold"] is None:
        told["threshold"] = found.threshold, "profile"
    if form == "json":
        entries = {key: {"value": value, "source": source} for key, (value, source) in told.items()}
        click.echo(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    width = max(map(len, SETTINGS))
    for key, (value, source) in told.items():
        text = "(none)" if value is None else json.dumps(value, ensure_ascii=False)
        click.echo(f"{key.ljust(width)} = {text}  # {source}")


@config.command("schema")
def schema_() -> None:
    """Prints the JSON Schema of a configuration, for editors."""
    click.echo(json.dumps(schema(), indent=2))


@config.command(short_help="Write a cleaner.toml with every setting at its default.")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Writes a cleaner.toml with every setting, its meaning and its default, to FOLDER (default: here)."""
    path = folder / FILE_NAME
    if os.path.lexists(path):
        raise click.UsageError(f"{path} is already there; edit it, or delete it first")
    try:
        with whole(path) as handle:
            handle.write(_first_file().encode())
    except (FileNotFoundError, NotADirectoryError):
        raise click.UsageError(f"{folder}: no such folder; make it first") from None
    except OSError as error:
        failure = of_system(error)
        raise Failure(failure.message.removesuffix(" with -o"), failure.exit_code) from None
    click.echo(f"wrote {path}", err=True)


def _first_file() -> str:
    lines = ["# Settings of cleaner; all at their defaults. `cleaner config show` tells which hold.", ""]
    for key, setting in SETTINGS.items():
        if setting.kind == "table":
            continue
        choices = f" ({', '.join(setting.choices)})" if setting.choices else ""
        lines.append(f"# {setting.help}{choices}")
        unset = setting.default is None
        lines.append(f"# {key} =" if unset else f"{key} = {json.dumps(setting.default)}")
    lines += ["", f"# {SETTINGS['sites'].help}", '# [sites."example.org"]', '# ignore = ["navigation"]', ""]
    return "\n".join(lines)
