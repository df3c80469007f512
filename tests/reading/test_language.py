"""Telling English from what cannot be read: other languages and scripts, and the English that looks least like it."""

import pytest

from forethought.reading import Draft, in_english, read

ENGLISH = {
    "plain": "The kettle boiled and nobody came, so I sat down with the paper.",
    "clipped": "Canal. Heron. Drizzle. Flask of tea. Home.",
    "list": "CPD: Working with Silence. Wed 12 March, Kendal. Trainer: Bronagh Teasdale. Certificate provided.",
    "scots": "Aye, thon wee dug wis fair drookit, so he wis.",
    "a phrase from home": "Pob lwc to everyone sitting the exam this week, you have all worked so hard. Bendigedig!",
    "a quotation": 'As my nan said, "nie ma tego złego", and then she put the soup on the table for us all.',
    "hashtags": "#therapy #counselling #Leeds",
    "emoji": "😀😀😀",
    "numbers": "01632 960 001",
    "nothing": "",
    "timetable": "Mon 9am Headingley. Mon 7pm Otley. Book online.",
    "names": "Congratulations Ben, Dan, Una, Les!",
    "styled": "𝓣𝓱𝓮 𝓴𝓮𝓽𝓽𝓵𝓮 𝓫𝓸𝓲𝓵𝓮𝓭 and the cat came back to us.",
}
OTHER = {
    "Polish": "Dzisiaj klientka powiedziała mi, że jej mąż odszedł i nie wie, co dalej robić.",
    "Welsh": "Heddiw roedd fy nghleient yn crio am ei mam hi, ac roeddwn i eisiau crio hefyd.",
    "Spanish": "Hoy mi paciente me ha dicho que se va a divorciar y no sabe cómo contarlo a sus hijos.",
    "French": "Hier ma cliente est venue avec son mari et elle a pleuré pour la première fois.",
    "German": "Meine Klientin hat heute in der Stunde lange geweint und ich war so stolz auf sie.",
    "Romanian": "Astăzi clienta mea nu a venit și nu știu dacă este bine sau nu, sunt îngrijorată pentru ea.",
    "Dutch": "Ik heb vandaag mijn cliënt gezien en het was zo mooi om te zien hoe zij lachte.",
    "Norwegian": "Min klient fortalte meg i dag at hun skal skilles, og jeg tenkte på det hele kvelden.",
    "Finnish": "Asiakkaani kertoi tänään että hän aikoo erota miehestään, ja minä mietin sitä koko illan.",
    "Hungarian": "Az ügyfelem ma azt mondta, hogy elválik a férjétől, és nem tudja, hogyan mondja el.",
    "Tagalog": "Ngayon ay umiyak ang kliyente ko at hindi ko alam ang gagawin ko.",
    "Bengali": "আজ আমার ক্লায়েন্ট কেঁদেছে",
    "Russian": "Сегодня клиент рассказал о брате",
    "Chinese": "今天我的来访者哭了",
    "Urdu": "آج میرے کلائنٹ نے مجھے سب کچھ بتا دیا",
}


def english(text: str) -> bool:
    """Say whether a text is taken for English."""
    return in_english(read(Draft(text)).sentences)


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_english_is_read(text: str) -> None:
    """English of any region and length is taken as such, and so is what has no words to tell by."""
    assert english(text)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_another_language_is_noticed(text: str) -> None:
    """A draft in another language or script is noticed."""
    assert not english(text)


@pytest.mark.parametrize("other", OTHER.values(), ids=OTHER)
def test_a_sentence_of_english_does_not_hide_a_draft_in_another_language(other: str) -> None:
    """Six sentences of another language outweigh one of English."""
    assert not english(" ".join([other] * 6 + [ENGLISH["plain"]]))
