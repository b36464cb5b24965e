"""Promises about comments that are signed where they end: they go from between the answers, which stay."""

import pytest

from cleaner.config import Config
from cleaner.document import Document
from cleaner.filters.comments import Comments
from cleaner.segmentation import Segmentation, memo_key
from cleaner.threads import signed_runs
from tests.article import ARTICLE

QUESTION = """What does a program that prints one line show?

Every manual that I have read begins with the same small program, and none of them tells what it is good for.
"""
ANSWER = """It shows that everything is set up as it should be: that there is a compiler, that it finds its libraries,
and that the system runs what it made. Where that fails, nothing larger has to be tried.

- Try it with the smallest program that there is.
- Only then add a second file.
"""
LAST = """The habit comes from a manual of 1974. The program was in it because its authors had to show that a string is
printed at all, on machines that had no screen, and the tradition has been kept ever since.
"""
DASHED = """- You could have found this in any library – Joe Mar 26 '19 at 16:47
- 2
  I doubt that it shows how a function fits into the whole. – user1234 Mar 26 '19 at 17:01
"""
TOLD = """  • 12
    Have backups, and check them again. Commented Sep 19, 2016 at 14:47

  • @Max that helps nobody who has none yet. Commented Sep 19, 2016 at 15:02
"""
NAMELESS = "-\nHave backups, and check them again.\u2013 Max2016-09-19 14:47:46 +00:00Commented Sep 19, 2016 at 14:47\n"
STACKED = """    * 3
      Have backups, and check them again.
          Max
        – Max
        2016-09-19 14:47:46 +00:00
      Commented Sep 19, 2016 at 14:47
    * That helps nobody who has none yet.
          Ann
        – Ann
        2016-09-19 15:02:10 +00:00
      Commented Sep 19, 2016 at 15:02
"""
GLUED = """Nobody finds those pages unless he is told of them.– AnnJul 3, 2009 at 0:29
It is bound to frustrate those who have never done it!– ThiloJul 3, 2009 at 1:06
"""


@pytest.mark.parametrize("comments", [DASHED, TOLD, NAMELESS, STACKED, GLUED])
def test_comments_go_from_below_each_answer(comments: str) -> None:
    answers = QUESTION, ANSWER, LAST
    cleaned = Config().pipeline()(Document("d", "\n".join(f"{answer}\n{comments}" for answer in answers)))
    assert cleaned.text.replace("\n-\n", "\n").split() == "".join(answers).split()
    assert {span.code for removal in cleaned.removals for span in removal.spans} == {
        "any.comments.thread",
        "any.comments.comment",
    }


LINKED = """Did the loaf survive the siege? --Quill (talk) 14:02, 3 May 2015 (UTC)

    It was eaten, apparently, and "was not good". — Preceding unsigned comment added by 10.0.4.12 (talk) 09:17, 4 May 2015 (UTC)

        Eleven boxes are too many. 87.142.11.203 (talk · contribs) 20:55, 11 June 2015 (UTC)
"""
ABROAD = """Hat das Brot die Belagerung überlebt? —Quill (Diskussion) 14:02, 3. Mai 2015 (CEST)
Oui, mais il n'était pas bon. Claire (discuter) 4 mai 2015 à 09:17 (CEST)
"""


@pytest.mark.parametrize(
    ("comments", "told"),
    [
        (
            LINKED,
            [
                ("Quill", "14:02, 3 May 2015"),
                ("10.0.4.12", "09:17, 4 May 2015"),
                ("87.142.11.203", "20:55, 11 June 2015"),
            ],
        ),
        (ABROAD, [("Quill", "14:02, 3. Mai 2015"), ("Claire", "4 mai 2015 à 09:17")]),
    ],
)
def test_comments_are_signed_as_in_a_wiki_below_an_article(comments: str, told: list[tuple[str, str]]) -> None:
    (run,) = signed_runs(Document("d", f"{ARTICLE}\n{comments}"))
    assert [(one.author, one.date) for one in run] == told
    assert signed_runs(Document("d", f"The loaf of Stade\n\n{comments}\n{comments * 9}")) == []  # a page for talk


@pytest.mark.parametrize(
    "line",
    [
        "She gave the talk (talk) at 14:02, and on 3 May 2015 nobody came",
        "The loaf is on show. Ask Ann Lee (keeper) 14:02, 3 May 2015",
        "They met again (talk) on 3 May 2015",
        "The council spoke of it for an hour (discussion) and closed at 14:02, 3 May 2015",
    ],
)
def test_what_only_looks_signed_as_in_a_wiki_stays(line: str) -> None:
    assert signed_runs(Document("d", f"{ARTICLE}\n{line}\n\n{LAST}")) == []


@pytest.mark.parametrize(
    ("comments", "told"),
    [
        (DASHED, [("Joe", "Mar 26 '19 at 16:47"), ("user1234", "Mar 26 '19 at 17:01")]),
        (TOLD, [("", "Sep 19, 2016 at 14:47"), ("", "Sep 19, 2016 at 15:02")]),
        (STACKED, [("Max", "Sep 19, 2016 at 14:47"), ("Ann", "Sep 19, 2016 at 15:02")]),
        (DASHED.replace("–", "--"), [("Joe", "Mar 26 '19 at 16:47"), ("user1234", "Mar 26 '19 at 17:01")]),
        (GLUED, [("Ann", "Jul 3, 2009 at 0:29"), ("Thilo", "Jul 3, 2009 at 1:06")]),
    ],
)
def test_each_comment_is_told_with_who_signed_it_and_when(comments: str, told: list[tuple[str, str]]) -> None:
    (run,) = signed_runs(Document("d", f"{ANSWER}\n{comments}"))
    assert [(one.author, one.date) for one in run] == told


@pytest.mark.parametrize(
    "text",
    [
        # no sentences
        "Spring concert in the old church – Town Hall March 3, 2024 at 8:00 pm\nAn evening of jazz – Old Pier May 4, 2024 at 9:00 pm\n",
        # a single one
        "The ferry sails again, the county said. – Reuters 3 March 2012 at 16:05\n",
        # no time of day
        "Nothing is lost as long as it is counted. – Ann Lee 3 March 1863\nCount again. – Ann Lee 4 March 1864\n",
        # no day
        "The first tour begins at the pier. – Ann 10:00\nThe second one begins there, too. – Bo 11:30\n",
        # something after it
        "Nobody was hurt. – Ann 3 March 2012 at 16:05 in Oslo\nNobody saw it. – Bo 3 March 2012 at 17:05 in Rome\n",
        # nobody's name
        "The ferry sails again. – Updated: 3 March 2012 at 16:05\nIt does not. – Updated: 3 March 2012 at 17:05\n",
        # a head and not a foot
        "* Ann\n  Commented Sep 19, 2016 at 14:47\n  The habit is older than that.\n",
        "He had commented on it in 2011, at 1:30 in the morning.\nShe commented at length on March 3, 2012\n",
    ],
)
def test_what_only_ends_alike_stays(text: str) -> None:
    assert signed_runs(Document("d", f"{QUESTION}\n{text}\n{LAST}")) == []


@pytest.mark.parametrize("comments", [DASHED, TOLD, NAMELESS, STACKED, GLUED])
def test_they_are_found_where_the_segmentation_sees_no_sign_of_a_thread(comments: str) -> None:
    document = Document("d", f"{ANSWER}\n{comments}\n{LAST}")
    document.memo[memo_key()] = Segmentation(list, talk=0.0)
    assert {span.code for span in Comments()(document)} == {"any.comments.thread", "any.comments.comment"}
