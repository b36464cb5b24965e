"""The options that several commands share, and the configuration that they add up to."""

import codecs
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from cleaner.cli.shown import one_line
from cleaner.config import Config, load, stray_variables
from cleaner.config.file import ConfigError, find
from cleaner.config.settings import SETTINGS, from_text
from cleaner.machine.addresses import AddressError, address_of, here
from cleaner.machine.files import real
from cleaner.machine.system import in_words

Command = Callable[..., None]

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _Named(click.Path):
    """A path that is not empty. An empty one means the working folder to Python; mostly it is a shell's variable that
    is not set.

    An address of this machine is the path that it names.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not os.fspath(value):
            self.fail("is an empty name; write . for the working folder", param, ctx)
        try:
            return super().convert(here(os.fspath(value)), param, ctx)
        except AddressError as error:
            self.fail(str(error), param, ctx)


class _Here(_Named):
    """A path on this machine. An address (s3://bucket) is refused: it would be taken for a folder of that name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = super().convert(value, param, ctx)
        if address := address_of(Path(path)):
            self.fail(f"{address} is an address, which only clean and check take; name a path here", param, ctx)
        return path


PATH = _Here(path_type=Path, readable=False)
PLACE = _Named(path_type=Path, readable=False)  # a path or an address


def _checked(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    key = str(param.name).replace("_", "-")
    texts = value if isinstance(value, tuple) else (value,)
    found: Any = None
    for text in texts:
        if text is None:
            continue
        try:
            parsed = from_text(key, str(text))
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from None
        found = [*(found or []), *parsed] if isinstance(parsed, list) else parsed
    return found


def _completed(_: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """What a shell offers for a setting of a few words."""
    return [word for word in SETTINGS[str(param.name).replace("_", "-")].choices if word.startswith(begun)]


def _flag(key: str, *names: str, metavar: str, help: str = "") -> Callable[[Command], Command]:
    several = SETTINGS[key].kind == "list"
    about = help or SETTINGS[key].help
    return click.option(
        f"--{key}",
        *names,
        multiple=several,
        metavar=metavar,
        callback=_checked,
        shell_complete=_completed,
        help=f"{about[0].upper()}{about[1:]}{' (also several, by commas)' if several else ''}.",
    )


SHAPING = (
    _flag("profile", metavar="safe|standard|aggressive"),
    _flag("select", metavar="NAMES"),
    _flag("ignore", metavar="NAMES"),
)
READING = (
    _flag("exclude", metavar="PATTERNS"),
    _flag("text-field", metavar="NAME"),
    _flag("id-field", metavar="NAME"),
    _flag("encoding", metavar="CODEC"),
    _flag("max-bytes", metavar="N"),
    _flag("log-text", metavar="full|hash"),
    _flag("jobs", "-j", metavar="N"),
    click.option("--force-exclude", is_flag=True, help="Exclude also files that are named one by one."),
)
READING_AGAIN = (
    _flag("text-field", metavar="NAME"),
    _flag("id-field", metavar="NAME"),
    _flag("max-bytes", metavar="N"),
)
# What is shown may be read again from where a log leads, or is a raw text.
LOOKING = (*READING_AGAIN, _flag("encoding", metavar="CODEC"))
SELECT = _flag("select", metavar="NAMES", help="only filters or code prefixes that are named")
FILE = (
    click.option("--config", "config_file", type=PATH, help="The configuration file to use."),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
)
COLOR = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours (NO_COLOR is heeded)."
)
FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people, or for programs."
)
LISTED = (
    click.option("--files-from", metavar="FILE", type=PATH, help="Also the inputs listed there."),
    click.option("-0", "--null", is_flag=True, help="The list is separated by NUL."),
)
TALK = (
    click.option("-q", "--quiet", is_flag=True, help="Errors only."),
    click.option("-v", "--verbose", is_flag=True, help="A line for each input."),
    click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "github", "sarif"]),
        default="text",
        help="How stdout tells of each input.",
    ),
    COLOR,
    click.option(
        "--progress",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="How far the run is (auto: on a terminal).",
    ),
)


