"""The pages for handing over: what goes and what stays at home, shown before it is made, and a pack that checks."""

import io
import zipfile
from hashlib import sha256
from typing import Any

import pytest
from acts import begun, item, text
from at_the_desk import DOOR
from django.test import Client

from forethought.incidents import keeping
from forethought.incidents.fields import said
from forethought.incidents.models import Incident
from forethought.incidents.packs import recipients

PHRASE = "lantern gravel teapot moth"


def packed(client: Client, incident: Incident, recipient: str, **sent: Any) -> Any:
    """Send the form that makes a pack."""
    return client.post(f"/incidents/{incident.pk}/packs/{recipient}/", {"do": "make", **sent})


def content(answer: Any) -> bytes:
    """Return all of a file that is streamed."""
    return b"".join(answer.streaming_content)


@pytest.fixture
def incident(client: Client) -> Incident:
    """An incident with one item that shows no client, one that does, and one of which nobody has said."""
    made = begun()
    item(made, b"first", title="First", client="no")
    item(made, b"second", title="Second", client="yes")
    item(made, b"third", title="Third")
    return made


def record(incident: Incident, title: str) -> str:
    """Return the record of the item of this title."""
    found = {each.value("title"): each.record for each in keeping.records(incident, "item")}
    return str(found[title])


def test_everybody_who_can_be_given_one(client: Client, incident: Incident) -> None:
    """Every recipient is listed with a way to its page, and the packs that were made stand below."""
    page = text(client.get(f"/incidents/{incident.pk}/packs/"))
    assert all(f"/incidents/{incident.pk}/packs/{id}/" in page for id in recipients())
    assert "Packs that you made" not in page


@pytest.mark.parametrize("id", recipients())
def test_a_recipient_has_its_page(client: Client, incident: Incident, id: str) -> None:
    """Every recipient's page shows all of its cautions."""
    page = text(client.get(f"/incidents/{incident.pk}/packs/{id}/"))
    assert all(words in page for words in recipients()[id].cautions)


def test_what_is_held_back_and_why(client: Client, incident: Incident) -> None:
    """An item with a client is held back with why; one of which nobody has said can be cleared on the spot."""
    page = client.get(f"/incidents/{incident.pk}/packs/police/")
    assert [record(incident, "First")] == page.context["form"].initial["items"]
    assert "could identify a client" in text(page)
    address = f"/incidents/{incident.pk}/packs/police/"
    assert 400 == client.post(address, {"do": "clear"}).status_code
    client.post(address, {"do": "clear", "clear": [record(incident, "Third")]})
    assert "no" == keeping.records(incident, "item").get(record=record(incident, "Third")).value("client")
    assert record(incident, "Third") in client.get(address).context["form"].initial["items"]
    assert client.get(address).context["clearing"] is None


def test_an_item_with_a_client_cannot_be_cleared_by_hand(client: Client, incident: Incident) -> None:
    """Only items of which nobody has said are cleared there; a form that names another is refused."""
    answer = client.post(
        f"/incidents/{incident.pk}/packs/police/", {"do": "clear", "clear": [record(incident, "Second")]}
    )
    assert 400 == answer.status_code
    assert "yes" == keeping.records(incident, "item").get(record=record(incident, "Second")).value("client")


def test_it_is_shown_before_it_is_made(client: Client, incident: Incident) -> None:
    """What would go and what stays at home is shown, and nothing is noted or given yet."""
    page = client.post(f"/incidents/{incident.pk}/packs/police/", {"do": "look", "items": [record(incident, "First")]})
    assert ["Item 1: First (the text of a message or post)"] == [words for words, _ in page.context["going"]]
    assert 2 == len(page.context["held"])
    assert not keeping.records(incident, "pack").exists()


def test_a_pack_is_given_and_noted(client: Client, incident: Incident) -> None:
    """The pack holds the chosen item byte for byte and no other, and its hash stands in the ledger and on the page."""
    answer = packed(client, incident, "police", items=[record(incident, "First")], reason="To report it.")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="evidence-for-police-')
    whole = content(answer)
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        originals = [name for name in pack.namelist() if name.startswith("originals/")]
        assert [b"first"] == [pack.read(name) for name in originals]
    (event,) = keeping.records(incident, "pack")
    assert sha256(whole).hexdigest() == event.value("sha256")
    assert ("police", "1", "To report it.") == tuple(event.value(name) for name in ("recipient", "items", "reason"))
    assert sha256(whole).hexdigest() in text(client.get(f"/incidents/{incident.pk}/packs/"))
    assert event.value("pack_number") in text(client.get(f"/incidents/{incident.pk}/packs/"))
    assert [] == keeping.verify(DOOR.vault, incident)


