"""Dates and times as comment systems print them, in many languages: found in short lines, never understood.

What the date says does not matter; that it stands where a head has its date does. Every repeat is bounded.
"""

import re
from typing import NamedTuple

from cleaner.expressions import Caseless, expression

_MONTHS = """january|february|march|april|may|june|july|august|september|october|november|december
jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec
enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|ene|abr|dic
janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre
janv|févr|fevr|avr|juil|déc
januar|jänner|februar|märz|maerz|juni|juli|oktober|dezember|mär|okt|dez
janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|fev
gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|giu|lug|ott
januari|februari|maart|mei|augustus|mrt
января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря
янв|фев|мар|апр|июн|июл|авг|сен|сент|окт|ноя|нояб|дек
січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня
stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia
sty|kwi|cze|wrz|paź|gru
ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık
يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر
ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince
januari|februari|maj|augusti"""
_DAYS = """mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday
lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche
montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica
segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira
maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
понедельник|вторник|среда|четверг|пятница|суббота|воскресенье
poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela
pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar"""
_AGO = r"""\b(?:(?:about|almost|over)\s)?(?:\d{1,3}|an?|one|a\sfew)
    \s?(?:sec(?:ond)?|min(?:ute)?|hr|hour|day|week|wk|month|mo|year|yr)s?
    (?:,?\s\d{1,2}\s(?:minute|hour|day|week|month)s?)?\sago\b
  | \b(?:just\snow|yesterday|vandaag|gisteren|heute|gestern|hier|aujourd'hui|ayer|hoy|ontem|hoje|ieri|oggi
    |вчера|сегодня|wczoraj|dzisiaj|dün|bugün)\b
    (?=[\s,.]{0,3}(?:at|um|om|à|a\slas|às|alle|в|o)?\s{0,2}(?:\d|$))
  | \b(?:hace|há|vor|fa|πριν|منذ)\s(?:\w{1,12}\s)?(?:\d{1,3}|una?|um|eine[mrn]?|einem)\s\w{1,14}
  | \bil\sy\sa\s(?:environ\s)?(?:\d{1,3}|une?|quelques)\s\w{1,10}
  | \b(?:\d{1,3}|een|un'?|una?|uma?|jeden|bir)\s?\w{1,14}\s
    (?:geleden|fa|atrás|назад|тому|temu|önce|sedan|siden|sitten|lalu|trước|her)\b
  | \d{1,3}\s?(?:秒|分钟|分鐘|小时|小時|天|日|周|週|个月|個月|月|年|分|時間|週間|か月|ヶ月)\s?(?:以)?前
  | \d{1,3}\s?(?:초|분|시간|일|주|개월|년)\s?전
  | (?:昨天|今天|前天|刚刚|昨日)"""
_TIME = r"""(?<![:])(?<!\d\.)(?:[01]?\d|2[0-4])
    (?:[:h]\s?[0-5]\d(?::[0-5]\d)?|\sh\s[0-5]\d(?:\smin)?|\.[0-5]\d(?=\s?(?:uhr|h\b|[ap]\.?\s?m\b)))(?![\d%])
    (?:\s?[ap]\.?\s?m\b\.?)?(?:\s?(?:uhr|h\b|ч\b))?
    (?:\s?\(?\b(?:utc|gmt|est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt|cet|cest|bst|ist|msk|a[ec][sd]t|nz[sd]t|jst)\b
      (?:[+-]\d{1,4})?\)?)?
  | \b(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b\.?
  | (?:上午|下午|午前|午後|오전|오후)\s?\d{1,2}(?::\d{2}|[时時点시]\s?(?:\d{1,2}\s?[分분])?)"""
_MONTH = f"(?:{'|'.join(sorted(dict.fromkeys(_MONTHS.replace(chr(10), '|').split('|')), key=len, reverse=True))})"
_DAY = f"(?:{'|'.join(sorted(dict.fromkeys(_DAYS.replace(chr(10), '|').split('|')), key=len, reverse=True))})"
_DATE = rf"""(?<![\d.,/-])(?:\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)
  | \d{{1,2}}[-./]\s?\d{{1,2}}[-./]\s?(?:(?:\d{{4}}|\d{{2}})(?!\d)|\d{{2}}(?=[0-2]\d:[0-5]\d)))
  | \b\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?[\s-](?:(?:de|di|of)\s)?{_MONTH}\b\.?,?
    (?:[\s-](?:de\s|del\s)?'?(?:\d{{4}}|\d{{2}}(?![:.h\d]))\b)?
  | \b{_MONTH}\b\.?,?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?![:.h]\d)(?:,?\s?'?(?:\d{{4}}|\d{{2}}(?![:.h\d]))\b)?
  | (?<=[^\W\d_])\d{{1,2}}(?:st|nd|rd|th|\.)?\s{_MONTH}\.?,?\s\d{{4}}\b
  | (?<=[^\W\d_]){_MONTH}\.?\s\d{{1,2}},?\s\d{{4}}\b
  | \d{{2,4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日? | \d{{1,2}}\s?月\s?\d{{1,2}}\s?日
  | \d{{4}}년\s?\d{{1,2}}월\s?\d{{1,2}}일"""
