"""Headings that count comments in words, or name what they are about, in many languages: "One thought on 'Mills'"."""

import re

from cleaner.text.expressions import expression

# One of something, as blog systems write it.
_ONE = (
    r"one|an?|ein|eine|eén|één|een|une?|uno|una|uma?|jeden|jedna|jedno|один|одна|одне|en|ett|ét|et|én|ei|yksi|bir|egy|o"
    r"|ένα|μία|μια|satu|một|една|един|jedan"
)
# What is counted there: any of these is a comment only where it is said to what.
_ANSWERS = (
    r"thoughts?|repl(?:y|ies)|responses?|comments?|antwort(?:en)?|gedanken?|kommentare?|réflexions?|réponses?|commentaires?"
    r"|pensier[oi]|rispost[ae]|comment[oi]|gedachten?|antwoord(?:en)?|reacties?|odpowiedź|odpowiedzi|myśli?|komentarz[ey]?"
    r"|svar|tanker?|tankar|kommentar(?:er)?|vastaus(?:ta)?|ajatus(?:ta)?|kommentti|kommenttia|odpověď|odpovědi|reakce"
    r"|komentář[eů]?|myšlenk[ay]|cevap|yanıt|yorum|düşünce|hozzászólás|gondolat|răspuns(?:uri)?|gând(?:uri)?|comentariu|comentarii"
    r"|σχόλι[οα]|απάντηση|απαντήσεις|σκέψη|σκέψεις|tanggapan|pemikiran|balasan|komentar|suy\snghĩ|bình\sluận|phản\shồi"
    r"|отзыв(?:а|ов)?|ответ(?:а|ов)?|мысл[ьи]|комментари(?:й|я|ев)|коментар(?:і|ів)?|думк[аи]|відповід[ьі]|respuestas?"
    r"|pensamientos?|comentarios?|respostas?|pensamentos?|comentários?"
)
_TITLED = expression(
    rf"""(?:\d{{1,4}}|{_ONE})\s(?:{_ANSWERS})(?:\s\S{{1,16}}){{1,3}}\s?(?:["'«„].{{1,150}}["'»“](?:\sbejegyzéshez)?|«[^»]{{1,150}})\Z
    | ["'«„].{{1,150}}["'»“]\s(?:üzerine|için|hakkında)\s(?:\d{{1,4}}|bir)\s(?:{_ANSWERS})\Z
    | ["'].{{1,150}}["'](?:의|에\s대한)\s\d{{1,4}}개의\s(?:생각|응답|댓글)\Z
    | 在?\s?[《〈「『].{{1,150}}[》〉」』][^\d]{{0,4}}?\s?(?:\d{{1,5}}|一)\s?(?:个|個|条|條|則|则|件の)?\s?
      (?:想法|评论|評論|留言|回复|回應|コメント(?:があります)?)\Z
    | (?:تعليق\sواحد|رد\sواحد|فكرة\sواحدة)(?:\sعلى\s.{{1,150}})?\Z
    | (?:תגובה\sאחת|מחשבה\sאחת)(?:\sעל\s.{{1,150}})?\Z
    | یک\s(?:دیدگاه|نظر)(?:\s(?:دربارهٔ|درباره|برای|در)\s.{{1,150}})?\Z
    | 一[条條则則]\s?(?:评论|評論|留言)\Z
    | (?:yksi\skommentti|egy\shozzászólás|ένα\sσχόλιο|satu\skomentar|một\sbình\sluận|(?:één|eén)\sreactie|un\scomentariu
      |bir\syorum|\d{{1,4}}\s(?:comentariu|komment))\Z
    | (?:всего\sкомментариев|комментариев\sвсего|všech\skomentářů|kommentare\sgesamt
      |total\sde\scoment[aá]rios)\s?:\s?\d{{1,5}}\Z""",
    re.IGNORECASE | re.VERBOSE,
)
# What leads from an article to where it is talked about, which is often printed below: "Continue discussion 9 replies".
_INVITES = expression(
    r"""(?:(?:continue|start|join|view|follow)\s(?:a\s|the\s)?(?:discussion|conversation|debate)
    |diskussion\s(?:fortsetzen|starten|beginnen|weiterführen)|(?:continuer|poursuivre|lancer|démarrer|rejoindre)\sla\s(?:discussion|conversation)
    |(?:continuar|iniciar|seguir)\s(?:la\s|a\s)?(?:discusión|conversación|discussão|conversa)
    |(?:continua|inizia|avvia)\s(?:la\s|una\s)?(?:discussione|conversazione)|discussie\s(?:voortzetten|starten)
    |(?:kontynuuj|rozpocznij)\sdyskusję|(?:продолжить|начать)\sобсуждение|(?:продовжити|почати)\sобговорення
    |tartışmayı\s(?:sürdür|başlat)|tartışmaya\s(?:devam\set|katıl)|(?:fortsätt|starta)\sdiskussionen?|(?:fortsæt|fortsett|start)\sdiskussione?n
    |jatka\skeskustelua|aloita\skeskustelu|pokračovat\sv\sdiskusi|(?:继续|繼續|开始|開始|参与|參與)(?:讨论|討論)|議論を(?:続ける|始める)
    |토론\s(?:계속하기|시작하기))
    (?:\s(?:at|on|in|auf|im|bei|sur|en|su|em|op|na|på|в|на)\s\S{3,40})?
    (?:\s\d{1,5}\s(?:replies|posts|comments|antworten|beiträge|réponses|respuestas|respostas|risposte|reacties|odpowiedzi|ответ(?:а|ов)?|svar))?\Z""",
    re.IGNORECASE | re.VERBOSE,
)


def invites(key: str) -> bool:
    """Whether a folded line leads to the discussion of an article."""
    return _INVITES.match(key) is not None


def is_titled(key: str) -> bool:
    """Whether a folded line is such a heading."""
    return _TITLED.match(key) is not None
