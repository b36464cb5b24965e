"""The drawing of the house is a test: imports point down, no circle, no forbidden word, no reading in text mode."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "cleaner"

# The rooms, from the ground up. A module may import what stands on a lower floor, or in its own room; two rooms of
# one floor do not know each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("stopping", "regular", "system", "tomlfile"),
    ("document", "logged", "cache", "workers", "files", "locks"),
    ("plain", "patterns", "expressions", "printed"),
    ("markdown", "syntax", "proposals"),
    ("rules", "segmentation", "threads", "pipeline", "exports", "index"),
    ("entries", "view", "report"),
    ("log",),
    ("matching",),
    ("formats", "decisions"),
    ("filters", "review", "precision"),
    ("settings",),
    ("configfile", "rulefile"),
    ("config",),
    ("inputs", "restoring", "fingerprints", "mapped", "proven"),
    ("current", "twice"),
    ("cleaning",),
    ("outcome",),
    ("shards",),
    ("run",),
    ("staged", "remote"),
    ("__init__",),
    ("cli", "adapters"),
    ("__main__",),
)
# The face is the package itself: what imports it means its version.
FACE = "__init__"

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor_of(room: str) -> int:
    [floor] = [number for number, rooms in enumerate(FLOORS) if room in rooms]
    return floor


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a module imports, lazily or not; what only type checkers see does not count."""
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = [ast.Pass()]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == "cleaner":
            rooms = {one.name for one in node.names}
            known = {room for floor in FLOORS for room in floor}
            found |= {room if room in known else FACE for room in rooms}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("cleaner."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {one.name.split(".")[1] for one in node.names if one.name.startswith("cleaner.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_every_import_points_down(path: Path) -> None:
    room = room_of(path)
    here = floor_of(room)
    for other in imported_rooms(path) - {room, FACE}:
        there = floor_of(other)
        assert there < here, f"{path.relative_to(PACKAGE)} (floor {here}) imports {other} (floor {there})"


FORBIDDEN = re.compile("plugin|detector|finding|violation|processor|engine|manager|helper|utils|core|base")


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_names_keep_to_the_words_of_the_house(path: Path) -> None:
    tree = ast.parse(path.read_bytes())
    names = {path.stem}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    wrong = [name for name in names if any(FORBIDDEN.fullmatch(word) for word in name.lower().strip("_").split("_"))]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_nothing_splits_text_where_no_line_ends(path: Path) -> None:
    """`str.splitlines` also splits at form feeds and U+2028, and text mode changes line ends."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            mode = node.args[1] if len(node.args) > 1 else None
            assert isinstance(mode, ast.Constant), f"line {node.lineno}: open() in text mode"
            assert "b" in str(mode.value), f"line {node.lineno}: open() in text mode"


def test_every_public_thing_says_what_it_is_for() -> None:
    silent: list[str] = []
    for path in MODULES:
        tree = ast.parse(path.read_bytes())
        public = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        things = (tree, *public) if path.read_bytes().strip() else ()
        silent += [f"{path}:{getattr(thing, 'name', '')}" for thing in things if ast.get_docstring(thing) is None]
    assert silent == []


def test_help_imports_no_command() -> None:
    """`cleaner --help` and the hooks start fast because the group knows its commands by name only."""
    script = (
        "import sys; sys.argv = ['cleaner', '--help']\n"
        "from cleaner.cli import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'hyperscan', 'regex', 'orjson', 'tomllib', 'cleaner.config', 'cleaner.cli.clean'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
