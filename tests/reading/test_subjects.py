"""Who each detail is about."""

import pytest

from forethought.reading import Draft, read
from forethought.reading.model import Subject

# subject, text, the words of the detail
ABOUT: dict[str, tuple[Subject, str, str]] = {
    "author": ("author", "I am a midwife too", "midwife"),
    "author, plural": ("author", "We trained in Leeds", "Leeds"),
    "client": ("client", "My client is a midwife", "midwife"),
    "client, one of them": ("client", "A client of mine is a midwife", "midwife"),
    "patient": ("client", "A young patient is a midwife", "midwife"),
    "service user": ("client", "Our service user is a midwife", "midwife"),
    "client, described": ("client", "A couple I saw moved from Leeds", "Leeds"),
    "client, by the hour": ("client", "My 4 pm is a midwife", "midwife"),
    "client's relative": ("client-relative", "The mother of a client is a midwife", "midwife"),
    "colleague": ("colleague", "My manager is divorced", "divorced"),
    "colleague, another": ("colleague", "A colleague moved from Leeds", "Leeds"),
    "trainee": ("trainee", "My trainee moved from Leeds", "Leeds"),
    "supervisee": ("trainee", "One supervisee was evicted", "evicted"),
    "own family": ("own-family", "My mum is a midwife", "midwife"),
    "own family, described": ("own-family", "My dear old dad is a midwife", "midwife"),
    "own family, ours": ("own-family", "Our daughter moved from Leeds", "Leeds"),
    "public figure": ("public-figure", "The prime minister was evicted", "evicted"),
    "public figure, of the field": ("public-figure", "Freud had epilepsy", "epilepsy"),
    "fictional": ("fictional", "The novel is about a midwife", "midwife"),
    "people": ("people", "Many people live with epilepsy", "epilepsy"),
    "clients in general": ("people", "Some clients live with epilepsy", "epilepsy"),
    "nobody": ("nobody", "Epilepsy week begins", "Epilepsy"),
}
# whom a sentence is about, and so the pronoun of the next
CARRIED: dict[str, tuple[Subject, str]] = {
    "client": ("client", "My client came late."),
    "own family": ("own-family", "My brother came late."),
    "colleague": ("colleague", "My manager came late."),
    "trainee": ("trainee", "My trainee came late."),
    "public figure": ("public-figure", "Winnicott came late."),
    "nobody": ("nobody", "The train came late."),
    "people are not one person": ("nobody", "Many people came late."),
    "the author is not he or she": ("nobody", "I came late."),
    "the last of two": ("own-family", "My client met my brother."),
}


def about(text: str, words: str) -> Subject:
    """Return whom the detail with those words is about."""
    reading = read(Draft(text))
    (subject,) = {mention.subject for mention in reading.mentions if reading.quote(mention.span) == words}
    return subject


class TestWithinASentence:
    @pytest.mark.parametrize(("subject", "text", "words"), ABOUT.values(), ids=ABOUT)
    def test_about(self, subject: Subject, text: str, words: str) -> None:
        """A detail is about the person whom its sentence names."""
        assert subject == about(text, words)

    def test_nearest_before(self) -> None:
        """Of two people, a detail belongs to the one named last before it."""
        text = "My sister is a midwife and my client is a plumber"
        assert ("own-family", "client") == (about(text, "midwife"), about(text, "plumber"))

    def test_author_gives_way(self) -> None:
        """The author is meant only where nobody else is named."""
        assert "client" == about("I think that my client and I both like Leeds", "Leeds")

    def test_later_person(self) -> None:
        """A person who is named only after a detail does not take it."""
        assert "nobody" == about("Epilepsy is hard, says my client", "Epilepsy")

    @pytest.mark.parametrize("words", ["husband", "mum", "son"])
    def test_clients_own_family(self, words: str) -> None:
        """A relative of a client is not the author's family."""
        assert "client-relative" == about(f"My client's {words} is a plumber", "plumber")

    def test_by_the_hour_without_a_space(self) -> None:
        """A client may be named by the hour alone."""
        assert "client" == about("My 4pm is a midwife", "midwife")

    def test_students_by_year(self) -> None:
        """Students named by their year are trainees."""
        assert "trainee" == about("The first years live in Leeds", "Leeds")


class TestAcrossSentences:
    @pytest.mark.parametrize(("subject", "before"), CARRIED.values(), ids=CARRIED)
    @pytest.mark.parametrize("pronoun", ["She", "He", "They"])
    def test_pronoun(self, subject: Subject, before: str, pronoun: str) -> None:
        """A pronoun stands for the last single person named before its sentence."""
        assert subject == about(f"{before} {pronoun} moved from Leeds.", "Leeds")

    def test_over_a_sentence_between(self) -> None:
        """A sentence that names nobody else does not break the thread."""
        assert "client" == about("My client left. It rained. She moved from Leeds.", "Leeds")

    def test_new_person(self) -> None:
        """A person named in the same sentence takes the detail from the pronoun's person."""
        assert "own-family" == about("My client left. My brother moved from Leeds.", "Leeds")

    def test_no_pronoun(self) -> None:
        """Without a pronoun nobody is carried over."""
        assert "nobody" == about("My client left. Leeds is wet.", "Leeds")

    @pytest.mark.parametrize(
        ("subject", "text"),
        [
            ("nobody", "She moved from Leeds. Our session ran late."),
            ("client", "Seen in clinic today. She moved from Leeds."),
            ("nobody", "She moved from Leeds. The train ran late."),
        ],
        ids=["said after", "said before", "not said"],
    )
    def test_at_work(self, subject: Subject, text: str) -> None:
        """Before anybody is named, a pronoun means a client once the draft has spoken of the work."""
        assert subject == about(text, "Leeds")

    def test_new_draft(self) -> None:
        """Nobody is carried from one draft to the next."""
        read(Draft("My client left."))
        assert "nobody" == about("She moved from Leeds.", "Leeds")
