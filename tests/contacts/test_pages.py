"""This room's pages: an answer, words to send, a client recognised, and the log of what was decided."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from forethought.clients import keeping
from forethought.clients.names import parted
from forethought.contacts.models import Decision
from forethought.desk.models import Profile
from forethought.documents.forms import FORMS

ASKED = {"situation": "connection-request", "requester": "current-client", "platform": "facebook", "known_by": ""}
TOMORROW = date.today() + timedelta(days=2)
STRANGER = ASKED | {"requester": "stranger"}
KEPT = {"do": "keep", "happened": "2026-03-02", "reference": "K7", "answered": "The formal one.", "reasons": "=Rule"}


def said(answer: Any) -> str:
    """Return a page as text."""
    return re.sub(r'value="\w{64}"', "", answer.content.decode())  # a form's token may hold any letters


def decided(client: Browser, **changed: str) -> Decision:
    """Keep a decision and return it."""
    client.post("/contacts/", ASKED | KEPT | changed)
    return Decision.objects.get()


def value(shown: str, name: str) -> str:
    """Return what a page's field or hidden field of that name holds."""
    field = next(each for each in re.findall("<input[^>]*>", shown) if f'name="{name}"' in each)
    found = re.search('value="([^"]*)"', field)
    return found[1] if found else ""


def chosen(shown: str) -> str:
    """Return who is chosen as the one behind it."""
    found = re.search('name="requester".*?value="([^"]*)" selected', shown, re.DOTALL)
    return found[1] if found else ""


class TestAsking:
    def test_the_page_asks(self, client: Browser) -> None:
        """The page asks what happened and who is behind it."""
        shown = said(client.get("/contacts/"))
        assert "What happened" in shown
        assert "A client's family, partner or friend" in shown.replace("&#x27;", "'")

    def test_it_answers(self, client: Browser) -> None:
        """The answer has the course, words in both tones, what comes afterwards, and who says so."""
        shown = said(client.post("/contacts/", ASKED))
        for words in ("Turn it down, kindly and formally.", "In a formal tone", "In a warm tone", "GPIA-65", "record"):
            assert words in shown
        assert not Decision.objects.exists()

    def test_the_persons_bodies_count_alone(self, client: Browser) -> None:
        """The answer goes by the bodies that the person chose."""
        Profile.objects.create(bodies=["bps-dcp"])
        shown = said(client.post("/contacts/", ASKED | {"requester": "former-client"}))
        assert "Not barred, and no plain yes" in shown
        assert "GPIA-65" not in shown

    @pytest.mark.parametrize(
        ("changed", "words"),
        [({"situation": ""}, "Choose what happened."), ({"requester": "martian"}, "is not one of the available")],
        ids=["nothing-happened", "unknown-requester"],
    )
    def test_what_is_refused(self, client: Browser, changed: dict[str, str], words: str) -> None:
        """What is missing or unknown is said beside its field."""
        answer = client.post("/contacts/", ASKED | changed)
        assert 400 == answer.status_code
        assert words in said(answer)

    def test_the_steps_come_before_what_is_open(self, client: Browser) -> None:
        """Where danger is told of, what to do now stands above what the documents leave open."""
        shown = said(client.post("/contacts/", ASKED | {"situation": "crisis-message"}))
        assert shown.index("call 999 now") < shown.index("None of the founding documents covers")

    def test_it_lands_on_the_answer(self, client: Browser) -> None:
        """The page goes to the answer's heading, which can take the focus and is announced."""
        shown = said(client.post("/contacts/", ASKED))
        assert 'action="#course"' in shown
        assert '<div role="status"><h2 id="course" tabindex="-1">' in shown

    def test_the_words_are_shown_whole(self, client: Browser) -> None:
        """The words stand in boxes tall enough for them, anywhere else unless a platform was chosen, with a button."""
        assert '<option value="other" selected>Somewhere else' in said(client.get("/contacts/"))
        shown = said(client.post("/contacts/", ASKED | {"situation": "crisis-message", "platform": "other"}))
        boxes = re.findall(r'id="say-\w+" rows="(\d+)" readonly>([^<]*)<', shown)
        assert len(boxes) == 2
        assert all(int(rows) * 40 > len(words) for rows, words in boxes)
        assert 'data-copy="say-warm" hidden' in shown

    @pytest.mark.parametrize("form", list(FORMS))
    def test_it_can_be_saved(self, client: Browser, form: str) -> None:
        """The answer can be saved in every kind of file."""
        answer = client.post("/contacts/", ASKED | {"do": form})
        assert f'filename="contact.{form}"' in answer.headers["Content-Disposition"]
        assert len(answer.content) > 1_000


