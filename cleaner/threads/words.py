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
|komentářů?e?|σχόλια|σχόλιο|تعليقات|تعليق|ردود|bình\sluận|tanggapan"""
NOUNS_CJK = r"(?:条|條|則|则|个|個|件の)?\s?(?:评论|評論|留言|回复|回覆|回應|跟贴|コメント|댓글)"

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
    """
)
# Headings under which nothing but comments can stand, however they look.
SURE_HEADINGS = _set("""
    discussion about this post|top rated comments|most liked comments|reader comments|comments section
    |comments on this entry|comments on this post|leserkommentare|reader responses|readers' comments
    |article comments|komentarze czytelników|комментарии читателей|okuyucu yorumları|تعليقات القراء
    |comentarios de los lectores|コメント一覧|评论列表|网友评论|網友評論|跟贴
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
    |lämna ett svar|lämna en kommentar|skriv en kommentar|legg igjen en kommentar|jätä kommentti|vastaa
    |přidat komentář|napsat komentář|szólj hozzá|lasă un comentariu|αφήστε μια απάντηση|tinggalkan balasan
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
    |comments powered by|blog comments powered by|view the discussion thread|by using this form you agree
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
    |이메일 주소는 공개되지|필수 항목은|필수 필드는|다음 번 댓글 작성을|댓글을 달기 위해서는|댓글을 남기려면
    |din e-postadress kommer inte|obligatoriska fält|din e-postadresse vil ikke|sähköpostiosoitettasi ei
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
    """
)
SAYS = r"""says|said|wrote|writes|commented|replied|responded|added|adds|answered|sagt|sagte|schrieb
|schreibt|meint|meinte|dice|dijo
|escribió|escribio|comentó|diz|disse|escreveu|comentou|dit|a\sdit|a\sécrit|écrit|ha\sscritto|ha\sdetto
|scrive|zegt|schreef|schrijft|pisze|napisał(?:a|\(a\))?|mówi|пишет|говорит|написала?|сказала?|каже|пише
|dedi(?:\ski)?|diyor(?:\ski)?|yazdı|يقول|كتب|قال|skriver|sade|säger|sanoo|píše|napsal"""
SAYS_CJK = r"说道|說道|说|說|写道|より|さんのコメント|さんの発言|님의\s말"
POSTED = r"""(?:comment\sauthor\s?avatar|avatar\s(?:of|for)
|(?:comment(?:ed)?|posted|submitted|written|left|sent|reply|response)\s(?:by|from)|by
|from|comment:
|author:|name:|(?:publicado|escrito|enviado|comentario|comentado|postado|comentário)\s(?:por|de)
|(?:posté|rédigé|écrit|publié|commentaire|envoyé)\s(?:par|de)|(?:geschrieben|kommentar|verfasst
|gepostet)\s?von|(?:scritto|inviato|pubblicato|commento)\s(?:da|di)|(?:geplaatst|geschreven
|reactie)\s(?:door|van)|(?:dodane|napisane)\sprzez|(?:автор|от|отправил|написал)|por|par|von|da|door
|przez|作者|发表人|投稿者|名前|ニックネーム)"""
# What stands beside a name and is none.
ROLES = _set("""
    guest|author|member|admin|administrator|editor|moderator|subscriber|staff|post author|translate|verified
    |new member|gast|autor|mitglied|redakteur|übersetzen|invitado|administrador|moderador|convidado|membro
    |invité|membre|auteur|modérateur|ospite|autore|lid|gość|redakcja|гость|автор|админ|misafir|yazar|访客
    |作者|游客|楼主|ゲスト|投稿者|손님|글쓴이|top commenter|works at|reply author
    """)
# Who never is the author of a comment: how sentences of prose begin that end in "said:" and the like.
NOT_AUTHORS = _set(
    """
    he|she|it|they|we|i|you|who|the|a|an|this|that|one|and|but|as|then|when|what|his|her|their|my|our
    |someone|everyone|people|in|on|at|for|to|if|so|there|here|some|many|er|sie|es|der|die|das|wir|ich|man
    |wer|und|aber|él|ella|el|la|los|las|lo|yo|que|y|pero|como|il|elle|le|les|ce|cela|qui|et|mais|lui|lei
    |egli|che|e|ma|hij|zij|ze|het|de|een|wie|en|maar|он|она|они|я|мы|кто|это|и|но|o|os|ele|ela|eu|quem|mas
    |bu|ben|biz|ona|oni|ja|kto|ale|也|他|她|我
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
    """
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
    """
)
# Lines after which a page's own footer begins.
FOOTERS = r"""(?:related|recommended|popular|trending|recent\s(?:posts|articles)|latest|you\smay\salso
|you\smight\salso|more\s(?:from|stories|in|articles|on)|most\s(?:read|popular|viewed)|previous\s(?:post
|article)|next\s(?:post|article)|older\s(?:post|entries)|newer\s(?:post|entries)|copyright|©|\(c\)\s
|all\srights|tags?:|categories|archives?\b|share\sthis|about\s(?:the\sauthor|us|me)|subscribe|newsletter
|sign\sup|follow\sus|home\b|privacy|terms\sof|contact|search|advertisement|sponsored|navigation
|post\snavigation|also\son|discover\smore|no\sposts|ready\sfor\smore|artículos\srelacionados
|relacionados|entradas\srelacionadas|articles?\s(?:similaires|liés)|à\slire|ähnliche|das\skönnte
|mehr\szum|weitere\sartikel|meistgelesen|impressum|datenschutz|articoli\s(?:correlati|recenti)
|leggi\sanche|gerelateerd|lees\sook|похожие|читайте\sтакже|powiązane|czytaj\s(?:też|także)|ilgili|相关
|推荐|阅读|下一篇|上一篇|関連|前の記事|次の記事|관련)"""
# Signs of a page that is a talk from its first line on: its posts are its content.
FORUMS = r"""(?:\d{1,5}\s(?:answers?|antworten\sauf|respuestas\sa\sla)\b|your\sanswer|you\smust\slog\sin\sto\sanswer
|start\sasking|explore\srelated\squestions|ask\squestion|best\sanswer|accepted\s(?:answer|solution)
|asked\s|answered\s(?:by|on|\w{3}\s\d)|sorted\sby|thread\sstarter|original\sposter|go\sto\spage
|topic\sstarter|jump\sto\slatest|new\sposts?\b|unread|reply\sto\sthread|thread\stools|quick\sreply
|you\scannot\s(?:post|reply)|moderators?:|similar\sthreads|related\sdiscussions|solved\b|posts:\s?\d
|joined:?\s|joined\Z|reaction\sscore|(?:well-known|active|senior|junior|new)\smember|featured\sreplies
|link\sto\s(?:comment|post)|share\son\sother\ssites|top\sposters|code:\sselect\sall|topic\s(?:archived
|starter)|threads\Z|write\sa\sreview|leave\sa\sreview|reviewed\s(?:on|by)|verified\s(?:buyer|purchase
|reviewer)|\d[\d,.]{0,6}\s(?:customer\s|product\s)?reviews|customer\sreviews|i\srecommend\sthis
|number\sof\sslices|re:\s|beiträge:|registriert:|mensajes:|messages?:\s?\d|inscription\s?:|сообщени[йя]:
|楼主|沙发|threadstarter)"""
