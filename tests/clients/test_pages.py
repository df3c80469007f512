"""This room's pages: adding by hand and from a list, trying a name, removing, and what is said of it all."""

from typing import Any

import pytest
from at_the_desk import browser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from forethought.clients import keeping
from forethought.clients.models import Client, Form
from forethought.clients.names import KINDS, parted
from forethought.clients.telling import HOW

TYPED = {
    "name": "Siobhan Featherstonehaugh", "known_as": "Zippy, Zip", "handles": "@zebra_sketches",
    "emails": "quillwort@home.example", "phones": "07700 900123", "reference": "",
}  # fmt: skip
LIST = b"Name,Mobile,Ref\nSiobhan Featherstonehaugh,07700900123,K1\nBea Quill,12,\n,,\nX,1,2,stray\n"


def said(answer: Any) -> str:
    """Return a page as text."""
    return str(answer.content.decode())


def upload(content: bytes, **more: str) -> dict[str, Any]:
    """Return a list as the page sends it."""
    return {"file": SimpleUploadedFile("clients.csv", content), **more}


class TestAdding:
    def test_by_hand(self, client: Browser) -> None:
        """What is typed is turned into forms and not shown again."""
        shown = said(client.post("/clients/add/", TYPED, follow=True))
        assert "C-01 can be known again" in shown
        assert not any(value in shown for value in TYPED.values() if value)
        assert Form.objects.filter(client__reference="C-01").count() > 20
        for asked in ({"name": "Zip Featherstonehaugh"}, {"handle": "zebrasketches"}, {"phone": "+447700900123"}):
            assert "C-01" in said(client.post("/clients/try/", asked))

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"emails": "quillwort"}, "not an e-mail address"),
            ({"phones": "12345"}, "not a telephone number"),
            ({"reference": "Zippy 1"}, "holds part of the name"),
            (dict.fromkeys(TYPED, ""), "nothing to know this person by"),
            ({"reference": "x" * 41}, "at most 40"),
        ],
        ids=["email", "phone", "telling-reference", "nothing", "long-reference"],
    )
    def test_what_is_refused(self, client: Browser, changed: dict[str, str], words: str) -> None:
        """What cannot be used is refused with words that help, and nothing is kept."""
        answer = client.post("/clients/add/", TYPED | changed)
        assert 400 == answer.status_code
        assert words in said(answer)
        assert not Client.objects.exists()

    def test_one_word_is_remarked_on(self, client: Browser) -> None:
        """A surname alone, or what is no name, is taken with the remark that it is met weakly."""
        for name, remarked in (("Kelly", True), ("Siobhan Kelly", False)):
            shown = said(client.post("/clients/add/", {"name": name}, follow=True))
            assert remarked is ("met only weakly, as a first name" in shown)

    def test_somebody_under_a_reference_that_is_taken(self, client: Browser) -> None:
        """A reference that somebody has is refused, and taken once it is said to be the same person."""
        keeping.add(parted("Bea Quill"), "K1")
        before = Form.objects.count()
        refused = client.post("/clients/add/", TYPED | {"reference": "K1"})
        assert (400, before) == (refused.status_code, Form.objects.count())
        assert "has that reference already" in said(refused)
        assert 302 == client.post("/clients/add/", TYPED | {"reference": "K1", "same": "on"}).status_code
        assert (1, True) == (Client.objects.count(), before < Form.objects.count())


