"""The configuration: found, checked, layered, and made into a Pipeline.

Flags win over `CLEANER_*`, those over the nearest `cleaner.toml` or `[tool.cleaner]`, those over the defaults.
Nothing in a home folder counts: the same corpus gives the same result on every desk.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from cleaner.config import own
from cleaner.config.file import ConfigError, decided, find, line_of, read
from cleaner.config.selection import Selection, check_words
from cleaner.config.settings import SETTINGS, check_table, from_text
from cleaner.document import Filter
from cleaner.filters import FILTERS, RULES, Sum, factory
from cleaner.filters.ruled import RuleFilter, Scan
from cleaner.machine.addresses import AddressError, address_of, here, is_address
from cleaner.models import Models
from cleaner.pipeline import Keep, Pipeline
from cleaner.pipeline.profiles import PROFILES
from cleaner.rules import RULESETS, Rule, RuleError, load_rules
from cleaner.text.misspelt import meant


class Config:
    """All settings with where each came from; `config["max-share"]` reads one. Never changes once made.

    `root` is the folder that relative paths in it start from: that of the file, else the working folder.
    `rules`: choose among these instead of the shipped ones and own ones.
    Raises ConfigError with every key that is unknown and every value that is wrong.
    """

    def __init__(
        self,
        values: Mapping[str, Any] | None = None,
        sources: Mapping[str, str] | None = None,
        root: Path | None = None,
        rules: Sequence[Rule] | None = None,
    ) -> None:
        defaults = {key: setting.default for key, setting in SETTINGS.items()}
        # Copies: neither the table of settings nor what the caller gave changes with what is done to them here.
        self.values: dict[str, Any] = {key: _own(value) for key, value in {**defaults, **(values or {})}.items()}
        self.sources: dict[str, str] = dict.fromkeys(defaults, "default") | dict(sources or {})
        self.root = root or Path()
        self.given = rules
        self._rules: list[Rule] | None = None
        errors = [f"{self.where(*place)}: {wrong}" for place, wrong in check_table(values or {})]
        if errors:
            raise ConfigError("\n".join([*errors, *_wrong_names(values or {}, self.sources, self.root)]))

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    @property
    def threshold(self) -> float:
        """The score from which a span is removed."""
        least = self["threshold"]
        return PROFILES[self["profile"]] if least is None else float(least)

    @property
    def input(self) -> Path:
        """The folder of raw texts, or its address. Raises ConfigError for an address that might mean two places."""
        return self._place("input")

    @property
    def output(self) -> Path:
        """The folder of cleaned texts and their logs, or its address. Raises ConfigError likewise."""
        return self._place("output")

    def folder(self, key: str) -> Path:
        """The folder that `input` or `output` names, for what works on this machine alone.

        Raises ConfigError for an address of a store.
        """
        place = self._place(key)
        if address := address_of(place):
            raise ConfigError(
                f"{self.where(key)}: {address} is an address, which only clean and check take; name a folder"
            )
        return place

    def _place(self, key: str) -> Path:
        named = str(self[key])
        try:
            place = here(named)
        except AddressError as error:
            raise ConfigError(f"{self.where(key)}: {error}") from None
        return Path(place) if is_address(named) else self.root / place

    @property
    def processes(self) -> int:
        """How many processes to use."""
        if self["jobs"]:
            return int(self["jobs"])
        return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1

    def site(self, name: str) -> "Config":
        """The configuration for one site's documents; where a site has no settings of its own, that of all.

        As anything else in a file, settings of a site give way to flags and variables. Raises what `rules` raises.
        """
        if not self["sites"]:
            return self
        asked = {key for key, source in self.sources.items() if source in ("flag", _variable(key))}
        set_there = {key: value for key, value in self["sites"].get(name, {}).items() if key not in asked}
        config = Config({**self.values, **set_there, "sites": {}}, self.sources, self.root, self.given)
        if not set_there:
            config._rules = self.rules  # which also tells what is wrong with the settings of sites
        return config

    def with_selection(self, words: Iterable[str]) -> "Config":
        """The same with nothing selected but what some words name."""
        values = {**self.values, "select": list(words), "ignore": [], "sites": {}}
        return Config(values, {**self.sources, "select": "flag"}, self.root, self.given)

    def with_rules(self, rules: Sequence[Rule]) -> "Config":
        """The same with these rules to choose among instead of the shipped ones and own ones."""
        return Config(self.values, self.sources, self.root, rules)

    def check_names(self, doubtful: bool = False) -> None:
        """Looks whether all that is named is there: own rules, languages, the words of the selection.

        Raises ConfigError with all that is not, RuleError where it is only in files of own rules that something is
        wrong. `doubtful`: of own rules not all may be known, so only words that look misspelt count.
        """
        self._all_rules(doubtful)

    @property
    def rules(self) -> list[Rule]:
        """Every rule of the selection, own ones included, in the order of their codes.

        Raises RuleError for a rule that cannot be used, ConfigError for a selection that names nothing.
        """
        if self._rules is None:
            self._rules = self.selection.of_rules(self._all_rules() if self.given is None else self.given)
        return self._rules

    def _all_rules(self, doubtful: bool = False) -> list[Rule]:
        """Every rule that could be selected, sorted by code. Raises what `check_names` does."""
        languages = self["languages"] or None
        names = [name for name, parts in FILTERS.items() if RULES in parts]
        rules = [rule for name in names for rule in load_rules(name, languages)]
        codes = {rule.code: "a shipped rule" for rule in rules}
        errors: list[ConfigError | RuleError] = []
        found, wrong = own.rules(self["extend-rules"], self.root, self.where, codes)
        rules += found
        errors += wrong
        spoken = {code.split(".")[0] for code in codes}
        for language in languages or ():
            if language not in spoken:
                known = [folder.name for folder in RULESETS.iterdir() if folder.is_dir()]
                told = f"no rules are in {language!r}{meant(language, known)}"
                errors.append(ConfigError(f"{self.where('languages')}: {told}"))
        try:
            check_words(self.values, self.where, rules, doubtful or bool(errors))
        except ConfigError as error:
            errors.append(error)
        try:
            _ = self.models
        except ConfigError as error:
            errors.append(error)
        if errors:
            kind = RuleError if all(isinstance(one, RuleError) for one in errors) else ConfigError
            raise kind("\n".join(map(str, errors)))
        return sorted(rules, key=lambda rule: rule.code)

    def own_rules(self) -> list[Path]:
        """The files that own rules are made of, each once. Raises ConfigError with every pattern that names none."""
        return own.files_of_rules(self["extend-rules"], self.root, self.where)

    def where(self, *place: str) -> str:
        """Where a setting was made, for messages: a line of a file, a variable, a flag; its mere name, if nowhere."""
        key, name = place[0], ".".join(place)
        source = self.sources.get(key, "default")
        if source == "flag":
            return f"--{name}"
        if source in ("default", _variable(key)):
            return name if source == "default" else source
        line = line_of(Path(source), place)
        return f"{source}: {name}" if line is None else f"{source}:{line}: {name}"

    @cached_property
    def models(self) -> Models:
        """The fitted models to judge by: own ones where the setting names a folder with some.

        Raises ConfigError where it names none, or a file there cannot be used.
        """
        return own.models(self["models"], self.root, self.where)

    @cached_property
    def selection(self) -> Selection:
        """Which filters and rules are chosen."""
        return Selection(self["select"], self["ignore"])

    def chooses(self, code: str, filter_name: str) -> bool:
        """Whether a code is selected and not ignored."""
        return self.selection.chooses(code, filter_name)

    def filters(self) -> dict[str, Filter]:
        """The selected filters, by name, in the order of the table. Raises ConfigError or RuleError."""
        scan = Scan(self.rules)
        ruled = {rule.filter for rule in self.rules}
        built: dict[str, Filter] = {}
        for name, parts in [*FILTERS.items(), *((name, (RULES,)) for name in sorted(ruled - set(FILTERS)))]:
            made: list[Filter] = []
            for part in parts:
                if part == RULES and name in ruled:
                    made.append(RuleFilter(name, scan))
                elif part != RULES and self.selection.may_choose(name):
                    made.append(self.selection.trimmed(factory(part, self.models)))
            if made:
                built[name] = made[0] if len(made) == 1 else Sum(made)
        for name, path in self.outside_filters().items():
            built[name] = self.selection.trimmed(_made_outside(name, path))
        return built

    def outside_filters(self) -> dict[str, str]:
        """The filters of other distributions among the selected, by name, as "module:factory"."""
        return self.selection.outside_filters

    def pipeline(self, keep: Keep | None = None, extra: Mapping[str, Filter] | None = None) -> Pipeline:
        """The filters, built once, with the profile's threshold.

        Raises ConfigError or RuleError, and ConfigError where sites have settings: it would clean them all alike.
        """
        if self["sites"]:
            raise ConfigError(f"{self.where('sites')}: one pipeline is of one site; take config.site(name).pipeline()")
        return Pipeline({**self.filters(), **(extra or {})}, self.threshold, self["max-share"], keep)

    def fingerprint(self) -> str:
        """`sha256:…` over the settings that change what is written; the log names it."""
        shaping = sorted((key, _shaping(self.values[key])) for key, setting in SETTINGS.items() if setting.shapes)
        return f"sha256:{hashlib.sha256(repr(shaping).encode()).hexdigest()}"

    def uses_code(self) -> bool:
        """Whether any filter is selected that is more than rules."""
        return any(self.selection.may_choose(name) for name, parts in FILTERS.items() if set(parts) - {RULES})


def _made_outside(name: str, path: str) -> Filter:
    """The filter of another distribution. Raises ConfigError where it is none, or cannot be made."""
    try:
        made: object = factory(path)
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        raise ConfigError(f"the filter {name!r} of another package cannot be made by {path!r}: {why}") from error
    if not callable(made):
        raise ConfigError(f"the filter {name!r} of another package is none: {path!r} made {made!r}, not a function")
    return made


def load(
    near: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    file: Path | None = None,
    isolated: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Config:
    """The configuration for inputs at `near`: file, then environment, then flags (None: not given).

    `file` names the file instead of looking for one; `isolated` reads none. Raises ConfigError with every error.
    """
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    errors: list[str] = []
    root = None
    if not isolated:
        place = (near or Path()).absolute()
        file = file or find(place)
        root = decided(place) if file is None else file.parent
        if file is not None:
            table, errors = read(file)
            values.update(table)
            sources.update((key, str(file)) for key in table)
    for key in SETTINGS:
        name = _variable(key)
        text = (os.environ if environment is None else environment).get(name)
        if text and SETTINGS[key].kind != "table":
            try:
                values[key], sources[key] = from_text(key, text), name
            except ValueError as error:
                errors.append(f"{name}: {error}")
    for key, value in (flags or {}).items():
        if value is not None:
            values[key], sources[key] = value, "flag"
    if errors:
        raise ConfigError("\n".join([*errors, *_wrong_names(values, sources, _short(root))]))
    return Config(values, sources, _short(root))


def _wrong_names(values: Mapping[str, Any], sources: Mapping[str, str], root: Path | None) -> list[str]:
    """What names nothing among settings of which some are wrong: whoever corrects these need not come twice."""
    wrong = {place[0] for place, _ in check_table(values)}
    sound = {key: value for key, value in values.items() if str(key) not in wrong}
    try:
        Config(sound, sources, root).check_names(doubtful=True)
    except (ConfigError, RuleError) as error:
        return str(error).split("\n")
    return []


def _variable(key: str) -> str:
    return f"CLEANER_{key.upper().replace('-', '_')}"


def stray_variables(environment: Mapping[str, str]) -> list[str]:
    """A line for each variable that looks like a setting and is none: misspelt, it leaves defaults nobody wanted."""
    known = {_variable(key) for key, setting in SETTINGS.items() if setting.kind != "table"} | {"CLEANER_CACHE_DIR"}
    lines = []
    for name in sorted(environment):
        if name.startswith("CLEANER_") and name not in known:
            near = re.sub("'(.+)'", lambda found: _variable(found[1]), meant(name.removeprefix("CLEANER_"), SETTINGS))
            lines.append(f"{name} sets nothing{'; sites stand in the file' if name == _variable('sites') else near}")
    return lines


def _short(root: Path | None) -> Path | None:
    """The folder as a reader of messages and logs knows it: relative where it is at or below the working one."""
    if root is None:
        return None
    try:
        return root.relative_to(Path.cwd())
    except ValueError:
        return Path(os.path.relpath(root)) if Path.cwd().is_relative_to(root) else root


def _shaping(value: Any) -> Any:
    """What of a value shapes the output: lists are sets here, and 1 is 1.0, whoever wrote it."""
    if isinstance(value, dict):
        return sorted((key, _shaping(one)) for key, one in value.items())
    if isinstance(value, list):
        return sorted(set(value))
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _own(value: Any) -> Any:
    """The value, but a copy where it is a list or a table."""
    if isinstance(value, (list, tuple)):
        return list(map(_own, value))
    return {key: _own(one) for key, one in value.items()} if isinstance(value, dict) else value
