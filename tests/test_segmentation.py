"""The learned segmentation: what it promises of labels, batches, files, and threads that the main systems write."""

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.document import Document
from cleaner.filters.comments import Comments
from cleaner.filters.residue import Residue
from cleaner.filters.runs import stretches
from cleaner.models import SHIPPED
from cleaner.segmentation import label_documents, label_lines, load_model, segmentation
from cleaner.segmentation.cues import FAMILIES, lexicon
from cleaner.segmentation.decode import decode, inside
from cleaner.segmentation.features import DENSE_NAMES, RULED, extract, rule_table
from cleaner.segmentation.network import LIMIT, logits, packed
from cleaner.segmentation.store import MAGIC, ModelError, load, save
from cleaner.segmentation.tokens import keyword_stems
from cleaner.segmentation.votes import counted
from cleaner.segmentation.waste import WASTE_FACTS, suspects

PROSE = [
    "Harbour reopens after three days of storms",
    "The harbour of Westhaven opened again on Tuesday after three days of storms that kept every boat at its berth.",
    "Fishermen said that the swell had been the highest in ten years, and that two of the older piers need repairs.",
    "The town council will meet on Friday to decide who pays for the work, which engineers put at about four million.",
    "Insurance covers only part of the damage, according to the harbour master, who spoke to reporters on the quay.",
    "Schools stay closed until the end of the week because the coast road is still under water in two places.",
]
THREAD = [
    "12 Comments",
    "Mary says:",
    "March 3, 2012 at 4:05 pm",
    "Great article, thanks for sharing! I was there when the pier broke and it was so scary.",
    "Reply",
    "John Smith says:",
    "March 3, 2012 at 5:17 pm",
    "I totally agree with Mary. lol, who is going to pay for it? You and me, that's who.",
    "Reply",
    "seadog77 says:",
    "March 4, 2012 at 9:41 am",
    "They should have built a new one years ago. Just my two cents.",
    "Reply",
]
FOOTER = ["Share this:", "Related posts", "© 2012 Westhaven Post. All rights reserved.", "Subscribe to our newsletter"]

line_texts = st.lists(
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=90), max_size=30
)


def test_an_article_is_labelled_article_throughout() -> None:
    assert {label.kind for label in label_lines(PROSE)} == {"article"}


def test_a_thread_below_an_article_is_found_to_its_end() -> None:
    kinds = [label.kind for label in label_lines(PROSE + THREAD)]
    assert kinds[: len(PROSE)] == ["article"] * len(PROSE)
    assert kinds[len(PROSE) :].count("comment") >= len(THREAD) - 1


def test_blank_lines_are_labelled_like_the_line_before() -> None:
    spaced = [line for text in PROSE + THREAD for line in (text, "")]
    labels = label_lines(spaced)
    assert len(labels) == len(spaced)
    assert all(labels[place] == labels[place + 1] for place in range(0, len(labels), 2))


