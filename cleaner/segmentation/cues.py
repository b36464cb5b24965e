"""Words that give a line away, by what they do, in many languages: data for the features.

A learned weight for a word only works in the language it was learned in. These families let a line of
Polish say "reply" as clearly as an English one. A family is a count per line, nothing more: the model
decides what it means there. Words are lower case; letters and digits only, as the features cut them, to which a
Chinese or Japanese character is a word of its own.
"""

FAMILIES: tuple[str, ...] = (
    "reply",
    "says",
    "comment",
    "share",
    "legal",
    "subscribe",
    "related",
    "date",
    "ago",
    "form",
    "thanks",
    "first_person",
    "second_person",
    "laughter",
    "place",
    "reported",
    "year",
    "number",
)

_WORDS: dict[str, str] = {
    "reply": """reply replies replied respond responses response responder respuesta respuestas répondre repondre
        réponse réponses antworten antwort antworte beantwoorden antwoord reageer rispondi risposta risposte
        ответить ответ ответов ответа ответы відповісти odpowiedz odpowiedzi odpowiedź odpovědět odpovedať svara svar
        svare vastaa vastaus yanıtla cevapla yanıt balas membalas 답글 رد الرد ردود পাঠান trả پاسخ
        απάντηση quote quoted citar zitieren zitat citer permalink likes like liked upvote downvote flag report
        melden signaler reportar denunciar segnala пожаловаться zgłoś 顶 赞 踩 respondre responde
        responda respondeu respondió válasz răspunde odgovori apliko atbildėti atbildēt vastus""",
    "says": """says said say wrote writes posted post posts sagt sagte schrieb schreibt meint dice dijo escribió
        escribio diz disse escreveu dit écrit ecrit scrive scritto ha zegt schrijft says пишет сказал сказала
        написал написала говорит pisze napisał napisała mówi skriver sade säger sanoo kirjoitti dedi diyor yazdı
        berkata 说 說 يقول كتب قال گفت أضاف píše napsal via reposted submitted""",
    "comment": """comment comments commented commenter commenters commenting comentario comentarios comentário
        comentários comentar commentaire commentaires commenter kommentar kommentare kommentaren kommentieren
        kommentarer kommentti kommentit commento commenti commenta commentare reactie reacties reageren komentarz
        komentarze komentarzy komentář komentáře komentářů komentar komentarji комментарий комментарии комментариев
        коментар коментарі коментара yorum yorumlar yorumu komentari hozzászólás hozzászólások
        comentariu comentarii 댓글 تعليق تعليقات التعليقات bình luận thoughts discussion diskussion
        discusión discussione discussão forum trackback trackbacks pingback pingbacks disqus opiniones beiträge
        beitrag notify moderation moderator""",
    "share": """share shares sharing shared tweet tweets facebook twitter linkedin pinterest whatsapp telegram
        instagram youtube tumblr reddit email print compartir comparte compartilhar compartilhe partager teilen
        condividi delen deel поделиться поделитесь udostępnij sdílet dela paylaş bagikan 공유 شارك
        مشاركة digg stumbleupon delicious follow folgen suivez siga síguenos seguici volg obserwuj takip
        подписывайтесь vk xing flipboard tiktok imprimir drucken stampa imprimer скачать""",
    "legal": """copyright © ® rights reserved reservados derechos droits réservés rechte vorbehalten diritti
        riservati voorbehouden права защищены zastrzeżone privacy terms policy cookies cookie disclaimer
        datenschutz impressum agb mentions légales privacidade privacidad términos condiciones gizlilik
        license licence licensed trademark imprint powered wordpress blogger theme""",
    "subscribe": """subscribe subscribed subscription newsletter newsletters signup sign register login log
        account abonnieren abonnez abonnement suscríbete suscribirse suscripción assine inscreva iscriviti
        abbonati inschrijven подписаться подписка рассылка zapisz subskrybuj abone bülten
        اشترك donate donation donations support spenden donar don doneer пожертвовать patreon paypal app
        anmelden registrieren connexion inscription accedi iniciar sesión zaloguj войти регистрация member members
        unsubscribe inbox rss feed membership premium""",
    "related": """related recommended recommend popular trending latest more next previous prev older newer
        tags tag tagged category categories archive archives topics topic filed labels relacionados relacionadas
        relacionadas articles articoli artículos artigos artikel ähnliche verwandte mehr weitere lesen auch lire
        aussi leggi anche lees meer ook leia mais también читайте также похожие теги czytaj również więcej tagi
        ilgili etiketler devamı 前 次 اقرأ المزيد vorheriger nächster siguiente
        anterior suivant précédent contents menu home search sidebar navigation skip top back advertisement
        advertising sponsored anzeige publicidad publicité werbung реклама reklama""",
    "date": """january february march april may june july august september october november december jan feb mar
        apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed
        thu fri sat sun am pm a m enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
        diciembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro janvier février
        fevrier mars avril mai juin juillet août septembre octobre novembre décembre januar februar märz juni juli
        oktober dezember gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre januari februari
        maart mei augustus января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia ocak
        şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık utc gmt est edt pst pdt uhr klo um
        at yesterday today heute gestern hier hoy ayer oggi ieri вчера сегодня wczoraj dün bugün 年 月 日
        يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر maj lokakuu kl alle th st nd""",
    "ago": """ago hace atrás vor il fa geleden назад temu önce lalu sedan siden sitten før 前 전
        منذ minutes minute hours hour days day weeks week months month years year minuten stunden tagen wochen
        monaten jahren horas días dias meses años anos heures jours mois ans ore giorni mesi anni uur dagen часов
        дней минут месяцев лет godzin dni saat gün hrs hr mins min edited редактировано""",
    "form": """name email mail website url required field fields optional password submit send cancel captcha
        nombre correo web nom courriel adresse naam namen nome sito имя сайт imię strona isim address
        published notify save browser leave write post add enter click html allowed obligatorios requeridos
        obligatoires champs erforderliche felder obligatori campi verplichte velden вход поля обязательные
        pola wymagane zorunlu alanlar dejar deja laisser hinterlasse schreibe lascia laat оставить zostaw dodaj
        ajouter añadir adicionar deixe publicada veröffentlicht publiée pubblicato gepubliceerd опубликован
        akismet spam guest anonymous anonym anónimo anonimo anonyme аноним guests unknown""",
    "thanks": """thanks thank thx ty great awesome amazing nice love loved lovely wonderful fantastic excellent
        congrats congratulations agree disagree helpful hi hello hey dear gracias hola excelente saludos muchas
        obrigado obrigada olá oi parabéns adorei merci bonjour salut bravo super danke hallo liebe lieber grüße
        grüsse lg vg toll schön bedankt hoi leuk mooi grazie ciao complimenti спасибо привет здравствуйте отлично
        согласен dzięki dziękuję cześć pozdrawiam świetny tack hej tusen takk mange kiitos moi teşekkürler
        teşekkür merhaba selam 감사합니다 شكرا مرحبا terima kasih yes yeah yep nope ok okay
        wow please pls sorry cheers regards amen beautiful delicious yummy perfect""",
    "first_person": """i me my mine im ive id ill myself ich mich mir mein meine meinen yo mi mis me eu meu minha
        je moi mon ma mes j ik mij mijn io mio mia я мне меня мой моя мы ja mnie mi mój moja jag mig min mitt jeg
        minä minun ben bana benim saya aku 我 私 僕 저 나 أنا we us our wir uns nous nosotros""",
    "second_person": """you your yours youre youve u ur du dich dir dein deine sie ihr ihnen tú tu tus usted vous
        toi ton votre vos jij je jou uw tuo tua voi ты вы вас вам тебя твой ty ci twój pan pani du dig ni sinä sen
        siz kamu anda 你 您 당신 أنت""",
    "laughter": """lol lmao rofl haha hahaha hahahaha hehe jaja jajaja kkkk kkk rsrs xd omg wtf imo imho btw fyi
        mdr ptdr хаха лол ахаха hihi www ههه idiot stupid bullshit shit fuck fucking damn crap moron
        troll trolls op dude guys folks bro mate yall gonna wanna dont doesnt cant wont didnt isnt thats""",
    "place": """editor author staff writer reporter correspondent founder ceo director professor senior member
        joined location rank legend guru contributor karma reputation autor autora auteur verfasser autore автор
        redakteur gast besucher benutzer user usuario utilisateur utente пользователь гость użytkownik kullanıcı
        楼主 楼 مستخدم زائر registered rating ratings stars badge subscriber mitglied""",
    "reported": """according announced told added statement spokesman spokeswoman officials government president
        minister reported report study research company million billion percent police court según laut selon
        secondo według сообщил заявил согласно sagte erklärte anunció afirmó declaró afirmou percento 称 """,
    "year": "0000",
    "number": "0 00 000",
}


def lexicon() -> dict[str, int]:
    """Each word's family, as an index into FAMILIES; a word named twice belongs to the first family."""
    found: dict[str, int] = {}
    for index, family in enumerate(FAMILIES):
        for word in _WORDS[family].split():
            found.setdefault(word, index)
    return found
