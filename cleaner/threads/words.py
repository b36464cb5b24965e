"""The words of comment systems, by what they do, in many languages: data for the line grammar.

Phrases stand folded (lower case, plain quotes), without end marks; `|` parts them.
"""


def _set(text: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in text.split("|") if part.strip())


NOUNS = r"""(?:(?:reader|user|facebook|disqus|blog|readers'|visitor)\s)?(?:comments?|responses?|replies|thoughts
|reactions|opinions)|comentarios?|respuestas?|opiniones|comentários?|respostas?|commentaires?|réponses?
|réactions?|avis|kommentare?n?|leserkommentare|antworten|meinungen|ergänzung(?:en)?|wortmeldung(?:en)?
|leserzuschriften|leserbriefe|gedanken?|reaktionen|commenti?o?|risposte|reacties?|gedachten|opmerkingen
|komentarz[ey]?|odpowiedzi|komentar(?:ji|i|a)?|комментари(?:й|я|ев|и)|отзыв(?:ов|а|ы)|коментар(?:ів|і
|я)?|yorum(?:lar)?|yanıt|comentarii|kommentarer|svar|kommenttia|kommentit|hozzászólás(?:ok)?
|komentářů?e?|σχόλια|σχόλιο|تعليقات|تعليق|ردود|bình\sluận|tanggapan
|lesermeinung(?:en)?|beitr[aä]ge?|kommentar(?:er|erne)|reaktion(?:er|en)?|besvarelser|vastaus(?:ta)?
|vastauksia
|kommenttia?|kommentti|komentoj?[aá]re?|komentár(?:e|ov)?|koment[aá]ře?|příspěvk[ůy]|reakc[eí]|reakci[ea]
|pemikiran|balasan|ulasan|ý\skiến|nhận\sxét|phản\shồi|suy\snghĩ|trả\slời|απαντήσεις|απάντηση|σκέψεις|σκέψη
|отговора?|коментара?|мнени[ейя]|ответ(?:а|ов)?|обсуждени[ейя]|сообщени[ейя]|відповід[ьіей]{1,2}
|відгук(?:и|ів)?
|думк[аи]|megjegyzés|vélemény|gânduri?|tankar|réflexions?|pensamientos?|pensamentos?|răspunsuri?|opinii
|reac[tț]ii|comentaris?|respostes|reazioni|pareri
|opinioni|přispěvků|odgovora?|mišljenja|komentara?|komentaari?|vastust|komentar(?:ų|as|ai)|atsakym(?:as|ai|ų)
|komentār(?:s|i|u)|görüş|cevap|yanıtlar|תגובות|תגובה|מחשבות(?:\sעל)?|دیدگاه(?:\sها|‌ها)?|نظر(?:ات)?|پاسخ|التعليقات
|رد(?:ود)?|رأي|آراء|टिप्पणी|टिप्पणियाँ|टिप्पणियां|टिप्पणियाॅं|विचार|प्रतिक्रियाएँ|प्रतिक्रियाएं|कॉमेंट्स?
|মন্তব্য|ความคิดเห็น|ความเห็น|คอมเมนต์|คอมเม้นท์"""
NOUNS_CJK = (
    r"(?:条|條|則|则|个|個|件の?|개의|건의|개)?\s?(?:网友|網友|精彩|热门|最新)?"
    r"(?:评论|評論|留言|回复|回覆|回應|回应|跟贴|跟帖|コメント|フィードバック|댓글|응답|답글)"
)

HEADINGS = _set(
    """
    comments|sort by|sort by best|sort by newest|sort by oldest|sort by top|newest first|oldest first
    |reader comments|readers' comments|user comments|responses|discussion|join the conversation
    |join the discussion|what do you think|conversation|the conversation|replies|reactions|feedback
    |what others are saying|your comments|your thoughts|recent comments|all comments|latest comments
    |facebook comments|view comments|show comments|discuss|have your say|talkback|discussion about this post
    |comments & discussion|post comments|reader responses|comments on this entry|comments on this post
    |article comments|top comments|most recent comments|newest comments|archived comments|comments section
    |comentarios|opiniones|deja tu opinión|comentarios de los lectores|comentários|commentaires
    |vos commentaires|réactions|vos réactions|les commentaires|kommentare|leserkommentare|diskussion
    |lesermeinungen|leserbriefe zum artikel|ihre meinung|commenti|i commenti|reacties|komentarze
    |komentarze czytelników|opinie|комментарии|комментарии читателей|обсуждение|отзывы|коментарі|yorumlar
    |okuyucu yorumları|التعليقات|تعليقات|تعليقات القراء|评论|網友評論|网友评论|热门评论|最新评论|全部评论
    |讀者留言|留言|发表评论|评论列表|コメント|コメント一覧|みんなのコメント|댓글|kommentarer|kommentit
    |komentáře|hozzászólások|comentarii|σχόλια|bình luận
    |kommentarer til artiklen|læsernes kommentarer|reaktioner|diskuter|diskusjon|diskussion|lesernes kommentarer
    |läsarkommentarer|läsarnas kommentarer|keskustelu|keskustele|lukijoiden kommentit|kommentoi|diskuze|diskuse
    |diskusia|komentáre|komentarji|komentari|коментари|коментарі читачів|hozzászólás|olvasói vélemények
    |comentariile cititorilor|τα σχόλιά σας|ý kiến bạn đọc|bình luận mới nhất|bình luận hay nhất
    |komentar|komentar pembaca|tanggapan|komentar anda|komen|ความคิดเห็น|ความเห็น|टिप्पणियाँ|टिप्पणियां
    |कॉमेंट्स|आपकी राय|पाठकों की टिप्पणियां|মন্তব্য|মন্তব্যসমূহ|תגובות|תגובות גולשים|תגובות לכתבה|תגובות לפוסט
    |דיון|دیدگاه ها|دیدگاه‌ها|دیدگاهها|نظرات|نظرات کاربران|نظرات بینندگان|نظرات خوانندگان|نظر کاربران
    |آراء القراء|آراء وتعليقات|تعليقات الزوار|التعليقات على الخبر|شارك برأيك|آخر التعليقات|okur yorumları
    |üye yorumları|yorumlarınız|tüm yorumlar|son yorumlar|comentaris|comentários dos leitores
    |opinião dos leitores|últimos comentários|opiniones de los lectores|todos los comentarios|tus comentarios
    |vos réactions à cet article|tous les commentaires|l'avis des lecteurs|commenti dei lettori
    |i vostri commenti|tutti i commenti|lezersreacties|alle reacties|discussie|reaguursels|leserkommentar
    |leserstimmen|leserreaktionen|alle kommentare|kommentare zum artikel|forum zum artikel|dyskusja
    |wasze komentarze|wszystkie komentarze|opinie czytelników|комментарии пользователей|комментарии к статье
    |комментарии к новости|все комментарии|мнения читателей|обсуждения|последние комментарии|лучшие комментарии
    |обговорення|всі коментарі|みんなの意見|コメント欄|読者のコメント|ユーザーコメント|이 기사의 댓글|전체 댓글
    |전체댓글|베스트댓글|독자 의견|精彩评论|精选评论|最热评论|全部回复|评论区|评论回复|最新留言|所有评论
    |讀者評論|网友留言|网友热评|热门跟贴|最新跟贴|精彩跟帖|最新跟帖|kommentaarid|komentāri|komentarai
    |skaitytojų komentarai
    |readers respond|readers react|readers write|reader feedback|reader reactions|reader opinions|reader views
    |your views|your reactions|your opinions|your say|what you said|what readers are saying|what readers say
    |what people are saying|comment thread|reader discussion|community comments|member comments|viewer comments
    |join the debate|share your thoughts|share your views|add to the conversation|discuss this article
    |discuss this story|discuss this post|discuss in the forum|forum discussion|condolences|guest book|guestbook
    |leser-kommentare|leserdiskussion|leserforum|diskussion im forum|forumsdiskussion|im forum diskutieren
    |diskutieren sie mit|diskutiere mit|was unsere leser sagen|was leser sagen|stimmen unserer leser
    |reaktionen unserer leser|ihre kommentare|eure kommentare|deine meinung|eure meinung|meinungen der leser
    |kommentare unserer leser|kondolenzen|réactions des lecteurs|les lecteurs réagissent
    |commentaires des lecteurs|vos avis|avis des lecteurs|participez à la discussion
    |participer à la conversation|rejoignez la conversation|réagir à cet article|réagissez à cet article
    |les réactions|contributions des lecteurs|discussion sur le forum|participa en la conversación
    |únete a la conversación|los lectores opinan|opinión de los lectores|vuestros comentarios
    |comentarios de los usuarios|comentarios de usuarios|comentarios al artículo|condolencias
    |participe da conversa|participe da discussão|o que dizem os leitores|comentários dos usuários
    |comentários dos utilizadores|comentários do fórum|todos os comentários|seus comentários|sua opinião
    |cosa dicono i lettori|le vostre opinioni|opinioni dei lettori|le opinioni dei lettori|commenti degli utenti
    |i commenti degli utenti|i commenti dei lettori|partecipa alla discussione|partecipa alla conversazione
    |dite la vostra|di' la tua|reacties van lezers|reacties op dit artikel|praat mee|lezers reageren
    |uw reacties|opinie użytkowników|komentarze użytkowników|komentarze internautów|opinie internautów
    |wasze opinie|piszą czytelnicy|czytelnicy piszą|dyskusja na forum|dołącz do dyskusji|głosy czytelników
    |komentarze do artykułu|отзывы читателей|отклики читателей|обсуждение на форуме|обсуждение статьи
    |обсуждение новости|мнения пользователей|ваши комментарии|ваши отзывы|комментарии к записи
    |комментарии к посту|обсудить на форуме|відгуки читачів|думки читачів|коментарі користувачів
    |коментарі до статті|ваші коментарі|обговорення на форумі|обговорення статті|okuyucu görüşleri
    |okurların yorumları|ziyaretçi yorumları|kullanıcı yorumları|siz ne dersiniz|siz ne düşünüyorsunuz
    |taziye mesajları|آراء الزوار|تعليقات المستخدمين|ردود القراء|مشاركات القراء|نظر خوانندگان|نظرات شما
    |دیدگاه کاربران|دیدگاه خوانندگان|دیدگاه شما|全部回应|全部回應|網友回應|网友回应|网友跟贴|网友跟帖|讀者回應|读者评论
    |读者留言|用户评论|用戶評論|热门回复|最新回复|全部留言|網友留言|访客留言|訪客留言|評論區|留言區|讨论区|討論區
    |みんなの声|読者の声|皆さんのコメント|この記事へのコメント|この記事のコメント|ブックマークコメント|人気コメント
    |新着コメント|読者コメント|댓글 목록|독자 댓글|네티즌 의견|네티즌 댓글|누리꾼 의견|전체 의견|인기 댓글|최신 댓글
    |bình luận của độc giả|ý kiến độc giả|độc giả bình luận|bình luận bạn đọc|tất cả bình luận
    |komentar netizen|komentar warganet|tanggapan pembaca|semua komentar|komentar terbaru|komentar teratas
    |läsarnas röster|läsarnas åsikter|läsarreaktioner|läsarna kommenterar|alla kommentarer
    |kommentarer från läsare|læserne skriver|læserkommentarer|deltag i debatten|alle kommentarer
    |leserkommentarer|delta i debatten|lesernes reaksjoner|lukijoiden mielipiteet|lukijakommentit
    |kaikki kommentit|osallistu keskusteluun|diskuse k článku|diskuze k článku|názory čtenářů|čtenáři píší
    |komentáře čtenářů|všechny komentáře|ohlasy čtenářů|diskusia k článku|názory čitateľov
    |olvasói hozzászólások|olvasói kommentek|kommentek|összes hozzászólás|părerile cititorilor
    |opiniile cititorilor|toate comentariile|spune-ți părerea|σχόλια αναγνωστών|τα σχόλια των αναγνωστών
    |απόψεις αναγνωστών|όλα τα σχόλια|पाठकों की राय|पाठकों के विचार|सभी टिप्पणियां|पाठकों की प्रतिक्रियाएं
    |कमेंट्स
    |all responses|all replies|les contributions|toutes les contributions|vos contributions|voir les contributions
    |contributions à la discussion|すべてのコメント|全てのコメント|コメントをすべて見る|todas las respuestas
    |toutes les réponses
    """
)
# Headings under which nothing but comments can stand, however they look.
SURE_HEADINGS = _set("""
    discussion about this post|top rated comments|most liked comments|reader comments|comments section
    |comments on this entry|comments on this post|leserkommentare|reader responses|readers' comments
    |article comments|komentarze czytelników|комментарии читателей|okuyucu yorumları|تعليقات القراء
    |comentarios de los lectores|コメント一覧|评论列表|网友评论|網友評論|跟贴
    |热门跟贴|最新跟贴|网友热评|精彩跟帖|نظرات بینندگان|نظرات کاربران|תגובות גולשים|תגובות לכתבה
    |комментарии пользователей|commentaires des lecteurs|commenti dei lettori|i commenti dei lettori
    |comentários dos leitores|lezersreacties|reacties van lezers|läsarkommentarer|læserkommentarer
    |leserkommentarer|lukijoiden kommentit|komentáře čtenářů|olvasói hozzászólások|σχόλια αναγνωστών
    |comentariile cititorilor|komentar pembaca|bình luận của độc giả|독자 댓글|読者のコメント|読者コメント
    |读者评论|讀者評論|коментарі читачів|kommentare unserer leser
    """)