class TestRecognising:
    @pytest.fixture(autouse=True)
    def somebody(self, client: Browser) -> None:
        """A client who was added."""
        keeping.add(parted("Siobhan Featherstonehaugh"), "K9")

    @pytest.mark.parametrize("name", ["siobhan featherstonehaugh", "@siobhanfeatherstonehaugh"])
    @pytest.mark.parametrize("who", ["stranger", "colleague", "unknown"])
    def test_a_client_is_answered_as_a_client(self, client: Browser, name: str, who: str) -> None:
        """Whoever is met as a client is answered as one, whatever was chosen, and the page says so by reference."""
        shown = said(client.post("/contacts/", ASKED | {"requester": who, "known_by": name}))
        assert "Turn it down, kindly and formally." in shown
        assert "K9, whom you added as a client" in shown
        assert "What follows is for a client." in shown
        assert ("current-client", "K9") == (chosen(shown), value(shown, "reference"))

    def test_a_first_name_alone_changes_nothing(self, client: Browser) -> None:
        """What many people share leaves the answer as it was, and says what to check."""
        shown = said(client.post("/contacts/", STRANGER | {"known_by": "Siobhan"}))
        assert "look up in your records whose reference K9 is" in shown
        assert ("stranger", "", "") == (chosen(shown), value(shown, "reference"), value(shown, "met"))

    def test_who_says_that_it_is_somebody_else_is_believed(self, client: Browser) -> None:
        """After the client was shown, another choice stands, for that client alone."""
        asked = STRANGER | {"known_by": "Siobhan Featherstonehaugh"}
        seen = value(said(client.post("/contacts/", asked)), "met")
        again = said(client.post("/contacts/", asked | {"met": seen}))
        assert ("stranger", True) == (chosen(again), "You chose somebody else." in again)
        assert "current-client" == chosen(said(client.post("/contacts/", asked | {"met": "K10"})))

    @pytest.mark.parametrize("kind", ["former-child-client", "former-client"])
    def test_another_kind_of_client_stays(self, client: Browser, kind: str) -> None:
        """Whoever chose another kind of client gets that answer."""
        asked = ASKED | {"requester": kind, "known_by": "Siobhan Featherstonehaugh"}
        assert kind == chosen(said(client.post("/contacts/", asked)))

    @pytest.mark.parametrize("do", ["keep", "html"])
    def test_nothing_is_kept_as_a_strangers(self, client: Browser, do: str) -> None:
        """A client who is met only while keeping or saving is shown first, and nothing is kept or saved."""
        answer = client.post("/contacts/", STRANGER | KEPT | {"known_by": "Siobhan Featherstonehaugh", "do": do})
        assert "What follows is for a client." in said(answer)
        assert not Decision.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "name", "expected"),
        [
            ("K9", "Bea Quillington", "K8"),
            ("K9", "Nobody Atall", ""),
            ("mine", "Bea Quillington", "mine"),
            ("", "Bea Quillington", ""),
        ],
        ids=["another-client", "nobody", "typed", "cleared"],
    )
    def test_the_reference_goes_with_the_client(self, client: Browser, typed: str, name: str, expected: str) -> None:
        """Whoever asks about somebody else gets that client's reference, unless the person wrote or cleared it."""
        keeping.add(parted("Bea Quillington"), "K8")
        asked = ASKED | {"known_by": name, "reference": typed, "prefilled": "K9"}
        assert expected == value(said(client.post("/contacts/", asked)), "reference")
        decided(client, **asked)
        assert expected == Decision.objects.get().reference

    @pytest.mark.parametrize(
        ("reference", "taken"),
        [("K9", True), ("case 7", True), ("C-07", True), ("Siobhan Featherstonehaugh", False),
         ("siobhanfeatherstonehaugh", False), ("Briony Askew", False), ("Seán Ó Briain", False)],
        ids=["a-clients", "words", "ours", "a-client", "a-handle", "a-name", "another-name"],
    )  # fmt: skip
    def test_a_name_is_no_reference(self, client: Browser, reference: str, taken: bool) -> None:
        """A reference that a client is met by, or that looks like a full name, is refused, and a plain one kept."""
        answer = client.post("/contacts/", ASKED | KEPT | {"reference": reference})
        assert taken == Decision.objects.exists()
        assert taken != ("This looks like a name." in said(answer))

    def test_nobody_else_is(self, client: Browser) -> None:
        """Another name is nobody's, and the name is kept nowhere."""
        shown = said(client.post("/contacts/", ASKED | KEPT | {"known_by": "Briony Askew"}, follow=True))
        assert "K9" not in shown
        assert "Briony" not in shown
        assert not Decision.objects.filter(reasons__contains="Briony").exists()


