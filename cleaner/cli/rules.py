"""`cleaner rules`: which rules there are, what each does, and whether its examples hold."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from cleaner.cli.codes import Exit
from cleaner.cli.compare import compare
from cleaner.cli.failure import Failure
from cleaner.cli.filters import as_json, filters, page
from cleaner.cli.options import COLOR, FILE, FORM, PATH, SHAPING, configuration, with_options
from cleaner.cli.shown import colored, count
from cleaner.cli.table import table
from cleaner.cli.terminal import visible
from cleaner.config import Config
from cleaner.config.own import unusable
from cleaner.config.selection import ALL
from cleaner.document import Document, Span, is_blank
from cleaner.filters import FILTERS
from cleaner.filters.about import CODED, Coded
from cleaner.pipeline import cut, merge
from cleaner.pipeline.composed import composed
from cleaner.rules import RULESETS, Rule, RuleError, SlowRuleError, load_rules, shipped_filters
from cleaner.rules.file import place_of, read_rules
from cleaner.rules.running_on import runs_on
from cleaner.rules.view import View, brute_force
from cleaner.text.misspelt import meant


@click.group()
def rules() -> None:
    """Lists, shows, tests and compares rules."""


rules.add_command(compare)
rules.add_command(filters)


@rules.command("list", short_help="List the selected rules.")
@click.argument("prefixes", nargs=-1, metavar="[CODE|FILTER|LANGUAGE]...")
@FORM
@COLOR
@with_options(SHAPING, FILE)
def list_(prefixes: tuple[str, ...], form: str, color: str, **given: Any) -> None:
    """Lists the selected rules, or those of them whose code, filter or language is named.

    Codes that come from code and no rule are listed where they are named.
    """
    found, codes = _named_among_selected(configuration((), given), prefixes)
    if form == "json":
        for entry in (*map(_as_json, found), *map(as_json, codes)):
            click.echo(json.dumps(entry, ensure_ascii=False))
        return
    rows = [[rule.code, rule.safety, rule.scope, rule.reason] for rule in found]
    rows += [[one.code, "by score", "line", one.reason] for one in codes]
    click.echo(table(["rule", "safety", "scope", "because it"], rows), color=colored(color))
    others = f" and {count(len(codes), 'code')} without a rule" if codes else ""
    click.echo(f"{count(len(found), 'rule')}{others}", err=True)


@rules.command(short_help="Show everything about rules.")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@FORM
@COLOR
@with_options(FILE)
def show(codes: tuple[str, ...], form: str, color: str, **given: Any) -> None:
    """Shows everything about rules: what they look for, what goes with it, and their examples.

    Of a code that comes from code and no rule it tells what finds it.
    """
    found, others = _named(_every(configuration((), given)), codes)
    if form == "json":
        for entry in (*map(_as_json, found), *map(as_json, others)):
            click.echo(json.dumps(entry, ensure_ascii=False))
        return
    for told in (*map(_page, found), *map(page, others)):
        click.echo(told, color=colored(color))


@rules.command(short_help="Test rules on their own examples.")
@click.argument("prefixes", nargs=-1, metavar="[CODE|FILTER|LANGUAGE|FILE]...")
@click.option("--on", "texts", multiple=True, type=PATH, help="Show what they find in it.")
@with_options(SHAPING, FILE)
def test(prefixes: tuple[str, ...], texts: tuple[Path, ...], **given: Any) -> None:
    """Tests rules on their own examples: what they `removes` must go, what they `keeps` must stay.

    A FILE.toml stands for the rules in it, whether they are in use or not.

    With --on FILE it prints, too, what each finds there, however unsure. Exits with 1 if an example fails.
    """
    files = {Path(one): read_rules(Path(one)) for one in prefixes if one.endswith(".toml")}
    found = _usable(files)
    prefixes = tuple(one for one in prefixes if not one.endswith(".toml"))
    config = configuration((), given)
    if prefixes or not files:
        named, codes = _named_among_selected(config, prefixes)
        if codes and not named:
            raise click.UsageError(f"{codes[0].code}: comes from code and no rule, and has no examples to test")
        found += named
    wrong = [f"{rule.code}: {problem}" for rule in found for problem in problems(rule)]
    for line in wrong:
        click.echo(visible(line))
    for rule in found:
        for told in _running_on(rule.pattern):
            click.echo(f"warning: {rule.code}: {told}", err=True)
    for told in _taken(files):
        click.echo(f"warning: {told}", err=True)
    for path in texts:
        _show_matches(path, found)
    click.echo(f"{count(len(found), 'rule')} tested, {count(len(wrong), 'example')} failed", err=True)
    sys.exit(1 if wrong else 0)


def _running_on(pattern: str) -> Iterable[str]:
    """What a pattern takes besides the notice, since a space may be a line break, in words."""
    for backwards, side, other in ((False, "end", "next"), (True, "start", "previous")):
        if runs_on(pattern, backwards):
            what = f"a space beside the wildcard at its {side} may be a line break"
            yield f"{what}, and take the {other} paragraph; write [ ]"


def _usable(files: Mapping[Path, list[Rule]]) -> list[Rule]:
    """All rules of some files. Raises RuleError where there are some that no run would take."""
    codes: dict[str, str] = {}
    found: list[Rule] = []
    wrong: list[str] = []
    for path, inside in files.items():
        told = ((rule, unusable(rule, codes)) for rule in inside)
        wrong += [f"{place_of(path, inside, rule)}: {why}" for rule, why in told if why]
        codes.update((rule.code, str(path)) for rule in inside)
        found += inside
    if wrong:
        raise RuleError("\n".join(wrong))
    return found


def _taken(files: Mapping[Path, list[Rule]]) -> Iterator[str]:
    """Of files that are no rulesets of ours the rules that bear the code of a shipped one, which no run would take."""
    others = [path for path in files if path.resolve().parent.parent.name != RULESETS.name]
    shipped = {rule.code: "a shipped rule" for name in shipped_filters() for rule in load_rules(name)} if others else {}
    for path in others:
        inside = files[path]
        for rule in inside:
            if rule.code in shipped:
                yield f"{place_of(path, inside, rule)}: {unusable(rule, shipped)}"


def problems(rule: Rule) -> Iterable[str]:
    """Every example of a rule that does not hold, in words."""
    try:
        yield from _problems(rule)
    except SlowRuleError:
        yield f"takes more than {rule.timeout:g} s on an example; simplify its pattern"


def _problems(rule: Rule) -> Iterable[str]:
    for example in rule.removes:
        left = _left(rule, example)
        if left == example:
            yield f"does not match {example!r}, which it removes"
        elif rule.scope != "match" and not is_blank(left):
            yield f"of {example!r}, which it removes, stays {left!r}"
    for example in rule.keeps:
        left = _left(rule, example)
        if left != example:
            yield f"makes {left!r} of {example!r}, which it keeps"
    view = View(Document("examples", "\n\n".join(rule.removes)))
    for line in range(len(view)):
        for start, end in view.matches(rule, line):
            matched = view.text(line, len(view) - 1)[start:end].casefold()
            if not any(word in matched for word in rule.keywords):
                yield f"matches {matched!r} without any of its keywords"


def _left(rule: Rule, text: str) -> str:
    return cut(text, merge(text, _found(rule, Document("example", text))))


def _found(rule: Rule, document: Document) -> list[Span]:
    """What a rule finds in a document, which it sees as a run shows it."""
    short = composed(document)
    return (
        brute_force([rule], document) if short is None else list(map(short.span, brute_force([rule], short.document)))
    )


def _show_matches(path: Path, found: Iterable[Rule]) -> None:
    from cleaner.formats.record import InputError
    from cleaner.formats.text import decode

    try:
        document = Document(str(path), decode(path.read_bytes())[0])
    except InputError as error:
        raise Failure(f"{path}: {error}", Exit.REFUSED) from None
    for rule in found:
        try:
            spans = _found(rule, document)
        except SlowRuleError as error:
            raise SlowRuleError(f"{error}; simplify its pattern") from None
        for span in spans:
            line = document.line_at(span.start) + 1
            text = " ".join(document.text[span.start : span.end].split())
            click.echo(f"{path}:{line}: {rule.code} {rule.safety} {visible(text[:100])}")


def _every(config: Config) -> list[Rule]:
    return config.with_selection([ALL]).rules


Named = tuple[list[Rule], list[Coded]]


def _named_among_selected(config: Config, prefixes: tuple[str, ...]) -> Named:
    """The same, among the selected rules; the error says so where others have such a name."""
    try:
        return _named(config.rules, prefixes, config)
    except click.UsageError:
        _named(_every(config), prefixes)
        raise click.UsageError(f"not all of {', '.join(prefixes)} are selected; add --select all") from None


def _named(found: Iterable[Rule], prefixes: tuple[str, ...], config: Config | None = None) -> Named:
    """Rules, and codes without one, whose code, filter or language is named. All rules where no name is given.

    Of the codes those that a `config` selects, if there is one. Raises UsageError for a name that names none.
    """
    rules_ = list(found)
    if not prefixes:
        return rules_, []
    chosen: dict[str, Rule] = {}
    others = {prefix: [one for one in CODED if _has(one, prefix) and _is_selected(one, config)] for prefix in prefixes}
    for prefix in prefixes:
        few = [one for one in rules_ if _has(one, prefix)]
        if not few and not others[prefix]:
            every: tuple[Rule | Coded, ...] = (*rules_, *CODED)
            known = sorted({word for one in every for word in (one.code, one.filter)})
            raise click.UsageError(f"no rule is named {prefix!r}{meant(prefix, known)}")
        chosen.update((one.code, one) for one in few)
    return list(chosen.values()), list(dict.fromkeys(one for few in others.values() for one in few))


def _has(one: Rule | Coded, name: str) -> bool:
    return one.filter == name or f"{one.code}.".startswith(f"{name}.")


def _is_selected(one: Coded, config: Config | None) -> bool:
    return config is None or one.filter not in FILTERS or config.chooses(one.code, one.filter)


def _as_json(rule: Rule) -> dict[str, object]:
    names = ("code", "filter", "reason", "pattern", "scope", "safety", "score", "keywords", "removes", "keeps")
    return {name: getattr(rule, name) for name in names}


def _page(rule: Rule) -> str:
    lines = [
        click.style(rule.code, bold=True),
        f"  removed because it {rule.reason}",
        f"  pattern   {visible(rule.pattern)}",
        f"  keywords  {', '.join(rule.keywords)}",
        f"  scope     {rule.scope}",
        f"  safety    {rule.safety} (score {rule.score})",
    ]
    for head, examples, colour in (("removes", rule.removes, "red"), ("keeps", rule.keeps, "green")):
        for number, example in enumerate(examples):
            shown = visible(example).replace("\n", "\n            ")
            lines.append(f"  {'' if number else head:9} {click.style(shown, fg=colour)}")
    return "\n".join(lines) + "\n"