def test_what_was_written_beside_is_shown_first(client: Client, incident: Incident) -> None:
    """Before a pack is made, the person sees each word of theirs that this recipient gets, and no other."""
    keeping.add(incident, "account", said(who="the partner of a client", handle="@heron42"), incident.opened)
    sent = {"do": "look", "items": [record(incident, "First")]}
    pages = {id: text(client.post(f"/incidents/{incident.pk}/packs/{id}/", sent)) for id in ("employer", "platform")}
    assert "Who they are to me: the partner of a client" in pages["employer"]
    assert "the partner of a client" not in pages["platform"].replace("“the partner of a client”", "")
    assert "Handle: @heron42" in pages["platform"]


def test_what_shows_a_client_needs_a_reason(client: Client, incident: Incident) -> None:
    """An item with a client goes only where it is confirmed with a reason."""
    confirmed = {"besides": [record(incident, "Second")]}
    assert 400 == packed(client, incident, "police", **confirmed).status_code
    assert not keeping.records(incident, "pack").exists()
    whole = content(packed(client, incident, "police", **confirmed, reason="My insurer's solicitor advised it."))
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        assert [b"second"] == [pack.read(name) for name in pack.namelist() if name.startswith("originals/")]


def test_sealed_with_a_passphrase(client: Client, incident: Incident) -> None:
    """With a passphrase the pack is an age file which that passphrase opens."""
    pyrage = pytest.importorskip("pyrage")
    answer = packed(client, incident, "police", items=[record(incident, "First")], passphrase=PHRASE)
    assert answer.headers["Content-Disposition"].endswith('.zip.age"')
    assert pyrage.passphrase.decrypt(content(answer), PHRASE).startswith(b"PK")


@pytest.mark.parametrize(
    ("sent", "words"), [({"passphrase": "abc"}, ""), ({"items": ["nothing"]}, "not there any more")]
)
def test_what_stops_a_pack(client: Client, incident: Incident, sent: dict[str, Any], words: str) -> None:
    """A weak passphrase and an item that is not there are refused before anything is given or noted."""
    answer = packed(client, incident, "police", **({"items": [record(incident, "First")]} | sent))
    assert 400 == answer.status_code
    assert words in text(answer)
    assert not keeping.records(incident, "pack").exists()


def test_an_item_that_was_changed(client: Client, incident: Incident) -> None:
    """Where an item's file is not as it was kept, no pack comes to its end, and none is noted."""
    DOOR.vault.seal("evidence", record(incident, "First"), [b"other"])
    with pytest.raises(Exception, match="item 1 is not as it was kept"):
        content(packed(client, incident, "police", items=[record(incident, "First")]))
    assert not keeping.records(incident, "pack").exists()


def test_nothing_to_hand_over(client: Client) -> None:
    """Where nothing would go, the page says so and how to mend it."""
    answer = packed(client, begun(), "group-admin")
    assert 400 == answer.status_code
    assert "Nothing would go into this pack" in text(answer)


def test_myself_gets_everything(client: Client, incident: Incident) -> None:
    """The pack for oneself holds every item, without a tick."""
    whole = content(packed(client, incident, "myself"))
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        assert 3 == sum(name.startswith("originals/") for name in pack.namelist())


def test_least_disclosure(client: Client, incident: Incident) -> None:
    """The effect on the person goes to the police, and is not so much as counted for the platform."""
    keeping.add(incident, "effect", said(words="I could not sleep."), incident.opened)
    sent = {"do": "look", "items": [record(incident, "First")]}
    shown = {
        id: dict(client.post(f"/incidents/{incident.pk}/packs/{id}/", sent).context["kinds"])
        for id in ("police", "platform")
    }
    assert 1 == shown["police"]["The effect on you"]
    assert "The effect on you" not in shown["platform"]


@pytest.mark.parametrize("address", ["1/packs/nobody/", "99/packs/", "99/packs/police/"])
def test_what_is_not_there(client: Client, incident: Incident, address: str) -> None:
    """A recipient and an incident that there is not are not found."""
    assert 404 == client.get(f"/incidents/{address}").status_code
