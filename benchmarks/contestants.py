"""One contestant at work on one corpus, in a process and an environment of its own.

    python -m benchmarks.contestants NAME CORPUS [--bytes N] [--rules N] [--profile]

Prints a line of JSON: how many bytes of UTF-8 it read, and how many seconds of CPU the work itself took: after a
warm-up on the first 2 MB, and with documents in memory in the form in which the contestant takes them. Imports nothing
but the standard library until it knows its name, since peers run where nothing of ours is installed.
"""

import argparse
import gc
import html
import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

WARM_UP = 2_000_000


class Contestant(NamedTuple):
    """How documents are made ready, off the clock, and the work on all of them, which gives a count to check by."""

    ready: Callable[[bytes], Any]
    work: Callable[[Sequence[Any]], int]


def count_lines() -> Contestant:
    """A mark: how fast bytes can be looked at."""
    return Contestant(bytes, lambda raws: sum(raw.count(b"\n") for raw in raws))


def split_words() -> Contestant:
    """A mark: what every filter does that counts words."""
    return Contestant(bytes.decode, lambda texts: sum(len(text.split()) for text in texts))


def our_rules(count: int) -> Contestant:
    """Bytes in, spans out."""
    from benchmarks.rulesets import rules
    from cleaner.document import Document
    from cleaner.matching import Matcher

    matcher = Matcher(rules(count))
    return Contestant(bytes, lambda raws: sum(len(matcher.spans(Document.from_bytes("d", raw))) for raw in raws))


def all_of_ours(*_: int) -> Contestant:
    """Every filter of a default run: bytes in, cleaned bytes and the lines of the log out."""
    from cleaner.config import Config
    from cleaner.document import Document
    from cleaner.log.entries import Encoded, document_records, dump

    pipeline = Config().pipeline()

    def work(raws: Sequence[bytes]) -> int:
        removals = 0
        for raw, cleaned in zip(raws, pipeline.many(Document.from_bytes("d", raw) for raw in raws), strict=True):
            output = cleaned.text.encode()
            b"".join(map(dump, document_records(cleaned, "corpus", Encoded.of(raw), output)))
            removals += len(cleaned.removals)
        return removals

    return Contestant(bytes, work)


def datatrove_c4() -> Contestant:
    """Drops lines by C4's tests, and tokenizes sentences to count them."""
    document: Any = import_module("datatrove.data").Document
    keep = import_module("datatrove.pipeline.filters").C4QualityFilter().filter
    return Contestant(
        lambda raw: document(text=raw.decode(), id="d"),
        lambda documents: sum(keep(one) is True for one in documents),
    )


def dolma_c4() -> Contestant:
    """Marks lines by C4's tests."""
    document: Any = _bare("dolma.core.data_types").Document
    predict = _bare("dolma.taggers.c4").FasterC4Tagger().predict
    return Contestant(
        lambda raw: document(source="corpus", id="d", text=raw.decode()),
        lambda documents: sum(len(predict(one).spans) for one in documents),
    )


def nemo_boilerplate() -> Contestant:
    """Drops paragraphs at either end that hold one of a dozen phrases."""
    modify = _bare("nemo_curator.stages.text.modifiers.string.c4").BoilerPlateStringModifier().modify_document
    return Contestant(bytes.decode, lambda texts: sum(modify(text) != text for text in texts))


def justext_paragraphs() -> Contestant:
    """Judges paragraphs of HTML, so every line is made one."""
    module = import_module("justext")
    words = module.get_stoplist("English")
    return Contestant(
        lambda raw: "".join(f"<p>{html.escape(line)}</p>" for line in raw.decode().split("\n") if line),
        lambda pages: sum(len(module.justext(page, words)) for page in pages),
    )


def reply_parser() -> Contestant:
    """Tells quoted replies and signatures from what was written."""
    parse = import_module("email_reply_parser").EmailReplyParser.read
    return Contestant(bytes.decode, lambda texts: sum(len(parse(text).fragments) for text in texts))


CONTESTANTS: dict[str, Callable[..., Contestant]] = {
    "bytes.count": count_lines,
    "str.split": split_words,
    "rules": our_rules,
    "everything": all_of_ours,
    "datatrove": datatrove_c4,
    "dolma": dolma_c4,
    "nemo": nemo_boilerplate,
    "justext": justext_paragraphs,
    "replies": reply_parser,
}
OURS = frozenset({"rules", "everything"})


def _bare(module: str) -> Any:
    """A module of a package whose `__init__` asks for far more than the module needs (Ray, CUDA, a cloud's client)."""
    name = ""
    for part in module.split(".")[:-1]:
        folder, name = name.replace(".", "/"), f"{name}.{part}".lstrip(".")
        if name not in sys.modules:
            package = ModuleType(name)
            package.__path__ = [str(path / folder / part) for path in map(Path, sys.path)]
            sys.modules[name] = package
    return import_module(module)


def read(corpus: Path, limit: int | None) -> list[bytes]:
    """The corpus's first documents of `limit` bytes together, or all."""
    raws: list[bytes] = []
    size = 0
    with corpus.open("rb") as file:
        for line in file:
            raw = json.loads(line)["text"].encode()
            raws.append(raw)
            size += len(raw)
            if limit is not None and size >= limit:
                break
    return raws


def timed(contestant: Contestant, raws: Sequence[bytes]) -> dict[str, float]:
    """Seconds of CPU for the work on all of `raws`, after a warm-up that is not counted."""
    warm = raws[: 1 + int(len(raws) * WARM_UP / (WARM_UP + sum(map(len, raws))))]
    if len(raws) > 1:
        contestant.work([contestant.ready(raw) for raw in warm])
    documents = [contestant.ready(raw) for raw in raws]
    gc.collect()
    gc.freeze()
    start = time.process_time()
    found = contestant.work(documents)
    seconds = time.process_time() - start
    return {"bytes": sum(map(len, raws)), "seconds": seconds, "found": found}


def profile(contestant: Contestant, raws: Sequence[bytes], lines: int = 15) -> None:
    """Prints the functions that most of the time goes to."""
    import cProfile
    import pstats

    documents = [contestant.ready(raw) for raw in raws]
    contestant.work(documents)
    profiler = cProfile.Profile()
    profiler.runcall(contestant.work, documents)
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(lines)


def main() -> None:
    """Runs one contestant."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("name", choices=CONTESTANTS)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--bytes", type=int, default=None, help="how much of the corpus (default: all)")
    parser.add_argument("--rules", type=int, default=500, help="how many rules, for ours")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    make = CONTESTANTS[given.name]
    contestant = make(given.rules) if given.name in OURS else make()
    raws = read(given.corpus, given.bytes)
    if given.profile:
        profile(contestant, raws)
    else:
        print(json.dumps(timed(contestant, raws)))


if __name__ == "__main__":
    main()
