"""Whether a draft is in English: only English is read, and what is not read must not be called clear.

Every language leans on a few dozen little words. A draft with more little words of other languages than of English, one
of some length with hardly an English one, or one mostly in another script, is taken for another language; a phrase or
two from home within English is not.
"""

from collections.abc import Sequence

from forethought.reading.model import Sentence
from forethought.reading.tokens import fold

# Neither list holds what is a little word in both, nor what is also a name, a day or a word of English.
_ENGLISH = frozenset(
    "the and or but of at for with from about as are were be been have had does did not it its this that these those "
    "there here we us our you your she they them their who what when where how why which if than then just any some "
    "one out up down off after before into will would can could should now today more very too only still also because "
    "like get got really never every please new back time people i my is was by to on all".split()
)
_OTHERS = frozenset(
    fold(word)
    for word in (
        # Welsh, Irish, Gaelic
        "yn ac fy ei roedd mae oedd wedi yr bod eu nhw wnaeth ddim gyda heddiw agus bhí seo tha bha airson leis "
        # Polish, Czech, Slovak, Lithuanian, Romanian, Hungarian, Albanian
        "się nie jest że jak mój moja moi jej jego dziś dzisiaj czy przez bardzo już są być który není jsem yra kad "
        "mano nėra este și cu pentru din lui să sunt egy hogy nem és már csak dhe është një për që "
        # Spanish, Portuguese, French, Italian
        "los las de que en para muy pero hoy como esta não uma os meu minha foi mais des une est et qui elle dans pas "
        "avec pour je il che non sono mia della oggi mio "
        # German, Dutch, Danish, Norwegian, Swedish, Finnish
        "der das und ich ist nicht ein eine mit auf für sie wir heute meine het een niet ik van mijn og jeg ikke det "
        "hun skal som och jag inte är ett ja että hän minun oli mutta "
        # Turkish, Tagalog, Malay and Indonesian, Vietnamese, Swahili, Somali
        "ve bir için bu çok değil ng mga ako na ko yang aku kamu yg ini itu của không tôi là và "
        "ya kwa wa waxaa waa iyo ku "
        # Hindi, Urdu, Punjabi, Bengali in Latin letters
        "hai mein nahi ka aur tha thi mera meri hain kya vich ami amar ache kore"
    ).split()
)  # fmt: skip
_ENOUGH, _SHARE = 2, 0.12  # little words of other languages, and their share of all words, below which nothing is said
_LONG, _HARDLY = 20, 0.05  # words from which English must show itself, and the share of little words that shows it
_LATIN_ENDS = "\u0250"  # letters from here on belong to another script, or to phonetic and styled forms


def in_english(sentences: Sequence[Sentence]) -> bool:
    """Say whether a draft is in English, as far as can be told; one without words is taken as such."""
    words = [token.folded for sentence in sentences for token in sentence.tokens if token.kind == "word"]
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if sum(letter >= _LATIN_ENDS for letter in letters) * 2 > len(letters):
        return False
    english = sum(word in _ENGLISH for word in words)
    others = sum(word in _OTHERS for word in words)
    if others >= _ENOUGH and others > english and others >= _SHARE * len(words):
        return False
    return len(words) < _LONG or english >= _HARDLY * len(words)
