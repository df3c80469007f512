"""The page for many posts at once: the list kept as it was, counted, made quiet, and one statement to be checked."""

import html
import re
from typing import Any

import pytest
from acts import begun, text
from at_the_desk import DOOR
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forethought.documents.forms import FORMS
from forethought.incidents import keeping
from forethought.incidents.models import Incident
from forethought.incidents.pileon.quiet import checklists

LIST = "".join(f"@wren{n} · 3 Nov 2026 1{n}:05\nYou should be ashamed of that talk\n\n" for n in range(6))


@pytest.fixture
def incident(client: Client) -> Incident:
    """An incident."""
    return begun(nature=["pile-on"])


def pile(client: Client, incident: Incident, **sent: Any) -> Any:
    """Send a list of posts, and return the page that follows."""
    return client.post(f"/incidents/{incident.pk}/pile-on/", {"dates": "", **sent}, follow=True)


def items(incident: Incident) -> list[Any]:
    """Return the items that are kept."""
    return list(keeping.records(incident, "item"))


def test_the_list_is_kept_as_it_was(client: Client, incident: Incident) -> None:
    """What was pasted is an item byte for byte before anything is counted, and the counts come from it."""
    page = pile(client, incident, text=LIST)
    (kept,) = items(incident)
    assert LIST.encode() == b"".join(keeping.original(DOOR.vault, kept))
    assert "6" in re.sub(r"<[^>]+>", " ", page.context["totals"])
    assert page.context["plot"].startswith("<svg")
    assert page.context["plot"] in page.content.decode()
    assert "style=" not in page.context["plot"]


def test_a_file_is_kept_byte_for_byte(client: Client, incident: Incident) -> None:
    """A file keeps its bytes and its name."""
    given = b"account,text,date\nwren,ashamed,2026-11-03T10:00:00Z\nfinch,ashamed,2026-11-03T10:05:00Z\n"
    pile(client, incident, file=SimpleUploadedFile("posts.csv", given))
    (kept,) = items(incident)
    assert given == b"".join(keeping.original(DOOR.vault, kept))
    assert "posts.csv" == kept.value("name")


def test_a_list_twice(client: Client, incident: Incident) -> None:
    """A list that is kept already is counted again, and kept once."""
    pile(client, incident, text=LIST)
    page = pile(client, incident, text=LIST)
    assert 1 == len(items(incident))
    assert "totals" in page.context


@pytest.mark.parametrize("words", ["@bob\n@ann\n", "Anna Field\nShame on you\nLike\nReply\n2d\n"])
def test_a_list_that_cannot_be_counted_is_kept(client: Client, incident: Incident, words: str) -> None:
    """A list in which no post is found is evidence all the same: it is kept as it was, and it says why no count."""
    page = pile(client, incident, text=words)
    (kept,) = items(incident)
    assert words.encode() == b"".join(keeping.original(DOOR.vault, kept))
    assert "The list is kept as an item, byte for byte. It could not be counted: No post was found here." in text(page)
    assert 200 == client.get(f"/incidents/{incident.pk}/pile-on/").status_code


@pytest.mark.parametrize(("words", "warns"), [("I will hurt you", True), ("The bus was late again.", False)])
def test_a_threat_is_pointed_out(client: Client, incident: Incident, words: str, warns: bool) -> None:
    """Where a post may hold a threat the page says so in the open with 999, and it stands in the part folded away."""
    page = pile(client, incident, text=f"{LIST}@finch: {words}\n")
    open_parts = re.sub(r"<details.*?</details>", "", text(page).split("<main")[1], flags=re.DOTALL)
    assert warns == ("may hold a threat" in open_parts)
    assert warns == (words in page.context["rest"].partition("The earliest")[0])


@pytest.mark.parametrize("sent", [{}, {"text": "   "}, {"file": SimpleUploadedFile("a.png", b"\x89PNG\0\0" * 9)}])
def test_what_cannot_be_read(client: Client, incident: Incident, sent: dict[str, Any]) -> None:
    """Nothing at all and a picture are refused in words, and nothing is kept."""
    page = pile(client, incident, **sent)
    assert 400 == page.status_code
    assert page.context["form"].non_field_errors()
    assert [] == items(incident)


def test_their_words_are_folded_away(client: Client, incident: Incident) -> None:
    """Numbers are in the open; what the others wrote is there only inside of what is folded away."""
    page = text(pile(client, incident, text=LIST)).split("<main")[1]
    open_parts = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert "ashamed" in page
    assert "ashamed" not in open_parts
    assert "Keep these of them" in open_parts


@pytest.mark.parametrize("platform", checklists())
def test_making_it_quiet(client: Client, incident: Incident, platform: str) -> None:
    """Every platform's checklist is shown with what each setting does and how to undo it, and can be saved."""
    page = html.unescape(text(client.get(f"/incidents/{incident.pk}/pile-on/", {"quiet": platform})))
    for setting in checklists()[platform].settings:
        assert setting.title in page
        assert setting.undo in page
    assert 200 == client.get(f"/incidents/quiet-sheet/{platform}.txt").status_code


def test_a_statement_is_checked(client: Client, incident: Incident) -> None:
    """A draft says only what is so, and its form leads to the check page with its words."""
    plain = client.get(f"/incidents/{incident.pk}/pile-on/")
    paused = client.get(f"/incidents/{incident.pk}/pile-on/", {"statement": "yes", "paused": "on"})
    assert "paused" not in plain.context["statements"][0].words
    assert "paused" in paused.context["statements"][0].words
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text(paused).split('id="say"')[1]))
    sent.pop("csrfmiddlewaretoken", None)
    checked = client.post("/check/", sent | {"text": paused.context["statements"][0].words})
    assert 200 == checked.status_code
    assert "verdict" in checked.context


def test_a_reply_is_guarded(client: Client, incident: Incident) -> None:
    """A reply to what was posted is checked beside it, so that feeding it can be raised."""
    page = pile(client, incident, text=LIST.replace("You should be ashamed", "Prove it, coward. You should be ashamed"))
    form = text(page).split("What you would answer")[1]
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form, flags=re.DOTALL))
    assert "ashamed" in sent["reply_to"]
    checked = client.post("/check/", sent | {"text": "You are the coward here! How dare you, you know nothing."})
    assert "respect/feeding-trolls" in {each["rule"].id for each in checked.context["findings"]}


@pytest.mark.parametrize("form", FORMS)
def test_the_counts_are_saved(client: Client, incident: Incident, form: str) -> None:
    """The counts can be saved in every form of document."""
    pile(client, incident, text=LIST)
    answer = client.get(f"/incidents/{incident.pk}/pile-on.{form}", {"list": items(incident)[0].record})
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_list_that_was_removed(client: Client, incident: Incident) -> None:
    """A list that was removed from the ledger is no longer listed, and its page is not found."""
    pile(client, incident, text=LIST)
    (kept,) = items(incident)
    keeping.remove(DOOR.vault, incident, kept.record, "not wanted", incident.opened)
    assert not client.get(f"/incidents/{incident.pk}/pile-on/").context["lists"]
    assert 404 == client.get(f"/incidents/{incident.pk}/pile-on/", {"list": kept.record}).status_code


@pytest.mark.parametrize(
    "address",
    ["1/pile-on/?list=x", "1/pile-on/?quiet=nowhere", "1/pile-on.txt", "99/pile-on/", "quiet-sheet/nowhere.txt"],
)
def test_what_is_not_there(client: Client, incident: Incident, address: str) -> None:
    """A list, a platform and an incident that there is not are not found."""
    assert 404 == client.get(f"/incidents/{address}").status_code
