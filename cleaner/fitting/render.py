"""Training text: comment-like bodies dressed as threads, in the forms of the main comment systems.

Labelled comment threads are few, and of few systems and languages. Here bodies that real pages hold are
put under an article in many dresses: heads with and without dates, names only, nothing but bodies, with and
without blank lines. Interviews and transcripts made of article paragraphs are the counterweight.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from .phrases import FIRST_NAMES, LANGUAGES, LAST_NAMES, NICK_PARTS, REMARKS

Labelled = list[tuple[str, str]]  # lines with their labels, blank lines labelled ""
_SCRIPTS = {
    "ru": "cyrillic", "uk": "cyrillic", "zh": "chinese", "ja": "japanese", "ar": "arabic", "ko": "korean",
}  # fmt: skip


class Voice:
    """One made-up comment section: its language, its people (and a `crowd` more of them), its way of writing dates."""

    def __init__(self, rng: random.Random, language: str | None, crowd: int = 0) -> None:
        self.rng = rng
        names = list(LANGUAGES)
        self.language = language if language in LANGUAGES else rng.choices(names, [6] + [1] * (len(names) - 1))[0]
        self.words = LANGUAGES[self.language]
        self.people = [self._name() for _ in range(rng.randint(2, 14))]
        self.date_style = rng.randrange(16)
        self.taglines = [rng.choice(_TAGLINES).format(n=rng.randint(1, 900)) for _ in self.people]
        self.tagged = rng.random() < 0.12
        self.year = rng.randint(2004, 2025)
        self.people += [self._name() for _ in range(crowd)]

    def _name(self) -> str:
        rng, script = self.rng, _SCRIPTS.get(self.language, "latin")
        if script != "latin" and rng.random() < 0.3:
            script = "latin"
        first = rng.choice(FIRST_NAMES[script])
        kind = rng.random()
        if kind < 0.3:
            return first
        if script == "latin" and kind < 0.62:
            return f"{first} {rng.choice(LAST_NAMES)}" if kind < 0.52 else f"{first} {rng.choice(LAST_NAMES)[0]}."
        if script == "latin" and kind < 0.66:
            return first.lower()
        nick = "".join(rng.sample(NICK_PARTS, 2))
        if rng.random() < 0.3:
            nick = " ".join(rng.sample(NICK_PARTS, rng.choice([2, 2, 3]))).title()
        return rng.choice([nick, nick.title(), nick + str(rng.randint(1, 1999)), nick.replace("a", "_"), "@" + nick])

    def date(self) -> str:
        """When it was written, as this system tells it."""
        rng = self.rng
        day, hour, minute = rng.randint(1, 28), rng.randint(0, 23), rng.randint(0, 59)
        number = rng.randint(1, 12)
        month, year = self.words["months"][number - 1], self.year
        half = "am" if hour < 12 else "pm"
        clock = f"{hour % 12 or 12}:{minute:02d} {half}"
        style = self.date_style
        if self.language in ("zh", "ja", "ko") and style < 6:
            return [
                f"{year}-{number:02d}-{day:02d} {hour:02d}:{minute:02d}",
                f"{year}年{number}月{day}日 {hour:02d}:{minute:02d}"
                if self.language != "ko"
                else f"{year}.{number:02d}.{day:02d}. {hour:02d}:{minute:02d}",
            ][style % 2]
        if style == 0:
            return (
                f"{month} {day}, {year} at {clock}"
                if self.language == "en"
                else f"{day} {month} {year}, {hour:02d}:{minute:02d}"
            )
        if style == 1:
            return f"{day:02d}.{number:02d}.{year} {hour:02d}:{minute:02d}"
        if style == 2:
            return f"{day} {month} {year}"
        if style == 3:
            return f"{number}/{day}/{year} {clock.upper()}"
        if style == 4:
            return f"{year}-{number:02d}-{day:02d} {hour:02d}:{minute:02d}:{rng.randint(0, 59):02d}"
        if style == 5:
            return f"{month} {day}, {year}"
        if style == 6:
            return f"{day} {month[:3]} {year}, {hour:02d}:{minute:02d}"
        if style >= 9:
            return self._long_date(style, day, number, f"{hour:02d}:{minute:02d}", clock)
        return self.pick("ago").format(n=rng.randint(2, 23))

    def _long_date(self, style: int, day: int, number: int, hours: str, clock: str) -> str:
        month, year = self.words["months"][number - 1], self.year
        weekday = ["Mon", "Tuesday", "Wed", "Thursday", "Fri"][day % 5]
        ordinal = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        zone = ["PDT", "EST", "GMT", "UTC", "CET"][year % 5]
        return [
            f"{weekday}, {month} {day}, {year} at {clock.upper()}",
            f"{month} {day}{ordinal}, {year} {clock}",
            f"{weekday}, {number:02d}/{day:02d}/{year} - {hours}",
            f"{number:02d}.{day:02d}.{year % 100:02d} at {clock}",
            f"{month[:3]} {day}, {year} {clock.upper()} {zone}",
            f"{day} {month[:3]} {year} at {clock}",
            f"{hours}, {day}. {month} {year}",
        ][style - 9]

    def pick(self, key: str) -> str:
        """One of the language's words of a kind, by chance."""
        return self.rng.choice(self.words[key])

    def author(self) -> str:
        """Who wrote it, by chance."""
        return self.rng.choice(self.people)