# Headings of forms: they close a thread, or stand alone where nobody has commented.
FORM_HEADINGS = _set(
    """
    leave a reply|leave a comment|leave a response|leave your comment|leave your reply|post a comment
    |add a comment|add comment|write a comment|post comment|submit comment|add your comment
    |add your comments|post your comment|leave a comment below|speak your mind|leave comment|post a reply
    |your comment|comment on this story|add new comment|submit a comment|submit your comment|write a reply
    |cancel reply|leave a reply cancel reply|click here to cancel reply|leave a comment cancel reply
    |post a new comment|make a comment|have your say|comment now|be the first to comment|log in to comment
    |login to comment|no comments yet|no comments|0 comments|deja un comentario|deja una respuesta
    |dejar un comentario|deja tu comentario|añadir comentario|añadir un comentario|cancelar respuesta
    |cancelar la respuesta|escribe un comentario|publicar comentario|publicar un comentario
    |publicar un comentario en la entrada|agregar comentario|responder cancelar la respuesta
    |haz un comentario|laisser un commentaire|laissez un commentaire|ajouter un commentaire
    |annuler la réponse|poster un commentaire|laisser une réponse|écrire un commentaire
    |publier un commentaire|laisser un commentaire annuler la réponse|enregistrer un commentaire
    |répondre annuler la réponse|déposer un commentaire|réagir|kommentar schreiben|kommentar hinterlassen
    |schreibe einen kommentar|hinterlasse einen kommentar|kommentar verfassen|antworten abbrechen
    |kommentar abgeben|kommentieren|schreiben sie einen kommentar|kommentar abschicken
    |hinterlasse eine antwort|kommentar veröffentlichen|antwort hinterlassen|antwort abbrechen
    |neuen kommentar schreiben|schreibe einen kommentar antworten abbrechen|lascia un commento
    |lascia una risposta|aggiungi un commento|annulla risposta|rispondi annulla risposta|scrivi un commento
    |invia commento|posta un commento|lascia un commento annulla risposta|deixe um comentário
    |deixe uma resposta|deixar comentário|cancelar resposta|enviar comentário|adicionar comentário
    |escreva um comentário|postar um comentário|publicar comentário|deixe uma resposta cancelar resposta
    |deixe seu comentário|geef een reactie|laat een reactie achter|plaats een reactie|reactie annuleren
    |reactie plaatsen|geef een antwoord|een reactie posten|geef een reactie reactie annuleren
    |dodaj komentarz|zostaw komentarz|anuluj pisanie odpowiedzi|napisz komentarz|skomentuj
    |dodaj komentarz anuluj pisanie odpowiedzi|opublikuj komentarz|добавить комментарий|оставить комментарий
    |оставьте комментарий|отменить ответ|написать комментарий|отправить комментарий
    |добавить комментарий отменить ответ|прокомментировать|ваш комментарий|залишити коментар|додати коментар
    |залишити відповідь|скасувати відповідь|напишіть коментар|bir yorum yazın|yorum yaz|yorum yap
    |bir cevap yazın|yanıtı iptal et|cevabı iptal et|yorum gönder|bir yanıt yazın|yorum ekle|bir yorum bırak
    |اترك تعليقاً|اترك تعليقا|أضف تعليق|إلغاء الرد|اترك رد|اترك ردا|أضف تعليقك|إرسال تعليق|اكتب تعليق
    |发表评论|发表回复|取消回复|发布评论|發佈留言|發表迴響|取消回覆|我要评论|写评论|提交评论|發表留言
    |留下评论|张贴评论|コメントを残す|コメントをキャンセル|コメントを書く|コメントする|コメントを投稿
    |コメントを送信|返信をキャンセルする|답글 남기기|댓글 남기기|댓글 쓰기|응답 취소|댓글 작성|댓글 등록
    |lämna ett svar|lämna en kommentar|skriv en kommentar|legg igjen en kommentar|jätä kommentti
    |přidat komentář|napsat komentář|szólj hozzá|lasă un comentariu|αφήστε μια απάντηση|tinggalkan balasan
    |skriv et svar|skriv en kommentar|send en kommentar|annuller svar|skriv kommentar|tilføj kommentar
    |legg igjen et svar|avbryt svar|legg inn en kommentar|legg til kommentar|skriv ett svar|skicka en kommentar
    |lägg till kommentar|skriv en kommentar avbryt svar|peruuta vastaus|vastaa peruuta vastaus|lähetä kommentti
    |kirjoita kommentti|lisää kommentti|jätä vastaus|zrušit odpověď na komentář|okomentovat|vložit komentář
    |přidejte komentář|napište komentář|pridaj komentár|zrušiť odpoveď|pridať komentár|napísať komentár
    |vložiť komentár|zverejnenie komentára|vélemény, hozzászólás|hozzászólás írása|megjegyzés küldése
    |válasz megszakítása|szólj hozzá te is|hozzászólok|új hozzászólás|lasă un răspuns|anulează răspunsul
    |trimiteți un comentariu|adaugă un comentariu|adaugă comentariu|scrie un comentariu
    |lasă un comentariu anulează răspunsul|ακύρωση απάντησης|δημοσίευση σχολίου|αφήστε ένα σχόλιο|αφήστε σχόλιο
    |γράψτε ένα σχόλιο|προσθήκη σχολίου|σχολιάστε|υποβολή σχολίου|batalkan balasan|posting komentar
    |tulis komentar|tinggalkan komentar|kirim komentar|tambahkan komentar|beri komentar|catat ulasan
    |tambah komen|để lại một bình luận|để lại bình luận|viết bình luận|gửi bình luận|đăng nhận xét|trả lời hủy
    |để lại một phản hồi|thêm bình luận|bình luận của bạn|viết một bình luận|gửi phản hồi|ใส่ความเห็น
    |ยกเลิกการตอบ|แสดงความคิดเห็น|แสดงความคิดเห็นของคุณ|เขียนความคิดเห็น|เพิ่มความคิดเห็น|प्रातिक्रिया दे
    |जवाब रद्द करें
    |प्रतिक्रिया दें|एक टिप्पणी भेजें|टिप्पणी करें|टिप्पणी लिखें|एक टिप्पणी छोड़ें|टिप्पणी जोड़ें
    |अपनी प्रतिक्रिया दें|মন্তব্য করুন|আপনার মন্তব্য লিখুন|একটি মন্তব্য পোস্ট করুন|כתיבת תגובה|השאר תגובה
    |השארת תגובה|הוסף תגובה|הוספת תגובה|הוסף רשומת תגובה|ביטול תגובה|כתוב תגובה|دیدگاهتان را بنویسید|لغو پاسخ
    |دیدگاهتان را بنویسید لغو پاسخ|ارسال نظر|ارسال دیدگاه|نظر شما|نظر خود را بنویسید|ارسال یک نظر|نظر بدهید
    |ثبت نظر|افزودن نظر|اضافة تعليق|إضافة تعليق|اضف تعليقك|اضف تعليق|أضف تعليقا|أضف ردا|اكتب تعليقك
    |اترك تعليقاً إلغاء الرد|شاركنا رأيك|التعليق على الخبر|вашият коментар|добавяне на коментар
    |публикуване на коментар|добави коментар|напиши коментар|оставете коментар|остави коментар|оставите одговор
    |одустани од одговора|постави коментар|пошаљи коментар|ostavite odgovor|odustani od odgovora|ostavi komentar
    |ostavite komentar|dodaj odgovor|prekliči odgovor|objavi komentar|objavite komentar|otkaži odgovor
    |odgovori otkaži odgovor|komentiraj|komentiraj otkaži odgovor|napiši komentar|pošalji komentar
    |pošalji odgovor|dodajte komentar|lisa kommentaar|tühista vastus|postita kommentaar|parašykite komentarą
    |atšaukti atsakymą|rašyti komentarą|komentuoti|komentēt|atcelt atbildi|pievienot komentāru
    |deixa un comentari|publica un comentari|cancel·la les respostes|afegeix un comentari|deixa unha resposta
    |utzi erantzuna|şərh yaz|rəy bildir|дописати коментар|скасувати відповідь|коментувати|написати коментар
    |отправить ответ|оставить отзыв|написать отзыв|оставить ответ|комментировать|prześlij komentarz
    |napisz odpowiedź|dodaj swój komentarz|wyślij komentarz|weź udział w dyskusji|yorum yapın|yorumunuzu yazın
    |yorumunuz|cevap yaz|bir cevap yazın cevabı iptal et|bir yanıt yazın yanıtı iptal et|yorumu gönder
    |escribir un comentario|comentar esta noticia|dejar respuesta|deja tu respuesta|envía tu comentario
    |deja un comentario cancelar la respuesta|deja una respuesta cancelar la respuesta|réagissez
    |donnez votre avis|commenter cet article|soumettre un commentaire|soumettre le commentaire
    |ajouter votre commentaire|rédiger un commentaire|poster un nouveau commentaire|répondre à cet article
    |poster une réponse|laisser un commentaire sur cet article|ihr kommentar|einen kommentar schreiben
    |kommentar hinzufügen|beitrag schreiben|beitrag verfassen|jetzt kommentieren|scrivi il tuo commento
    |inserisci un commento|partecipa alla discussione|commenta la notizia|comente esta notícia
    |deixe o seu comentário|enviar um comentário|escreva o seu comentário|deixe um comentário cancelar resposta
    |schrijf een reactie|reageer op dit artikel|voeg een reactie toe|plaats reactie|reactie toevoegen
    |geef jouw mening|geef uw reactie|verstuur reactie|답글 취소|댓글 입력|댓글쓰기|답글 남기기 응답 취소
    |의견 남기기|댓글달기|コメントする コメントをキャンセル|コメントを追加|返信する 返信をキャンセル
    |コメント投稿|コメントの投稿|コメントをどうぞ|コメントを書く コメントをキャンセル|发表评论 取消回复
    |我来说两句|我要留言|添加评论|发评论|写留言|發表評論|張貼留言|發佈留言 取消回覆|我要發言|发表新评论
    |写下你的评论|发表留言
    """
)
# What stands beside such a heading: the button that closes the form.
CANCELS = _set(
    """
    cancel|cancelar|annuler|abbrechen|annulla|annuleren|anuluj|отменить|отмена|отказ|скасувати|odustani|hủy|לבטל|ביטול
    |batal|iptal|avbryt|annuller|peruuta|zrušit|zrušiť|mégse|anulează|ακύρωση|ยกเลิก|रद्द करें|إلغاء|لغو
    |キャンセル|취소|取消
    """
)
# Beginnings of what forms say; a line that begins so is part of a form.
FORM_OPENINGS: tuple[str, ...] = tuple(
    _set(
        """
    your email address will not be published|your e-mail address will not be published
    |email (will not be published)|mail (will not be published)|required fields are marked
    |save my name, email|notify me of follow-up comments|notify me of new posts|notify me of new comments
    |notify me via e-mail|this site uses akismet|you must be logged in to|you must log in to post
    |please enter your comment|please enter your name here|you have entered an incorrect email
    |please enter your email address here|would love your thoughts, please comment
    |fill in your details below or click|you are commenting using your|you may use these html
    |you can use these html|subscribe to: post comments|enter your comment here|connect with facebook
    |sign in to comment|log in to leave a|log in or register to post|login or register to post
    |please log in to comment|powered by disqus|please enable javascript to view the comments
    |comments powered by|blog comments powered by|view the discussion thread|previewing your comment
    |this is only a preview|by using this form you agree
    |insert/edit link|enter the destination url|or link to existing content
    |your comment is awaiting moderation|learn how your comment data is processed|notify of new follow-up
    |this comment form is under antispam|trackback url|both comments and pings are currently
    |you can follow any responses to this entry|you can skip to the end and leave|name (required)
    |mail (required)|email (required)|this comment has been removed|comment deleted|load more comments
    |show more comments|view more comments|load previous comments
    |tu dirección de correo electrónico no será publicada|su dirección de correo no se hará
    |tu dirección de correo no se publicará|los campos obligatorios están|guarda mi nombre, correo
    |guardar mi nombre, correo|este sitio usa akismet|este sitio utiliza akismet
    |recibir un correo electrónico con|debes iniciar sesión para|lo siento, debes estar conectado
    |tienes que iniciar sesión para|aprende cómo se procesan los datos|iniciar sesión para comentar
    |cargar más comentarios|avísame de nuevos|o seu endereço de e-mail não será publicado
    |o seu endereço de email não será|campos obrigatórios são marcados|salvar meus dados neste navegador
    |guardar o meu nome, email|este site utiliza o akismet|você precisa fazer o login para
    |notifique-me sobre|carregar mais comentários|votre adresse e-mail ne sera pas publiée
    |votre adresse de messagerie ne sera|les champs obligatoires sont|enregistrer mon nom, mon e-mail
    |ce site utilise akismet|prévenez-moi de tous les|avertissez-moi par e-mail
    |vous devez être connecté pour|en savoir plus sur la façon dont les données de vos
    |charger plus de commentaires|connectez-vous pour commenter|deine e-mail-adresse wird nicht
    |deine email-adresse wird nicht|ihre e-mail-adresse wird nicht|erforderliche felder sind
    |meinen namen, meine e-mail|name, e-mail-adresse und website|diese website verwendet akismet
    |benachrichtige mich über|du musst angemeldet sein|sie müssen angemeldet sein|mehr kommentare laden
    |weitere kommentare|erfahre, wie deine kommentardaten|erfahre mehr darüber, wie deine kommentardaten
    |the comment form collects|notify of|you can post now and register later|dołącz do dyskusji
    |your post will require moderator approval|note: your post will require moderator approval
    |i allow to use my email address and send notification|new follow-up comments
    |please note, comments must be approved|comments must be approved before|you need to be a member in order to
    |the content of this field is kept private|please keep your comments civil|please keep comments civil
    |by posting a comment|by submitting a comment|by leaving a comment, you|please read our comment
    |sign in to join the conversation|log in to join the conversation|create an account to comment
    |die kommentarfunktion ist|bitte melden sie sich an, um einen|melden sie sich an, um zu kommentieren
    |les commentaires doivent être approuvés|les commentaires sont modérés|ce forum est modéré a priori
    |los comentarios deben ser aprobados|ten en cuenta que los comentarios
    |esta es la opinión de los internautas|no está permitido verter comentarios
    |i commenti devono essere approvati|os comentários não representam|os comentários são de responsabilidade
    |let op: opmerkingen moeten worden goedgekeurd|redakcja nie bierze odpowiedzialności za wypowiedzi
    |din kommentar inväntar granskning|kommentarer inaktiverade för|meddela mig om nya
    |login für vote|to view or add a comment|create an account or sign in to comment
    |kommentare sind bei diesem artikel|wenn sie diesen blogeintrag kommentieren
    |il tuo indirizzo email non sarà|il tuo indirizzo e-mail non sarà|i campi obbligatori sono
    |salva il mio nome, email|do il mio consenso affinché un cookie|questo sito usa akismet
    |questo sito utilizza akismet|avvertimi via email|devi essere connesso per|devi essere loggato per
    |carica altri commenti|scopri come vengono elaborati i dati|je e-mailadres wordt niet
    |het e-mailadres wordt niet|vereiste velden zijn|mijn naam, e-mail en site|deze site gebruikt akismet
    |je moet ingelogd zijn|je moet inloggen om|laat me weten als er|stuur mij een e-mail als
    |twój adres e-mail nie zostanie|twój adres email nie zostanie|wymagane pola są|zapamiętaj moje dane
    |zapisz moje dane, adres|witryna wykorzystuje akismet|ta strona używa akismet|musisz się zalogować, aby
    |możliwość komentowania|powiadom mnie o|ваш адрес email не будет|ваш e-mail не будет
    |обязательные поля помечены|сохранить моё имя, email|этот сайт использует akismet
    |вы должны быть авторизованы|для отправки комментария вам|чтобы оставить комментарий|уведомить меня о
    |войдите, чтобы|ваша e-mail адреса не|обов'язкові поля|зберегти моє ім'я|щоб залишити коментар
    |e-posta hesabınız yayımlanmayacak|e-posta adresiniz yayınlanmayacak|gerekli alanlar
    |daha sonraki yorumlarımda|bir dahaki sefere yorum|yorum yapabilmek için|yorum yapmak için
    |لن يتم نشر عنوان بريدك|لن يتم نشر البريد|الحقول الإلزامية|احفظ اسمي، بريدي|هذا الموقع يستخدم
    |يجب أنت تكون مسجل|يجب تسجيل الدخول|电子邮件地址不会被公开|您的邮箱地址不会被公开
    |您的电子邮箱地址不会被公开|您的电子邮件地址不会被公开|必填项已用|在此浏览器中保存我的
    |發佈留言必須填寫的電子郵件|必填欄位標示|请先登录后发表评论|登录后才能|登录并发贴|网友评论仅供
    |请遵守《新闻评论|您必须登录才能|文明上网理性发言|查看更多跟贴|目前没有跟贴|已显示所有评论|查看更多评论
    |メールアドレスが公開されることはありません|次回のコメントで使用するため|が付いている欄は必須
    |このサイトはスパムを低減|コメントを投稿するにはログイン|コメントは受け付けていません
    |이메일 주소는 공개되지|이메일은 공개되지|필수 항목은|필수 필드는|다음 번 댓글 작성을|댓글을 달기 위해서는
    |댓글을 남기려면
    |din e-postadress kommer inte|obligatoriska fält|din e-postadresse vil ikke|sähköpostiosoitettasi ei
    |din e-mailadresse vil ikke|krævede felter er|gem mit navn, mail|du skal være logget ind for at
    |obligatoriske felt er|lagre mitt navn, e-post|du må være innlogget for å|du må logge inn for å
    |du måste vara inloggad för att|spara mitt namn, min e-post|pakolliset kentät on|tallenna nimeni
    |kirjaudu sisään kommentoidaksesi|sinun täytyy kirjautua|vaše e-mailová adresa nebude
    |vyžadované informace jsou|uložit do prohlížeče jméno|pro přidávání komentářů se musíte
    |pro přidání komentáře se|vaša e-mailová adresa nebude|vyžadované polia sú|uložiť moje meno, e-mail
    |az e-mail címet nem|az e-mail-címet nem|a kötelező mezőket|a nevem, e-mail|hozzászólás küldéséhez be kell
    |hozzászóláshoz be kell|adresa ta de email nu|câmpurile obligatorii sunt|salvează-mi numele
    |trebuie să fii autentificat pentru a|η ηλ. διεύθυνση σας δεν|η ηλ. διεύθυνσή σας δεν|τα υποχρεωτικά πεδία
    |αποθήκευσε το όνομά μου|πρέπει να συνδεθείτε για να|alamat email anda tidak akan
    |alamat surel anda tidak akan|ruas yang wajib|simpan nama, email|anda harus login untuk
    |email của bạn sẽ không|các trường bắt buộc|lưu tên của tôi|bạn phải đăng nhập để|đăng nhập để bình luận
    |อีเมลของคุณจะไม่|ช่องข้อมูลจำเป็น|บันทึกชื่อ, อีเมล|อีเมลจะไม่ถูกแสดง|आपका ईमेल पता प्रकाशित|आवश्यक फ़ील्ड
    |আপনার ই-মেইল এ্যাড্রেস|האימייל לא יוצג|שדות החובה מסומנים|שמור בדפדפן זה את|نشانی ایمیل شما منتشر
    |بخش‌های موردنیاز علامت|بخشهای موردنیاز علامت|ذخیره نام، ایمیل|برای نوشتن دیدگاه باید|برای ارسال نظر
    |вашият имейл адрес няма|задължителните полета са|запазване на името ми|ваша адреса е-поште неће
    |неопходна поља су|vaša adresa e-pošte neće|obavezna polja su|vaš e-naslov ne bo|neophodna polja su
    |spremi moje ime, e-poštu|sinu e-postiaadressi ei|nõutavad väljad on|el. pašto adresas nebus
    |būtini laukeliai pažymėti|jūsu e-pasta adrese netiks|obligātie lauki ir|l'adreça electrònica no es
    |els camps necessaris estan|o teu enderezo electrónico non|zure e-posta helbidea ez
    |ваша адреса електронної пошти не|для комментирования необходимо|вы можете оставить комментарий
    |правила комментирования|twój e-mail nie zostanie|e-posta adresiniz yayımlanmayacak
    |e-posta hesabınız yayınlanmayacak|yorum yazmak için|yorum yazabilmek için|inicia sesión para comentar
    |para comentar es necesario|para comentar debes|regístrate para comentar|faça login para comentar
    |para comentar é necessário|connectez-vous pour réagir|vous devez vous connecter pour
    |seuls les abonnés peuvent|bitte loggen sie sich ein, um|bitte melden sie sich an, um|accedi per commentare
    |devi accedere per|effettua il login per|om te kunnen reageren|je moet ingelogd
    |you can follow this conversation by|the comments to this entry are|verify your comment
    |comments on this entry are closed|comments are closed for|the views expressed in the contents above are
    |rss feed for comments|refresh comments list|登录后发表评论|登录后参与评论|请登录后再|登录后即可
    |ログインしてコメント|コメントの投稿にはログイン|로그인 후 댓글|댓글을 작성하려면 로그인|로그인하시면
    |you must log in or register to comment|you must log in to comment|you must be logged in or
    |you need to log in to comment|you must be registered to comment|please log in or register to comment
    |log in or sign up to comment|sign in or register to comment|log in or register to comment
    |sie müssen sich anmelden, um zu kommentieren|du musst dich anmelden, um zu kommentieren
    |melde dich an, um zu kommentieren|identifiez-vous pour commenter|connectez-vous ou inscrivez-vous pour commenter
    |inicia sesión o regístrate para comentar|faça login ou registe-se para comentar
    |entre ou cadastre-se para comentar|accedi o registrati per commentare|log in of registreer om te reageren
    |zaloguj się, aby komentować|zaloguj się, aby dodać komentarz|zaloguj się lub zarejestruj, aby
    |войдите или зарегистрируйтесь, чтобы|увійдіть або зареєструйтеся, щоб|yorum yapmak için giriş
    |logga in för att kommentera|logg inn for å kommentere|log ind for at kommentere|pro komentování se přihlaste
    |jelentkezz be a hozzászóláshoz
    """
    )
)
# Notices about comments: such a line is one only when it is short, for an article may begin a sentence so.
NOTICES: tuple[str, ...] = tuple(
    _set(
        """
    comments are closed|comments have been closed|comments are now closed|comments for this thread are
    |comments are moderated|all comments are moderated|html is allowed|logged in as|replying to
    |feel free to contribute|want to join the discussion|responses are currently closed
    |pings are currently closed|there are no comments yet|be the first to comment
    |los comentarios están cerrados|os comentários estão|les commentaires sont fermés
    |die kommentare sind geschlossen|die kommentarfunktion ist|kommentare sind geschlossen
    |kommentarfunktion geschlossen|i commenti sono chiusi|reacties zijn gesloten|комментарии закрыты
    |коментарі закриті|yorumlar kapalı|التعليقات مغلقة|评论已关闭|read all comments|view all comments
    |see all comments
    """
    )
)
# Buttons below a comment. A line made of these alone is furniture; the strong ones stand nowhere else.
BUTTONS_STRONG = _set(
    """
    reply|replies|permalink|respond|responder|répondre|antworten|antwort|beantworten|rispondi|beantwoorden
    |reageer|odpowiedz|ответить|відповісти|yanıtla|cevapla|رد|الرد|回复|回覆|返信|답글|expand full comment
    |svara|svar|vastaa|balas|odpovědět|válasz|zitieren|quote|citar|citer|zitat|upvote|downvote|replydelete
    |antwortenlöschen|respondereliminar|responderexcluir|responderborrar|répondresupprimer|rispondielimina
    |ответитьудалить|beantwoordenverwijderen|odpowiedzusuń|yanıtlasil|reageren|citeer|trả lời|απάντηση|顶
    |举报|引用|signaler|denunciar|melden|segnala|report|flag|пожаловаться|zgłoś|rapporteer|şikayet et|通報
    |신고
    |besvar|svar på denne|anmeld|anmäl|rapportera|ilmoita|ilmoita asiaton|ilmoita asiattomasta|vastaa viestiin
    |reagovat|nahlásit|odpovědět na komentář|odpovedať|nahlásiť|válasz erre|válaszol|jelentem|răspunde|raspunde
    |raportează|raporteaza abuz|raportează abuz|αναφορά|απαντήστε|balas komentar|laporkan|tanggapi|bình luận
    |phản hồi|báo vi phạm|báo xấu|ตอบกลับ|รายงาน|แจ้งลบ|उत्तर दें|जवाब दें|शिकायत करें|रिपोर्ट करें|জবাব দিন|הגב
    |הגב לתגובה|השב|להגיב|תגובה|דווח|דווח על תגובה|پاسخ|پاسخ دادن|پاسخ به این نظر|گزارش تخلف|گزارش|الإبلاغ|إبلاغ
    |ابلاغ|الرد على التعليق|أضف ردا|بلّغ|отговор|отговори|докладвай|одговори|odgovori|prijavi|vasta|raporteeri
    |atsakyti|pranešti|atbildēt|ziņot|respon|erantzun|cavabla|svare|skjul svar|відповісти|поскаржитися
    |скаржитися|ответить на комментарий|раскрыть ветку|развернуть ветку|свернуть ветку|ответить с цитированием
    |цитировать|пожаловаться на комментарий|reaguj|odpowiedz na komentarz|zgłoś nadużycie|zgłoś naruszenie
    |zgłoś do moderacji|cytuj|lubię to|yanıtla sil|cevap ver|cevap yaz|şikayet|alıntıla|bildir
    |responder a este comentario|denunciar comentario|denunciar comentário|responder comentário|reportar
    |signaler un abus|signaler un contenu inapproprié|signaler ce commentaire|répondre à ce message|alerter
    |alerter le modérateur|beitrag melden|kommentar melden|missbrauch melden|auf diesen beitrag antworten
    |auf kommentar antworten|antworten anzeigen|segnala abuso|segnala un abuso|rispondi al commento
    |meld misbruik|ongewenst|niet oké|reageer hierop|回复该评论|举报该评论|查看回复|查看对话|回复ta|返信する
    |違反報告|違反を報告|返信を書く|返信を見る|返信削除|답글삭제|回复删除|回覆刪除|ตอบลบ|답글 달기|답글달기
    |답글쓰기|답글 쓰기|대댓글|신고하기|공감 비공감
    |report abuse|report comment|report this comment|flag comment|flag as inappropriate|reply to this
    |reply to this comment|respond to this|link to this comment|permalink to this comment
    |direct link to this comment|replyreport
    |click to rate|vote up|vote down|multi-quote|mark as spam|load more replies|expand comment|collapse comment
    |auf diesen kommentar antworten|zum antworten anmelden|antworten ausblenden|weitere antworten|alle antworten
    |verstoß melden|kommentar löschen|leserempfehlung|als spam melden|voir les réponses|afficher les réponses
    |masquer les réponses|connectez-vous pour répondre|signaler comme indésirable|reportar comentario
    |ver respuestas|ver las respuestas|mostrar respuestas|ocultar respuestas|inicia sesión para responder
    |accede para responder|denunciar abuso|ver respostas|mostrar respostas|ocultar respostas|reportar abuso
    |reportar comentário|faça login para responder|inicie sessão para responder|vedi risposte|mostra risposte
    |mostra le risposte|nascondi risposte|leggi le risposte|accedi per rispondere|segnala commento|toon reacties
    |verberg reacties|toon antwoorden|bekijk antwoorden|log in om te reageren|rapporteren|rapporteer reactie
    |meld reactie|pokaż odpowiedzi|ukryj odpowiedzi|zobacz odpowiedzi|zaloguj się, aby odpowiedzieć
    |zgłoś komentarz|показать ответы|скрыть ответы|посмотреть ответы|ответить с цитатой|показати відповіді
    |сховати відповіді|переглянути відповіді|yanıtları göster|yanıtları gizle|yanıtları gör|cevapları göster
    |visa svar|dölj svar|logga in för att svara|vis svar|log ind for at svare|logg inn for å svare|檢舉|檢舉留言
    |查看全部回复|展开回复|收起回复|查看更多回复|引用回复|查看回覆|返信を表示|返信を非表示|返信をもっと見る|通報する
    |コメントを報告|このコメントに返信|답글 보기|답글 숨기기|답글 더보기|댓글 신고|عرض الردود|إخفاء الردود|تبليغ
    |see all replies|see all responses|view all replies|view all responses|show all replies|show all responses
    |read replies|see more replies|alle antworten anzeigen|alle antworten ansehen|voir toutes les réponses
    |afficher toutes les réponses|ver todas las respuestas|ver todas as respostas|mostrar todas as respostas
    |vedi tutte le risposte|mostra tutte le risposte|alle antwoorden bekijken|toon alle reacties
    |pokaż wszystkie odpowiedzi|zobacz wszystkie odpowiedzi|показать все ответы|показати всі відповіді
    |tüm yanıtları gör|tüm yanıtları göster|visa alla svar|vis alle svar|näytä kaikki vastaukset
    |zobrazit všechny odpovědi|すべての返信を表示|返信をすべて見る|답글 모두 보기|عرض كل الردود|xem tất cả trả lời
    |lihat semua balasan
    """
)
BUTTONS = BUTTONS_STRONG | _set(
    """
    like|likes|unlike|share|edit|delete|link|hide|show|more|up|down|vote|votes|helpful|thanks|abuse|comment
    |this|to|in|log|login|sign|with|as|inappropriate|spam|recommend|recommended|collapse|expand|full|view
    |see|read|all|hidden|me gusta|gusta|me|compartir|j'aime|aime|j|partager|gefällt|mir|teilen|mi piace
    |piace|condividi|vind ik leuk|leuk|lubię to|нравится|мне|поделиться|curtir|gosto|compartilhar|beğen
    |paylaş|赞|踩|分享|喜欢|いいね|좋아요|싫어요|إعجاب|author|autor|a|abus|log in|leave|parent|thread|follow
    |comments|edited|1|user|block|mute|ignore|moderator|post|posts|un|gefällt mir|this comment
    |to this comment|ago|s|an
    |synes|godt|om|liker|lik|gilla|gillar|tykkää|peukuta|líbí|se|mi|to|páči|tetszik|îmi|place|îmi place|αρέσει
    |μου|suka|thích|chia sẻ|ถูกใจ|แชร์|पसंद|पसंद करें|साझा करें|לייק|אהבתי|שתף|أعجبني|مشاركة|پسندیدن|харесва|ми
    |sviđa|подобається|нравится|не нравится|patinka|m'agrada|no me gusta|no|non mi piace|non|je n'aime pas|收藏
    |复制|支持|反对|讚|喜欢|点赞|そう思う|そう思わない|参考になった|共感した|なるほど|うーん|공감|비공감|추천
    |반대|공유|empfehlen|kommentar|kommentieren|posten|bewerten|teilen|übersetzen|löschen|bearbeiten|comentar
    |valorar|eliminar|borrar|editar|recomendar|excluir|supprimer|modifier|recommander|partager|elimina|modifica
    |verwijder|bewerk|usuń|edytuj|удалить|изменить|поделиться|ссылка|sil|düzenle|radera|slet|slett|poista|hapus
    |xóa|törlés|vymazat|vymazať|smazat|șterge|ștergere|răspundeți|διαγραφή|ลบ|削除|삭제
    |删除|刪除|изтриване|видалити|izbriši|obriši|verwijderen|löschen|expand comment|kudos|respect
    |upvoted|save|embed|score|points|disagree|agree|dislike|dislikes|favorite|favourite|facebook|twitter
    |give award|award|context|source|crosspost
    """
)
# Buttons to approve by that stand nowhere else once the number of those who did stands behind them, ...
APPROVALS = _set(
    """
    like|likes|liked|dislike|dislikes|recommend|recommended|upvote|upvotes|upvoted|helpful|respect|kudos|thumbs up
    |thumbs down|gefällt mir|gefällt mir nicht|leserempfehlung|leserempfehlungen|empfehlen|empfohlen|hilfreich
    |recommander|recommandations|j'aime|je n'aime pas|utile|me gusta|no me gusta|recomendar|útil|curtir|gosto
    |não gosto|curtidas|mi piace|non mi piace|leuk|vind ik leuk|aanbevelen|lubię to|polecam|poleć|нравится
    |не нравится|мне нравится|лайк|лайки|рекомендую|подобається|beğen|beğendim|gilla|gillar|synes godt om|liker
    |tykkää|tykkään|líbí se mi|páči sa mi|tetszik|îmi place|μου αρέσει|харесва ми|sviđa mi se|suka|thích|ถูกใจ|पसंद
    |אהבתי|לייק|أعجبني|إعجاب|پسندیدن|赞|点赞|顶|踩|支持|反对|讚|推荐|推薦|いいね|そう思う|そう思わない|参考になった
    |共感した|좋아요|싫어요|공감|비공감|추천|반대
    """
)
# ... or before them; "12 likes" stands below what is shown of a network as well.
APPROVED = _set(
    """
    recommend|recommends|recommended|people like this|leserempfehlungen|gefällt mir|gefällt|j'aime|me gusta|mi piace
    |gillar|synes godt om|liker|tykkää|suka|vind ik leuk|нравится|подобається|beğen|lubię to|líbí se mi|tetszik|赞
    |点赞|讚|いいね|そう思う|参考になった|공감|추천
    """
)
# Who likes a comment.
LIKED = r"""liked\sby\s\d{1,5}\s(?:people|persons?|readers?|others)|\d{1,5}\s(?:people|readers)\sliked?\sthis
|gefällt\s\d{1,5}\s(?:personen|lesern|mal)|\d{1,5}\spersonen\sgefällt\sdas|aimé\spar\s\d{1,5}\spersonnes?
|\d{1,5}\spersonnes?\saime(?:nt)?\s(?:ça|cela|ceci)|(?:les?\s)?gusta\sa\s\d{1,5}\spersonas?
|a\s\d{1,5}\spersonas?\sles?\sgusta(?:\sesto)?|\d{1,5}\spessoas?\s(?:curtiram|curtiu|gostam)(?:\sisso|\sdisto)?
|curtido\spor\s\d{1,5}\spessoas?|piace\sa\s\d{1,5}\spersone?|\d{1,5}\s(?:mensen|personen)\svinden\sdit\sleuk
|(?:lubi\sto|polubione\sprzez)\s\d{1,5}(?:\sos[oó]by?)?|нравится\s\d{1,5}\s(?:людям|пользователям)
|подобається\s\d{1,5}\s(?:людям|користувачам)|gillas\sav\s\d{1,5}(?:\spersoner)?|\d{1,5}\spersoner\sgillar\sdet(?:\shär)?
|\d{1,5}\spersoner\s(?:synes\sgodt\som|liker)\sdette|\d{1,5}\shenkilöä\stykkää(?:\stästä)?|\d{1,5}\skişi\s(?:bunu\s)?beğendi
|\d{1,5}\sngười\sthích|(?:disukai|\d{1,5}\sorang\smenyukai)\s(?:\d{1,5}\sorang|ini)|\d{1,5}\s?人(?:觉得|覺得)?(?:点|點)?[赞讚]
|\d{1,5}\s?人が「?いいね」?(?:しました|!)?|\d{1,5}\s?명이\s(?:좋아합니다|추천했습니다|공감했습니다)"""
MORE = r"""(?:(?:view|show|load|read|see)\s)?(?:all\s)?\d{1,5}\s(?:more\s)?(?:comments|replies)\s?(?:\.\.\.|…)\Z
    | (?:view|show|load|hide|see)\s(?:all\s)?\d{1,5}\s(?:more\s|other\s)?(?:repl(?:y|ies)|comments?)\Z
    | \d{1,4}\smore\s(?:comments?|replies)
    | (?:(?:voir|afficher|masquer)\s(?:les\s)?|(?:ver|mostrar|ocultar)\s(?:(?:la|o|a)s?\s)?
      |(?:vedi|mostra|nascondi)\s(?:le\s|altre\s)?)
      \d{1,4}\s(?:autres\s)?(?:réponses?|respuestas?|respostas?|rispost[ae])(?:\s(?:más|mais))?\Z
    | (?:alle\s)?\d{1,4}\s(?:weitere\s)?antwort(?:en)?\s(?:anzeigen|ausblenden|laden)\Z
    | (?:toon|bekijk|verberg|visa|dölj|vis|skjul|pokaż|zobacz|ukryj)\s(?:alle\s|nog\s|jeszcze\s)?\d{1,4}
      \s(?:fler\s|flere\s)?(?:reacties?|antwoord(?:en)?|svar|odpowiedzi)\Z
    | (?:показать|скрыть|ещё|показати|сховати|ще)\s(?:ещё\s|еще\s|ще\s)?\d{1,4}\s(?:ответ(?:а|ов)?|відповід(?:ь|і|ей))\Z
    | \d{1,4}\s(?:yanıtı|cevabı)\s(?:göster|gör|gizle)\Z
    | (?:查看|展开|展開|收起)(?:全部|其余)?\s?\d{1,4}\s?[条條则則个]?\s?(?:回复|回覆)\Z
    | (?:返信\s?\d{1,4}(?:\s?件)?|\d{1,4}\s?件の返信)(?:を(?:表示|見る))?\Z
    | 답글\s?\d{1,4}(?:개\s?(?:더\s?)?보기)?\Z
    | \d{1,4}\s(?:of|von|sur|de|di|van|av|af|z|из|з)\s\d{1,4}\s
      (?:replies|responses|antworten|réponses|respuestas|respostas|risposte|reacties|svar|odpowiedzi|ответов|відповідей)\Z
    | \d{1,4}\s(?:repl(?:y|ies)\sby|antwort(?:en)?\svon|réponses?\sde|respuestas?\sde|respostas?\sde|rispost[ae]\sdi)\s
      [^\s.,;:!?]{1,24}(?:\s[^\s.,;:!?]{1,24}){0,2}\Z"""
