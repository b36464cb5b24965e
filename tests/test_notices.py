"""Notices that no rule knows, told by their words: in any batch alike, and only where the words are a notice's."""

from pathlib import Path

import numpy as np
import pytest

from cleaner.config import Config
from cleaner.document import Document
from cleaner.fitting.written import notice_lines
from cleaner.models import SHIPPED
from cleaner.segmentation import label_documents, segmentation
from cleaner.segmentation.decode import Decoded
from cleaner.segmentation.features import extract, rule_table
from cleaner.segmentation.notices import LEAST, MAGIC, NONE, NoticesError, load, said, save, scores, slots

ARTICLE = [
    "The old lighthouse keeper counted forty-one ships on the night of the storm, and wrote each of them down.",
    "His daughter found the book last winter, wrapped in oilcloth, behind the stove of the house by the harbour.",
    "Historians in the town say that it tells more about the wreck of the Marie than all that was printed since.",
    "Two of the ships were never seen again, and a third came home in spring with a crew that nobody had hired.",
    "The book will be shown in the town hall until the end of May, in a case that the keeper's grandson built.",
]
NOTICES = [
    "Never miss one of our stories: drop your address below and we'll write to you on Fridays.",
    "We pay our reporters because people like you chip in, so please give what you can.",
    "Kommen Sie zu uns auf Telegram, dort lesen Sie unsere Berichte zuerst und ohne Werbung.",
    "Cuéntaselo a tus amigos en Facebook y Twitter si te ha gustado este artículo nuestro.",
]
STORIES = [
    "She had subscribed to the newsletter in March, and by June she was writing most of it herself.",
    "The charity asked its members for donations after the flood, and within a week the hall was full of beds.",
    "Readers shared the photograph so often that the paper's lawyer asked who owned the copyright.",
    '"If you like it, tell your friends", the baker shouted from his door, and everybody on the square did.',
]


def test_lines_say_the_same_in_any_batch() -> None:
    texts = ["\n".join(ARTICLE[: n + 1] + NOTICES[n : n + 1] + ["", "Share"]) for n in range(5)]
    table = rule_table(np.zeros(0, np.uint64), np.zeros(0, np.uint16))
    together = said(extract([text.encode() for text in texts], table), load(SHIPPED.notices))
    alone = [said(extract([text.encode()], table), load(SHIPPED.notices)) for text in texts]
    assert together.tolist() == np.concatenate(alone).tolist()


def test_every_word_and_every_pair_on_a_line_has_a_slot() -> None:
    table = rule_table(np.zeros(0, np.uint64), np.zeros(0, np.uint16))
    told = slots(extract([b"Share this\nwith your friends today"], table))
    assert [len(told.single), len(told.pair), len(told.first), len(told.last)] == [6, 6, 2, 2]
    assert np.flatnonzero(told.pair == NONE).tolist() == [1, 5]  # nothing is paired over a line's end
    other = slots(extract([b"with your friends today"], table))
    assert told.pair[2:].tolist() == other.pair.tolist() and told.single[2:].tolist() == other.single.tolist()


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("place", [2, 4, 5])
def test_a_notice_that_no_rule_knows_goes_and_nothing_else(notice: str, place: int) -> None:
    lines = ["A keeper's log", *ARTICLE[:place], notice, *ARTICLE[place:]]
    cleaned = Config().pipeline()(Document("d", "\n\n".join(lines) + "\n"))
    assert [removal.text.strip() for removal in cleaned.removals] == [notice]
    (removal,) = cleaned.removals
    assert removal.widest.filter == "residue"
    assert "worded like a notice" in removal.widest.reason


ONLY_BELOW = [  # less surely worded than what goes anywhere
    "You can reach the writer by post, or leave her a note under this piece.",
    "Send us your own pictures of the storm and we may print them.",
]


def _scored(lines: list[str]) -> list[float]:
    document = Document("d", "\n".join(lines))
    label_documents([document])
    return [segment.facts.get("notice", 0.0) for segment in segmentation(document).segments]


@pytest.mark.parametrize("notice", ONLY_BELOW)
def test_below_its_article_less_sure_words_tell_of_a_notice(notice: str) -> None:
    title = "A keeper's log"
    below, inside = _scored([title, *ARTICLE, notice])[-1], _scored([title, *ARTICLE[:3], notice, *ARTICLE[3:]])[4]
    assert inside < 0.9 <= below
    cleaned = Config().pipeline()(Document("d", "\n\n".join([title, *ARTICLE, notice])))
    assert "worded like a notice, below its last paragraph" in cleaned.removals[0].widest.reason
    caption = "The keeper's house in 1911"
    assert _scored([title, *ARTICLE, notice, caption])[-2] >= 0.9
    assert _scored([title, *ARTICLE, notice, *[caption] * 12])[-13] < 0.9, "the article goes on"
    assert _scored([title, *["Forty-one ships", "Two never seen again"] * 4, notice])[-1] < 0.9, "no paragraph is above"


def test_what_is_below_an_article_is_so_in_any_batch() -> None:
    texts = ["\n".join(ARTICLE[:n] + ONLY_BELOW + ARTICLE[n:]) for n in range(6)]
    together = [Document(str(number), text) for number, text in enumerate(texts)]
    label_documents(together)
    told = [[segment.label for segment in segmentation(document).segments] for document in together]
    alone = [list(segmentation(Document("d", text)).segments) for text in texts]
    assert told == [[segment.label for segment in segments] for segments in alone]


