"""What the log names by a hash: the rules and the model that made it. Known again without reading a rule."""

import hashlib
from pathlib import Path

from cleaner import cache, rules
from cleaner.config import Config

MODELS = Path(__file__).parent / "models"


def ruleset(config: Config) -> str:
    """`sha256:…` over all selected rules and, where a filter judges by it, the model.

    Raises ConfigError or RuleError as `Config.rules` does. Kept in the cache under all that it depends on: a hook that
    has nothing to do need not load a thousand rules to know it.
    """
    parts = [rules.shipped_digest(), hashlib.sha256(Path(rules.__file__).read_bytes()).hexdigest()]
    parts += [repr((key, config[key])) for key in ("select", "ignore", "languages", "extend-rules")]
    if config["sites"]:  # what sites select is checked as well, and the check is kept with the rest
        parts.append(repr(sorted(config["sites"].items())))
    parts += [hashlib.sha256(rules.raw_rules(path)).hexdigest() for path in config.own_rules()]
    name = f"ruleset-{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"
    kept = cache.read(name) or b""
    if not kept.startswith(b"sha256:") or len(kept) != len("sha256:") + 64:
        kept = rules.fingerprint(config.rules).encode()
        cache.write(name, kept)
    if not config.uses_code():
        return kept.decode()
    digest = hashlib.sha256(kept)
    for path in sorted(MODELS.iterdir()):
        if path.suffix != ".md":  # what is written about a model decides nothing
            digest.update(path.read_bytes())
    return f"sha256:{digest.hexdigest()}"
