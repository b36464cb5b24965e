"""The drawing of the house is a test: imports point down, no circle, no forbidden word, no reading in text mode."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "cleaner"

# The rooms, from the ground up. A module may import what stands on a lower floor, or in its own room; two rooms of
# one floor do not know each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("machine", "document", "models"),
    ("text", "pipeline", "segmentation"),
    ("rules", "threads", "log"),
    ("matching", "exports", "formats", "review"),
    ("filters", "report", "fitting"),
    ("config",),
    ("run", "adapters", "__init__"),
    ("git",),
    ("cli",),
    ("__main__",),
)
# The face is the package itself: what imports it means its version.
FACE = "__init__"

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """The dotted name of a module: `cleaner.threads` for the face of a room, cleaner/threads/__init__.py."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(path) for path in MODULES}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor_of(room: str) -> int:
    [floor] = [number for number, rooms in enumerate(FLOORS) if room in rooms]
    return floor


def nodes(tree: ast.AST, lazy: bool = True) -> Iterator[ast.AST]:
    """What runs of a module: not what only type checkers see, and unless `lazy`, nothing in functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if lazy or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from nodes(node, lazy)


def imported(path: Path, source: bytes, lazy: bool = True) -> set[str]:
    """The modules of ours that a module imports, by their dotted names, however it spells them."""
    found = set()
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    for node in nodes(ast.parse(source), lazy):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*parts, *([node.module] if node.module else [])])
            names = {f"{module}.{one.name}" for one in node.names}
            found |= names & NAMES
            if not names <= NAMES:
                found.add(module)
    return {one for one in found if one.split(".")[0] == PACKAGE.name}


def imported_rooms(path: Path, source: bytes) -> set[str]:
    """The rooms that a module imports, lazily or not."""
    return {name.split(".")[1] if "." in name else FACE for name in imported(path, source)}


def climbs(path: Path, source: bytes) -> list[str]:
    """The imports of a module that do not point down."""
    room = room_of(path)
    others = sorted(imported_rooms(path, source) - {room, FACE})
    return [other for other in others if floor_of(other) >= floor_of(room)]


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_every_import_points_down(path: Path) -> None:
    assert climbs(path, path.read_bytes()) == []


@pytest.mark.parametrize(
    "line",
    [
        "from .run import clean",
        "from . import run",
        "from cleaner.run.batches import clean",
        "from cleaner.run import batches as run",
        "import cleaner.run.batches",
        "def late():\n    from .run import clean",
    ],
)
def test_an_import_that_points_up_is_seen_however_it_is_spelt(line: str) -> None:
    assert climbs(PACKAGE / "document.py", line.encode()) == ["run"]
    inside = line.replace("from .run", "from ..run").replace("from . ", "from .. ")
    assert climbs(PACKAGE / "threads/dates.py", inside.encode()) == ["run"]
    assert climbs(PACKAGE / "threads/__init__.py", inside.encode()) == ["run"]


def circle(arrows: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Lazy imports count as others do, but for those of a face, the __init__ of a room or of all: behind it stands
    what it opens only when it is called, and what stands there takes the nouns from it."""
    arrows = {}
    for path in MODULES:
        found = imported(path, path.read_bytes(), lazy=path.name != "__init__.py")
        arrows[name_of(path)] = found - {name_of(path)}
    assert circle(arrows) == []
    assert circle(arrows | {"cleaner.threads.words": {"cleaner.threads.grammar"}}) != []


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


# What reads or splits texts otherwise than as lines end, by file and call, and why it may.
ALLOWED = {
    ("matching/rarity.py", "FREQUENCIES.read_text(encoding='utf-8')"): "a list of words of our own",
    ("matching/rarity.py", "FREQUENCIES.read_text(encoding='utf-8').splitlines()"): "likewise: no text of a user",
    ("matching/scanned.py", "raw.splitlines()"): "of bytes it splits at LF, CRLF and CR only",
    ("cli/__init__.py", "os.fdopen(os.open(os.devnull, os.O_RDWR), mode)"): "stands for a stream that was closed",
    ("matching/lines.py", "text.splitlines(keepends=True)"): "likewise of bytes",
}


def _mode(call: ast.Call, place: int) -> str:
    given = [one.value for one in call.keywords if one.arg == "mode"] or call.args[place : place + 1]
    return ast.unparse(given[0]) if given else "'r'"


def text_modes(source: bytes) -> list[str]:
    """The calls in a module that split texts, or read or write them in text mode."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if name in ("splitlines", "read_text", "write_text", "TextIOWrapper"):
            found.append(ast.unparse(node))
        elif name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"):
            if any(one.arg == "mode" and "b" not in ast.unparse(one.value) for one in node.keywords):
                found.append(ast.unparse(node))
        elif (name in ("open", "fdopen") and owner not in ("os", "tarfile")) or name == "fdopen":
            # path.open(mode) names no file: there the mode comes first
            is_method = name == "open" and owner not in ("", "io", "codecs", "gzip", "bz2", "lzma", "zstd")
            if "b" not in _mode(node, 0 if is_method else 1):
                found.append(ast.unparse(node))
        elif any(one.arg in ("text", "universal_newlines") for one in node.keywords) and owner == "subprocess":
            found.append(ast.unparse(node))
    return found


def test_nothing_splits_text_where_no_line_ends() -> None:
    """`str.splitlines` also splits at form feeds and U+2028, and text mode changes line ends."""
    found = {(path.relative_to(PACKAGE).as_posix(), call) for path in MODULES for call in text_modes(path.read_bytes())}
    assert found - ALLOWED.keys() == set()
    assert ALLOWED.keys() - found == set(), "what is not there need not be allowed"


@pytest.mark.parametrize(
    "call",
    [
        "text.splitlines()",
        "path.read_text('utf-8')",
        "path.write_text(text)",
        "path.open()",
        "path.open('w')",
        "path.open(mode='r', encoding='utf-8')",
        "open(path)",
        "open(path, 'r')",
        "io.open(path, mode='w')",
        "os.fdopen(handle)",
        "os.fdopen(handle, 'w')",
        "io.TextIOWrapper(raw)",
        "gzip.open(path, 'rt')",
        "tempfile.NamedTemporaryFile(mode='w')",
        "subprocess.run(command, text=True)",
    ],
)
def test_a_call_in_text_mode_is_seen(call: str) -> None:
    assert text_modes(call.encode()) == [call]


@pytest.mark.parametrize(
    "call",
    ["path.open('rb')", "path.open('ab' if seen else 'wb')", "open(path, 'xb')", "os.fdopen(handle, 'rb', 9)"],
)
def test_a_call_in_bytes_is_not(call: str) -> None:
    assert text_modes(call.encode()) == []


def test_every_public_thing_says_what_it_is_for() -> None:
    silent: list[str] = []
    for path in MODULES:
        tree = ast.parse(path.read_bytes())
        public = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        methods = [
            one
            for node in public
            for one in node.body
            if isinstance(node, ast.ClassDef) and isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
        ]
        things = (tree, *public, *methods) if path.read_bytes().strip() else ()
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
