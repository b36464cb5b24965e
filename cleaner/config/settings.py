"""Every setting once: its name, its kind, its default, and what a wrong value is told.

A misspelt key must not leave a corpus cleaned with defaults that nobody wanted: unknown keys are errors,
with the line they stand on and the name that was probably meant.
"""

import codecs
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from cleaner.pipeline.profiles import PROFILES
from cleaner.text.misspelt import meant

Kind = Literal["text", "number", "share", "list", "choice", "encoding", "table"]

SITE_KEYS = ("profile", "select", "ignore", "threshold", "max-share")

# Codecs that remember what came before: a cut would change how the rest reads.
_STATEFUL = ("iso2022", "iso-2022", "hz", "utf-7", "utf7", "punycode", "idna", "unicode-escape", "raw-unicode")


class Setting(NamedTuple):
    """One key of the configuration. `shapes`: whether it changes what a run writes, so that the log names it; `least`:
    of numbers, the smallest.
    """

    kind: Kind
    default: Any
    help: str
    choices: tuple[str, ...] = ()
    shapes: bool = True
    least: int = 0

    @property
    def type(self) -> str:
        """What a value is, in words."""
        return f"a whole number, {self.least} or more" if self.kind == "number" else _TYPES.get(self.kind, "text")


SETTINGS: dict[str, Setting] = {
    "input": Setting("text", "seeds", "folder of raw texts, below the configuration's own", shapes=False),
    "output": Setting("text", "cleaned", "folder of cleaned texts and logs, likewise", shapes=False),
    "profile": Setting("choice", "standard", "how sure a removal must be", tuple(PROFILES)),
    "select": Setting("list", ["default"], "filters or code prefixes to use; `default` and `all` are words for sets"),
    "ignore": Setting("list", [], "filters or code prefixes to leave out"),
    "threshold": Setting("share", None, "score (0 to 1) from which a span is removed; the profile sets it"),
    "max-share": Setting("share", 0.9, "a document that would lose more than this is left whole"),
    "languages": Setting("list", [], "rulesets to use, by ISO code; all when empty"),
    "extend-rules": Setting("list", [], "files with rules of your own, as patterns below the configuration's folder"),
    "models": Setting("text", None, "folder with fitted models of your own, below the configuration's"),
    "exclude": Setting("list", [], "inputs to pass over, in .gitignore's syntax", shapes=False),
    "text-field": Setting("text", "text", "the field of a record that holds its text"),
    "id-field": Setting("text", "id", "the field of a record that names it"),
    "encoding": Setting("encoding", None, "codec of texts that are not UTF-8 and carry no byte-order mark"),
    "max-bytes": Setting("number", 100_000_000, "largest text, in bytes, that is read", shapes=False, least=1),
    "jobs": Setting("number", 1, "processes; 0 for one a core", shapes=False),
    "log-text": Setting("choice", "full", "whether the log quotes what was cut", ("full", "hash")),
    "sites": Setting("table", {}, "the same keys for the documents of one site, by host name or first folder"),
}

_TYPES = {
    "text": "text",
    "share": "a number from 0 to 1",
    "list": "a list of texts",
}


def problem(key: str, value: Any) -> str | None:
    """What is wrong with a value, in words that name the cure; None when nothing is."""
    setting = SETTINGS[key]
    if value is None and setting.default is None:  # as it is when nobody sets it; no file can say so
        return None
    wrong = f"is {setting.type}, not {value!r}"
    if setting.kind == "list":
        sound = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
        return _problem_of_list(key, value) if sound else wrong
    if setting.kind in ("number", "share"):
        whole = isinstance(value, int) if setting.kind == "number" else isinstance(value, int | float)
        most = 1 if setting.kind == "share" else float("inf")
        if isinstance(value, bool) or not whole or not setting.least <= value <= most:  # NaN is in no range
            return wrong
        return None
    if setting.kind == "choice" and value not in setting.choices:
        known = f"{', '.join(setting.choices[:-1])} or {setting.choices[-1]}"
        return f"is {known}, not {value!r}{meant(str(value), setting.choices)}"
    if not isinstance(value, str) or not value or "\0" in value:  # a NUL is in no name, and TOML can spell it
        return wrong
    return _codec_problem(value) if setting.kind == "encoding" else None


def _problem_of_list(key: str, texts: Sequence[str]) -> str | None:
    if any("\0" in text for text in texts):  # as a pattern it would fit every name
        return "holds a NUL, which is in no name"
    if key == "exclude" and texts:
        from cleaner.config.patterns import problem_of  # most exclude nothing

        return problem_of(texts)
    if key == "select" and not texts:
        # on a command line probably a shell's variable that is not set; without filters nothing would be cleaned
        return "names nothing; leave it out for all filters, or ignore 'all' for none"
    return None


