"""Dates and times as comment systems print them, in many languages: found in short lines, never understood.

What the date says does not matter; that it stands where a head has its date does. Every repeat is bounded.
"""

import re
from typing import NamedTuple

from cleaner.text.expressions import Caseless, expression

_MONTHS = r"""january|february|march|april|may|june|july|august|september|october|november|december
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
januára|februára|marca|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra
januari|februari|maj|augusti|marts|desember
tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta|marraskuuta
joulukuuta
ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie
január|február|március|április|május|június|július|augusztus|szeptember|október|jan|febr|márc|ápr|máj|jún|júl|szept
Ιανουαρίου|Φεβρουαρίου|Μαρτίου|Απριλίου|Μαΐου|Μαίου|Ιουνίου|Ιουλίου|Αυγούστου|Σεπτεμβρίου|Οκτωβρίου|Νοεμβρίου|Δεκεμβρίου
Ιαν|Φεβ|Μαρ|Απρ|Μάι|Μαΐ|Ιουν|Ιουλ|Αυγ|Σεπ|Οκτ|Νοε|Δεκ
януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември
јануар|фебруар|мај|јун|јул|септембар|октобар|новембар|децембар|januara|februara|septembar|oktobar|novembar|decembar
siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|listopada|studenoga|studenog|prosinca
sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio|lapkričio|gruodžio
janvāris|februāris|marts|aprīlis|maijs|jūnijs|jūlijs|augusts|septembris|oktobris|novembris|decembris
jaanuar|veebruar|märts|aprill|juuni|juuli|detsember
gener|febrer|març|abril|maig|juny|juliol|agost|setembre|novembre|desembre|xaneiro|febreiro|xuño|xullo|decembro
maret|mei|agustus|desember|ogos|disember|agt|agu
tháng\s\d{1,2}|tháng\smột|tháng\sgiêng|tháng\shai|tháng\sba|tháng\stư|tháng\snăm|tháng\ssáu
tháng\sbảy|tháng\stám|tháng\schín|tháng\smười|tháng\smười\smột|tháng\smười\shai
มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม
ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค
जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर
জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর
ב?ינואר|ב?פברואר|ב?מרץ|ב?מרס|ב?אפריל|ב?מאי|ב?יוני|ב?יולי|ב?אוגוסט|ב?ספטמבר|ב?אוקטובר|ב?נובמבר|ב?דצמבר
فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|دسامبر
كانون\sالثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين\sالأول|تشرين\sالثاني|كانون\sالأول|يناير|فبراير|ابريل|اغسطس|اكتوبر"""
_DAYS = """mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday
lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche
montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica
segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira
maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
понедельник|вторник|среда|четверг|пятница|суббота|воскресенье
poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela
pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar
måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag
maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|luni|marți|miercuri|vineri|sâmbătă|duminică
pondělí|úterý|středa|čtvrtek|pátek|neděle|pondelok|utorok|streda|štvrtok|piatok|nedeľa|hétfő|kedd|szerda|csütörtök|péntek
szombat|vasárnap|Δευτέρα|Τρίτη|Τετάρτη|Πέμπτη|Παρασκευή|Σάββατο|Κυριακή|пн|вт|чт|пт|сб|пон|сря|понеділок|вівторок
середа|четвер|п'ятниця|субота|неділя|selasa|rabu|kamis|jumat|sabtu
سه‌شنبه|شنبه|یکشنبه|دوشنبه|چهارشنبه|پنجشنبه|جمعه
السبت|الأحد|الاحد|الإثنين|الاثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة"""
_UNITS = r"""sekunder?|minutter?|minuter|minut|timmar|timme|timer?|dagar|dager?|dagen|dag|veckor|vecka|uker?|uger?
  |månader|månad|måneder|måned|år|sekuntia|minuuttia|minuutti|tuntia|tunti|päivää|päivä|viikkoa|viikko|kuukautta|kuukausi
  |vuotta|vuosi|secunde|minute|ore|oră|zile|zi|săptămâni|săptămână|luni|lună|ani|an|sekundami|minutami|minutou|hodinami
  |hodinou|hodin|dny|dnem|dňami|dňom|týdny|týdnem|týždňami|týždňom|měsíci|měsícem|mesiacmi|mesiacom|lety|rokem|rokmi|rokom
  |λεπτά|λεπτό|ώρες|ώρα|ημέρες|ημέρα|μέρες|μέρα|εβδομάδες|εβδομάδα|μήνες|μήνα|χρόνια|έτη|χρόνο|минути|часа?|ден|дни|седмици
  |седмица|месеца?|години|година|минут[аы]?|час[ао]в|дн(?:я|ей|ів|і)?|недел[ьюи]|лет|год(?:а|ини|ину|ин)?|мин|дн|ч|мес|нед|сек
  |minuta|sati|sata?|dana?|дана?|сат[аи]?|недеља|недеље|месеци|urama|ure|sate|tjedana|tjedan|nedelje|nedelja|meseci|mjeseci|mjesec|godina|godinu|urami|dnevi|tedni|val|min
  |dienām|stundām|minūtēm|detik|menit|jam|hari|minggu|bulan|tahun|minutit|tundi|tund|päeva|nädalat|kuud|aastat|dae|weke
  |मिनट|घंटे|घंटा|घण्टे|दिन|सप्ताह|हफ़्ते|हफ्ते|महीने|माह|साल|वर्ष|মিনিট|ঘণ্টা|ঘন্টা|দিন|সপ্তাহ|মাস|বছর|นาที|ชั่วโมง|วัน|สัปดาห์|เดือน|ปี
  |דקות|דקה|שעות|שעה|שעתיים|ימים|יום|יומיים|שבועות|שבוע|שבועיים|חודשים|חודש|חודשיים|שנים|שנה|שנתיים|دقائق|دقيقة|دقيقتين
  |ساعات|ساعة|ساعتين|أيام|ايام|يوما?|يومين|أسبوع|اسبوع|أسبوعين|أسابيع|شهر|شهرين|أشهر|شهور|سنة|سنتين|سنوات|عام|عامين
  |دقیقه|ساعت|روز|هفته|ماه|سال|dəqiqə|saat|gün"""
