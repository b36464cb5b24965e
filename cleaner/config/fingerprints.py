"""What the log names by a hash: the rules, the model and the filters of others that made it. Known again without
reading a rule.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from cleaner import rules
from cleaner.config import Config
from cleaner.config.file import ConfigError
from cleaner.filters import brought_by
from cleaner.machine import cache
from cleaner.rules import RuleError


def ruleset(config: Config) -> str:
    """`sha256:…` over all rules that it or a site selects, the model where a filter judges by it, and, of filters that
    other distributions bring, name and version of these.

    Raises ConfigError or RuleError as `Config.rules` does.
    """
    every = [config, *map(config.site, sorted(config["sites"]))]
    kept = _of_rules(config, every)
    others = sorted({name for one in every for name in one.outside_filters()})
    uses_code = any(one.uses_code() for one in every)
    if not uses_code and not others:
        return kept
    digest = hashlib.sha256(kept.encode())
    if uses_code:
        for path in config.models:
            digest.update(path.read_bytes())
    for name in others:
        digest.update(repr((name, brought_by(name))).encode())
    return f"sha256:{digest.hexdigest()}"


def _of_rules(config: Config, every: Sequence[Config]) -> str:
    """The hash over rules alone; `every`: the configuration, and as each of its sites has it.

    Kept in the cache under all that it depends on: a hook that has nothing to do need not load a thousand rules to
    know it.
    """
    if config.given is not None:  # rules of which nothing else tells
        return _hash(every)
    readers = [str(Path(rules.__file__).with_name(name)) for name in ("__init__.py", "file.py", "parts.py")]
    parts = [rules.shipped_digest(), cache.sources(*readers)]
    parts += [repr((key, config[key])) for key in ("select", "ignore", "languages", "extend-rules")]
    parts += [repr(one.outside_filters()) for one in every]  # a name that one machine knows may name nothing on another
    if config["sites"]:  # what sites select is checked as well, and the check is kept with the rest
        parts.append(repr(sorted(config["sites"].items())))
    try:
        parts += [hashlib.sha256(rules.raw_rules(path)).hexdigest() for path in config.own_rules()]
    except (ConfigError, RuleError):
        config.check_names()  # which tells of all that is wrong, and not of the first
        raise
    name = f"ruleset-{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"
    kept = cache.read(name) or b""
    if not kept.startswith(b"sha256:") or len(kept) != len("sha256:") + 64:
        kept = _hash(every).encode()
        cache.write(name, kept)
    return kept.decode()


def _hash(every: Sequence[Config]) -> str:
    return rules.fingerprint({rule.code: rule for one in every for rule in one.rules}.values())