def _codec_problem(name: str) -> str | None:
    try:
        info = codecs.lookup(name)
        text = "a".encode(info.name)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return f"names no text codec of Python: {name!r}"
    if info.name.replace("_", "-").startswith(_STATEFUL):
        return f"{name!r} writes a character differently after another, so nothing can be cut from it; convert to UTF-8"
    if text.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return f"{name!r} adds a byte-order mark; marks are found without it, else name utf-8, utf-16-le or utf-16-be"
    return None


def from_text(key: str, value: str) -> Any:
    """A value as a flag or an environment variable spells it: lists by commas. Raises ValueError with the reason."""
    setting = SETTINGS[key]
    kind = setting.kind
    parsed: Any = value
    if kind == "list":
        parsed = [one.strip() for one in value.split(",") if one.strip()]
    elif kind in ("number", "share"):
        try:
            parsed = int(value) if kind == "number" else float(value)
        except ValueError:
            raise ValueError(f"is {setting.type}, not {value!r}") from None
    wrong = problem(key, parsed)
    if wrong:
        raise ValueError(wrong)
    return parsed


def check_table(table: Mapping[str, Any]) -> Iterable[tuple[tuple[str, ...], str]]:
    """Every error of a configuration table: where it stands (a path of keys), and what is wrong."""
    for key, value in table.items():
        if key == "sites":
            yield from _check_sites(value)
        elif key not in SETTINGS:
            yield (str(key),), f"unknown key{meant(str(key), SETTINGS)}"
        else:
            wrong = problem(key, value)
            if wrong:
                yield (key,), wrong


def _check_sites(sites: Any) -> Iterable[tuple[tuple[str, ...], str]]:
    if not isinstance(sites, dict):
        yield ("sites",), 'is a table for each site: [sites."example.org"]'
        return
    if len(sites) > 1:  # most have none
        yield from _check_hosts(sites)
    for site, table in sites.items():
        if not isinstance(table, dict):
            yield ("sites", site), "is a table of settings"
            continue
        if not site.strip(".") or set(site) & set("/:*?#@ \t"):
            cure = f"; {site[2:]} stands for all below it" if site.startswith("*.") else ""
            yield ("sites", site), f"is a host name or a folder's, without scheme, port, slash or wildcard{cure}"
        for key, value in table.items():
            if key not in SITE_KEYS and isinstance(value, dict):
                yield ("sites", site), f'write the whole name between quotes: [sites."{site}.{key}"]'
            elif key not in SITE_KEYS:
                known = meant(str(key), SITE_KEYS) or f"; known: {', '.join(SITE_KEYS)}"
                yield ("sites", site, str(key)), f"unknown key of a site{known}"
            else:
                wrong = problem(key, value)
                if wrong:
                    yield ("sites", site, key), wrong


def _check_hosts(sites: Iterable[str]) -> Iterable[tuple[tuple[str, ...], str]]:
    from cleaner.text.hosts import as_host

    hosts: dict[str, str] = {}
    for site in sites:
        first = hosts.setdefault(as_host(site), site)
        if first != site and "." in site:  # of two folders one may be named in capitals
            yield ("sites", site), f"is the same host as {first}; write one table for both"


def schema() -> dict[str, Any]:
    """The JSON Schema of a configuration table, for editors."""
    properties = {key: _shape(setting) for key, setting in SETTINGS.items() if setting.kind != "table"}
    properties["select"]["minItems"] = 1  # as `_problem_of_list` says
    site = {"type": "object", "additionalProperties": False, "properties": {key: properties[key] for key in SITE_KEYS}}
    sites = {"type": "object", "additionalProperties": site, "description": SETTINGS["sites"].help}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cleaner.toml, or [tool.cleaner] in pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {**properties, "sites": sites},
    }


def _shape(setting: Setting) -> dict[str, Any]:
    shape: dict[str, Any] = {"description": setting.help}
    if setting.kind == "number":
        shape |= {"type": "integer", "minimum": setting.least}
    elif setting.kind == "share":
        shape |= {"type": "number", "minimum": 0, "maximum": 1}
    elif setting.kind == "list":
        shape |= {"type": "array", "items": {"type": "string"}}
    else:
        shape |= {"type": "string", "minLength": 1}
    if setting.choices:
        shape["enum"] = list(setting.choices)
    if setting.default is not None:
        shape["default"] = setting.default
    return shape
