"""What is no prose in Markdown: code, tables, settings before the text."""

import pytest

from cleaner import clean
from cleaner.config import Config
from cleaner.document import Document
from cleaner.text.markdown import fenced, tables
from cleaner.threads.grammar import marks
from cleaner.threads.heads import heads
from tests.article import ARTICLE


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a\n```\n# logout\n```\nb", ["\n# logout\n"]),
        ("a\r\n```sh\r\n# logout\r\n```\r\nb", ["\r\n# logout\r\n"]),
        ("a\r```sh\r# logout\r```\rb", ["\r# logout\r"]),
        ("~~~\nx\n```\n~~~\n", ["\nx\n```\n"]),
        ("````\n```\nx\n````\n```\ny\n```", ["\n```\nx\n", "\ny\n"]),
        ("```\nnever closed", []),
        ("```a```\nx\n```\n", []),
        ("1. So:\n\n    ```js\n    x\n    ```\n", ["\n    x\n"]),
        ("no code", []),
        (
            "---\ntitle: A mill\ntags:\n  - mills\n\n# on rivers\n---\nText\n",
            ["title: A mill\ntags:\n  - mills\n\n# on rivers\n"],
        ),
        ("---\r\ntags: [mills]\r\n...\r\nText\r\n```\r\nx\r\n```", ["tags: [mills]\r\n", "\r\nx\r\n"]),
        ("---\ntags: [mills]\nText without a second fence\n", []),
        ('+++\ntags = ["mills"]\n\n[extra]\n+++\nText\n', ['tags = ["mills"]\n\n[extra]\n']),
        ("---\nA line of prose.\n---\n", []),
        ("Text\n---\ntags: [mills]\n---\n", []),
    ],
)
def test_code_lies_between_a_fence_and_the_one_that_closes_it(text: str, inside: list[str]) -> None:
    document = Document("x", text)
    assert [text[start:end] for start, end in fenced(document)] == inside
    assert fenced(document) == fenced(document)


def test_what_reads_like_a_notice_stays_in_code_and_goes_outside() -> None:
    lines = ["Then leave the shell.", "", "```", "# Log out", "Copyright (C) 2014 Example Software, Inc.", "```", ""]
    cleaned = Config().pipeline()(Document("x", "\n".join([*lines, "Log out", ""])))
    assert cleaned.text.rstrip() == "\n".join(lines).rstrip()


@pytest.mark.parametrize(
    ("text", "table"),
    [
        (
            "So:\n\n| Tags | Cuts |\n|------|------|\n| a | b |\n| c | d |\n\nThen.\n",
            "| Tags | Cuts |\n|------|------|\n| a | b |\n| c | d |\n\n",
        ),
        ("Tags | Cuts\r\n:--- | ---:\r\na | b\r\nThen.", "Tags | Cuts\r\n:--- | ---:\r\na | b\r\n"),
        ("| Tags |\n|-|\n| a |", "| Tags |\n|-|\n| a |"),
        ("| Home | News | Log in |\n\n---\n", None),
        ("A line | with a bar\nand one below.", None),
    ],
)
def test_a_table_is_its_ruled_head_and_its_rows(text: str, table: str | None) -> None:
    assert [text[start:end] for start, end in tables(Document("x", text))] == ([] if table is None else [table])


def test_the_head_of_a_table_is_no_list_of_tags() -> None:
    text = "How trees are cut:\n\n| Tags |\n|---|\n| oak, ash |\n"
    assert Config().pipeline()(Document("x", text)).text == text
    assert Config().pipeline()(Document("x", "The mill turns.\n\n| Tags |\n")).text == "The mill turns.\n\n"


def test_the_settings_before_a_text_stay_whole() -> None:
    text = "---\ntitle: A mill\nurl: https://mill.example.org/a\ntags: [mills, rivers]\ncategories: news\n---\n\nThe mill turns.\n"
    assert Config().pipeline()(Document("x", text)).text == text


