"""The grammar of reader comment threads in plain text: their heads, where they run, and the comments in them."""

from .cards import carded_thread, cards
from .grammar import ANY_HEADING, HEADINGS, HEADS, REPLIES, SURE_HEADINGS, Kind, Mark, marks
from .heads import Head, heads, is_dialogue, is_one_voice
from .own_voices import begins_below
from .search import Thread, find_threads, has_board_marks, is_board
from .signed import SCORE as SIGNED
from .signed import signed_runs
from .split import Comment, split

__all__ = [
    "ANY_HEADING",
    "HEADINGS",
    "HEADS",
    "REPLIES",
    "SIGNED",
    "SURE_HEADINGS",
    "Comment",
    "Head",
    "Kind",
    "Mark",
    "Thread",
    "begins_below",
    "carded_thread",
    "cards",
    "find_threads",
    "has_board_marks",
    "heads",
    "is_board",
    "is_dialogue",
    "is_one_voice",
    "marks",
    "signed_runs",
    "split",
]
