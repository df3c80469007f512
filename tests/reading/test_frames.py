"""How a sentence means its words: each frame where it holds, and near misses where it does not."""

import pytest

from forethought.reading import Draft, Frame, read

# frame: a text in which it holds, a near miss
FRAMES: dict[str, tuple[Frame, str, str]] = {
    "negated, would never": (
        "negated",
        "I would never share what a client tells me.",
        "I would gladly share what a client tells me.",
    ),
    "negated, contraction": ("negated", "I won't post about sessions.", "I will post about sessions."),
    "negated, never": ("negated", "We never name the people we see.", "We named the people we see."),
    "negated, rule": ("negated", "You must not share it.", "You must share it."),
    "negated, another verb": ("negated", "I don't share stories.", "I don't mind the rain."),
    "negated, another person": ("negated", "I never post at night.", "She never came back."),
    "quoted, marks": (
        "quoted",
        '"He is a total waste of space" is cruel.',
        'He wore "the hat" to a very long and cold meeting in town.',
    ),
    "quoted, curly marks": ("quoted", "“All of it, every word of it.”", "All of it, every word of it."),
    "quoted, single marks": ("quoted", "‘All of it, every word of it.’", "It's the dogs' dinner and the cats' too."),
    "quoted, a speaker": (
        "quoted",
        "The columnist wrote that rest is for the weak.",
        "I think that rest is for the weak.",
    ),
    "quoted, a word": ("quoted", "The word nutter hurts.", "He is a nutter."),
    "quoted, not closed": ("quoted", "“Every single word of this.”", "“Every single word of this."),
    "hypothetical, imagine": ("hypothetical", "Imagine a client who tells you a secret.", "I imagine so."),
    "hypothetical, what if": ("hypothetical", "What if a client sends a request?", "A client sent a request."),
    "hypothetical, let's say": ("hypothetical", "Let's say a client brings cake.", "A client brings cake."),
    "hypothetical, if": ("hypothetical", "If your client asks, wait.", "Your client asks, and you wait."),
    "invented, fictional": ("invented", "This case is fictional.", "This case is real."),
    "invented, made up": ("invented", "I made him up.", "I made him a cup of tea."),
    "invented, a novel": ("invented", "It happens in my novel.", "It is a novel idea."),
    "own therapy, mine": ("own-therapy", "My own therapist cried with me.", "My client cried with me."),
    "own therapy, time": ("own-therapy", "When I was in therapy, I cried.", "When she was in therapy, she cried."),
    "own therapy, couch": ("own-therapy", "I was the client that day.", "I was with the client that day."),
    "policy, named": ("policy", "My social media policy is on my website.", "My client read a policy on the wall."),
    "policy, notice": ("policy", "Our privacy notice says what we keep.", "I notice what we keep."),
    "policy, requests": ("policy", "I do not accept friend requests.", "I accept friend requests."),
    "marketing, book": ("marketing", "Book now for the autumn group.", "I read a book about groups."),
    "marketing, spaces": ("marketing", "I have spaces available on Tuesdays.", "There is space between us."),
    "marketing, talk": ("marketing", "Free 20 minute call.", "He felt free in the hills."),
    "counter-speech, challenge": (
        "counter-speech",
        "Challenge the stereotype of the cold analyst.",
        "The cold analyst annoyed me.",
    ),
    "counter-speech, condemn": ("counter-speech", "We condemn this.", "We confirm this."),
    "counter-speech, untrue": ("counter-speech", "That claim is false.", "That claim is new."),
    "counter-speech, stop": ("counter-speech", "Stop calling people mad.", "I will stop at six."),
    "question, how": ("question", "How do you manage endings?", "I know how you manage endings."),
    "question, anyone": ("question", "Does anyone have tips on invoices?", "She has tips on invoices."),
}


def frames(text: str) -> list[frozenset[Frame]]:
    """Return the frames of each sentence of `text`."""
    return [sentence.frames for sentence in read(Draft(text)).sentences]


class TestFrames:
    @pytest.mark.parametrize(("frame", "text", "_miss"), FRAMES.values(), ids=FRAMES)
    def test_holds(self, frame: Frame, text: str, _miss: str) -> None:
        """A frame holds where the sentence says so."""
        assert frame in frames(text)[0]

    @pytest.mark.parametrize(("frame", "_text", "miss"), FRAMES.values(), ids=FRAMES)
    def test_near_miss(self, frame: Frame, _text: str, miss: str) -> None:
        """A frame does not hold for a sentence that shares its words and not its meaning."""
        assert frame not in frames(miss)[0]

    @pytest.mark.parametrize(("frame", "text", "_miss"), FRAMES.values(), ids=FRAMES)
    def test_capitals_and_apostrophes(self, frame: Frame, text: str, _miss: str) -> None:
        """A frame holds however its sentence is typed: in capitals, or with the apostrophes of a phone."""
        assert frame in frames(text.upper().replace("'", "’"))[0]

    def test_plain(self) -> None:
        """A plain statement stands in no frame."""
        assert [frozenset()] == frames("The kettle boiled.")

    @pytest.mark.parametrize("frame", ["negated", "counter-speech"])
    def test_it_is_not_ok(self, frame: Frame) -> None:
        """A shortened `is` says the same as the full one."""
        assert frame in frames("It's not ok to say that.")[0]

    @pytest.mark.parametrize("text", ["When my client arrived, she cried.", "Anyone can have tips."])
    def test_statement(self, text: str) -> None:
        """A statement that begins as a question might is not one."""
        assert "question" not in frames(text)[0]

    def test_a_job(self) -> None:
        """A client whose job is acting is as real as any other."""
        assert [frozenset()] == frames("My client is an actor.")


class TestReach:
    @pytest.mark.parametrize(("frame", "text", "_miss"), FRAMES.values(), ids=FRAMES)
    def test_own_sentence(self, frame: Frame, text: str, _miss: str) -> None:
        """A frame holds for its own sentence alone; only an invention holds for the whole draft."""
        expected = frame == "invented"
        assert (expected, expected) == (
            frame in frames(f"The kettle boiled. {text}")[0],
            frame in frames(f"{text} The kettle boiled.")[-1],
        )

    def test_invented_keeps_others(self) -> None:
        """An invention is added to the frames that a sentence already has."""
        assert [{"negated", "invented"}, {"invented"}] == frames("I never name them. This is fictional.")

    def test_quotation_over_two_sentences(self) -> None:
        """A quotation of several sentences holds for each of them."""
        assert [True, True, False] == [
            "quoted" in f for f in frames("“It is all in the mind. Pull yourself together.” So cruel.")
        ]

    def test_quotation_over_lines(self) -> None:
        """Text of which less than half lies in quotation marks is not quoted."""
        assert "quoted" not in frames('The kettle boiled for a long while beside "it".')[0]

    def test_nothing(self) -> None:
        """A draft without words has no sentence to stand in a frame."""
        assert [] == frames("")