def test_no_line_of_code_is_the_head_of_a_comment() -> None:
    head = "Anna Berg says:\n3 May 2012 at 10:14\n"
    text = f"{head}Fine.\n```\n{head}```\nRight.\n```js run\n{head}```\n"
    assert [one.author for one in heads(Document("x", text))] == ["Anna Berg"]
    assert {one.kind for one in marks(Document("x", text))[3:]} == {"prose"}


def test_the_time_of_a_player_is_no_head_of_a_comment() -> None:
    asked = [
        "What should I ask the miller?",
        "Can I swim in the race above the wheel?",
        "Which flour is good for bread?",
    ]
    lines = [
        "The mill's own bot answers visitors from today on, says the trust, and this is what they ask it most.",
        "",
    ]
    text = "\n".join([*lines, *(line for one in asked * 2 for line in ("00:00", "", one, ""))])
    assert Config().pipeline()(Document("x", text)).text == text


BUTTONS = "Like · Reply · 3 h\n"
THREAD = "3 comments\n\nAnn says:\nThank you!\n\nBo says:\nI agree.\n\nCy says:\nMe, too!\n"


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{BUTTONS}{BUTTONS}```\n",
        f"A mill ground corn here.\n\n```\n{BUTTONS}```\n{BUTTONS}```\n",
        f"{ARTICLE}```\nmake all\n{THREAD}```\n{THREAD}",
        f"{ARTICLE}```\nmake all\n```\n\n{THREAD}```\nls\n```\n\nDee says:\nI do.\n",
    ],
    ids=["buttons", "one more fence", "a thread from within code", "code in a comment"],
)
@pytest.mark.parametrize("profile", ["standard", "aggressive"])
def test_no_cut_takes_one_of_two_fences(text: str, profile: str) -> None:
    pipeline = Config({"profile": profile}).pipeline()
    cleaned = pipeline(Document("x", text)).text
    assert cleaned.count("```") % 2 == text.count("```") % 2
    assert pipeline(Document("x", cleaned)).text == cleaned


def test_code_in_a_comment_goes_with_it() -> None:
    text = f"{ARTICLE}{THREAD}\nDee says:\n```\nls\n```\nThat is all I do.\n\nEd says:\nThanks!\n"
    assert Config().pipeline()(Document("x", text)).text == ARTICLE


STORY = "Put this into your template, says the manual of the mill, and then the river rose.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        STORY + "- ```\n  All rights reserved.\n  ```\n",
        STORY + "1. ~~~\n   All rights reserved.\n   ~~~\n",
        STORY + "> ```\n> All rights reserved.\n> ```\n",
        STORY + "> | A | B |\n> |---|---|\n> | All rights reserved. | x |\n",
        '---\n"title": Footers\ncopyright: All rights reserved.\n---\n\n' + STORY,
        "---\ntitle: Footers\nlicence of all: x\ncopyright: All rights reserved.\n---\n\n" + STORY,
        '+++\ntitle = "F"\nlicence = """\nAll rights reserved.\n"""\n+++\n\n' + STORY,
    ],
)
def test_code_tables_and_settings_are_known_however_they_are_written(text: str) -> None:
    assert clean(text).text == text
    assert "All rights" not in clean(f"{STORY}All rights reserved.\n").text


def test_an_underlined_heading_goes_with_its_line_and_a_title_stays() -> None:
    story = "It rained in May and the river rose to the mill, said the mayor.\n\n"
    assert clean(f"All rights reserved\n===\n\n{story}").text == f"All rights reserved\n===\n\n{story}"
    assert clean(f"{story}Share this\n----------\n\nIt rose again.\n").text == f"{story}It rose again.\n"
    assert clean(f"{story}Share this\r\n---").text == story
    assert clean(f"{story}Share this\n\n---\n\nIt rose again.\n").text == f"{story}---\n\nIt rose again.\n"
