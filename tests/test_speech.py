"""A line of speech is no button: a reader's view hides the dash it begins with, but speech ends in a full stop."""

import pytest

from cleaner.document import Document
from cleaner.rules.view import brute_force
from tests.shipped import RULES

SPEECH = {
    "en": """I agree. / I accept. / Yes, I agree. / OK, I understand. / No, thanks. / Got it. / No comment. / No comments. /
        I refuse. / Answer me. / Report it. / Close it! / Follow me. / Follow me! / Follow us. / I'm in. / Count me in! /
        Keep reading. / Continue reading. / Help us! / Delete it. / What do you think? / Do you agree? / Not now. / Save me!""",
    "de": """Ich stimme zu. / Ja, ich stimme zu. / Einverstanden. / Einverstanden! / Ich lehne ab. / Verstanden. /
        Nein, danke. / Ich akzeptiere. / Akzeptieren. / Kein Kommentar. / Keine Kommentare. / Antworte mir. / Weiter! /
        Folgen Sie mir. / Folgen Sie uns. / Helfen Sie uns! / Was meinst du? / Ihre Meinung? / Was ist Ihre Meinung dazu? /
        Nicht jetzt. / Ich bin dabei. / Er sagte: / Zurück. / Löschen. / Gefällt mir nicht.""",
    "fr": """Je refuse. / Je refuse ! / J'accepte. / J'accepte ! / Oui, j'accepte. / D'accord. / Compris ! / Non merci. /
        Pas de commentaire. / Aucun commentaire. / Sans commentaire. / Répondez ! / La suite ! / Suivez-moi. / Suivez-moi ! /
        Suivez-nous. / Rejoignez-nous. / Aidez-nous. / Aidez-nous ! / Donnez ! / Qu'en pensez-vous ? / Votre avis ? /
        Plus tard. / Pas maintenant. / Fermez !""",
    "es": """Acepto. / Sí, acepto. / De acuerdo. / Entendido. / ¡Entendido! / No, gracias. / Rechazo. / ¡Responde! / Contesta. /
        Sin comentarios. / Sin comentario. / Sígueme. / ¡Sígueme! / Síganos. / Síguenos. / Ayúdanos. / ¡Ayúdanos! /
        ¿Qué opinas? / ¿Tu opinión? / ¿Estás de acuerdo? / Más tarde. / Ahora no. / Continúa. / Escucha. / ¡Siguiente!""",
    "it": """Accetto. / Sì, accetto. / D'accordo. / Ho capito. / Capito! / No, grazie. / Rifiuto. / Rispondi! / Rispondimi. /
        Nessun commento. / Senza commento. / Seguimi. / Aiuto! / Aiutaci. / Aiutaci! / Che ne pensi? / Cosa ne pensi? /
        Sei d'accordo? / Continua. / Continua a leggere. / Più tardi. / Non ora. / Avanti! / Chiudi! / Ascolta.""",
    "pt": """Aceito. / Sim, aceito. / Concordo. / Entendi. / Entendi! / Não, obrigado. / Recuso. / Responde. / Responda! /
        Sem comentários. / Nenhum comentário. / Siga-me. / Ajuda! / Ajude-nos. / Ajudem-nos! / Apoie. / O que você achou? /
        O que você acha? / Concorda? / Continua. / Depois. / Agora não. / Fecha! / Escuta. / Próximo!""",
    "nl": """Akkoord. / Akkoord! / Ik ga akkoord. / Ja, ik ga akkoord. / Begrepen. / Nee, bedankt. / Ik weiger. / Weigeren. /
        Accepteren. / Antwoord! / Antwoord mij. / Geen commentaar. / Volg mij. / Volg me! / Help ons! / Doe mee! / Doe mee. /
        Wat vind jij? / Wat vindt u? / Ben je het eens? / Ga door. / Verder! / Niet nu. / Luister. / Volgende!""",
    "pl": """Zgadzam się. / Zgadzam się! / Nie zgadzam się. / Akceptuję. / Rozumiem. / Rozumiem! / Nie, dziękuję. / Odmawiam. /
        Odpowiedz mi. / Bez komentarza. / Dalej! / Zamknij! / Pomocy! / Pomóż nam! / Pomóżcie! / Co o tym sądzisz? /
        Co o tym myślisz? / Zgadzasz się? / Później. / Nie teraz. / Kontynuuj. / Słuchaj. / Następny! / Zgoda. / Zgoda!""",
    "ru": """Согласен. / Согласен! / Согласна. / Я согласен. / Я согласна! / Принимаю. / Отказываюсь. / Понятно. / Понял! /
        Нет, спасибо. / Без комментариев. / Отвечай! / Ответь мне. / Закрой! / Помогите! / Помоги нам! / Что думаете? /
        Вы согласны? / Продолжай. / Дальше! / Далее. / Позже. / Не сейчас. / Слушай. / Хорошо, понятно.""",
    "uk": "Згоден. / Згодна. / Погоджуюсь. / Зрозуміло. / Ні, дякую. / Без коментарів. / Відповідай! / Далі! / Допоможіть!",
    "tr": "Kabul ediyorum. / Kabul et. / Anladım. / Anladım! / Reddediyorum. / Cevap ver! / Yorum yok. / Yardım edin! / Tamam!",
    "zh": """我同意。 / 同意。 / 同意！ / 不同意。 / 我接受。 / 接受。 / 我拒绝。 / 知道了。 / 知道了！ / 我知道了。 / 明白了。 /
        好的。 / 继续。 / 回答我。 / 无可奉告。 / 你怎么看？ / 下一个！ / 以后再说。 / 帮助我们。 / 他说：""",
    "ja": "同意します。 / 承知しました。 / わかりました。 / 拒否します。 / はい。 / ノーコメント。 / 助けて！ / どう思いますか？ / 次！",
    "ko": "동의합니다. / 거부합니다. / 알겠습니다. / 네. / 좋아요. / 좋아요! / 도와주세요! / 어떻게 생각하세요? / 다음!",
    "ar": "أوافق. / موافق. / نعم، أوافق. / لا، شكرا. / فهمت! / أرفض. / أجبني. / لا تعليق. / ساعدونا! / ما رأيك؟",
}


SAFE = [rule for rule in RULES if rule.safety == "safe" and rule.filter != "metadata"]


@pytest.mark.slow
@pytest.mark.parametrize("language", SPEECH)
def test_a_line_of_speech_is_no_button(language: str) -> None:
    for line in SPEECH[language].split("/"):
        said = f"– {line.strip()}"
        assert [span.code for span in brute_force(SAFE, Document("speech", said))] == [], said