_AGO = rf"""\b(?:(?:about|almost|over)\s)?(?:\d{{1,3}}|an?|one|a\sfew)
    \s?(?:sec(?:ond)?|min(?:ute)?|hr|hour|day|week|wk|month|mo|year|yr)s?
    (?:,?\s\d{{1,2}}\s(?:minute|hour|day|week|month)s?)?\sago\b
  | \b(?:just\snow|yesterday|vandaag|gisteren|heute|gestern|hier|aujourd'hui|ayer|hoy|ontem|hoje|ieri|oggi
    |вчера|сегодня|wczoraj|dzisiaj|dün|bugün)\b
    (?=[\s,.]{{0,3}}(?:at|um|om|à|a\slas|às|alle|в|o)?\s{{0,2}}(?:\d|$))
  | \b(?:hace|há|vor|fa|πριν|منذ)\s(?:\w{{1,12}}\s)?(?:\d{{1,3}}|una?|um|eine[mrn]?|einem)\s\w{{1,14}}
  | \bil\sy\sa\s(?:environ\s)?(?:\d{{1,3}}|une?|quelques)\s\w{{1,10}}
  | \b(?:\d{{1,3}}|een|un'?|una?|uma?|jeden|bir)\s?\w{{1,14}}\s
    (?:geleden|fa|atrás|назад|тому\sназад|тому|temu|önce|sedan|siden|sitten|lalu|trước|her)\b
  | \d{{1,3}}\s?(?:秒|分钟|分鐘|小时|小時|天|日|周|週|个月|個月|月|年|分|時間|週間|か月|ヶ月)\s?(?:以)?前
  | \d{{1,3}}\s?(?:초|분|시간|일|주|개월|년)\s?전
  | (?:昨天|今天|前天|刚刚|剛剛|昨日|어제|방금)(?=[\s,.:\d上下午]|$)
  | (?<!\w)(?:för|for)\s(?:\d{{1,3}}|en|et|ett)\s(?:{_UNITS})\s(?:siden|sedan)(?!\w)
  | (?<!\w)(?:acum|před|pred|преди|пре|pre|prije|prieš|pirms|לפני|قبل|منذ|πριν(?:\sαπό)?)\s
    (?:(?:aproximativ|cca|περίπου|حوالي|около)\s)?(?:(?:\d{{1,3}}|en|et|ett|un|o|jednou|ένα[ν]?|μία|μια)\s)?(?:de\s)?
    (?:{_UNITS})(?!\w)
  | (?<!\w)(?:\d{{1,3}}|en|et|ett|egy)\s?(?:{_UNITS})\.?(?:\s|(?=ที่แล้ว|ที่ผ่านมา|ก่อน))
    (?:siden|sedan|sitten|ezelőtt|yang\slalu|lalu|tagasi|gelede|पहले|আগে|ที่แล้ว|ที่ผ่านมา|ก่อน|پیش|قبل|əvvəl
    |назад|тому\sназад|тому)(?!\w)
  | (?<!\w)\d{{1,3}}\s(?:órája|perce|napja|hete|hónapja|éve
    |(?:órával|perccel|nappal|héttel|hónappal|évvel)\sezelőtt)(?!\w)
  | (?<!\w)(?:یک\s)?(?:ساعت|هفته|ماه|سال)\sپیش(?!\w)
  | (?<!\w)(?:i\sgår|i\sdag|idag|igår|eilen|tänään|včera|dnes|tegnap|ieri|azi|χθες|χτες|σήμερα|вчора|сьогодні|днес
    |jučer|juče|danas|kemarin|hôm\squa|hôm\snay|เมื่อวาน|วันนี้|कल|आज|אתמול|היום|أمس|اليوم|دیروز|امروز)
    (?=[\s,.|-]{{0,3}}(?:kl\.?|klo|ob|la|στις|в|о|у|u|pukul|lúc|เวลา|ב-?|בשעה|الساعة|ساعت)?\s?\d)"""
