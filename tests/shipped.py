"""The shipped rules with all their examples, read once: it takes seconds, and each process of the suite needs them."""

from cleaner.rules import RULESETS, parts
from cleaner.rules.file import read_rules

IN_FILE = {path: read_rules(path) for path in sorted(RULESETS.glob("*/*.toml")) if path.name != parts.FILE}
NAMES = [f"{path.parent.name}.{path.stem}" for path in IN_FILE]
RULES = [rule for rules in IN_FILE.values() for rule in rules]