class TestTheLog:
    def test_a_decision_is_kept(self, client: Browser) -> None:
        """What was decided is kept with its date, its reference and what was advised, and listed."""
        kept = decided(client)
        assert (date(2026, 3, 2), "K7", "decline") == (kept.happened, kept.reference, kept.course)
        assert "2 March 2026, K7. Turn it down" in said(client.get("/contacts/decisions/"))

    def test_it_is_said_that_it_is_kept(self, client: Browser) -> None:
        """The page after keeping says so, and where it would have been answered by the platform's title."""
        shown = said(client.post("/contacts/", ASKED | KEPT | {"platform": "linkedin"}, follow=True))
        assert "Kept in your log." in shown
        assert "2 March 2026, LinkedIn." in shown

    def test_a_day_to_come_is_refused(self, client: Browser) -> None:
        """What has not happened yet is not kept."""
        answer = client.post("/contacts/", ASKED | KEPT | {"happened": TOMORROW.isoformat()})
        assert "That day is still to come." in said(answer)
        assert not Decision.objects.exists()

    def test_without_a_date_it_is_not(self, client: Browser) -> None:
        """A decision without a date is not kept, and what was written is still on the page."""
        answer = client.post("/contacts/", ASKED | KEPT | {"happened": ""})
        assert 400 == answer.status_code
        assert "The formal one." in said(answer)
        assert not Decision.objects.exists()

    def test_it_can_be_changed(self, client: Browser) -> None:
        """A decision can be completed later, and what cannot be taken is refused."""
        address = f"/contacts/decisions/{decided(client).pk}/"
        assert "The formal one." in said(client.get(address))
        assert 400 == client.post(address, KEPT | {"happened": "soon"}).status_code
        client.post(address, KEPT | {"reasons": "Talked it over."})
        assert "Talked it over." == Decision.objects.get().reasons

    def test_it_can_be_removed(self, client: Browser) -> None:
        """A decision can be removed for good, once that was asked."""
        address = f"/contacts/decisions/{decided(client).pk}/remove/"
        assert "Remove this decision?" in said(client.get(address))
        assert Decision.objects.exists()
        client.post(address)
        assert "Nothing is written down yet" in said(client.get("/contacts/decisions/"))

    @pytest.mark.parametrize("form", list(FORMS))
    def test_it_is_handed_over(self, client: Browser, form: str) -> None:
        """The log can be saved in every kind of file."""
        decided(client)
        answer = client.get(f"/contacts/decisions/log.{form}")
        assert f'filename="contact-decisions.{form}"' in answer.headers["Content-Disposition"]

    def test_as_a_table(self, client: Browser) -> None:
        """The log opens in a spreadsheet with its letters right, and nothing in it is run there as a formula."""
        decided(client, reasons="＝Rule", answered="=Sent", platform="linkedin")
        text = said(client.get("/contacts/decisions/log.csv"))
        assert text.startswith("\ufeff")
        row = next(csv.DictReader(io.StringIO(text[1:])))
        assert ("2026-03-02", "K7") == (row["Happened"], row["Reference"])
        assert ("LinkedIn", "'=Sent", "'＝Rule") == (row["Platform"], row["Answered"], row["Why"])

    def test_it_claims_no_more_than_is_true(self, client: Browser) -> None:
        """The log says what stands for people in it, and that the rest is as it was written."""
        decided(client)
        shown = said(client.get("/contacts/decisions/log.txt"))
        assert "No names" not in shown
        assert "what you wrote yourself is as you wrote it" in " ".join(shown.split())

    @pytest.mark.parametrize("address", ["decisions/9/", "decisions/log.exe"])
    def test_what_is_not_there(self, client: Browser, address: str) -> None:
        """A decision that is not there, and a kind of file that there is not, are not found."""
        assert 404 == client.get(f"/contacts/{address}").status_code

    def test_it_is_found_by_its_words(self, client: Browser) -> None:
        """A search on the first page finds a decision by its reference or words."""
        decided(client)
        assert "/contacts/decisions/" in said(client.get("/", {"words": "K7"}))
        assert "/contacts/decisions/" not in said(client.get("/", {"words": "heron"}))

    def test_one_that_is_no_more_keeps_its_name(self, client: Browser) -> None:
        """A decision about a situation that the guide no longer has still shows what was kept."""
        assert "gone: martian" == Decision(situation="gone", requester="martian", course="x").title
