"""What a notice says is an article's own when somebody reports it: no rule takes it there, in whatever words it is told.

In each language a judge quotes the notice, it stands on a sign, somebody types it, and a judge is named after it.
"""

from pathlib import Path

import pytest

from cleaner.document import Document
from cleaner.rules import Rule
from cleaner.rules.view import brute_force
from tests.shipped import IN_FILE

REPORTS = {
    "ar": [
        "قالت القاضية إن عبارة «{}» ليست قانوناً.",
        "على الباب لوحة «{}» والزوار يضحكون.",
        "{}، قالت القاضية هناء برندي وعاد الناس.",
        "كتبت: «{}» ثم أغلقت الحاسوب.",
    ],
    "bg": [
        "Съдийката каза, че думите „{}“ още не са закон.",
        "На портата висеше табела „{}“ и гостите се смееха.",
        "{}, каза съдия Арла Пен и градът се прибра у дома.",
        "Тя написа: „{}“ После затвори лаптопа.",
        "Под филма стоеше редът „{}“, както на всяка страница.",
    ],
    "bn": [
        "বিচারক বললেন, “{}” কথাগুলো কোনো আইন নয়।",
        "ফটকে “{}” লেখা একটি ফলক ঝুলছিল আর অতিথিরা হাসছিল।",
        "{}, বললেন বিচারক আরলা পেন, আর গোটা শহর বাড়ি ফিরল।",
        "সে টাইপ করল: “{}” তারপর ল্যাপটপ বন্ধ করল।",
        "ভিডিওর নিচে “{}” লাইনটি ছিল, যেমন থাকে প্রতিটি পাতায়।",
    ],
    "ca": [
        "La jutgessa va dir que les paraules «{}» no són cap llei.",
        "A la tanca hi havia un cartell, «{}», i els visitants reien.",
        "{}, va dir la jutgessa Arla Penn, i la ciutat se'n va anar a casa.",
        "Va teclejar: «{}» Després va tancar l'ordinador.",
        "Sota el vídeo es llegia «{}», com a totes les pàgines.",
    ],
    "cs": [
        "Soudkyně řekla, že slova „{}“ ještě nejsou zákon.",
        "Na vrátkách visela cedule „{}“ a hosté se smáli.",
        "{}, řekla soudkyně Arla Pennová a město šlo domů.",
        "Napsala: „{}“ Pak zaklapla počítač.",
        "Pod filmem stála věta „{}“, jako na každé stránce.",
    ],
    "da": [
        "Dommeren sagde, at ordene ”{}” ikke er nogen lov.",
        "På skiltet stod der ”{}”, og gæsterne lo.",
        "{}, sagde dommer Arla Penn, og byen gik hjem.",
        "Hun skrev: ”{}” Så lukkede hun computeren.",
        "Under filmen stod linjen ”{}”, som på hver side.",
    ],
    "de": [
        "Die Richterin sagte, die Worte „{}“ seien kein Gesetz.",
        "Auf dem Schild am Tor stand „{}“ und die Gäste lachten.",
        "{}, sagte Richterin Arla Penn, und die Stadt ging heim.",
        "Sie tippte: „{}“ Dann klappte sie den Rechner zu.",
        "Unter dem Film stand die Zeile „{}“, wie auf jeder Seite dieses Senders.",
    ],
    "el": [
        "Η δικαστής είπε ότι οι λέξεις «{}» δεν είναι νόμος.",
        "Στην πύλη κρεμόταν η πινακίδα «{}» και οι επισκέπτες γελούσαν.",
        "{}, είπε η δικαστής Άρλα Πεν και η πόλη γύρισε σπίτι.",
        "Πληκτρολόγησε: «{}» Ύστερα έκλεισε τον υπολογιστή.",
        "Κάτω από το βίντεο υπήρχε η γραμμή «{}», όπως σε κάθε σελίδα.",
    ],
    "en": [
        'The judge said that the words "{}" were no law.',
        'A sign on her gate read "{}" and the visitors laughed.',
        "{}, said Judge Arlo Penn, and the town went home.",
        'She typed: "{}" Then she closed the laptop.',
        'Under the film stood the line "{}", as on every page of that site.',
    ],
    "es": [
        "La jueza dijo que las palabras «{}» no son una ley.",
        "En la verja había un letrero, «{}», y los visitantes rieron.",
        "{}, dijo la jueza Arla Penn, y la ciudad volvió a casa.",
        "Tecleó: «{}» Luego cerró el portátil.",
        "Debajo del vídeo se leía «{}», como en todas las páginas.",
    ],
    "fa": [
        "قاضی گفت که عبارت «{}» هنوز قانون نیست.",
        "روی تابلوی دروازه نوشته بود «{}» و مهمانان می‌خندیدند.",
        "{}، قاضی آرلا پن گفت و شهر به خانه رفت.",
        "تایپ کرد: «{}» بعد لپ‌تاپ را بست.",
        "زیر فیلم جملهٔ «{}» دیده می‌شد، مثل همهٔ صفحه‌ها.",
    ],
    "fi": [
        "Tuomari sanoi, etteivät sanat ”{}” ole mikään laki.",
        "Portin kyltissä luki ”{}”, ja vieraat nauroivat.",
        "{}, sanoi tuomari Arla Penn, ja kaupunki lähti kotiin.",
        "Hän kirjoitti: ”{}” Sitten hän sulki koneen.",
        "Filmin alla oli rivi ”{}”, kuten joka sivulla.",
    ],
    "fr": [
        "La juge a dit que les mots « {} » ne sont pas une loi.",
        "Sur la grille, un panneau : « {} » et les visiteurs riaient.",
        "{}, a dit la juge Arla Penn, et la ville est rentrée.",
        "Elle tapa : « {} » Puis elle referma son ordinateur.",
        "Sous le film, on pouvait lire « {} », comme sur toutes les pages.",
    ],
    "he": [
        "השופטת אמרה שהמילים “{}” אינן חוק.",
        "על השער היה תלוי שלט “{}” והאורחים צחקו.",
        "{}, אמרה השופטת ארלה פן, והעיר הלכה הביתה.",
        "היא הקלידה: “{}” ואז סגרה את המחשב.",
        "מתחת לסרט הופיעה השורה “{}”, כמו בכל עמוד.",
    ],
    "hi": [
        "न्यायाधीश ने कहा कि “{}” शब्द कोई कानून नहीं हैं।",
        "फाटक पर “{}” लिखी तख्ती लगी थी और मेहमान हँस रहे थे।",
        "{}, न्यायाधीश आर्ला पेन ने कहा और पूरा कस्बा घर लौट गया।",
        "उसने टाइप किया: “{}” फिर लैपटॉप बंद कर दिया।",
        "फिल्म के नीचे “{}” पंक्ति थी, जैसे हर पन्ने पर होती है।",
    ],
    "hr": [
        "Sutkinja je rekla da riječi „{}“ još nisu zakon.",
        "Na vratima je visjela ploča „{}“ i gosti su se smijali.",
        "{}, rekla je sutkinja Arla Penn i grad je otišao kući.",
        "Napisala je: „{}“ Zatim je zaklopila računalo.",
        "Ispod filma stajao je redak „{}“, kao na svakoj stranici.",
    ],
    "hu": [
        "A bírónő szerint a „{}” szavak még nem törvények.",
        "A kapun „{}” feliratú tábla lógott, és a vendégek nevettek.",
        "{}, mondta Arla Penn bírónő, és a város hazament.",
        "Begépelte: „{}” Aztán lecsukta a laptopot.",
        "A film alatt a „{}” sor állt, mint minden oldalon.",
    ],
    "id": [
        "Hakim mengatakan bahwa kata-kata “{}” bukanlah undang-undang.",
        "Di pagar itu terpasang papan “{}” dan para tamu tertawa.",
        "{}, kata hakim Arla Penn, lalu warga kota itu pulang.",
        "Ia mengetik: “{}” Lalu ia menutup laptopnya.",
        "Di bawah film itu tertulis “{}”, seperti di setiap halaman.",
    ],
    "it": [
        "La giudice ha detto che le parole «{}» non sono una legge.",
        "Sul cancello un cartello diceva «{}» e gli ospiti ridevano.",
        "{}, ha detto la giudice Arla Penn, e la città tornò a casa.",
        "Digitò: «{}» Poi chiuse il portatile.",
        "Sotto il filmato si leggeva «{}», come in tutte le pagine.",
    ],
    "ja": [
        "判事は「{}」という言葉は法律ではないと述べた。",
        "門の看板には「{}」とあり、客は笑った。",
        "彼女は「{}」と打ち込み、端末を閉じた。",
    ],
    "ko": [
        '판사는 "{}"라는 말이 법은 아니라고 말했다.',
        '대문에 "{}"라고 적혀 있어 손님들이 웃었다.',
        '그녀는 "{}"라고 입력하고 노트북을 닫았다.',
    ],
    "nl": [
        "De rechter zei dat de woorden “{}” geen wet zijn.",
        "Op het bord stond “{}” en de bezoekers lachten.",
        "{}, zei rechter Arla Penn, en de stad ging naar huis.",
        "Ze typte: “{}” Toen klapte ze de laptop dicht.",
        "Onder de film stond de regel “{}”, zoals op elke pagina.",
    ],
    "no": [
        "Dommeren sa at ordene «{}» ikke er noen lov.",
        "På skiltet sto det «{}», og gjestene lo.",
        "{}, sa dommer Arla Penn, og byen gikk hjem.",
        "Hun skrev: «{}» Så lukket hun maskinen.",
        "Under filmen sto linjen «{}», som på hver side.",
    ],
    "pl": [
        "Sędzia powiedziała, że słowa „{}” to jeszcze nie prawo.",
        "Na furtce wisiała tabliczka „{}” i goście się śmiali.",
        "{}, powiedziała sędzia Arla Penn, i miasto poszło do domu.",
        "Napisała: „{}” Potem zamknęła laptopa.",
        "Pod filmem widniało zdanie „{}”, jak na każdej stronie.",
    ],
    "pt": [
        "A juíza disse que as palavras “{}” não são uma lei.",
        "No portão havia um letreiro, “{}”, e os visitantes riam.",
        "{}, disse a juíza Arla Penn, e a cidade voltou para casa.",
        "Ela digitou: “{}” Depois fechou o computador.",
        "Debaixo do vídeo lia-se “{}”, como em todas as páginas.",
    ],
    "ro": [
        "Judecătoarea a spus că vorbele „{}” nu sunt o lege.",
        "Pe poartă era o tăbliță cu „{}”, iar musafirii râdeau.",
        "{}, a spus judecătoarea Arla Penn, și orașul s-a dus acasă.",
        "A scris: „{}” Apoi a închis laptopul.",
        "Sub film stătea rândul „{}”, ca pe orice pagină.",
    ],
    "ru": [
        "Судья сказала, что слова «{}» ещё не закон.",
        "На калитке висела табличка «{}», и гости смеялись.",
        "{}, — сказала судья Арла Пенн, и город разошёлся.",
        "Она набрала: «{}» Потом закрыла ноутбук.",
        "Под роликом стояла строка «{}», как на каждой странице.",
    ],
    "sk": [
        "Sudkyňa povedala, že slová „{}“ ešte nie sú zákon.",
        "Na bránke visela tabuľa „{}“ a hostia sa smiali.",
        "{}, povedala sudkyňa Arla Pennová a mesto šlo domov.",
        "Napísala: „{}“ Potom zavrela počítač.",
        "Pod filmom stála veta „{}“, ako na každej stránke.",
    ],
    "sr": [
        "Судија је рекла да речи „{}“ још нису закон.",
        "На капији је висила табла „{}“ и гости су се смејали.",
        "{}, рекла је судија Арла Пен и град је отишао кући.",
        "Написала је: „{}“ Затим је заклопила рачунар.",
        "Ispod filma stajao je red „{}“, kao na svakoj strani.",
        "{}, rekla je sudija Arla Pen i grad je otišao kući.",
    ],
    "sv": [
        "{}, sade domare Arla Penn, och staden gick hem.",
        "Hon skrev: ”{}” Sedan stängde hon datorn.",
        "Under filmen stod raden ”{}”, som på varje sida.",
        "Domaren sade att orden ”{}” inte är någon lag.",
    ],
    "th": [
        "ผู้พิพากษากล่าวว่าถ้อยคำ “{}” ไม่ใช่กฎหมาย",
        "ป้ายหน้าประตูเขียนไว้ว่า “{}” แขกทุกคนหัวเราะ",
        "{} ผู้พิพากษาอาร์ลา เพนน์กล่าว แล้วทั้งเมืองก็กลับบ้าน",
        "เธอพิมพ์ว่า “{}” แล้วปิดคอมพิวเตอร์",
        "ใต้ภาพยนตร์มีบรรทัดว่า “{}” เหมือนทุกหน้า",
    ],
    "tr": [
        "Yargıç “{}” sözlerinin yasa olmadığını söyledi.",
        "Kapıdaki tabelada “{}” yazıyordu ve konuklar güldü.",
        "{}, dedi yargıç Arla Penn ve kasaba evine gitti.",
        "Şöyle yazdı: “{}” Sonra bilgisayarı kapattı.",
    ],
    "uk": [
        "Суддя сказала, що слова «{}» ще не закон.",
        "На хвіртці висіла табличка «{}», і гості сміялися.",
        "{}, — сказала суддя Арла Пенн, і місто розійшлося.",
        "Вона набрала: «{}» Потім закрила ноутбук.",
        "Під роликом стояв рядок «{}», як на кожній сторінці.",
    ],
    "vi": [
        "Thẩm phán nói rằng dòng chữ “{}” không phải là luật.",
        "Tấm biển trên cổng ghi “{}” và khách đến chơi đều cười.",
        "{}, thẩm phán Arla Penn nói, và cả thị trấn ra về.",
        "Cô gõ: “{}” Rồi cô gập máy tính lại.",
        "Dưới đoạn phim có dòng “{}”, giống như ở mọi trang khác.",
    ],
    "zh": [
        "法官说，“{}”这句话不是法律。",
        "门上的牌子写着“{}”，客人都笑了。",
        "{}，法官说，全城的人都回家了。",
        "她打出一行字：“{}”然后合上了电脑。",
    ],
}
# Rules that go by a number, an address, or a name between quotation marks of their own.
TAKEN = {
    "ar.comments.log-in-to-comment",
    "ar.donation.need-you",
    "en.legal.fair-use-making-available",
    "en.syndication.permission-to-cross-post",
    "en.syndication.wire-sign-off",
    "ru.donation.wallet",
    "ru.legal.all-rights-reserved",
    "ru.legal.mass-media-registration",
    "uk.legal.all-rights-reserved",
}


def reported(rule: Rule, language: str) -> str:
    """Its examples of one line, in the words of somebody else, a paragraph each."""
    notices = [example for example in rule.removes if "\n" not in example]
    return "\n\n".join(
        report.replace("{}", notice.rstrip(".") if report.startswith("{}") else notice)
        for report in REPORTS[language]
        for notice in notices
    )


@pytest.mark.parametrize(
    "path",
    [path for path in IN_FILE if path.parent.name in REPORTS and path.stem != "metadata"],  # names, dates: asked for
    ids=lambda path: f"{path.parent.name}.{path.stem}",
)
def test_no_rule_takes_what_somebody_reports(path: Path) -> None:
    language = path.parent.name
    taken = {
        rule.code
        for rule in IN_FILE[path]
        if rule.safety == "safe" and brute_force([rule], Document("reports", reported(rule, language)))
    }
    assert taken == {code for code in TAKEN if code.startswith(f"{language}.{path.stem}.")}