class _Sheet:
    """The lines of one thread as they are written, with its own habits of indents, bullets and blank lines."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.blank = rng.choice([0, 0, 1, 2, 2, 3])  # none; between comments; around all lines; irregular
        self.indent = rng.choice(["", "", "", "    ", "  "])
        self.bullet = rng.choice(["", "", "", "  • ", "{n}. ", "- ", "* "])
        self.lines: list[str] = []

    def put(self, line: str, number: int = 0) -> None:
        """Writes a line; `number` is that of the comment which it opens."""
        self.lines.append((self.bullet.format(n=number) if number and self.bullet else self.indent) + line)
        if self.blank == 2 or (self.blank == 3 and self.rng.random() < 0.4):
            self.lines.append("")

    def head(self, lines: list[str], number: int) -> None:
        """Writes a comment's head, now and then without the name, as some extractors do."""
        missing = self.rng.random() < 0.12
        for place, line in enumerate(lines):
            if missing and place == 0:
                self.lines.extend([""] * self.rng.randint(1, 2))
            else:
                self.put(line, 0 if place else number)


def thread(
    rng: random.Random,
    bodies: list[list[str]],
    title: str,
    language: str | None,
    headed: float = 0.42,
    crowded: bool = False,
) -> Labelled:
    """Bodies as one comment thread, now and then with a heading; every line is labelled comment.

    `crowded`: many of its people speak only once.
    """
    voice = Voice(rng, language, int(len(bodies) * rng.random()) if crowded else 0)
    form = rng.choices(_FORMS, _FORM_WEIGHTS)[0]
    sheet = _Sheet(rng)
    reply = rng.choice([None, None, voice.pick("reply")])
    if rng.random() < headed:
        sheet.lines += _heading(voice, len(bodies), title, sheet.blank)
    terse = rng.choice([0.0, 0.1, 0.3])
    for number, body in enumerate(bodies, 1):
        text = body
        if rng.random() < terse:
            text = [rng.choice(REMARKS[voice.language]), *(body if rng.random() < 0.3 else [])]
        head, foot = form(voice, number)
        sheet.head(head, number)
        for place, line in enumerate(text):
            sheet.put(line, 0 if head or place else number)
        for line in foot:
            sheet.put(line)
        if voice.tagged and rng.random() < 0.8:
            sheet.put(rng.choice(voice.taglines))
        if reply and rng.random() < 0.85:
            sheet.put(reply)
        if sheet.blank in (1, 3):
            sheet.lines.append("")
    if rng.random() < 0.3:
        sheet.lines += _ending(voice, sheet.blank)
    return [(line, "comment" if line.strip() else "") for line in sheet.lines]


def _heading(voice: Voice, count: int, title: str, blank: int) -> list[str]:
    rng = voice.rng
    heading = voice.pick("heading").format(n=rng.choice([count, rng.randint(2, 400)]), t=title[:70])
    if rng.random() < 0.1:
        heading = heading.upper()
    return [rng.choice(["", "", "", "## ", "### "]) + heading, *([""] if blank else [])]


def _ending(voice: Voice, blank: int) -> list[str]:
    rng = voice.rng
    if rng.random() < 0.25:
        return [voice.pick("closed")]
    lines = [voice.pick("form"), *rng.sample(voice.words["field"], rng.randint(0, 4))]
    return [item for line in lines for item in ([line, ""] if blank else [line])]


Form = Callable[[Voice, int], tuple[list[str], list[str]]]