class TestAList:
    def test_it_is_looked_at_first(self, client: Browser) -> None:
        """The preview gives counts and rows at fault, repeats nothing of the list, and keeps nothing."""
        for headers in ({}, {"HX-Request": "true"}):
            shown = said(client.post("/clients/list/", upload(LIST, look="yes"), headers=headers))
            assert "2 people can be added" in shown
            assert "Row 3: a telephone number was left out" in shown
            assert "Row 5: it has more cells than there are headings. The row is left out." in shown
            assert not any(word in shown for word in ("Siobhan", "Quill", "0770", "stray"))
            assert ("<html" in shown) is not bool(headers)
        assert not Client.objects.exists()

    def test_it_is_added(self, client: Browser) -> None:
        """Everybody is added under the list's reference or one of our own, and told of once on the page after."""
        answer = client.post("/clients/list/", upload(LIST, add="yes"))
        assert (302, "/clients/") == (answer.status_code, answer.headers["Location"])
        shown = said(client.get("/clients/"))
        assert "2 clients from the list can be known again" in shown
        assert "Row 3: a telephone number was left out" in shown
        assert "Row 5: it has more cells than there are headings. Left out." in shown
        assert "2 clients from the list" not in said(client.get("/clients/"))
        assert ["K1", "C-01"] == [each.reference for each in Client.objects.all()]
        assert "K1" in said(client.post("/clients/try/", {"name": "siobhan featherstonehaugh"}))

    def test_it_is_added_again(self, client: Browser) -> None:
        """The same list a second time adds nobody, and the rows are named."""
        for _ in range(2):
            shown = said(client.post("/clients/list/", upload(LIST, add="yes"), follow=True))
        assert "0 clients from the list" in shown
        assert "Rows 2, 3: somebody with this name or address is known already. Left out." in shown
        assert 2 == Client.objects.count()

    def test_a_look_at_what_is_no_list(self, client: Browser) -> None:
        """Looked at in place, a file that is no list says so in the part of the page that htmx puts there."""
        answer = client.post("/clients/list/", upload(b"Fee\n60\n", look="yes"), headers={"HX-Request": "true"})
        assert 200 == answer.status_code
        assert "has a heading that Forethought knows" in said(answer)
        assert "<html" not in said(answer)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "empty"),
            (b"Fee\n60\n", "heading"),
            (b"PK\0\0", "not a table"),
            (b"x" * (9 * 2**20), "too long"),
        ],
        ids=["empty", "no-headings", "no-table", "too-large"],
    )
    def test_what_is_no_list(self, client: Browser, content: bytes, words: str) -> None:
        """A file that is no list is refused with words that help."""
        answer = client.post("/clients/list/", upload(content, add="yes"))
        assert 400 == answer.status_code
        assert words in said(answer)

    def test_no_file(self, client: Browser) -> None:
        """Where no file was chosen, one is asked for."""
        assert "Choose the file" in said(client.post("/clients/list/", {"add": "yes"}))


class TestTrying:
    def test_a_text(self, client: Browser) -> None:
        """A text is read for names, and the answer says by what somebody was known and how sure that is."""
        keeping.add(parted("Siobhan Featherstonehaugh"))
        shown = said(client.post("/clients/try/", {"text": "Siobhan cried today."}))
        assert "Perhaps: known by a first name alone" in shown

    def test_nobody(self, client: Browser) -> None:
        """Where nobody is met, the page does not say that it is nobody."""
        assert "It may still be a client" in said(client.post("/clients/try/", {"name": "Tristan Bancroft"}))

    def test_nothing(self, client: Browser) -> None:
        """Where nothing is typed, something is asked for."""
        assert 400 == client.post("/clients/try/", {}).status_code

    def test_every_kind_is_told(self) -> None:
        """There are words for every kind of form."""
        assert set(KINDS) == set(HOW)


class TestTheRest:
    def test_the_list_shows_references_alone(self, client: Browser) -> None:
        """Clients are listed by reference, with how many forms are kept."""
        assert "Nobody has been added yet" in said(client.get("/clients/"))
        made = keeping.add(parted("Siobhan Featherstonehaugh"), "blue door")
        shown = said(client.get("/clients/"))
        assert f"{made.forms.count()} forms kept" in shown
        assert "blue door" in shown

    def test_removing(self, client: Browser) -> None:
        """A client is removed with every form; one who is gone is not found."""
        made = keeping.add(parted("Siobhan Featherstonehaugh"))
        listed = said(client.get("/clients/"))
        assert listed.index("<details>") < listed.index("Yes, remove C-01") < listed.index("</details>")
        assert "C-01 was removed" in said(client.post(f"/clients/{made.pk}/remove/", follow=True))
        assert not Form.objects.exists()
        assert 404 == client.post(f"/clients/{made.pk}/remove/").status_code
        assert 405 == client.get(f"/clients/{made.pk}/remove/").status_code

    def test_what_it_cannot_do_is_said(self, client: Browser) -> None:
        """The page says what somebody with the passphrase can do, and who is not met."""
        shown = said(client.get("/clients/about/"))
        for words in ("your vault and your passphrase", "within minutes", "under a name you did not add"):
            assert words in shown

    @pytest.mark.parametrize("page", ["", "add/", "list/", "try/", "about/"])
    def test_each_page_works(self, client: Browser, page: str) -> None:
        """Every page is shown to whoever has come in and unlocked the vault."""
        assert 200 == client.get(f"/clients/{page}").status_code

    @pytest.mark.parametrize("page", ["", "add/", "list/", "try/", "about/"])
    def test_nobody_else_sees_them(self, visitor: Browser, page: str) -> None:
        """With the vault locked a page leads to unlocking it, and a stranger's browser is shut out."""
        assert visitor.get(f"/clients/{page}").headers["Location"].startswith("/unlock/")
        assert 403 == browser().get(f"/clients/{page}").status_code

    def test_a_form_from_elsewhere_is_refused(self, client: Browser, door: Any) -> None:
        """A form without the desk's own token adds nobody."""
        strict = browser(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        assert 403 == strict.post("/clients/add/", TYPED).status_code
        assert not Client.objects.exists()
