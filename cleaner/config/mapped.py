"""Pipelines from settings as a mapping holds them, for texts that come from no file: built once in a process for each.

To build one takes longer than to clean a page with it, and whoever cleans text by text gives the same mapping again.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cleaner.config import Config
from cleaner.config.file import ConfigError
from cleaner.pipeline import Pipeline

_KEPT = 8  # pipelines; a process needs one, or a few


def pipeline_of(settings: Mapping[str, Any]) -> Pipeline:
    """The pipeline for settings as in cleaner.toml, such as {"profile": "safe", "ignore": ["navigation"]}.

    Raises ConfigError with all that is wrong with them, RuleError for own rules that cannot be used.
    """
    try:
        return _built(json.dumps(dict(settings), sort_keys=True))
    except TypeError:  # something in it is neither text nor number nor a list of them: which, its check says
        return _checked(settings).pipeline()


@lru_cache(maxsize=_KEPT)
def _built(settings: str) -> Pipeline:
    return _checked(json.loads(settings)).pipeline()


def _checked(settings: Mapping[str, Any]) -> Config:
    errors = []
    try:
        config = Config(settings)
    except ConfigError as error:
        errors.append(str(error))
    if settings.get("sites"):
        errors.append("sites: are for files and shards; give each site's texts their own settings here")
    if errors:
        raise ConfigError("\n".join(errors))
    return config