_TIME = r"""(?<![:])(?<!\d\.)(?:[01٠١۰۱]?\d|[2٢۲][0-4٠-٤۰-۴])
    (?:[:h]\s?[0-5٠-٥۰-۵]\d(?::[0-5٠-٥۰-۵]\d(?:\.\d{1,3})?)?|\sh\s[0-5]\d(?:\smin)?|\.[0-5]\d(?=\s?(?:uhr|h\b|[ap]\.?\s?m\b)))(?![\d%])
    (?:\s?[ap]\.?\s?m\b\.?|\s?[πμ]\.?\s?μ\b\.?|\s(?:صباحا|مساء|ص|م|ق\.?ظ|ب\.?ظ|sa|ch)(?!\w)|\s?d[eu]\.(?=\s|\Z)|\s?(?:오전|오후))?
    (?:\s?(?:uhr|h\b|ч\b|hod\b|น\.|बजे))?
    (?:\s?\(?\b(?:utc|gmt|est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt|cet|cest|bst|ist|msk|a[ec][sd]t|nz[sd]t|jst)\b
      (?:[+-]\d{1,4})?\)?)?
  | (?:(?<=klo\s)|(?<=kl\.\s)|(?<=kl\s)|(?<=pukul\s)|(?<=ore\s)|(?<=om\s))\d{1,2}\.[0-5]\d(?:\.[0-5]\d)?(?!\d)
  | \b(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b\.?
  | (?:上午|下午|午前|午後|晚上|凌晨|早上|中午|오전|오후)\s?\d{1,2}(?::\d{2}|[时時点시]\s?(?:\d{1,2}\s?[分분])?)"""
_MONTH = f"(?:{'|'.join(sorted(dict.fromkeys(_MONTHS.replace(chr(10), '|').split('|')), key=len, reverse=True))})"
_DAY = f"(?:{'|'.join(sorted(dict.fromkeys(_DAYS.replace(chr(10), '|').split('|')), key=len, reverse=True))})"
_DATE = rf"""(?<![\d.,/-])(?:\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)
  | \d{{1,2}}[-./]\s?\d{{1,2}}[-./]\s?(?:(?:\d{{4}}|\d{{2}})(?!\d)|\d{{2}}(?=[0-2]\d:[0-5]\d)))
  | \b\d{{1,2}}(?:(?:st|nd|rd|th|er|º|ª|\.)?[\s-]|[./])(?:(?:de|di|of)\s)?{_MONTH}(?!\w)\.?[,،]?
    (?:(?:[\s/-]|(?<=\.))(?:de\s|del\s)?'?(?:\d{{4}}|\d{{2}}(?![:.h\d]))\b)?
  | \b{_MONTH}(?!\w)\.?,?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?![:.h]\d)(?:,?\s?'?(?:\d{{4}}|\d{{2}}(?![:.h\d]))\b)?
  | (?<=[^\W\d_])\d{{1,2}}(?:st|nd|rd|th|\.)?\s{_MONTH}\.?,?\s\d{{4}}\b
  | (?<=[^\W\d_]){_MONTH}\.?\s\d{{1,2}},?\s\d{{4}}\b
  | \d{{2,4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日? | \d{{1,2}}\s?月\s?\d{{1,2}}\s?日
  | \d{{4}}년\s?\d{{1,2}}월\s?\d{{1,2}}일
  | (?<![\d.])\d{{1,2}}\.\s?\d{{1,2}}\.(?=\s(?:klo|kl\.?|um|ob|v|o)\s\d)
  | \d{{4}}\.?\s(?:m\.\s)?{_MONTH}\.?\s\d{{1,2}}(?!\d)\.?(?:\sd\.)?"""