def _says(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    head = [voice.pick("says").format(a=voice.author())]
    if voice.rng.random() < 0.75:
        head.append(voice.date())
    return head, []


def _one_line(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    joint = [" | ", " - ", ", ", " • ", " · ", " ", " – ", " on ", " ("][(voice.date_style + len(voice.people)) % 9]
    tail = ")" if joint == " (" else ""
    return [voice.author() + joint + voice.date() + tail], []


def _date_first(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    template = ["{d} {a}", "on {d} {a}", "{d} | {a}", "{n} {a} {d}", "posted on {d} by {a}", "at {d}, {a} said:"]
    return [template[voice.year % 6].format(d=voice.date(), a=voice.author(), n=number)], []


def _date_under(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    template = ["{d} {a}", "by {a} on {d}", "posted on {d} by {a}", "by {a} on {d} reply", "{a}, {d}", "- {a}"]
    return [], [template[voice.year % 6].format(d=voice.date(), a=voice.author())]


def _posted(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    template = voice.words["posted"][voice.year % len(voice.words["posted"])]
    line = template.format(a=voice.author(), d=voice.date())
    return ([], [line]) if voice.year % 3 == 0 else ([line], [])


def _name_date(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    return [voice.author(), voice.date()], []


def _name_only(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    return [voice.author()], []


def _bodies_only(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    return [], []


def _date_only(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    return [voice.date()], []


def _disqus(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    arrow = f" > {voice.author()}" if voice.rng.random() < 0.3 else ""
    return [f"{voice.author()}{arrow} • {voice.pick('ago').format(n=voice.rng.randint(2, 11))}"], [
        voice.rng.choice(["• Reply•Share ›", "see more", f"{number % 7} • {voice.pick('reply')}"])
    ]


def _board(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    rng = voice.rng
    head = [f"#{number}", voice.date(), voice.author(), voice.pick("guest"), f"Posts: {rng.randint(1, 9999):,}"]
    if rng.random() < 0.3:
        head += [f"Originally Posted by {voice.author()}"]
    return head[rng.randint(0, 1) :], []


def _facebook(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    return [voice.author()], [f"{voice.pick('reply')} · {voice.rng.randint(1, 90)} · {voice.pick('ago').format(n=3)}"]


def _discuz(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    rng = voice.rng
    return [voice.pick("guest"), voice.author()][rng.randint(0, 1) :], [voice.pick("ago").format(n=rng.randint(2, 9))]


def _colon(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    return [f"{voice.author()}:"], []


def _rated(voice: Voice, number: int) -> tuple[list[str], list[str]]:
    rng = voice.rng
    return [voice.author(), voice.date()], [
        f"{rng.randint(0, 99)} {rng.randint(0, 20)}",
        *([str(rng.randint(0, 9))] * rng.randint(0, 1)),
    ]


_TAGLINES = [
    "{n} Fans", "{n} posts", "Joined: 20{n}", "Rank: {n}", "SUPER USER", "Level {n}", "{n} points", "Location: here",
    "recently posted..my week", "Every day is a gift", "www.mysite{n}.com", "Top contributor", "Karma: {n}",
]  # fmt: skip
_FORMS: list[Form] = [
    _says, _one_line, _date_first, _date_under, _posted, _name_date, _name_only, _bodies_only, _date_only, _disqus,
    _board, _facebook, _discuz, _colon, _rated,
]  # fmt: skip
_FORM_WEIGHTS = [3, 5, 3, 2, 3, 3, 5, 6, 1, 1, 1, 1, 1, 0.7, 0.7]


def article_and_thread(
    rng: random.Random,
    article: list[str],
    bodies: list[list[str]],
    language: str | None,
    after: list[str],
    crowded: bool = False,
) -> Labelled:
    """An article, most times with a thread right under it, now and then with boilerplate after that."""
    spaced = rng.random() < 0.6
    out: Labelled = []
    for line in article:
        out.append((line, "content"))
        if spaced:
            out.append(("", ""))
    if bodies:
        out += thread(rng, bodies, article[0], language, crowded=crowded)
    if rng.random() < 0.3:
        for line in after:
            out.append((line, "boilerplate"))
            if spaced:
                out.append(("", ""))
    return out


def board(rng: random.Random, bodies: list[list[str]], language: str | None) -> Labelled:
    """Bodies as the posts of a board, all of them content: the first one is longer, and may have lost its head."""
    opening = max(bodies[:3], key=lambda body: sum(map(len, body)))
    posts = [opening, *(body for body in bodies if body is not opening)]
    lines = thread(rng, posts, "", language, headed=0.0, crowded=rng.random() < 0.5)
    if rng.random() < 0.5:
        first = next((place for place, (line, _) in enumerate(lines) if opening[0] in line), 0)
        lines = lines[first:]
    if rng.random() < 0.8:
        title = opening[0].split(". ")[0][: rng.randint(20, 90)]
        lines = [(title, "content"), ("", ""), *lines]
    return [(line, "content" if label else "") for line, label in lines]


def interview(rng: random.Random, paragraphs: list[str]) -> Labelled:
    """Article paragraphs as a talk between people: heads that look like comment heads, but all content."""
    voice = Voice(rng, None)
    people = voice.people[: rng.randint(2, 4)]
    style = rng.randrange(6)
    spaced = rng.random() < 0.5
    out: Labelled = []
    if style == 5:
        people = ["Q", "A"]
    for number, paragraph in enumerate(paragraphs):
        who = people[number % len(people)] if rng.random() < 0.8 else rng.choice(people)
        line = {0: f"{who}: {paragraph}", 1: f"{who.upper()}: {paragraph}", 2: paragraph, 3: paragraph,
                4: f"**{who}:** {paragraph}", 5: f"{who}. {paragraph}"}[style]  # fmt: skip
        if style == 2:
            out.append((who.upper() if number % 2 else who, "content"))
        if style == 3:
            out.append((f"{who}:", "content"))
        out.append((line, "content"))
        if spaced:
            out.append(("", ""))
    return out