SAYS = r"""says|said|wrote|writes|commented|replied|responded|added|adds|answered|sagt|sagte|schrieb
|schreibt|meint|meinte|dice|dijo
|escribió|escribio|comentó|diz|disse|escreveu|comentou|dit|a\sdit|a\sécrit|écrit|ha\sscritto|ha\sdetto
|scrive|zegt|schreef|schrijft|pisze|napisał(?:a|\(a\))?|mówi|пишет|говорит|написала?|сказала?|каже|пише
|dedi(?:\ski)?|diyor(?:\ski)?|yazdı|يقول|تقول|كتبت?|قالت?|علّق|skriver|skrev|sade|säger|sa|sanoo|sanoi
|kirjoittaa|kirjoitti
|píše|napsala?|řekla?|řekl\(a\)|říká|napísala?|povedala?|hovorí|siger|sagde|sier|spunea?|a\s(?:spus|scris|zis)|scria
|zice
|szerint|írta|mondta|írja|λέει|είπε|έγραψε|γράφει|казва|каза|написа|пише|kaže|napisao|napisala|piše|рекао
|је\sрекао|вели|pravi
|комментирует|прокомментировал[аи]?|ответила?|отвечает|коментує|прокоментува(?:в|ла)|написа(?:в|ла)
|сказа(?:в|ла)|говорить|відповіда[єв]
|berkata|mengatakan|menulis|viết|nói|đã\sviết|đã\snói|گفت|گفته|می‌گوید|میگوید|نوشت|نوشته|אמר(?:/ה)?|אמרה
|כתבה?|הגיבה?|rašo|rašė|sako|saka
|raksta|teica|ütles|kirjutab|kirjutas|ütleb|diu|ha\sdit|va\sdir|thotë|segir|deyir|yazır|kommenterte
|kommenterade|svarade|svarte|reageerde
|zei|komentuje|skomentował[a]?|odpowiada|odpowiedział[a]?|antwortete|kommentiert|kommentierte|respondió
|respondeu|répond|a\srépondu
|comentou|commente|risponde|ha\srisposto"""
# The same, where no space stands before the word, or where its last letter is no letter to a regular expression.
SAYS_CJK = (
    r"说道|說道|说|說|写道|寫道|评论道|回复道|回應說|提到|より|さんのコメント|さんの発言|さんより|님의\s말|\s댓글|\s말하길|말합니다"
    r"|ने\sकहा|कहते\sहैं|कहती\sहैं|कहा|लिखते\sहैं|ने\sलिखा|বলেছেন|লিখেছেন|พูดว่า|กล่าวว่า|บอกว่า|เขียนว่า|ამბობს"
)
POSTED = r"""(?:comment\sauthor\s?avatar|avatar\s(?:of|for)
|(?:comment(?:ed)?|posted|submitted|written|left|sent|reply|response)\s(?:by|from)|by
|from|comment:
|author:|name:|(?:publicado|escrito|enviado|comentario|comentado|postado|comentário)\s(?:por|de)
|(?:posté|rédigé|écrit|publié|commentaire|envoyé)\s(?:par|de)|(?:geschrieben|kommentar|verfasst
|gepostet)\s?von|(?:scritto|inviato|pubblicato|commento)\s(?:da|di)|(?:geplaatst|geschreven
|reactie)\s(?:door|van)|(?:dodane|napisane)\sprzez|(?:автор|от|отправил|написал)|por|par|von|da|door
|przez|skrevet\s(?:af|av)|skickad\sav|inlagt\s(?:af|av)|indsendt\saf|postet\sav|postat\sav|lähettänyt
|kirjoittanut|vložila?|přidala?|napísala?
|odeslala?|autor:|pridala?|beküldte|írta:|trimis\sde|postat\sde|scris\sde|adăugat\sde|από|ο/η
|υποβλήθηκε\sαπό|gönderen:?|yazan:?
|oleh|dikirim\soleh|đăng\sbởi|gửi\sbởi|bởi|người\sgửi:?|โดย|מאת|نویسنده:?|بواسطة:?|بقلم|أرسلت\sبواسطة|كتب
|ارسال\sشده\sتوسط|द्वारा
|von:|name:|nick:|nom:|nome:|nombre:|имя:|автор:|ник:|від:?|додав|надіслав|публикувано\sот|posteado\spor
|deixado\spor|door:
|autore:|scritto\sda:?|posté\spar\s:?|de\sla\spart\sde|soumis\spar|作者|作成者|发表人|发布者|發表者|留言者
|投稿者|名前|ニックネーム|글쓴이|작성자)"""
# What stands for the name of somebody who has given none.
GUESTS = _set(
    """
    guest|gast|invitado|convidado|visitante|invité|ospite|gość|гость|гост|misafir|ziyaretçi|访客|游客|ゲスト|손님|비회원|gæst
    |gjest|gäst|vieras|host|vendég|oaspete|vizitator|επισκέπτης|tamu|khách|ผู้เยี่ยมชม|अतिथि|אורח|مهمان
    |کاربر مهمان|زائر|ضيف|网友
    """
)
# What else stands beside a name and is none.
ROLES = GUESTS | _set("""
    author|member|admin|administrator|editor|moderator|subscriber|staff|post author|translate|verified
    |new member|autor|mitglied|redakteur|übersetzen|administrador|moderador|membro|membre|auteur
    |modérateur|autore|lid|redakcja|автор|админ|yazar|作者|楼主|投稿者|글쓴이|top commenter|works at|reply author
    |ανώνυμος χρήστης|автор статьи|новичок|пользователь|участник|stały czytelnik|zarejestrowany
    |gość niezalogowany|gast auf der seite|leser|abonnent|lecteur|abonné|suscriptor|lector|utente
    |lettore|lezer|forfatter|författare|kirjoittaja|penulis|tác giả|작성자|회원|会员|普通用户|top fan
    |original poster|op|reader|contributor
    """)
