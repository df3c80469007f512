"""The learned reader as it ships: what it answers, the words that it points at, and how it takes any text at all."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.errors import DamagedReaderError
from forethought.reading import Context, Draft, Learned, Reading, Span, read
from forethought.reading import learned as module
from forethought.reading.learned import FOLDER, Reader, carrying, load, reader, told
from forethought.rules import rules

CASE = "confidentiality/client-case"
BREACH = "The woman I see on Tuesdays told me her husband has moved out. I could not stop thinking of her."
CALM = "The kettle boiled. It rained all day. Bread rose in the oven and the cat slept on the post."
TEXTS = st.text(max_size=120) | st.lists(st.sampled_from((BREACH, CALM, "😡", "\n", "نعم")), max_size=4).map(" ".join)


@pytest.fixture(scope="module")
def encoder() -> Reader:
    """The reader that ships."""
    found = reader()
    assert found is not None
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the reader's files, to be spoilt."""
    return Path(shutil.copytree(FOLDER, tmp_path / "encoder"))


def understood(text: str, encoder: Reader, context: Context | None = None) -> Learned:
    """Return what the encoder makes of a text."""
    learned = read(Draft(text, context or Context()), encoder).learned
    assert learned is not None
    return learned


def probability(text: str, encoder: Reader, rule: str = CASE) -> float:
    """Return how likely a rule is for the encoder."""
    return next((c.probability for c in understood(text, encoder).concerns if c.rule == rule), 0.0)


class TestWhatItKnows:
    def test_every_rule_that_words_can_tell(self, encoder: Reader) -> None:
        """It knows every rule but the one that is told from the images alone."""
        assert {rule.id for rule in rules()} - {"reach/missing-alt-text"} == set(encoder.rules)

    def test_a_client_without_a_key_word(self, encoder: Reader) -> None:
        """One person's story is seen where no word says `client` or `session`, and the same of a kettle is not."""
        assert probability(BREACH, encoder) > 0.5 > probability(CALM, encoder)

    def test_severity(self, encoder: Reader) -> None:
        """A breach is likely to be stopped, a calm post likely to be left alone, and the scale never rises."""
        for text in (BREACH, CALM):
            consider, pause, stop = understood(text, encoder).severity
            assert 1.001 > consider >= pause >= stop >= 0
        assert understood(BREACH, encoder).severity[2] > 0.5 > understood(CALM, encoder).severity[1]

    def test_details_and_whose_they_are(self, encoder: Reader) -> None:
        """Details are found beyond the lists, and told apart by whom they are about."""
        texts = {
            (
                "client",
                "34",
            ): "She came in her police uniform, 34, two little boys, and told me her husband has cancer.",
            ("own-family", "My mum"): "My mum worked at the mill for thirty years.",
        }
        for (subject, words), text in texts.items():
            found = {text[slice(*mention.span)]: mention.subject for mention in understood(text, encoder).mentions}
            assert subject == found[words]


class TestWords:
    def test_the_words_that_carried_it(self, encoder: Reader) -> None:
        """A concern points at the words that carried it, and not at what stands around them."""
        text = f"{CALM} {BREACH} {CALM}"
        case = next(c for c in understood(text, encoder).concerns if c.rule == CASE)
        start = text.index(BREACH)
        assert all(start <= span.start < span.end <= start + len(BREACH) for span in case.spans)

    def test_enough_of_the_weight(self) -> None:
        """The shortest run with enough of the weight is taken, in each sentence that counts."""
        text = "Rain again. She wept for her son today. Tea."
        reading = read(Draft(text))
        places = [Span(*word.span()) for word in re.finditer(r"\w+", text)]
        weights = [0.0, 0.0, 0.4, 0.4, 0.1, 0.1, 0.0, 0.0, 0.0]
        assert ["She wept"] == [reading.quote(span) for span in carrying(places, weights, reading.sentences)]

    def test_two_sentences_share_it(self) -> None:
        """Where two sentences carry it equally, words of both are shown, in order."""
        text = "She wept. He left."
        reading = read(Draft(text))
        places = [Span(0, 3), Span(4, 8), Span(10, 12), Span(13, 17)]
        shown = carrying(places, [0.05, 0.45, 0.05, 0.45], reading.sentences)
        assert ["wept", "left"] == [reading.quote(span) for span in shown]


