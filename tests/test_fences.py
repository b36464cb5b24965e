"""Fenced code of Markdown."""

import pytest

from cleaner.config import Config
from cleaner.document import Document
from cleaner.fences import fenced


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
        ("    ```\nx\n    ```\n", []),
        ("no code", []),
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
