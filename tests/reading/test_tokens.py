"""Words with offsets: what is folded for matching, and that offsets stay those of the text as given."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.reading.model import Token
from forethought.reading.tokens import fold, tokens

OPENED = {
    "she's": "she 's", "don't": "do not", "can't": "can not", "won't": "will not", "shan't": "shall not", "i'm": "i am",
    "they've": "they have", "we'll": "we will", "he'd": "he would", "you're": "you are", "couldn't": "could not",
    "dont": "do not", "cannot": "can not", "ive": "i have", "shes": "she 's", "gonna": "going to", "whos": "who 's",
}  # fmt: skip
KEPT = {"o'clock": "oclock", "ma'am": "maam", "dogs'": "dogs", "'tis": "tis"}
FOLDED = {
    "capitals": ("CLIENT", "client"),
    "accent in one character": ("caf\u00e9", "cafe"),
    "accent as a mark of its own": ("cafe\u0301", "cafe"),
    "crossed out": ("c\u0336l\u0336i\u0336e\u0336n\u0336t\u0336", "client"),
    "script letters": ("𝓬𝓵𝓲𝓮𝓷𝓽", "client"),
    "gothic letters": ("𝖈𝖑𝖎𝖊𝖓𝖙", "client"),
    "full-width letters": ("ｃｌｉｅｎｔ", "client"),
    "ligature": ("ﬁne", "fine"),
    "sharp s": ("Straße", "strasse"),
    "dotted capital i": ("İzmir", "izmir"),
    "soft hyphen": ("cli\u00adent", "client"),
    "zero-width space": ("cl\u200bient", "client"),
    "zero-width non-joiner": ("cl\u200cient", "client"),
    "zero-width joiner": ("cl\u200dient", "client"),
    "word joiner": ("cl\u2060ient", "client"),
    "byte order mark": ("cl\ufeffient", "client"),
    "Hebrew": ("שלום", "שלום"),
    "Arabic with vowel signs": ("كِتَاب", "كتاب"),
    "Cyrillic": ("Дети", "дети"),
}
KINDS = {
    "handle": ("@asha_t", "handle"),
    "hashtag": ("#MentalHealth", "hashtag"),
    "hashtag of digits": ("#2026", "hashtag"),
    "link": ("https://example.org/a?b=c", "link"),
    "link without a scheme": ("www.example.org", "link"),
    "bare site": ("example.co.uk/fees", "link"),
    "email": ("a.b+c@example.org", "email"),
    "number": ("34", "number"),
    "money": ("£50", "number"),
    "thousands": ("10,000", "number"),
    "ordinal": ("1st", "number"),
    "time with a stop": ("3.30pm", "number"),
    "time with a colon": ("11:45", "number"),
    "share": ("50%", "number"),
    "phone": ("07700900123", "number"),
    "emoji": ("😀", "emoji"),
    "word": ("client", "word"),
}
PIECES = st.sampled_from(
    ["she's", "don’t", "cannot", "I", "client", " ", "  ", "\n", ".", "…", "@asha", "#tag", "www.example.org",
     "a@b.org", "£50", "3.30pm", "😀", "👨‍👩‍👧", "❤️", "é", "e\u0301", "\u0336", "\u200d", "\u00ad", "\u202e",
     "𝖆", "שלום", "_", "'", "’", '"', "-", "@", "#"]
)  # fmt: skip
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=20).map("".join)


def folded(text: str) -> str:
    """Return the folded words of `text`, spaced."""
    return " ".join(token.folded for token in tokens(text))


def source(text: str, token: Token) -> str:
    """Return what the person typed for a token."""
    return text[token.span.start : token.span.end]


class TestContractions:
    @pytest.mark.parametrize(("written", "opened"), OPENED.items(), ids=OPENED)
    def test_opened(self, written: str, opened: str) -> None:
        """A contraction, with or without its apostrophe, is the two words that it stands for."""
        assert opened == folded(written)

    @pytest.mark.parametrize("written", OPENED, ids=OPENED)
    def test_one_span(self, written: str) -> None:
        """Both words of a contraction lie where the whole of it was written."""
        text = f"Well, {written} so"
        assert [written, written] == [source(text, token) for token in tokens(text)][1:3]

    @pytest.mark.parametrize("mark", ["'", "’", "ʼ", "＇"], ids=["typed", "curly", "letter", "full-width"])
    def test_apostrophes(self, mark: str) -> None:
        """Every apostrophe that people type opens a contraction, capitals or not."""
        assert "do not" == folded(f"DON{mark}T")

    @pytest.mark.parametrize(("written", "kept"), KEPT.items(), ids=KEPT)
    def test_kept_whole(self, written: str, kept: str) -> None:
        """A word that only holds an apostrophe, or begins or ends with one, loses the mark and stays itself."""
        assert kept == folded(written)


class TestFolding:
    @pytest.mark.parametrize(("written", "plain"), FOLDED.values(), ids=FOLDED)
    def test_folded(self, written: str, plain: str) -> None:
        """However a word is dressed, it is matched as the plain word."""
        assert plain == folded(written)

    @pytest.mark.parametrize(("written", "_plain"), FOLDED.values(), ids=FOLDED)
    def test_source(self, written: str, _plain: str) -> None:
        """The span of a dressed word is the whole of it as given, and nothing of its neighbours."""
        text = f"my {written} said"
        assert ["my", written, "said"] == [source(text, token) for token in tokens(text)]

    @given(st.text(max_size=20))
    def test_once_is_enough(self, text: str) -> None:
        """What has been folded holds no capital letter that folding again would change."""
        assert fold(text).casefold() == fold(text)

    def test_direction_marks(self) -> None:
        """Marks that turn the direction of writing around a word do not hide it."""
        assert "my client said" == folded("my \u202eclient\u202c said")

    def test_mixed_directions(self) -> None:
        """In text that runs both ways, offsets follow the order in which it was typed."""
        text = "she said שלום עולם to me"
        assert text.split() == [source(text, token) for token in tokens(text)]


class TestKinds:
    @pytest.mark.parametrize(("written", "kind"), KINDS.values(), ids=KINDS)
    def test_kind(self, written: str, kind: str) -> None:
        """What stands between spaces is one token of its kind, whole."""
        text = f"x {written} y"
        assert [("x", "word"), (written, kind), ("y", "word")] == [(source(text, t), t.kind) for t in tokens(text)]

    def test_lower_case(self) -> None:
        """Handles, hashtags and links are matched without capitals, mark and all."""
        assert "@asha #sad www.example.org" == folded("@Asha #Sad WWW.Example.org")

    def test_full_stop_after(self) -> None:
        """The full stop after an address is none of it."""
        assert "jo@example.org" == folded("jo@example.org.")

    def test_at_within_a_word(self) -> None:
        """An @ in the middle of a word makes no handle."""
        assert ["word", "word"] == [token.kind for token in tokens("a@b")]

    def test_emoji_family(self) -> None:
        """An emoji that is joined from several gives each of them, and no token for the joiners."""
        assert ["👨", "👩", "👧"] == [token.folded for token in tokens("👨‍👩‍👧")]

    @pytest.mark.parametrize(
        "text", ["", "   ", "?!… — “”", "\u200d\u00ad"], ids=["empty", "space", "marks", "invisible"]
    )
    def test_none(self, text: str) -> None:
        """Punctuation, space and invisible marks carry no token."""
        assert [] == list(tokens(text))


class TestOffsets:
    @given(TEXTS)
    def test_inside_and_in_order(self, text: str) -> None:
        """Tokens lie inside the text, in order, and none overlaps another but the words of one contraction."""
        spans = [token.span for token in tokens(text)]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one == two or one.end <= two.start for one, two in pairwise(spans))

    @given(TEXTS)
    def test_no_space_within(self, text: str) -> None:
        """No token reaches over a space."""
        assert all(len(source(text, token).split()) == 1 for token in tokens(text))

    @given(TEXTS)
    def test_plain_words_are_kept(self, text: str) -> None:
        """A token folds from the very words at its span."""
        for token in tokens(text):
            assert token.kind == "word" or fold(source(text, token)) == token.folded

    @given(TEXTS, TEXTS)
    def test_a_stretch(self, before: str, text: str) -> None:
        """Reading a stretch of a longer text gives offsets into the whole of it."""
        whole = f"{before}\n{text}\nend"
        start = len(before) + 1
        stretch = list(tokens(whole, start, start + len(text)))
        assert [t.folded for t in tokens(text)] == [t.folded for t in stretch]
        assert all(start <= t.span.start and t.span.end <= start + len(text) for t in stretch)