_STAMP = Caseless(rf"(?P<ago>{_AGO})|(?P<date>{_DATE})|(?P<time>{_TIME})", re.VERBOSE)
_WEEKDAY = expression(rf"\b{_DAY}\b\.?,?", re.IGNORECASE)
_DIGITS = expression(r"\d+")
# What dates begin with that begin with a word: names of months, and what tells how long ago or which day.
_BEGINNINGS = frozenset(
    word.lower()
    for month in _MONTHS.replace("\n", "|").split("|")
    for word in (month.partition("\\")[0], month.replace("?", ""))
) | frozenset(
    """septiembre setiembre about almost over a an one just yesterday vandaag gisteren heute
    gestern hier aujourd'hui aujourd ayer hoy ontem hoje ieri oggi вчера сегодня wczoraj dzisiaj
    dün bugün hace há vor fa πριν منذ il een un una uno um uma jeden bir för for acum před pred
    преди пре pre prije prieš pirms לפני قبل en et ett egy یک ساعت هفته ماه سال i idag igår eilen
    tänään včera dnes tegnap azi χθες χτες σήμερα вчора сьогодні днес jučer juče danas kemarin hôm
    เมื่อวาน วันนี้ कल आज אתמול היום أمس اليوم دیروز امروز sep sept""".split()
)
_WORD = expression(r"[^\W\d_]+")
_DENSE = "\u2fff"  # letters above it stand in words without spaces between
_RUNS = 5  # numbers of a line that are looked at
_SPOKEN_LINE = 60  # characters of a line that may say "a month ago" without a number
_SPOKEN = Caseless(
    r"(?<!\w)(?:ago|just now|yesterday|vor|hace|il y a|h[áa]|fa|geleden|gestern|heute|hier|ayer|hoy|ontem|hoje|ieri"
    r"|oggi|назад|вчера|сегодня|тому|temu|wczoraj|dzisiaj|önce|dün|bugün|gisteren|vandaag|atrás|siden|sedan|sitten|acum|před|pred"
    r"|πριν|לפני|قبل|منذ|hete|lalu|tagasi|پیش|преди|prije)(?!\w)|昨|今天|前天|刚刚|剛剛|어제|방금"
)
_SHORT_AGO = expression(r"\d{1,2}(?:[hdwyj]|mo)\Z")  # "3d" below a name; "30 min" would be a recipe's
_GLUED = expression(r"(?<=[^\W\d_A-Z])(?=[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s\d{4}\b)")  # "AnnMarch 3, 2012"
_DOTTED = expression(
    r"[\s,]{1,3}(?:[01]?\d|2[0-3])\.[0-5]\d\s{0,3}\Z"
)  # "7.14" is a time of day behind a day and a year
_YEAR = expression(r"(?<!\d)(?:19|20)\d\d\Z")
_JOINT = expression(
    r"(?:\([月火水木金土日一二三四五六월화수목금토일]\)|[\s،,.|·•@:;()\[\]/-]"
    r"|(?<!\w)(?:at|on|the|um|am|den|à|le|a las|a la|el|às|as|em|il|alle|ore|om|op|в|o|saat|of|kl|klo|kello|la|στις|στο"
    r"|о|у|u|v|ob|lúc|pukul|jam|เวลา|को|ב-?|בשעה|الساعة|ساعت|در|kell|ngày|vào|tarihinde)(?!\w)"
    r"){0,12}",
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
    dotted = _DOTTED.match(text, end) if not exact and text[-1].isdigit() else None
    if dotted and _YEAR.search(text, start, end):
        return Stamp(start, len(text), exact=True)
    return Stamp(start, end, exact, day)


def _may_begin(text: str, place: int) -> bool:
    """Whether a date can begin with what stands at a place that is no number: a quick look at its first word."""
    first = text[place]
    if not first.isalpha() or first > _DENSE:
        return not first.isspace()
    word = _WORD.match(text, place)
    return word is None or word[0].lower() in _BEGINNINGS


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
            if place != digits.start() and not _may_begin(text, place):
                continue
            found = pattern.match(small, place)
            if found:
                return found
    glued = _GLUED.search(text)
    found = pattern.match(small, glued.start()) if glued else None
    if found:
        return found
    return pattern.search(small) if len(text) <= _SPOKEN_LINE and _SPOKEN.is_in(text) else None


def parted(text: str) -> str:
    """A short text with a space between a name and the date that is glued to it."""
    return _GLUED.sub(" ", text)


def without(text: str, stamp: Stamp) -> tuple[str, str]:
    """What stands before and after the date, weekdays and joining words taken off."""
    before, after = (_WEEKDAY.sub(" ", part) if part else "" for part in (text[: stamp.start], text[stamp.end :]))
    return before.rstrip(" \t,.|·•@:;([/-–—"), after.lstrip(" \t,.|·•@:;)]/-–—")
