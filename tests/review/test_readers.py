"""The front door with both readers, with one, and with a language that neither can read."""

import subprocess
import sys

import pytest

from forethought.guidance import Guidance
from forethought.reading import Context, Draft, Image
from forethought.reading import learned as module
from forethought.reading.learned import reader
from forethought.review import Report, review

HINT = "Nine months, and today you took the stairs. I saw you do it."
POLISH = "Dzisiaj klientka powiedziała mi, że jej mąż odszedł i nie wie, co dalej robić."


def raised(report: Report) -> set[str]:
    """Return the rules that a report raises."""
    return {item.finding.rule.id for item in report.findings}


class TestReaders:
    def test_both_read_unless_asked_otherwise(self, everything: Guidance) -> None:
        """A review is by both readers, or by words alone where that is asked for, and says which."""
        assert "learned" == review(Draft(HINT), everything).reader
        assert "lexical" == review(Draft(HINT), everything, "lexical").reader

    def test_what_lists_miss_is_seen(self, everything: Guidance) -> None:
        """A client meant without a name or a key word is held, which the lists alone let pass."""
        assert review(Draft(HINT), everything).verdict in {"pause", "stop"}
        assert "clear" == review(Draft(HINT), everything, "lexical").verdict

    def test_what_lists_cry_wolf_over_is_left_alone(self, everything: Guidance) -> None:
        """The same words about a spin class are nobody's business."""
        spin = "That last session nearly finished me. Shaz at the leisure centre has no mercy. Legs like soup."
        assert "clear" == review(Draft(spin, Context(account="personal")), everything).verdict

    def test_without_the_libraries_words_alone_are_read(
        self, everything: Guidance, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where a library is missing the lexical reader works alone, and the report says so."""
        monkeypatch.setattr(module, "NEEDED", ("no_such_library",))
        reader.cache_clear()
        try:
            assert "lexical" == review(Draft(HINT), everything).reader
        finally:
            reader.cache_clear()

    def test_neither_library_is_touched_without_them(self) -> None:
        """A whole check by words alone loads neither numpy nor onnxruntime."""
        program = (
            "import sys; from forethought.guidance import load; from forethought.reading import Draft; "
            "from forethought.review import review; review(Draft('My client wept.'), load(), 'lexical'); "
            "print({'numpy', 'onnxruntime'} & set(sys.modules))"
        )
        loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert "set()\n" == loaded.stdout

    def test_every_finding_shows_its_words(self, everything: Guidance) -> None:
        """Each finding about the draft points at words of it."""
        told = "To the one who took the stairs today after nine months of sitting with me: I saw you do it."
        report = review(Draft(f"The kettle boiled. {told} Rain again."), everything)
        assert report.findings
        for item in report.findings:
            assert item.finding.spans
            assert all(0 <= span.start < span.end <= len(report.draft.text) for span in item.finding.spans)

    def test_a_description_is_read_by_both(self, everything: Guidance) -> None:
        """What a picture's description says is read as the draft is."""
        picture = Image("door.jpg", HINT)
        assert raised(review(Draft(HINT), everything)) == raised(review(Draft("", images=(picture,)), everything))


class TestLanguage:
    def test_what_cannot_be_read_is_never_clear(self, everything: Guidance) -> None:
        """A draft in another language is said to be unread, and is not called clear."""
        report = review(Draft(POLISH), everything, "lexical")
        assert (False, "consider") == (report.in_english, report.verdict)

    def test_what_is_found_all_the_same_decides(self, everything: Guidance) -> None:
        """Something found in a draft that is mostly in another language is raised as ever."""
        report = review(Draft(f"{POLISH} {POLISH} My client Anna told me she has left him."), everything, "lexical")
        assert (False, "stop") == (report.in_english, report.verdict)

    def test_a_description_that_cannot_be_read(self, everything: Guidance) -> None:
        """A picture described in another language makes the whole unread, whatever the draft."""
        report = review(Draft("Tea.", images=(Image("a.png", POLISH),)), everything, "lexical")
        assert (True, "consider") == (report.unchecked, report.verdict)

    @pytest.mark.parametrize("text", ["", "😀😀", "Tea."])
    def test_what_has_no_words_to_tell_by_is_clear(self, text: str, everything: Guidance) -> None:
        """A draft without words enough to tell is not called foreign."""
        assert review(Draft(text), everything, "lexical").in_english