def test_a_first_line_goes_only_if_it_is_surely_worded_like_a_notice() -> None:
    sure = "We use cookies to make this site better for you; by staying you agree to our use of them."
    for first, stays in ((sure, False), (ONLY_BELOW[0], True)):
        text = "\n\n".join([first, *ARTICLE]) + "\n"
        assert (Config().pipeline()(Document("d", text)).text == text) == stays


def test_what_an_article_quotes_last_stays_and_who_wrote_it_and_a_number_to_call() -> None:
    by_line = "Posted by Maria Lind for the harbour blog"
    assert _scored(["A keeper's log", *ARTICLE, by_line])[-1] >= 0.9, "its words would do"
    by_phone = ONLY_BELOW[0].replace("post", "telephone, 0555 123 4567")
    quoted = f"The sign on the door said: “{NOTICES[1]}”"
    for line in (NOTICES[1], ONLY_BELOW[0], quoted, by_line, by_phone):
        stays = line in (quoted, by_line, by_phone)
        text = "\n\n".join(["A keeper's log", *ARTICLE, line]) + "\n"
        assert (Config().pipeline()(Document("d", text)).text == text) == stays


@pytest.mark.parametrize("by", ["Av", "Af", "Oleh", "Penulis:", "Írta:", "Tác giả:", "بقلم", "نویسنده:", "김도연 기자"])
def test_who_wrote_it_stays_in_other_languages(by: str) -> None:
    line = f"{by} Maria Lind, posted for our blog"
    assert 0.9 <= _scored(["A keeper's log", *ARTICLE, line])[-1] < 0.95, "its words would do, and not surely"
    text = "\n\n".join(["A keeper's log", *ARTICLE, line]) + "\n"
    assert Config().pipeline()(Document("d", text)).text == text


@pytest.mark.parametrize("story", STORIES)
def test_a_story_about_such_things_stays(story: str) -> None:
    text = "\n\n".join(["A keeper's log", *ARTICLE[:3], story, *ARTICLE[3:]]) + "\n"
    assert Config({"profile": "aggressive"}).pipeline()(Document("d", text)).text == text


CHINESE = "那天夜里，老人数了四十一艘船，把它们一一记在本子上，第二天清晨才回到镇上的家里。"


@pytest.mark.parametrize(
    ("above", "notice", "below"),
    [
        (["# 老灯塔", CHINESE], "如果您喜欢这篇文章，欢迎关注我们的微信公众号，并转发给您的朋友。", [CHINESE] * 8),
        (["A keeper's log", *ARTICLE[:3]], NOTICES[1], [ARTICLE[3]]),
    ],
    ids=["another script", "few lines"],
)
def test_words_tell_in_any_script_and_among_few_lines(above: list[str], notice: str, below: list[str]) -> None:
    cleaned = Config().pipeline()(Document("d", "\n".join([*above, notice, *below])))
    assert [removal.text.strip() for removal in cleaned.removals] == [notice]


def test_a_paragraph_of_which_not_all_words_are_seen_is_left_to_whoever_is_aggressive() -> None:
    tail = "The money pays for the printing, for two reporters and for the rent of the room above the bakery. " * 4
    text = "\n\n".join([ARTICLE[0], *ARTICLE, f"{NOTICES[0]} {NOTICES[1]} {tail}{NOTICES[1]}", *ARTICLE[1:]])
    assert Config().pipeline()(Document("d", text)).text == text
    (removal,) = Config({"profile": "aggressive"}).pipeline()(Document("d", text)).removals
    assert NOTICES[1] in removal.text


def test_what_decided_is_told() -> None:
    document = Document("d", "\n".join(["A keeper's log", *ARTICLE, NOTICES[1]]))
    label_documents([document])
    *others, last = segmentation(document).segments
    assert last.facts["notice"] >= 0.9 and last.facts["below_article"] == 1
    assert not any("notice" in segment.facts for segment in others)


def test_short_lines_are_left_to_rules_and_network() -> None:
    table = rule_table(np.zeros(0, np.uint64), np.zeros(0, np.uint16))
    batch = extract(["\n".join(" ".join(["subscribe"] * n) for n in range(1, LEAST + 1)).encode()], table)
    likely, never = np.full(LEAST, 0.9), np.zeros(LEAST)
    lines = Decoded(never, likely, never, never, never)
    told, below = scores(batch, lines, load(SHIPPED.notices))
    assert np.flatnonzero(told).tolist() == [LEAST - 1] and not below.any()
    nothing = Decoded(*[np.zeros(0)] * 5)
    assert [one.tolist() for one in scores(extract([b""], table), nothing, load(SHIPPED.notices))] == [[], []]


def test_weights_come_back_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "notices.bin"
    shipped = load(SHIPPED.notices)
    save(shipped, path)
    again = load(path)
    assert (again.weights == shipped.weights).all()
    assert (again.unit, again.bias) == (shipped.unit, shipped.bias)
    assert (again.scale.tolist(), again.tail.tolist()) == (shipped.scale.tolist(), shipped.tail.tolist())


@pytest.mark.parametrize("data", [b"", b"other", MAGIC, MAGIC + b"{}\n" + bytes(NONE)])
def test_a_file_without_weights_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "notices.bin"
    path.write_bytes(data)
    with pytest.raises(NoticesError, match="fit-notices"):
        load.__wrapped__(path)


def test_what_was_written_holds_both_kinds_and_no_line_twice() -> None:
    lines = notice_lines()
    assert len({text for text, _ in lines}) == len(lines)
    assert 0.3 < sum(notice for _, notice in lines) / len(lines) < 0.8