_STAMP = Caseless(rf"(?P<ago>{_AGO})|(?P<date>{_DATE})|(?P<time>{_TIME})", re.VERBOSE)
_WEEKDAY = expression(rf"\b{_DAY}\b\.?,?", re.IGNORECASE)
_DIGITS = expression(r"\d+")
_RUNS = 5  # numbers of a line that are looked at
_SPOKEN_LINE = 60  # characters of a line that may say "a month ago" without a number
_SPOKEN = Caseless(
    r"\b(?:ago|just now|yesterday|vor|hace|il y a|h[áa]|fa|geleden|gestern|heute|hier|ayer|hoy|ontem|hoje|ieri|oggi"
    r"|назад|вчера|сегодня|тому|temu|wczoraj|dzisiaj|önce|dün|bugün|gisteren|vandaag|atrás)\b|昨|今天|前天|刚刚|منذ"
)
_SHORT_AGO = expression(r"\d{1,2}[hdwy]\Z")  # "3d" below a name; "30 min" would be a recipe's
_GLUED = expression(r"(?<=[^\W\d_A-Z])(?=[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s\d{4}\b)")  # "AnnMarch 3, 2012"
_JOINT = expression(
    r"(?:[\s,.|·•@:;()\[\]/-]"
    r"|\b(?:at|on|the|um|am|den|à|le|a las|a la|el|às|as|em|il|alle|ore|om|op|в|o|saat|of)\b){0,12}",
    re.IGNORECASE,
)


class Stamp(NamedTuple):
    """Where a line shows a date: [start, end) of the line's text.

    `exact` when it tells the time of day or how long ago; `day` is false where there is a time of day and nothing else.
    """

    start: int
    end: int
    exact: bool
    day: bool = True


def find_stamp(text: str) -> Stamp | None:
    """The first date, time or "2 hours ago" of a short line, with all that belongs to it; None when there is none."""
    if _SHORT_AGO.match(text):
        return Stamp(0, len(text), exact=True)
    pattern, small = _STAMP.fitting(text)
    found = _first(text, pattern, small)
    if found is None:
        return None
    start, end = found.span()
    exact, day = found.lastgroup != "date", found.lastgroup != "time"
    for _ in range(3):  # a date, a time, a zone: joined by little words
        joint = _JOINT.match(text, end)
        more = pattern.match(small, joint.end() if joint else end)
        if more is None:
            break
        exact, day = exact or more.lastgroup != "date", day or more.lastgroup != "time"
        end = more.end()
    return Stamp(start, end, exact, day)


def _first(text: str, pattern: re.Pattern[str], small: str) -> re.Match[str] | None:
    """The first match, tried only at numbers and at the three words before them: a search at every letter is slow."""
    for runs, digits in enumerate(_DIGITS.finditer(text)):
        if runs == _RUNS:
            break
        places, at = [digits.start()], digits.start()
        while at and len(places) < 4:
            at = text.rfind(" ", 0, at - 1) + 1
            places.append(at)
        for place in reversed(places):
            found = pattern.match(small, place)
            if found:
                return found
    glued = _GLUED.search(text)
    found = pattern.match(small, glued.start()) if glued else None
    if found:
        return found
    return pattern.search(small) if len(text) <= _SPOKEN_LINE and _SPOKEN.is_in(text) else None


def without(text: str, stamp: Stamp) -> tuple[str, str]:
    """What stands before and after the date, weekdays and joining words taken off."""
    before, after = (_WEEKDAY.sub(" ", part) if part else "" for part in (text[: stamp.start], text[stamp.end :]))
    return before.rstrip(" \t,.|·•@:;([/-–—"), after.lstrip(" \t,.|·•@:;)]/-–—")
