"""What is a user's own: files of rules, which `extend-rules` names, and fitted models, whose folder `models` names."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cleaner.config.file import ConfigError
from cleaner.config.selection import ALL, DEFAULT
from cleaner.filters import FILTERS, RULES
from cleaner.models import NAMES, SHIPPED, Models, models_in
from cleaner.review import decisions
from cleaner.rules import Rule, RuleError

Where = Callable[[str], str]  # where a setting was made, for messages

# Own rules may not use these names: they belong to filters without rules, to words of selections (default, all), or to
# decisions.
_TAKES_NO_RULES = {*(name for name, parts in FILTERS.items() if RULES not in parts), DEFAULT, ALL, decisions.FILTER}


def rules(
    patterns: Sequence[str], root: Path, where: Where, codes: dict[str, str]
) -> tuple[list[Rule], list[ConfigError | RuleError]]:
    """The own rules that can be used, whose codes join those that are taken, and what is wrong with all others:
    a RuleError, or a ConfigError where files are missing, too.
    """
    from cleaner.rules.file import place_of, read_rules  # most have none

    files, missing = _named(patterns, root, where)
    found: list[Rule] = []
    errors: list[str] = []
    for path in files:
        try:
            inside = read_rules(path)
        except RuleError as error:
            errors.extend(str(error).split("\n"))
            continue
        for rule in inside:
            wrong = unusable(rule, codes)
            if wrong:
                errors.append(f"{place_of(path, inside, rule)}: {wrong}")
            else:
                found.append(rule)
            codes.setdefault(rule.code, str(path))
    if not missing and not errors:
        return found, []
    # what is wrong with parts is wrong for every file beside them
    told = "\n".join(dict.fromkeys([*missing, *errors]))
    return found, [ConfigError(told) if missing else RuleError(told)]


def files_of_rules(patterns: Sequence[str], root: Path, where: Where) -> list[Path]:
    """The files that own rules are made of, each once. Raises ConfigError with every pattern that names none."""
    files, missing = _named(patterns, root, where)
    if missing:
        raise ConfigError("\n".join(missing))
    if files:
        from cleaner.rules.parts import beside  # most have none

        files = list(dict.fromkeys([*files, *(path for path in map(beside, files) if path.is_file())]))
    return files


def _named(patterns: Sequence[str], root: Path, where: Where) -> tuple[list[Path], list[str]]:
    """The files of own rules, each once, and what is wrong with patterns that name none."""
    place = where("extend-rules") if patterns else ""
    files: dict[Path, None] = {}
    missing = []
    for pattern in patterns:
        top = Path(Path(pattern).anchor) if Path(pattern).is_absolute() else root
        relative = os.path.relpath(pattern, top) if Path(pattern).is_absolute() else pattern
        try:  # of the folder itself, however it is spelled, `glob` knows nothing
            found = [top] if relative and Path(relative) == Path() else sorted(top.glob(relative))
        except ValueError as error:
            missing.append(f"{place}: {str(error)[:1].lower()}{str(error)[1:]}")
            continue
        named = [path for path in found if path.is_file()]
        if found and not named:
            missing.append(f"{place}: {pattern!r} is a folder; name what is in it: '{pattern.rstrip('/')}/*.toml'")
        elif not named:
            missing.append(f"{place}: no file matches {pattern!r} below {top.resolve()}")
        files.update(dict.fromkeys(named))
    return list(files), missing


def unusable(rule: Rule, codes: Mapping[str, str]) -> str:
    """Why no run would take an own rule beside those with other `codes`, each with where it is; empty if it would."""
    if rule.filter in _TAKES_NO_RULES:
        return f"{rule.filter!r} takes no rules; choose another filter"
    if rule.code in codes:
        return f"its code is already taken by {codes[rule.code]}; choose another"
    return ""


def models(name: str | None, root: Path, where: Where) -> Models:
    """The models in a folder, where the setting names one; of what is not there, the shipped one.

    Raises ConfigError where none is there, or one cannot be used.
    """
    if name is None:
        return SHIPPED
    found = models_in(root / name)
    if found == SHIPPED:
        known = f"{', '.join(NAMES[:-1])} or {NAMES[-1]}"
        raise ConfigError(f"{where('models')}: {name!r} holds no model; name a folder with {known}")
    wrong = _problems_of(found)
    if wrong:
        raise ConfigError("\n".join(f"{where('models')}: {told}" for told in wrong))
    return found


def _problems_of(models: Models) -> list[str]:
    """What is wrong with each of the files, in words that name file and cure."""
    from cleaner.segmentation import load_model, notices  # needs NumPy, and most have no models
    from cleaner.threads import weigh

    found = []
    for load, path in ((load_model, models.segmentation), (notices.load, models.notices), (weigh.load, models.threads)):
        try:
            load(path)
        except ValueError as error:
            found.append(str(error))
    return found