class TestAnyText:
    @given(TEXTS)
    @settings(max_examples=40)
    def test_any_text(self, text: str) -> None:
        """Any text gives probabilities between 0 and 1 and spans inside it."""
        encoder = reader()
        assert encoder is not None
        learned = understood(text, encoder)
        spans = [s for c in learned.concerns for s in c.spans] + [m.span for m in learned.mentions]
        assert all(0 <= c.probability <= 1 for c in learned.concerns)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " \n",
            "😀" * 500,
            "a" * 100_000,
            "cl\u200di\u200dent",
            "Сегодня клиент плакал",
            "\ud800",
            "a\x00b",
            "‮abc",
        ],
        ids=["empty", "space", "emoji", "one word", "joiners", "Cyrillic", "half a pair", "nothing", "right to left"],
    )
    def test_odd_text(self, text: str, encoder: Reader) -> None:
        """Odd text of any kind is read like any other."""
        assert isinstance(read(Draft(text), encoder), Reading)

    def test_a_long_draft_is_read_to_its_end(self, encoder: Reader) -> None:
        """A breach at the end of a draft longer than the encoder can hold is still seen."""
        assert probability(f"{CALM} " * 60 + BREACH, encoder) > 0.5

    @pytest.mark.parametrize(
        "answered", ["😂" * 300, "!" * 300, "x" * 100_000, "👩🏽‍🚀 " * 200, "Therapy is a con. " * 50]
    )
    def test_whatever_is_answered(self, answered: str, encoder: Reader) -> None:
        """What a draft answers, however odd or long, leaves room to read the draft itself."""
        context = Context(reply_to=answered)
        assert 3 >= len(list(told(BREACH * 3, context, encoder.vocabulary, encoder.longest)))
        assert isinstance(read(Draft(BREACH, context), encoder), Reading)

    @given(st.integers(1, 2_000), st.integers(200, 320), st.text(max_size=300))
    @settings(max_examples=30)
    def test_stretches(self, words: int, longest: int, answered: str) -> None:
        """A draft of any length is told in stretches that fit, that overlap, and that leave no word out."""
        encoder = reader()
        assert encoder is not None
        text = "rain " * words
        stretches = list(told(text, Context(reply_to=answered), encoder.vocabulary, longest))
        assert all(len(stretch.ids) == len(stretch.parts) <= longest for stretch in stretches)
        assert words == len({place for stretch in stretches for place in stretch.places})


class TestSame:
    def test_alone_and_among_others(self, encoder: Reader) -> None:
        """A draft has the very same reading alone, again, and after many others."""
        alone = understood(BREACH, encoder)
        for text in (CALM, BREACH * 3, "😡", ""):
            understood(text, encoder)
        assert alone == understood(BREACH, encoder)

    def test_in_another_run(self, encoder: Reader) -> None:
        """Another run of the program reads the same."""
        program = (
            "from forethought.reading import Draft, read; from forethought.reading.learned import reader; "
            f"print(read(Draft({BREACH!r}), reader()).learned)"
        )
        again = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert f"{understood(BREACH, encoder)}\n" == again.stdout


class TestFiles:
    def test_they_load(self, copy: Path) -> None:
        """The files load from wherever they lie."""
        assert isinstance(load(copy), Reader)

    @pytest.mark.parametrize("name", ["encoder.onnx", "vocabulary.txt"])
    def test_a_changed_file_is_refused(self, copy: Path, name: str) -> None:
        """A file changed by one byte is refused by name, with how to mend it."""
        content = bytearray((copy / name).read_bytes())
        content[-1] ^= 1
        (copy / name).write_bytes(content)
        with pytest.raises(DamagedReaderError, match=rf"{name} is missing or has changed.*Install Forethought again"):
            load(copy)

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"sha256": {}}', '{"sha256": 1}'])
    def test_a_card_that_says_nothing_is_refused(self, copy: Path, content: str) -> None:
        """A card that cannot be read, or that lacks what it should say, is refused by name."""
        (copy / "reader.json").write_text(content, encoding="utf-8")
        with pytest.raises(DamagedReaderError, match=r"reader\.json"):
            load(copy)

    @pytest.mark.parametrize("name", ["encoder.onnx", "vocabulary.txt", "reader.json"])
    def test_a_missing_file_is_named(self, copy: Path, name: str) -> None:
        """A missing file is named."""
        (copy / name).unlink()
        with pytest.raises(DamagedReaderError, match=name):
            load(copy)

    def test_the_card_names_no_other_file(self) -> None:
        """Every file of the reader is checked, but for the card that holds the checks."""
        card = json.loads((FOLDER / "reader.json").read_text(encoding="utf-8"))
        assert {path.name for path in FOLDER.iterdir()} == {*card["sha256"], "reader.json"}

    def test_without_its_libraries_there_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where a library is not installed there is no learned reader, and no error."""
        monkeypatch.setattr(module, "NEEDED", ("no_such_library",))
        reader.cache_clear()
        try:
            assert reader() is None
        finally:
            reader.cache_clear()

    def test_they_fit_into_the_wheel(self) -> None:
        """The reader's files take 25 MB at most."""
        assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 25_000_000