# Who never is the author of a comment: how sentences of prose begin that end in "said:" and the like.
NOT_AUTHORS = _set(
    """
    he|she|it|they|we|i|you|who|the|a|an|this|that|one|and|but|as|then|when|what|his|her|their|my|our
    |someone|everyone|people|in|on|at|for|to|if|so|there|here|some|many|er|sie|es|der|die|das|wir|ich|man
    |wer|und|aber|él|ella|el|la|los|las|lo|yo|que|y|pero|como|il|elle|le|les|ce|cela|qui|et|mais|lui|lei
    |egli|che|e|ma|hij|zij|ze|het|de|een|wie|en|maar|он|она|они|я|мы|кто|это|и|но|o|os|ele|ela|eu|quem|mas
    |bu|ben|biz|ona|oni|ja|kto|ale|也|他|她|我
    |hun|hon|den|det|de som|jeg|jag|du|som|og|och|men|på|med|hän|ne|minä|joka|ja|mutta|ő|ők|és|aki|de|ez|az|egy
    |mert|ea|ei|ele|și|dar|care|cine|αυτός|αυτή|ο|η|το|οι|και|αλλά|που|той|тя|те|ние|аз|но|jsem|který|kdo|ten|ta
    |że|który|která|mereka|yang|itu|họ|ông|bà|tôi|chúng|và|nhưng|वह|यह|वे|हम|और|הוא|היא|הם|אני|זה|או|هو|هي|هم
    |انا|و|او|این|آن|من|ما|که|він|вона|вони|ми|хто|але|же|как|что|так|это|por|para|sin|como|pour|avec|dans|sur
    |mit|für|auf|im|am|bei|nach|wie|nel|nella
    """
)
# What else may stand beside a date that is no head: the article's own furniture.
NOT_NAMES = _set(
    """
    published|updated|posted|last updated|last modified|modified|created|date|on|by|posted on|published on
    |posted by|first published|released|release date|added|originally published|reviewed|time|when|today
    |copyright|created on|veröffentlicht|aktualisiert|stand|erstellt|publicado|actualizado|publicado el
    |publié le|mis à jour le|pubblicato|aggiornato|gepubliceerd|опубликовано|обновлено|opublikowano|发布时间
    |发布于|时间|更新|来源|発行|公開|更新日|投稿日|yayınlanma|güncelleme|read|min read|archive|archives
    |edited|last edited|edit|and|to|from|until|in|of|the|since|retrieved|accessed|source|page|vol|issue|no
    |joined|join date|registered|posts|location|last post|last visit|deadline|build time|expires|due|effective
    |est|pm|am|monday|friday|read more|continue reading|minutes
    |publicerad|publicerat|uppdaterad|senast uppdaterad|skapad|offentliggjort|publiceret|opdateret
    |sidst opdateret|udgivet
    |publisert|oppdatert|sist oppdatert|julkaistu|päivitetty|muokattu|publikováno|aktualizováno|vydáno
    |zverejnené|publikované
    |aktualizované|megjelent|frissítve|közzétéve|publicat|actualizat|ultima actualizare|δημοσιεύθηκε|δημοσιεύτηκε
    |δημοσίευση|ενημερώθηκε|τελευταία ενημέρωση|публикувано|обновена|последна промяна|објављено|objavljeno|ažurirano
    |zadnja sprememba|paskelbta|atnaujinta|publicēts|avaldatud|uuendatud|diterbitkan|diperbarui|dipublikasikan
    |terbit
    |cập nhật|cập nhật lần cuối|đăng ngày|đăng lúc|ngày đăng|thứ|ngày|เผยแพร่|ปรับปรุงล่าสุด|อัปเดต|วันที่
    |प्रकाशित|अपडेट|अपडेटेड
    |प्रकाशित तिथि|প্রকাশ|আপডেট|প্রকাশিত|פורסם|פורסם בתאריך|עודכן|תאריך|منتشر شده|انتشار|تاریخ انتشار|به روز شده در
    |آخرین بروزرسانی|نشر
    |نشر في|تم النشر|تاريخ النشر|آخر تحديث|تحديث|التاريخ|등록|입력|수정|승인|기사입력|최종수정|업데이트|발행
    |创建时间|发表时间|发布日期|日期
    |更新时间|更新時間|發布時間|配信|掲載|更新日時|公開日|最終更新|最終更新日|опублікована|опубліковано|оновлено
    |создано|изменено|дата
    |дата публикации|последнее обновление|размещено|utworzono|zaktualizowano|data publikacji|aktualizacja
    |ostatnia aktualizacja
    |publicação|atualizado|publicado em|atualizado em|última atualização|última actualización|modifié le
    |mise à jour|créé le
    |mis en ligne le|ultimo aggiornamento|pubblicato il|aggiornato il|laatst bijgewerkt|laatst gewijzigd
    |bijgewerkt|geplaatst
    |letzte aktualisierung|zuletzt aktualisiert|datum|data|fecha|fecha de publicación|oluşturma|son güncelleme|giriş
    |güncelleme tarihi|yayın tarihi|tarih
    """
)
# What leads from one comment of a thread to another, beside its head.
STEPS = _set(
    """
    root|parent|prev|previous|next|context|vorheriger|vorherige|nächster|nächste|übergeordnet|précédent|suivant
    |racine|anterior|siguiente|padre|raíz|próximo|seguinte|pai|precedente|successivo|genitore|vorige|volgende
    |bovenliggend|poprzedni|następny|nadrzędny|предыдущий|следующий|родитель|назад|вперёд|вперед|попередній
    |наступний|föregående|nästa|forrige|neste|næste|edellinen|seuraava|předchozí|další|nadřazený|önceki|sonraki
    |上一条|下一条|上一個|下一個|父|根|前へ|次へ|親|이전|다음|상위|السابق|التالي|قبلی|بعدی|הקודם|הבא|sebelumnya
    |berikutnya|trước|sau
    """
)
# What says that a comment was changed after it had been written.
CHANGED = r"""(?:last\s|zuletzt\s)?edited|editiert|bearbeitet|geändert|modifiée?|éditée?|editad[oa]|modificad[oa]
|modificat[oa]|bewerkt|aangepast|edytowan[eyoa]|zmienion[eyo]|изменено|изменён|изменен
|отредактировано|ред\.?|змінено|відредаговано|redigera[dt]|redigeret|redigert|ändrad|ændret|endret
|muokattu|upraveno|upravené|szerkesztve|szerkesztett|editat|επεξεργασμένο|επεξεργάστηκε
|τροποποιήθηκε|редактирано|промењено|uređeno|izmijenjeno|izmenjeno|urejeno|düzenlendi|diedit
|disunting|đã\schỉnh\ssửa|đã\ssửa|แก้ไขแล้ว|संपादित|נערך|ویرایش[\s\u200c]شده|ویرایش|تم\sالتعديل|معدل
|معدّل|수정됨|수정|已编辑|已編輯|编辑过|已修改|編集済み?|muudetud|redaguota|rediģēts"""
# Names of links beside a head.
LINKS = _set(
    """
    link|permalink|permanent link|comment link|link to comment|comment|homepage|home page|website|journal|profile
    |direct link|add star|add star yellow|リンク|固定リンク|パーマリンク|链接|連結|固定链接|링크|고유링크
    |kommentar-link|kommentarlink|link zum kommentar|permanentlink|webseite|profil|lien|permalien|lien permanent
    |lien du commentaire|lien vers le commentaire|enlace|enlace permanente|enlace al comentario|perfil|ligação
    |link permanente|link do comentário|link para o comentário|collegamento|link al commento|collegamento permanente
    |profilo|reactie-link|link naar reactie|profiel|odnośnik|link do komentarza|ссылка|ссылка на комментарий
    |постоянная ссылка|профиль|посилання|посилання на коментар|länk|länk till kommentar|lenke|lenke til kommentar
    |linkki|linkki kommenttiin|odkaz|odkaz na komentář|bağlantı|yorum bağlantısı|σύνδεσμος|رابط|رابط التعليق|پیوند
    |لینک|קישור|liên kết|tautan|ลิงก์
    """
)
# What stands before the date of the last answer to a comment.
LAST_ANSWERS = _set(
    """
    last reply|last response|latest reply|most recent reply|letzte antwort|dernière réponse|última respuesta
    |última resposta|ultima risposta|laatste reactie|laatste antwoord|ostatnia odpowiedź|последний ответ
    |остання відповідь|son yanıt|son cevap|senaste svar|seneste svar|siste svar|viimeisin vastaus|poslední odpověď
    |posledná odpoveď|utolsó válasz|ultimul răspuns|τελευταία απάντηση|последен отговор|zadnji odgovor
    |poslednji odgovor|balasan terakhir|trả lời cuối|ตอบล่าสุด|अंतिम उत्तर|תגובה אחרונה|آخر رد|آخرین پاسخ|最后回复
    |最後回覆|最新回复|最新の返信|最終返信|마지막 답글
    """
)
# What stands for the picture of who wrote.
PICTURES = r"""(?:comment\sauthor\s?)?avatar(?:\s(?:of|for|de|du|del|di|do|van|von|użytkownika))?
|(?:profile|user)\s(?:picture|photo|image)(?:\s(?:of|for))?|profilbild(?:\svon)?
|benutzerbild(?:\svon)?|photo\sde\sprofil(?:\sd[eu])?|foto\sde\sperfil(?:\sd[eo])?
|foto\s(?:di\s|del\s)?profilo(?:\sdi)?|profielfoto(?:\svan)?
|аватар(?:ка)?(?:\sпользователя|\sкористувача)?|zdjęcie\sprofilowe|profil\s(?:resmi|fotoğrafı)
|profilbilde?t?|profilkuva|profilový\sobrázek|foto\sprofil|ảnh\sđại\sdiện|头像|頭像|アバター
|プロフィール画像|프로필\s(?:사진|이미지)|صورة|آواتار|תמונת\sפרופיל"""
# What is put above a comment that all shall see ...
PINNED = r"""pinned|featured|highlighted|promoted|top\scomment|best\scomment|editors?'?s?'?\s(?:pick|choice)
|angeheftet|angepinnt|hervorgehoben|empfohlen|redaktionsempfehlung|épinglée?|à\sla\sune|fijad[oa]
|destacad[oa]|fixad[oa]|destaque|fissato|in\sevidenza|vastgezet|uitgelicht|przypięt[ey]
|wyróżnion[ey]|закреплено|закреплённый|закріплено|sabitlendi|fäst|fastgjort|festet|kiinnitetty
|připnuto|置顶|置頂|精选|精選|固定|ピン留め|고정됨|مثبت|disematkan|được\sghim"""
# ... and who did it.
BY = r"""by|von|par|por|da|door|przez|пользователем|av|af|oleh|bởi"""
# How old somebody is, behind the figure.
AGES = (
    r"years?(?: old)?|yrs?|ans|años|anos|anni|anys|jahre|lata?|let|rokov|лет|года?|років|роки|години|година|yaşında|år"
    r"|jaar|jaren|vuotta|vuotias|éves|ani|ετών|χρονών|godin[ae]|metų|gadi|aastat|tahun|tuổi|ปี|वर्ष|साल|عام[اً]?|عاما"
    r"|سنة|ساله?|שנים"
)
# The first lines of mail, before a colon: from whom, when, and what about.
SENDERS = r"from|von|de|da|van|fra|från|od|от|від"
SENT = (
    r"date|sent|datum|fecha|data|dato|дата|отправлено|tarih|gesendet|envoyée?|enviado|inviato|verzonden|wysłano"
    r"|skickat|sendt"
)
SUBJECTS = r"subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|temat|тема"
# Links that a wiki puts behind the name of who signs: where to talk to him, and what he wrote.
TALKS = r"""(?:user\s)?talk(?:\spage)?|contribs?|contributions|diskussion|disk\.?|beiträge|bd|discuter
|discussion|contrib|d|discusión|disc\.?|contribuciones|charla|discussão|contribuições|discussione
|contributi|msg|overleg|bijdragen|dyskusja|wkład|обс(?:уждение|\.)?|вклад|обговорення|внесок
|tartışma|mesaj|katkılar|bidrag|diskusjon|keskustelu|muokkaukset|diskuse|příspěvky|diskusia|vita
|szerkesztései|discuție|contribuții|συζήτηση|συνεισφορές|беседа|приноси|разговор|доприноси|razgovor
|doprinosi|bicara|kontrib|thảo\sluận|đóng\sgóp|คุย|वार्ता|योगदान|שיחה|תרומות|نقاش|مساهمات|بحث
|مشارکت‌ها|留言|讨论|討論|对话|對話|贡献|貢獻|会話|ノート|投稿記録|토론|기여"""
# What is counted beside the name of who wrote.
POINTS = r"""points?|pts?|votes?|likes?|karma|punkte?|punkt[yóo]w?|stimmen|puntos?|votos?|pontos?|punti|voti
|punten|stemmen|poäng|poeng|pistettä|bod[yůů]|pont|puncte|баллов|балла?|очк[оаи]в?|голос(?:а|ов)?
|πόντοι|βαθμοί|puan|oy|poin|điểm|คะแนน|अंक|נקודות|نقاط|نقطة|امتیاز|ポイント|点|票|赞|分|점|표"""
# What never ends the name before "added:" and the like: something was.
AUXILIARIES = _set(
    "be|been|being|is|are|was|were|has|have|had|wird|wurde|wurden|ist|sind|est|sont|fue|fueron|era|foi|è|sono|werd|werden|был|была|были"
)
# The fields of a comment form, each on a line of its own.
FIELDS = _set(
    """
    name|email|e-mail|website|url|comment|submit|send|mail|your name|your email|your comment|title|subject
    |captcha|message|email address|web site|homepage|post|cancel|you may use these html tags and attributes
    |recipe rating|rating|nombre|correo electrónico|correo|web|sitio web|comentario|enviar|nom
    |adresse e-mail|site web|site|commentaire|envoyer|adresse de messagerie|kommentar|absenden|webseite
    |e-mail-adresse|nome|sito web|commento|invia|comentário|naam|reactie|verzenden|imię|nazwa|adres e-mail
    |adres email|witryna internetowa|strona internetowa|komentarz|wyślij|имя|сайт|комментарий|отправить
    |почта|isim|ad|e-posta|internet sitesi|yorum|gönder|الاسم|البريد الإلكتروني|الموقع الإلكتروني|التعليق
    |إرسال|昵称|姓名|邮箱|电子邮件|电子邮箱地址|网站|站点|评论|提交|显示名称|名稱|電子郵件|網站|名前|メール
    |サイト|コメント|送信|이름|이메일|웹사이트|댓글|등록|ім'я|коментар|вебсайт|electronic mail
    |navn|hjemmeside|webside|webbplats|webbplatsen|namn|e-post|nettsted|nimi|sähköposti|sähköpostiosoite
    |kotisivu|kommentti|verkkosivusto|jméno|webová stránka|komentář|meno|webové sídlo|név|honlap|weboldal
    |hozzászólás|e-mail cím|nume|site web|comentariu|sit web|όνομα|ιστότοπος|σχόλιο|ηλ. διεύθυνση|nama|situs web
    |surel|komentar|tên|trang web|bình luận|ชื่อ|อีเมล|เว็บไซต์|ความเห็น|नाम|ईमेल|वेबसाईट|टिप्पणी|שם|אימייל|אתר
    |תגובה|نام|ایمیل|وب‌ سایت|وب‌سایت|دیدگاه|البريد الالكتروني|الموقع|име|имейл|уебсайт|ime|e-pošta|web-stranica
    |veb mesto|spletna stran|vardas|vārds|lloc web|пошта|электронная почта|absender|votre nom|votre email
    |votre commentaire|su nombre|tu nombre|seu nome|uw naam|twoje imię|pseudonim|podpis|nick
    """
)
# Lines after which a page's own footer begins.
FOOTERS = r"""(?:related|recommended|popular|trending|recent\s(?:posts|articles)|latest|you\smay\salso
|you\smight\salso|more\s(?:from|stories|in|articles|on)|most\s(?:read|popular|viewed)|previous\s(?:post
|article)|next\s(?:post|article)|older\s(?:post|entries)|newer\s(?:post|entries)|copyright|©|\(c\)\s
|all\srights|tags?:|categories|archives?\b|share\sthis|about\s(?:the\sauthor|us|me)|subscribe(?!d)|newsletter
|sign\sup|follow\sus|home\b|privacy|terms\sof|contact|search|advertisement|sponsored|navigation
|post\snavigation|also\son|discover\smore|no\sposts|ready\sfor\smore|artículos\srelacionados
|relacionados|entradas\srelacionadas|articles?\s(?:similaires|liés)|à\slire|ähnliche|das\skönnte
|mehr\szum|weitere\sartikel|meistgelesen|impressum|datenschutz|articoli\s(?:correlati|recenti)
|leggi\sanche|gerelateerd|lees\sook|похожие|читайте\sтакже|powiązane|czytaj\s(?:też|także)|ilgili|相关
|推荐|阅读|下一篇|上一篇|関連|前の記事|次の記事|관련|läs\s(?:även|också|mer)|relaterade|relaterede|relatert
|læs\sogså|les\sogså
|lue\smyös|související|čtěte\stakéž?|kapcsolódó|olvasd\sel|citește\sși|articole\s(?:similare|recente)
|διαβάστε\sεπίσης|σχετικά\sάρθρα|baca\sjuga
|artikel\sterkait|xem\sthêm|tin\sliên\squan|bài\sviết\sliên|ข่าวที่เกี่ยวข้อง|อ่านเพิ่มเติม|संबंधित\sखबरें
|यह\sभी\sपढ़ें|כתבות\sנוספות|עוד\sבנושא
|مطالب\sمرتبط|اخبار\sمرتبط|مواضيع\s(?:ذات|متعلقة)|اقرأ\sأيضا)"""
# Signs of a page that is a talk from its first line on: its posts are its content.
FORUMS = r"""(?:\d{1,5}\s(?:answers?|antworten\sauf|respuestas\sa\sla)\b|your\sanswer|you\smust\slog\sin\sto\sanswer
|start\sasking|explore\srelated\squestions|ask\squestion|best\sanswer|accepted\s(?:answer|solution)
|asked\s(?:(?:on\s)?\w{3,9}\s\d|\d|yesterday|today|an?\s(?:minute|hour|day|week|month|year))|answered\s(?:by|on|\w{3}\s\d)|sorted\sby|thread\sstarter|original\sposter|go\sto\spage
|topic\sstarter|jump\sto\slatest|new\sposts?\b|unread|reply\sto\sthread|thread\stools|quick\sreply
|you\scannot\s(?:post|reply)|moderators?:|similar\sthreads|related\sdiscussions|solved\b|posts:\s?\d
|joined:?\s|joined\Z|reaction\sscore|(?:well-known|active|senior|junior|new)\smember|featured\sreplies
|link\sto\s(?:comment|post)|share\son\sother\ssites|top\sposters|code:\sselect\sall|topic\s(?:archived
|starter)|threads\Z|write\sa\sreview|leave\sa\sreview|reviewed\s(?:on|by)|verified\s(?:buyer|purchase
|reviewer)|\d[\d,.]{0,6}\s(?:customer\s|product\s)?reviews|customer\sreviews|i\srecommend\sthis
|number\sof\sslices|re:\s|beiträge:|registriert:|mensajes:|messages?:\s?\d|inscription\s?:|сообщени[йя]:
|楼主|沙发|threadstarter)"""

