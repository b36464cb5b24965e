"""The report: one HTML page that shows every removal in its place, needs no server and asks no network.

What the page holds comes from people's comments and strangers' web pages, so nothing of it is ever markup:
the data stands in one JSON block without a single `<`, the script puts it into the page as text only, and
the page's content security policy allows this one style sheet, this one script and nothing else.
"""

import base64
import hashlib
import html
import json
from importlib import resources
from string import Template
from typing import Any

from cleaner.report.gather import LIMITS, Limits, gather

__all__ = ["LIMITS", "Limits", "gather", "render"]

# the order matters: each file uses what stands in the ones before it
_SCRIPTS = ("model.js", "text.js", "marks.js", "overview.js", "removals.js", "documents.js", "report.js")


def render(model: dict[str, Any], title: str) -> bytes:
    """The page of a gathered model, in UTF-8. A model with "review" set talks to the review server."""
    page = resources.files(__name__) / "page"
    style = (page / "report.css").read_bytes().decode()
    files = "\n".join((page / name).read_bytes().decode() for name in _SCRIPTS)
    script = f'"use strict";\n(() => {{\n{files}\n}})();\n'
    server = "'self'" if model.get("review") else "'none'"
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        f"connect-src {server}; base-uri 'none'; form-action 'none'"
    )
    template = Template((page / "report.html").read_bytes().decode())
    filled = template.substitute(
        policy=policy, title=html.escape(title), style=style, script=script, data=_inert(model)
    )
    return filled.encode()


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inert(model: dict[str, Any]) -> str:
    """JSON that no HTML or JavaScript parser can take for anything else."""
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