def with_options(*groups: Sequence[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    """Gives a command all options of some groups, in their order."""

    def decorate(command: Command) -> Command:
        for option in reversed([one for group in groups for one in group]):
            command = option(command)
        return command

    return decorate


def configuration(inputs: Sequence[Path], given: dict[str, Any]) -> Config:
    """The configuration for some inputs, from the options that were `given`, which it takes out.

    Raises ConfigError, also where several inputs have several configuration files and no option says which holds.
    """
    flags = {key: given.pop(key.replace("-", "_"), None) for key in SETTINGS if key not in ("input", "output")}
    if given.get("config_file") and given.get("isolated"):
        raise click.UsageError("--isolated reads no configuration file: leave it out, or --config")
    if not given.get("quiet"):
        for line in stray_variables(os.environ):
            click.echo(f"warning: {line}", err=True)
    file, isolated = given.pop("config_file", None), given.pop("isolated", False)
    return load(None if file or isolated else _near(inputs), flags, file, isolated)


def _near(inputs: Sequence[Path]) -> Path | None:
    """The input near which the configuration is looked for: the first that is there, else the first that was named.

    Raises ConfigError where another one is found near another input: what is written must not hang on their order.
    """
    named = [path for path in inputs if str(path) != "-"]
    there = [path for path in named if os.path.exists(path)]  # noqa: PTH110 - a name that cannot be is told in its turn
    found: dict[Path, Path | None] = {}
    for path in there:
        folder = path if os.path.isdir(path) else path.parent  # noqa: PTH112 - there may be thousands
        if folder in found:
            continue
        file = found[folder] = find(folder.absolute())
        first = next(iter(found.values()))
        if file != first and _place(file) != _place(first):
            near = f"near {there[0]} ({_shown(first)}) than near {path} ({_shown(file)})"
            cure = "run them apart, or say --config FILE or --isolated"
            raise ConfigError(one_line(f"other settings hold {near}; {cure}"))
    return next(iter(there or named), None)


def _place(file: Path | None) -> str:
    return os.path.realpath(file) if file else ""


def _shown(file: Path | None) -> str:
    """A configuration file as messages name it: from the working folder, if it is below."""
    here = Path.cwd()
    return "no file" if file is None else str(file.relative_to(here) if file.is_relative_to(here) else file)


def configured_input(config: Config) -> Path:
    """The folder that a command without paths is about. Raises UsageError where there is none."""
    folder = config.folder("input")
    if not folder.is_dir():
        raise click.UsageError(f"no folder {folder}: name inputs, or set `input` (cleaner config init)")
    return folder


def spare_texts(file: Path, config: Config) -> None:
    """Raises UsageError for a file to write that is there, in a folder of the corpus: a raw text, an output or a log.

    Whoever works in such a folder, as where the project itself holds the texts, has other files there, too.
    """
    if not file.is_file():
        return
    here = Path.cwd()
    for folder in map(os.path.realpath, (config.input, config.output)):
        if real(file).is_relative_to(folder) and not here.is_relative_to(folder):
            raise click.UsageError(f"{file}: is there already, and texts of the corpus lie there; name another file")


def listed(files_from: Path | None, null: bool) -> list[Path]:
    """The paths of a list, "-" for standard input. Raises UsageError for one that cannot be read as it should be."""
    if files_from is None:
        if null:
            raise click.UsageError("-0 is for a list: name it with --files-from (- for standard input)")
        return []
    try:
        raw = sys.stdin.buffer.read() if str(files_from) == "-" else files_from.read_bytes()
    except OSError as error:
        told = in_words(error)
        raise click.UsageError(f"{files_from}: {told}; --files-from takes a file of names") from None
    if raw.startswith(_UTF16) and b"\0" in raw and (b"\n" in raw or not null):
        cure = "save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)"
        raise click.UsageError(f"{files_from}: is UTF-16; {cure}")
    if b"\0" in raw and not null:
        raise click.UsageError(f"{files_from}: names are separated by NUL there; add -0")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    lines = raw.split(b"\0") if null else [line.removesuffix(b"\r") for line in raw.split(b"\n")]
    try:
        return [Path(here(os.fsdecode(line))) for line in lines if line]
    except AddressError as error:
        raise click.UsageError(f"{files_from}: {error}") from None