@given(st.lists(line_texts, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_labels_do_not_depend_on_the_batch(texts: list[list[str]]) -> None:
    together = [Document(str(place), "\n".join(lines)) for place, lines in enumerate([*texts, PROSE + THREAD])]
    label_documents(together)
    for document in together:
        alone = Document(document.id, document.text)
        one, other = (
            [(segment[:3], segment.facts) for segment in segmentation(each).segments] for each in (alone, document)
        )
        assert one == other


@given(line_texts, st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=100, deadline=None)
def test_segments_are_whole_lines_in_order(lines: list[str], end: str) -> None:
    document = Document("x", end.join([*lines, *PROSE]))
    starts = {line.start for line in document.lines}
    stops = {line.next for line in document.lines}
    at = 0
    segments = segmentation(document).segments
    assert segments
    for segment in segments:
        assert at <= segment.start < segment.next
        assert segment.start in starts
        assert segment.next in stops
        at = segment.next


def test_offsets_are_code_points_and_not_bytes() -> None:
    text = "\n".join(["Überschrift 🚢 für alle", *PROSE, "Ещё строка", *THREAD])
    segments = segmentation(Document("x", text)).segments
    assert len(segments) == text.count("\n") + 1
    for segment in segments:
        assert segment.start == 0 or text[segment.start - 1] == "\n"


def test_every_feature_has_a_name_and_a_small_value() -> None:
    batch = extract(["\n".join(PROSE + THREAD + FOOTER).encode()])
    assert batch.dense.shape == (len(DENSE_NAMES), len(PROSE + THREAD + FOOTER))
    assert int(batch.dense.max()) <= LIMIT


def test_sums_stay_where_float32_is_exact() -> None:
    for layer in load_model(SHIPPED.segmentation).layers.values():
        assert np.abs(layer.weight).sum(axis=1).max() * LIMIT < 1 << 24
        assert (layer.weight == np.rint(layer.weight)).all()


def test_features_are_whole_numbers() -> None:
    batch = extract(["\n".join(PROSE + THREAD + FOOTER).encode()], load_model(SHIPPED.segmentation).ruled)
    assert (batch.dense == np.rint(batch.dense)).all()
    assert batch.dense.min() >= 0


def test_the_rules_keywords_are_features_of_the_lines_that_hold_them() -> None:
    table = rule_table(*keyword_stems([["newsletter"] if name == "subscription" else [] for name in RULED]))
    batch = extract([b"Our Newsletters, weekly\nThe harbour opened on Tuesday"], table)
    told = dict(zip(DENSE_NAMES, batch.dense, strict=True))
    assert told["rules_subscription"].tolist() == [64, 0]
    assert not told["rules_legal"].any()


def test_one_choice_over_a_document_is_what_adding_up_every_stretch_gives() -> None:
    dice = np.random.RandomState(3)
    for spread in (1.0, 30.0, 900.0):  # the widest is added up as logarithms
        raw = dice.randn(1, 3, 7) * spread
        start, end, evidence = raw[0]
        scores = {(i, j): start[i] + end[j] + evidence[i : j + 1].sum() for i in range(7) for j in range(7) if i <= j}
        whole = np.logaddexp.reduce([0.0, *scores.values()])
        want = [
            np.exp(np.logaddexp.reduce([score for (i, j), score in scores.items() if i <= line <= j]) - whole)
            for line in range(7)
        ]
        assert np.allclose(inside(raw, np.zeros(1, np.int64))[0], want, atol=1e-9)


def test_a_model_survives_being_written_and_read(tmp_path: Path) -> None:
    model = load_model(SHIPPED.segmentation)
    save(model, tmp_path / "copy.bin")
    assert (tmp_path / "copy.bin").read_bytes() == SHIPPED.segmentation.read_bytes()
    batch = extract(["\n".join(PROSE + THREAD).encode()], model.ruled)
    assert (logits(batch, load(tmp_path / "copy.bin")) == logits(batch, model)).all()


@pytest.mark.parametrize(
    "data", [b"not a model", MAGIC, MAGIC + b"{}\n", MAGIC + b'{"arrays": [["x", "|O", [1]]]}\n12345678']
)
def test_a_file_that_is_no_model_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.bin"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"broken\.bin"):
        load(path)


def test_a_model_for_other_features_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(SHIPPED.segmentation.read_bytes().replace(b"length words indent", b"words length indent"))
    with pytest.raises(ModelError, match="features"):
        load(path)


def test_the_shipped_model_is_small() -> None:
    assert SHIPPED.segmentation.stat().st_size < 2_000_000


def test_a_line_of_megabytes_takes_no_more_than_its_length() -> None:
    def seconds(length: int) -> float:
        document = Document("x", "\n".join([*PROSE, " " * length + "x", "word " * (length // 6), *THREAD]))
        began = time.process_time()
        assert len(segmentation(document).segments) == len(PROSE) + 2 + len(THREAD)
        return time.process_time() - began

    seconds(100)
    small, large = (min(seconds(length) for _ in range(2)) for length in (200_000, 2_000_000))
    assert large < 50 * small + 0.2  # a quadratic one would take a hundred times as long


def test_the_thread_goes_as_one_span_and_each_comment_has_its_author() -> None:
    document = Document("x", "\n\n".join(PROSE + THREAD))
    spans = list(Comments()(document))
    whole = [span for span in spans if span.code == "any.comments.thread" and span.score >= 0.9]
    assert document.text.index("12 Comments") in {span.start for span in whole}
    assert max(span.end for span in whole) == len(document.text)
    authors = " ".join(span.reason for span in spans if span.code == "any.comments.comment")
    assert "Mary" in authors
    assert "seadog77" in authors


def test_two_lines_of_thanks_are_no_thread_for_sure() -> None:
    lines = [
        "Oven 1.9.3 released",
        "Oven 1.9.3 has been released. This release includes a security fix and about twenty bug fixes.",
        "## Download",
        "* https://downloads.example.org/pub/oven-1.9.3.tar.gz",
        "      SIZE: 12605119 bytes",
        "## Release Comment",
        "> I'm grateful to everybody who supports Oven.\n> Thank you.",
    ]
    spans = list(Comments()(Document("x", "\n\n".join(lines))))
    assert spans
    assert max(span.score for span in spans) < 0.9


def test_nothing_is_asked_of_an_article_alone() -> None:
    document = Document("x", "\n\n".join(PROSE))
    assert [span for span in (*Comments()(document), *Residue()(document)) if span.score >= 0.5] == []


def test_posts_of_a_board_are_what_its_page_is_for() -> None:
    board = ["If the club has to close", "in General", "Featured Replies"]
    for who, what in [
        (
            "Marl",
            "A thread to say thank you to all who ran this place. I learnt to solder here, and met my best friends.",
        ),
        ("Bej", "I sigh with relief every time the page loads. You are the reason why this was a good place to be."),
        (
            "Kerry",
            "Like others I got a lot from this board. It would be sad to lose such a store of knowledge for good.",
        ),
        ("Linus", "Why would it shut down? I do not suppose that anyone can share more about its future with us here."),
    ] * 2:
        board += [f"{who} replied", "36 minutes ago, Ann said:", what, f"Edited by {who}", "Quote"]
    board += ["Join the conversation", "Reply to this topic...", "Moderators: Ann, Bert"]
    document = Document("x", "\n\n".join(board))
    assert [span for span in Comments()(document) if span.score >= 0.9] == []


def test_a_play_keeps_its_speakers() -> None:
    play = ["ACT I. SCENE II."]
    for who, what in [
        ("KING.", "Though yet of our dear brother's death the memory be green, and us befitted"),
        ("QUEEN.", "Good son, cast thy nighted colour off, and let thine eye look like a friend."),
        ("PRINCE.", "Seems, madam? Nay, it is; I know not seems. 'Tis not alone my cloak, mother."),
    ] * 6:
        play += [who, what, "To bear our hearts in grief, and our whole kingdom to be contracted in one brow of woe."]
    document = Document("x", "\n".join(play))
    assert [span for span in (*Comments()(document), *Residue()(document)) if span.score >= 0.9] == []


MENU = [
    "Skip to main content", "Home", "News", "Sport", "Weather", "Business", "Travel", "Subscribe", "Sign in", "Search",
    "Most read", "Advertisement", "Follow us on Twitter", "Contact us", "Advertise with us", "Privacy policy",
    "Terms of use", "Cookie policy", "Related stories", "Newsletter", "RSS feeds", "Site map", "Jobs", "About us",
]  # fmt: skip
MORE = [
    "The harbour was built in the last century for herring boats, and it has been repaired four times since then.",
    "A spokeswoman for the ministry said that money for the coast would be part of the budget which comes out in May.",
    "Two of the larger boats were taken to the shipyard, where divers found cracks in the hull and a bent propeller.",
    "The fish market will reopen on Thursday, a week later than planned, with half of its stalls and no restaurant.",
]


def residue(lines: list[str], least: float = 0.9) -> set[str]:
    """The lines that residue takes for boilerplate."""
    document = Document("x", "\n".join(lines))
    return {document.text[span.start : span.end].strip() for span in Residue()(document) if span.score >= least}


def test_the_menus_of_a_page_go_and_its_article_stays() -> None:
    taken = residue([*MENU, *PROSE, *MORE, *MENU[10:]])
    assert len(taken) > len(MENU) / 2
    assert taken <= set(MENU)


def test_a_title_stays_though_a_byline_and_buttons_stand_below_it() -> None:
    title = "More News From the Harbour and the Coast"  # worded like the heading of a menu
    taken = residue([*MENU, title, "By Anna Berg", "Share", "Print", *PROSE[1:], *MORE, *MENU[10:]])
    assert {"Share", "Print"} <= taken
    assert title not in taken


def test_where_the_links_of_a_text_in_markdown_lead_stays() -> None:
    links = [
        "[1]: https://library.example.org/about",
        "[2]: https://architects.example.com/people/rowe",
        "[3]: https://trust.example.org/millers.png",
        "[4]: https://town.example.org/minutes/2009/07",
        "[5]: https://mill.example.org/wheel.jpg",
        "[a]: https://mill.example.org/wheel-2.jpg",
    ]
    taken = residue([*MENU, *PROSE, *MORE, *links, *MENU[10:]])
    assert "About us" in taken
    assert not taken & set(links)


def test_lists_in_a_script_of_few_labelled_pages_stay_and_menus_go() -> None:
    menu = (
        "首页 新闻 技术 软件 硬件 教程 论坛 下载 关于我们 联系我们 登录 注册 搜索 热门文章 最新文章 更多 订阅".split()
    )
    prose = [
        "在 Linux 系统上查找文件的方法很多。本文介绍几种最常用的命令，并说明它们各自适合什么情况，以及使用时需要注意的地方。",
        "使用 `find` 命令可以按名称、大小和修改时间查找文件，它会从您指定的目录开始，逐级进入所有的子目录，直到找完为止。",
        "如果您只记得文件内容中的几个字，可以用 `grep` 命令在整个目录里搜索，它会列出含有这些字的每一行，并在前面写上文件名。",
        "这两个命令可以组合起来使用：先用 `find` 选出最近一周修改过的文件，再把结果交给 `grep`，这样搜索的速度会快得多。",
        "需要注意的是，在根目录下搜索会遍历系统的所有文件，没有管理员权限时会出现很多“权限不够”的提示，可以把这些提示丢弃。",
        "`locate` 命令使用事先建立的数据库，因此几乎立刻就能给出答案，但是刚刚创建的文件要等到数据库更新之后才能找到。",
    ]
    items = ["* 书签", "* 录制声音", "* 源代码", "* 主页", "* 论坛", "* 下载管理", "* 分享"]  # what a program offers
    more = [
        "像这样的命令可以让您找到修改时间较近的文件。",
        "如果您正在清理磁盘空间，则可能需要删除较大的重复文件。确定文件是否真正重复的最好方法是使用 `fdupes` 命令，它会比较每个文件的内容。",
        "有很多方法可以在 Linux 系统上查找文件。如果您可以描述清楚您正在寻找什么，上面的命令将帮助您找到目标。",
    ]
    assert residue([*menu, *prose, *items, *more, *menu]) == set(menu)


def test_a_page_without_an_article_is_left_alone() -> None:
    assert residue(MENU * 2, 0.5) == set()


def test_lines_of_what_may_be_a_thread_are_left_to_the_filter_of_comments() -> None:
    assert residue([*PROSE, *MORE, *THREAD]) == set()


def test_words_speak_with_one_vote_a_site_and_never_for_their_own() -> None:
    code = np.array([7, 7, 7, 9, 9, 9, 7], np.int64)  # word 7 on sites 0, 1, 2; word 9 on sites 0, 1, 2
    site = np.array([0, 1, 2, 0, 1, 2, 0], np.int64)
    waste = np.array([True, True, True, False, False, False, True])
    votes, left_out = counted(code, site, waste, np.ones(7, np.bool_))
    assert votes[7] > 0 > votes[9]
    assert votes[8] == 0
    assert 0 < left_out[0] == left_out[6] < votes[7]


def test_facts_about_suspects_are_whole_numbers() -> None:
    model = load_model(SHIPPED.segmentation)
    batch = extract(["\n".join([*MENU, *PROSE, *THREAD, *FOOTER]).encode(), "\n".join(MENU).encode()], model.ruled)
    raw = logits(batch, model)
    found = suspects(raw, decode(raw, batch.fresh), batch, model.votes[0, batch.codes])
    assert len(found.rows) > len(MENU)
    assert found.facts.shape == (len(DENSE_NAMES) + len(WASTE_FACTS), len(found.rows))
    assert (found.facts == np.rint(found.facts)).all()
    assert np.abs(found.facts).max() <= LIMIT


def test_stretches_nest_by_threshold() -> None:
    assert stretches([0.2, 0.6, 0.97, 0.96, 0.1, 0.91]) == [(1, 4, 0.6), (2, 4, 0.96), (5, 6, 0.91)]


def test_every_family_has_words_and_no_word_has_capitals() -> None:
    words = lexicon()
    assert set(words.values()) == set(range(len(FAMILIES)))
    assert all(word == word.lower() for word in words)
    lines = extract(["\n".join(words).encode()], rule_table(np.zeros(0, np.uint64), np.zeros(0, np.uint16))).dense
    told = [lines[DENSE_NAMES.index(f"cue_{FAMILIES[number]}"), place] for place, number in enumerate(words.values())]
    assert [word for word, seen in zip(words, told, strict=True) if not seen] == []


def test_labels_do_not_depend_on_how_many_lines_are_looked_at_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        "\n".join(lines)
        for lines in (PROSE + THREAD + FOOTER, FOOTER + PROSE, ["…", *PROSE, "漢字 и ещё", *THREAD] * 3)
    ]

    def told() -> list[object]:
        documents = [Document(str(number), text) for number, text in enumerate(texts)]
        label_documents(documents)
        return [[(segment[:3], segment.facts) for segment in segmentation(document).segments] for document in documents]

    once = told()
    monkeypatch.setattr("cleaner.segmentation.features.BLOCK", 7)
    assert told() == once
    monkeypatch.setattr("cleaner.segmentation.decode._CELLS", 1)  # a huge text: one segmentation after the other
    assert told() == once


def test_packed_vectors_are_four_numbers_each() -> None:
    table = np.arange(-12, 12, dtype=np.int8).reshape(2, 12)
    for column, sums in enumerate(packed(table)):
        assert sums.tolist() == [
            *(sum((int(row[4 * column + place]) + 128) << 16 * place for place in range(4)) for row in table), 0
        ]  # fmt: skip