# What boards tell of who wrote a post, before a colon: how often somebody has written there, in figures, ...
POSTS = r"""posts|messages?|beiträge|mensajes|messaggi|mensagens|berichten|posty|сообщени[йя]|повідомлення
|повідомлень|mesaj(?:lar|\ssayısı)?|帖子|投稿数?|게시글|작성글|المشاركات|عدد\sالمشاركات|ارسال(?:\s|\u200c)?ها|تعداد\sپست
|bài\sviết|số\sbài|post(?:ing)?|inlägg|indlæg|innlegg|viestejä|viestit|příspěvky|příspěvků|príspevky
|hozzászólások|mesaje
|μηνύματα|δημοσιεύσεις|הודעות|संदेश|โพสต์"""
# ... and since when or from where.
MEMBERS = r"""joined|join(?:ed)?\sdate|registered(?:\son)?|reg(?:istration)?\.?\sdate|member\ssince|location
|karma|reputation
|registriert(?:\sseit)?|dabei\sseit|mitglied\sseit|anmeldedatum|anmeldungsdatum|wohnort|ort
|inscrite?(?:\sle)?|inscription|membre\sdepuis(?:\sle)?|date\sd'inscription|localisation|registrado(?:\sen)?
|fecha\sde\s(?:ingreso|registro)|miembro\sdesde|ubicación|iscritto(?:\s(?:il|dal))?|utente\sdal|località|residenza
|membro\sdesde|registrad[oa]\sem|data\sde\sregisto|localização|lid\ssinds|geregistreerd(?:\sop)?|woonplaats|locatie
|dołączyła?|rejestracja|skąd|pomógł|регистрация|зарегистрирована?|откуда|репутация|на\sфоруме\sс|реєстрація|звідки
|репутація|kayıt(?:\starihi)?|üyelik(?:\starihi)?|konum|şehir|注册(?:时间|日期)?|註冊(?:時間|日期)?|来自|來自|积分|積分
|精华|威望|登録日|登録|居住地|가입일|가입|지역|تاريخ\sالتسجيل|الدولة|تاریخ\sعضویت|عضویت|محل\sسکونت|ngày\stham\sgia
|tham\sgia|bergabung|lokasi|domisili|medlem\ssedan|registrerad|tilmeldt|registrert|bosted|liittynyt|paikkakunta
|registrována?|registrace|bydliště|registrovaný|csatlakozott|regisztrált|lakhely|înscris|membru\sdin|locație|εγγραφή
|τοποθεσία|הצטרף|מיקום|सदस्यता|สมัครเมื่อ"""
# What leads from an article to the board where it is talked about: a board, or one of its threads by its pages.
BOARDS = r"""(?<!\w)(?:(?:\w{1,20}-?)?forum(?:s|u|ul|in|da|diskussion|sdiskussion)?|foro|foros|fóruns?|fórum
|foorumi|форум(?:а|е|у|ы)?|threads?|hilo|wątek|onderwerp|tråd|φόρουμ)(?!\w)|(?<!\w)(?:thema|topic|tema|тема
|temat|téma|konu)\s?:
|(?<!\w)(?:page|seite|página|pagina|strona|страница|сторінка|sayfa|sida|side|sivu|strana|oldal|halaman|trang)\s1\b
|\d\s?(?:replies|antworten|réponses|respuestas|risposte|respostas|odpowiedzi|ответ\w{0,3}|yanıt|balasan)(?!\w)
|(?<!\w)(?:replies|antworten|balasan)\s\d|论坛|論壇|スレッド|掲示板|게시판|포럼|منتدى|تالار|diễn\sđàn"""
# Of headings that may stand above a part of an article, those that say whose voices follow: readers', or comments.
READERS = r"""(?<!\w)(?:comments?|komment\w{0,8}|comentarios|comentários|commentaires|commenti|reacties
|komentarz[ey]|readers?|respond
|leser\w{0,12}|lecteurs|lectores|lettori|leitores|lezers?\w{0,9}|czytelni\w{1,3}|your|you|vos|vuestros|tus|eure
|ihre|wasze|ваши
|condolences|condoléances|condolencias|guest\s?book)(?!\w)|читател|читач|комментар|коментар|отзыв|відгук|yorum
|okur|okuy|تعليق|القراء
|نظر|خوانندگان|评论|評論|留言|网友|網友|读者|讀者|コメント|読者|みんな|댓글|독자|bình\sluận|độc\sgiả|bạn\sđọc|komentar|pembaca|läsar|læser
|lukij|čtenář|čitateľ|hozzászól|olvasói|comentarii|cititor|σχόλι|αναγνωστ|टिप्पण|पाठक|कॉमेंट"""
