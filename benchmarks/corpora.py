"""Makes the corpora that speed is measured on, the same bytes every time, from text that any Python brings along.

Prose is a chain of the words of `pydoc_data.topics`; notices are the rulesets' own examples; threads are made up. So
nothing has to be fetched, and nobody's text is quoted. What is measured on them is cost, not quality.
"""

import hashlib
import json
import pydoc_data.topics
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from benchmarks.rulesets import rules
from cleaner.rules import Rule, shipped_digest

LINES = 30  # of about 170 characters: documents of 5 KB
CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопярстувщьыз")
NAMES = ["Anna Berg", "J. Osei", "marlow77", "Priya N.", "Tomás", "night_owl", "Ruth Adler", "deniz"]
MONTHS = ["January", "March", "May", "July", "October", "December"]


@cache
def _words() -> list[str]:
    texts = pydoc_data.topics.topics
    text = " ".join(texts[name] for name in sorted(texts))
    return re.findall(r"[A-Za-z][A-Za-z'-]*[.,;:]?|\d+", text.replace("--", " "))


@cache
def _sentences() -> list[str]:
    """Forty thousand sentences in which each word follows the one before it somewhere in the source."""
    chance = random.Random("prose")
    words = _words()
    after: dict[str, list[str]] = {}
    for word, following in pairwise(words):
        after.setdefault(word, []).append(following)
    made = []
    word = words[0]
    for _ in range(40_000):
        sentence = []
        for _ in range(chance.randint(6, 22)):
            word = chance.choice(after.get(word, words))
            sentence.append(word.rstrip(".;:"))
        text = " ".join(sentence)
        made.append(text[0].upper() + text[1:] + chance.choice([".", ".", ".", "?", '."']))
    return made


def documents(share: float, chosen: Sequence[Rule], size: int, threads: float = 0.1) -> Iterator[str]:
    """Texts of about 5 KB, `size` bytes in all, of whose lines `share` (0 to 1) are examples that `chosen` remove.

    A share of `threads` (0 to 1) of them end in a comment thread.
    """
    chance = random.Random("documents")
    examples: dict[str, list[str]] = {"latin": [], "cyrillic": [], "ideographs": []}
    for rule in chosen:
        kind = {"ru": "cyrillic", "zh": "ideographs", "ja": "ideographs"}.get(rule.code[:2], "latin")
        if rule.safety == "safe" and rule.scope != "match":
            examples[kind].extend(rule.removes)
    made = 0
    while made < size:
        dress, kind = chance.choices(_DRESSES, _OFTEN)[0]
        lines = [" ".join(chance.choices(_sentences(), k=chance.choice((1, 2, 2)))) for _ in range(LINES)]
        lines = [dress(line, chance) for line in lines]
        if chance.random() < threads:
            lines.extend(_thread(chance))
        notices = [chance.choice(examples[kind] or examples["latin"]) for line in lines if chance.random() < share]
        for notice in notices:  # most stand at the end, as on the web
            lines.insert(len(lines) if chance.random() < 0.7 else chance.randrange(len(lines)), notice)
        text = chance.choice(("\n", "\n\n")).join(lines) + "\n"
        if chance.random() < 0.03:
            text = text.replace("\n", "\r\n")
        made += len(text.encode())
        yield text


def _thread(chance: random.Random) -> Iterator[str]:
    yield f"{chance.randint(2, 40)} comments"
    for _ in range(chance.randint(2, 12)):
        day = f"{chance.choice(MONTHS)} {chance.randint(1, 28)}, {chance.randint(2008, 2024)}"
        yield f"{chance.choice(NAMES)} {day} at {chance.randint(1, 12)}:{chance.randint(10, 59)} pm"
        yield chance.choice(_sentences())
        yield "Reply"


def _typographic(line: str, _chance: random.Random) -> str:
    return line.replace("'", "’").replace('"', "”").replace(", ", " — ", 1)


def _accented(line: str, _chance: random.Random) -> str:
    return line.replace("e ", "é ").replace("'", "’")


def _markdown(line: str, chance: random.Random) -> str:
    words = line.split(" ")
    place = chance.randrange(len(words))
    if chance.random() < 0.2:
        words[place] = f"[{words[place]}](https://example.org/{place}_a)"
    elif chance.random() < 0.4:
        words[place] = chance.choice((f"**{words[place]}**", f"_{words[place]}_", f"`{words[place]}`"))
    return chance.choice(("", "", "", "", "- ", "> ", "## ")) + " ".join(words)


def _cyrillic(line: str, _chance: random.Random) -> str:
    return line.lower().translate(CYRILLIC).capitalize()


def _ideographs(line: str, _chance: random.Random) -> str:
    return "".join(chr(0x4E00 + sum(map(ord, word)) * 7 % 4000) + chr(0x4E00 + len(word) * 97) for word in line.split())


def _bare(line: str, _chance: random.Random) -> str:
    return line


_Dress = Callable[[str, random.Random], str]
_DRESSES: list[tuple[_Dress, str]] = [
    (_bare, "latin"),
    (_typographic, "latin"),
    (_markdown, "latin"),
    (_accented, "latin"),
    (_cyrillic, "cyrillic"),
    (_ideographs, "ideographs"),
]
_OFTEN = [40, 35, 12, 8, 3, 2]


def adversarial() -> dict[str, bytes]:
    """Documents that cost a careless matcher its life."""
    sentences = " ".join(_sentences())
    return {
        "5 MB in one line": (sentences * 2)[:5_000_000].encode(),
        "a million cue lines": b"Reply\nShare\n" * 500_000,
        "5 MB of one letter": b"a" * 5_000_000,
        "5 MB of spaces": b" " * 5_000_000,
        "5 MB of asterisks": b"*" * 5_000_000,
        "a million blank lines": b"\n" * 1_000_000,
    }


def write(path: Path, texts: Iterable[str], ids: str = "d") -> None:
    """One JSON object a line, complete or not there at all; texts are named by `ids` and a number."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": f"{ids}{number}", "text": text}, ensure_ascii=False).encode() + b"\n")
    draft.replace(path)


def corpus(folder: Path, size: int, share: float, count: int) -> Path:
    """The corpus of `size` bytes for `count` rules, made unless it is there. A share of 0 has no threads either."""
    made = made_of()
    path = folder / f"{made}-{size}-{share:g}-{count}.jsonl"
    if not path.exists():
        write(path, documents(share, rules(count), size, 0.1 if share else 0.0))
    return path


def adversaries(folder: Path) -> dict[str, Path]:
    """Each adversarial document by what it is, in a corpus of its own."""
    paths = {}
    for number, (name, raw) in enumerate(adversarial().items()):
        paths[name] = folder / f"adversarial-{number}.jsonl"
        write(paths[name], [raw.decode()])
    return paths


@cache
def made_of() -> str:
    """Ten hex digits over what corpora are made of: a changed ruleset or Python makes other ones."""
    digest = hashlib.sha256(shipped_digest().encode())
    for path in (__file__, pydoc_data.topics.__file__):
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:10]
