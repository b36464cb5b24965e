"""The shipped rules as every run has them, and in which file each stands."""

from cleaner.rules import RULESETS, load_rules, parts, shipped_filters

RULES = [rule for name in shipped_filters() for rule in load_rules(name)]
IN_FILE = {
    path: [rule for rule in RULES if rule.code.startswith(f"{path.parent.name}.{path.stem}.")]
    for path in sorted(RULESETS.glob("*/*.toml"))
    if path.name != parts.FILE
}
NAMES = [f"{path.parent.name}.{path.stem}" for path in IN_FILE]
