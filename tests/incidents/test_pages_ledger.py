"""This room's pages of the ledger: adding, reading, correcting, removing, covering, checking and stamping."""

import errno
import html as escapes
import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from at_the_desk import DOOR
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image, ImageDraw

from forethought.incidents import keeping, stamping
from forethought.incidents.fields import said
from forethought.incidents.ledger import heads_in
from forethought.incidents.models import Incident
from forethought.incidents.stamping import Stamp, StampError
from forethought.incidents.views import chronology

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
WORDS = "You will regret this."


def read(answer: Any) -> str:
    """Return a page as text."""
    return escapes.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def png(words: str = "", size: tuple[int, int] = (200, 120)) -> bytes:
    """Return a picture."""
    made, picture = io.BytesIO(), Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((10, 10), words, fill="black")
    picture.save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def incident(client: Browser) -> Incident:
    """An incident with nothing in it yet."""
    return keeping.open_incident("After the workshop", {}, NOW)


def add(client: Browser, incident: Incident, **sent: Any) -> Any:
    """Send the form that adds evidence."""
    return client.post(f"/incidents/{incident.pk}/items/", sent)


def items(incident: Incident) -> list[Any]:
    """Return the items that are kept."""
    return list(keeping.records(incident, "item"))


def kept(client: Browser, incident: Incident, **sent: Any) -> Any:
    """Add one thing and return its event."""
    assert 302 == add(client, incident, **sent).status_code
    return items(incident)[-1]


class TestBeginning:
    def test_a_name_is_enough(self, client: Browser) -> None:
        """An incident begins with a name alone, and is listed; a day is set on which to ask whether to keep it."""
        answer = client.post("/incidents/begin/", {"title": "After the workshop"})
        made = Incident.objects.get()
        assert f"/incidents/{made.pk}/" == answer["Location"]
        assert made.look_again is not None
        assert made.look_again > date.today()
        assert "After the workshop" in read(client.get("/incidents/"))

    def test_without_a_name_it_asks_for_one(self, client: Browser) -> None:
        """Without a name nothing begins, and what was written stays in the form."""
        answer = client.post("/incidents/begin/", {"title": " ", "about": "It began on Monday."})
        assert 400 == answer.status_code
        assert "Give it a name" in read(answer)
        assert "It began on Monday." in read(answer)
        assert not Incident.objects.exists()

    def test_capture_is_taught_before_blocking(self, client: Browser, incident: Incident) -> None:
        """An empty incident says to capture whole, leave the original and not answer, and only then to block."""
        page = read(client.get(f"/incidents/{incident.pk}/"))
        places = [
            page.index(words) for words in ("Do not crop it", "Leave the original", "Do not answer", "Then block")
        ]
        assert sorted(places) == places
        assert places[-1] == page.index("Then block")
        assert "Does somebody keep coming back, watch you or frighten you? Do neither yet" in page
        assert "report" not in page[: places[-1]]

    @pytest.mark.parametrize(
        "address", ["", "begin/", "1/", "1/add/witness/", "1/quiet/", "1/close/", "1/forget/", "1/check/"]
    )
    def test_danger_comes_first(self, client: Browser, incident: Incident, address: str) -> None:
        """Every page begins with the way to what to do in danger."""
        page = client.get(f"/incidents/{address.replace('1', str(incident.pk))}").content.decode()
        assert page.index("/incidents/danger/") < page.index("<h1>")

    @pytest.mark.parametrize("address", ["9999/", "9999/check/", "9999/records/ab/", "1/records/ab/", "1/add/pack/"])
    def test_what_is_not_there(self, client: Browser, incident: Incident, address: str) -> None:
        """What is not there is not found."""
        assert 404 == client.get(f"/incidents/{address.replace('1', str(incident.pk), 1)}").status_code


class TestAdding:
    def test_files_and_text_are_kept_byte_for_byte(self, client: Browser, incident: Incident) -> None:
        """Several files and a pasted text become items in one go, each with the bytes that came."""
        answer = add(
            client, incident, chosen=[upload("a.png", png()), upload("b.eml", b"From: a@b.example\r\n\r\nHi")],
            text=f"{WORDS}\r\nSoon. ",
        )  # fmt: skip
        assert f"/incidents/{incident.pk}/" == answer["Location"]
        contents = [b"".join(keeping.original(DOOR.vault, each)) for each in items(incident)]
        assert [png(), b"From: a@b.example\r\n\r\nHi", f"{WORDS}\nSoon. ".encode()] == contents
        assert ["screenshot", "message"] == [items(incident)[n].value("kind") for n in (0, 2)]
        assert "Kept as items 1, 2 and 3." in read(client.get(f"/incidents/{incident.pk}/"))

    def test_both_times_are_kept_and_told_apart(self, client: Browser, incident: Incident) -> None:
        """The file's own time is kept as the file's, that of keeping as this computer's; the page tells both."""
        event = kept(client, incident, chosen=[upload("a.png", png())], modified="[1767225600000]")
        assert {"from": "file", "value": "2026-01-01T00:00:00+00:00"} == event.fields["file_time"]
        page = read(client.get(f"/incidents/{incident.pk}/records/{event.record}/"))
        assert "The file's own time 1 January 2026, 00:00 (UTC), as the file has it" in page
        assert "by this computer's clock" in page

    @pytest.mark.parametrize("modified", ["", "[]", "[0]", "no list", '["x"]', "{}", "[1e99]", "[null]", "7", "[[1]]"])
    def test_a_time_that_makes_no_sense_is_left_out(self, client: Browser, incident: Incident, modified: str) -> None:
        """Whatever stands in the hidden field, the file is kept."""
        assert "file_time" not in kept(client, incident, chosen=[upload("a.txt", b"x")], modified=modified).fields

    def test_what_is_said_goes_with_it(self, client: Browser, incident: Incident) -> None:
        """The fields that were filled in are kept as said by the person, and the time with the zone that was chosen."""
        sent = {"posted_on": "2026-07-03", "posted_at": "21:05", "zone": "Europe/London", "handle": "@heron42"}
        event = kept(client, incident, chosen=[upload("a.png", png())], **sent)
        assert {"from": "said", "value": "2026-07-03T21:05:00+01:00"} == event.fields["posted"]
        assert "From @heron42" in read(client.get(f"/incidents/{incident.pk}/"))

    def test_one_that_fails_costs_the_others_nothing(self, client: Browser, incident: Incident) -> None:
        """Of a drop with an empty file and one that is kept already, the rest is kept, and each failure says why."""
        kept(client, incident, chosen=[upload("first.txt", b"one")])
        drop = [upload("empty.png", b""), upload("again.txt", b"one"), upload("new.txt", b"two")]
        answer = add(client, incident, chosen=drop, text=WORDS, handle="@heron42")
        page = read(answer)
        assert 400 == answer.status_code
        assert "empty.png is empty, so there is nothing to keep" in page
        assert "again.txt : This is kept already, as item 1" in page
        assert "Kept as items 2 and 3." in page
        assert 3 == len(items(incident))
        assert answer.context["form"]["handle"].value() == "@heron42"
        assert not answer.context["form"]["text"].value()

    def test_an_email_has_its_own_time(self, client: Browser, incident: Incident) -> None:
        """The date that an e-mail has is its time, as read from the file; what the person says goes before it."""
        letter = b"From: a@b.example\nDate: Mon, 16 Nov 2026 02:20:00 +0000\nSubject: you\n\nAnswer me %d\n"
        event = kept(client, incident, chosen=[upload("a.eml", letter % 1)])
        assert {"from": "file", "value": "2026-11-16T02:20:00+00:00"} == event.fields["posted"]
        assert "as the e-mail says" in read(client.get(f"/incidents/{incident.pk}/records/{event.record}/"))
        other = kept(client, incident, chosen=[upload("b.eml", letter % 2)], posted_on="2026-11-15")
        assert {"from": "said", "value": "2026-11-15"} == other.fields["posted"]

    def test_a_remark_names_its_item(self, client: Browser, incident: Incident) -> None:
        """What could not be read of a file is said with the item's number and the file's name."""
        add(client, incident, chosen=[upload("whole.png", png()), upload("broken.png", png()[:40])])
        page = read(client.get(f"/incidents/{incident.pk}/"))
        assert re.search(r"Item 2 \(broken\.png\) ?: It could not be read further", page)
        assert "Item 1 (whole.png) : It could not" not in page

    def test_a_full_disk_loses_no_text(
        self, client: Browser, incident: Incident, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the disk is full it says so, keeps what was there, and the pasted text stays in the form."""
        kept(client, incident, chosen=[upload("first.txt", b"one")])

        def full(*given: Any) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(type(DOOR.vault), "seal", full)
        answer = add(client, incident, text=WORDS)
        assert 400 == answer.status_code
        assert "The disk is full." in read(answer)
        assert WORDS == answer.context["form"]["text"].value()
        assert 1 == len(items(incident))

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({}, "Nothing is written here yet"),
            ({"text": " \n "}, "Nothing is written here yet"),
            ({"text": "x", "posted_on": "2999-01-01"}, "This lies in the future"),
            ({"text": "x", "posted_at": "10:00"}, "Give the day as well as the time"),
        ],
    )
    def test_what_cannot_be_right_is_refused(
        self, client: Browser, incident: Incident, sent: dict[str, str], words: str
    ) -> None:
        """Nothing at all, a day in the future and a time without its day are refused with what to do."""
        answer = add(client, incident, **sent)
        assert 400 == answer.status_code
        assert words in read(answer)
        assert [] == items(incident)

    def test_what_is_odd_in_a_file_is_told(self, client: Browser, incident: Incident) -> None:
        """A file whose name belies its content is kept under its name, and the next page says so."""
        kept(client, incident, chosen=[upload("page.png", b"<!doctype html><p>You again")])
        assert "Its name ends in .png" in read(client.get(f"/incidents/{incident.pk}/"))

    @pytest.mark.parametrize(
        ("what", "sent", "words"),
        [
            ("account", {"handle": "@heron42", "who": "a stranger"}, "@heron42"),
            ("witness", {"name": "Wren Ash", "saw": "the same post"}, "Wren Ash"),
            ("effect", {"when": "2026-11-02", "words": "I could not sleep."}, "I could not sleep."),
            ("action", {"step": "Reported it", "reference": "20261103"}, "Reference number: 20261103"),
            ("note", {"words": "Ask about the group."}, "Ask about the group."),
        ],
    )
    def test_other_records(
        self, client: Browser, incident: Incident, what: str, sent: dict[str, str], words: str
    ) -> None:
        """People, witnesses, effects, actions and notes are kept and shown with what was said of them."""
        assert 302 == client.post(f"/incidents/{incident.pk}/add/{what}/", sent).status_code
        assert words in read(client.get(f"/incidents/{incident.pk}/"))

    def test_an_empty_record_is_refused(self, client: Browser, incident: Incident) -> None:
        """A record in which nothing was said is not kept."""
        answer = client.post(f"/incidents/{incident.pk}/add/witness/", {"name": " "})
        assert 400 == answer.status_code
        assert not keeping.records(incident, "witness").exists()


class TestChronology:
    def test_the_order_is_of_what_is_known(self, incident: Incident) -> None:
        """An item stands where it was posted, else captured, else kept; zones are reckoned with."""
        told = [
            {"title": "kept"},
            {"title": "captured", "captured": "2026-11-02T10:00:00+00:00"},
            {"title": "later", "posted": "2026-11-01T09:30:00+00:00"},
            {"title": "earlier", "posted": "2026-11-01T10:00:00+01:00", "captured": "2026-11-03T00:00:00+00:00"},
            {"title": "day", "posted": "2026-10-31"},
        ]
        for number, fields in enumerate(told):
            keeping.add_item(DOOR.vault, incident, [bytes([number])], said(**fields), NOW)
        rows = [chronology.row(each) for each in chronology.dated(incident)]
        assert ["day", "earlier", "later", "captured", "kept"] == [row.words for row in rows]
        assert ["posted", "posted", "posted", "captured", "kept"] == [row.by for row in rows]
        found = chronology.figures(incident)
        assert (date(2026, 10, 31), date(2026, 11, 3), 4) == (found["first"], found["last"], found["days"])

    def test_a_correction_does_not_move_when_it_was_kept(self, incident: Incident) -> None:
        """An item that is corrected later still counts as kept when it was."""
        event = keeping.add_item(DOOR.vault, incident, [b"x"], {}, NOW)
        keeping.correct(incident, event.record, said(title="first"), NOW + timedelta(days=9))
        assert ["2026-11-03 09:30:00"] == [*chronology.dated(incident).values_list("when", flat=True)]

    def test_no_item_is_looked_up_among_all(self, incident: Incident) -> None:
        """When an item was kept is found by its record's index, so that a page far down is not slow with many items."""
        plan = chronology.dated(incident).explain()
        assert re.search(r"SEARCH U0 USING INDEX \w*record\w* \(record=\?\)", plan)

    def test_counts_and_pages(self, client: Browser, incident: Incident) -> None:
        """Items are shown fifty at a time, with counts by kind and by handle over all of them."""
        for number in range(53):
            fields = said(kind="message" if number else "film", handle="@heron42" if number < 9 else "")
            keeping.add_item(DOOR.vault, incident, [str(number).encode()], fields, NOW)
        first, last = client.get(f"/incidents/{incident.pk}/"), client.get(f"/incidents/{incident.pk}/?page=2")
        assert (50, 3) == (len(first.context["rows"]), len(last.context["rows"]))
        assert "The text of a message or post 52" in read(first)
        assert "A film 1" in read(first)
        assert "@heron42 (9)" in read(first)
        assert "Of 53 items you have not said yet" in read(first)
        keeping.correct(incident, items(incident)[0].record, said(client="no"), NOW)
        keeping.correct(incident, items(incident)[1].record, said(client="perhaps"), NOW)
        assert 52 == chronology.figures(incident)["unflagged"]

    def test_no_day_is_claimed_where_none_is_known(self, client: Browser, incident: Incident) -> None:
        """Items without a time of their own are not said to be of the day on which they were kept."""
        kept(client, incident, text=WORDS)
        page = read(client.get(f"/incidents/{incident.pk}/"))
        assert "All of it is from one day" not in page
        assert "1 item has no time of its own yet" in page
        kept(client, incident, text="Again", posted_on="2026-11-01")
        assert "1 item has no time of its own yet" in read(client.get(f"/incidents/{incident.pk}/"))
        keeping.correct(incident, items(incident)[0].record, said(posted="2026-11-02"), NOW)
        assert "no time of" not in read(client.get(f"/incidents/{incident.pk}/"))

    def test_quiet_lasts_a_week_unless_another_day_is_given(self, client: Browser, incident: Incident) -> None:
        """The form offers a day, so that pressing the button hides what was said, and says that it did."""
        offered = client.get(f"/incidents/{incident.pk}/quiet/").context["form"]["until"].value()
        assert date.today() < offered
        page = client.post(f"/incidents/{incident.pk}/quiet/", {"until": offered.isoformat()}, follow=True)
        assert "What was said is hidden now." in read(page)

    def test_quiet_hides_what_was_said(self, client: Browser, incident: Incident) -> None:
        """Until the day that was set, no page shows the words or names; after it, and once asked, they are back."""
        event = kept(client, incident, text=WORDS, handle="@heron42")
        client.post(f"/incidents/{incident.pk}/add/effect/", {"words": "I could not sleep."})
        until = date.today() + timedelta(days=1)
        client.post(f"/incidents/{incident.pk}/quiet/", {"until": until.isoformat()})
        one = f"/incidents/{incident.pk}/records/{event.record}/"
        for page in (read(client.get(f"/incidents/{incident.pk}/")), read(client.get(one))):
            assert not re.search("regret|heron42|could not sleep", page)
        assert WORDS in read(client.get(f"{one}?show=yes"))
        Incident.objects.update(quiet_until=date.today())
        assert WORDS in read(client.get(f"/incidents/{incident.pk}/"))


class TestRecord:
    @pytest.fixture
    def event(self, client: Browser, incident: Incident) -> Any:
        """A text that is kept."""
        return kept(client, incident, text=WORDS, handle="@heron42")

    def address(self, event: Any, more: str = "") -> str:
        """Return where a record's page is."""
        return f"/incidents/{event.incident_id}/records/{event.record}/{more}"

    def test_each_field_says_where_it_is_from(self, client: Browser, event: Any) -> None:
        """A record's page says of each field whether it was said, observed or read from the file."""
        page = read(client.get(self.address(event)))
        assert "Handle @heron42 said by the person who keeps this" in page
        assert "Number 1 observed by Forethought" in page

    def test_the_original_comes_back(self, client: Browser, incident: Incident) -> None:
        """The file comes back byte for byte under its own name, and never as a page that a browser would run."""
        event = kept(client, incident, chosen=[upload("é; page.html", b"<script>1</script>")])
        for ask in ("file", "file?show=yes"):
            answer = client.get(self.address(event, ask))
            assert b"<script>1</script>" == answer.getvalue()
            assert "application/octet-stream" == answer["Content-Type"]
            assert answer["Content-Disposition"].startswith("attachment")

    def test_a_picture_is_shown(self, client: Browser, incident: Incident) -> None:
        """A picture of a kind that browsers show is given as one."""
        event = kept(client, incident, chosen=[upload("a.png", png())])
        assert "image/png" == client.get(self.address(event, "file?show=yes"))["Content-Type"]

    def test_a_correction_keeps_its_history(self, client: Browser, incident: Incident, event: Any) -> None:
        """What is corrected shows with what it said before; what was not changed keeps its origin."""
        form = client.get(self.address(event)).context["form"]
        sent = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
        assert 302 == client.post(self.address(event), sent | {"handle": "@heron43"}).status_code
        page = read(client.get(self.address(event)))
        assert "Handle: @heron42 became @heron43" in page
        newest = keeping.history(incident, event.record).last()
        assert "observed" == newest.fields["kind"]["from"]
        assert WORDS == newest.value("words")
        assert [] == keeping.verify(DOOR.vault, incident)

    def test_sent_as_it_was_it_changes_nothing(self, client: Browser, incident: Incident) -> None:
        """A form that is sent as it was shown adds no event, also where a time has an odd zone."""
        sent = {"posted_on": "2026-07-03", "posted_at": "21:05", "zone": "Asia/Kolkata"}
        event = kept(client, incident, text=f"{WORDS}\nSoon.", captured="2026-07-03T22:00:01", **sent)
        form = client.get(self.address(event)).context["form"]
        same = {name: "" if (value := form[name].value()) is None else str(value) for name in form.fields}
        same |= {"captured": "2026-07-03T22:00:01", "words": same["words"].replace("\n", "\r\n")}
        client.post(self.address(event), same)
        assert 1 == keeping.history(incident, event.record).count()

    def test_an_incident_gets_another_name(self, client: Browser, incident: Incident) -> None:
        """The name of an incident is corrected as a record is, and shows everywhere."""
        own = keeping.records(incident, "incident").get()
        client.post(self.address(own), {"title": "Since the workshop"})
        assert "Since the workshop" in read(client.get("/incidents/"))
        assert [] == keeping.verify(DOOR.vault, incident)

    def test_a_client_is_flagged(self, client: Browser, incident: Incident, event: Any) -> None:
        """What was said about a client is kept as said, with all else as it was; no answer is asked for again."""
        assert 400 == client.post(self.address(event, "client/"), {}).status_code
        assert 302 == client.post(self.address(event, "client/"), {"client": "yes"}).status_code
        newest = items(incident)[0]
        assert {"from": "said", "value": "yes"} == newest.fields["client"]
        assert WORDS == newest.value("words")
        assert "Could identify a client" in read(client.get(f"/incidents/{incident.pk}/"))

    def test_removed_leaves_only_why(self, client: Browser, incident: Incident, event: Any) -> None:
        """A removed item's words and file are gone; its page and the check say that it was there, and why it went."""
        assert 400 == client.post(self.address(event, "remove/"), {"reason": ""}).status_code
        client.post(self.address(event, "remove/"), {"reason": "It was added twice by mistake."})
        page = read(client.get(self.address(event)))
        assert "It was added twice by mistake." in page
        assert "regret" not in page
        assert 404 == client.get(self.address(event, "file")).status_code
        assert 404 == client.post(self.address(event), {"title": "x"}).status_code
        assert [] == keeping.verify(DOOR.vault, incident)

    def test_a_record_belongs_to_its_incident(self, client: Browser, event: Any) -> None:
        """No record is reached by the address of another incident."""
        other = keeping.open_incident("Another", {}, NOW)
        assert 404 == client.get(f"/incidents/{other.pk}/records/{event.record}/").status_code
        assert 404 == client.get(f"/incidents/{other.pk}/records/{event.record}/file").status_code


class TestCovering:
    def test_words_are_covered_in_a_copy(self, client: Browser, incident: Incident) -> None:
        """A copy of a text has the words covered, cites its original, and asks whether it shows a client."""
        event = kept(client, incident, text="Wren Ash saw Wren  ash cry.")
        answer = client.post(f"/incidents/{incident.pk}/records/{event.record}/cover/", {"words": "wren ash\r\n"})
        copy = items(incident)[-1]
        assert f"/incidents/{incident.pk}/records/{copy.record}/" == answer["Location"]
        assert b"[covered] saw [covered] cry." == b"".join(keeping.original(DOOR.vault, copy))
        assert event.value("sha256") == copy.value("derived")
        assert "Wren" not in str(copy.fields)
        assert "client" not in copy.fields
        assert "item 2" in read(client.get(f"/incidents/{incident.pk}/records/{event.record}/"))

    def test_words_that_are_not_there(self, client: Browser, incident: Incident) -> None:
        """A word that is not found makes no copy, since it would look as if it had been covered."""
        event = kept(client, incident, text="Wren Ash saw it.")
        answer = client.post(f"/incidents/{incident.pk}/records/{event.record}/cover/", {"words": "Robin"})
        assert 400 == answer.status_code
        assert "Not found in it: Robin" in read(answer)
        assert 1 == len(items(incident))

    def test_parts_of_a_picture_are_covered(self, client: Browser, incident: Incident) -> None:
        """A part that was drawn is black in the copy, and the original is as it was."""
        event = kept(client, incident, chosen=[upload("a.png", png())])
        address = f"/incidents/{incident.pk}/records/{event.record}/cover/"
        assert 400 == client.post(address, {"drawn": "1 2 3"}).status_code
        assert 400 == client.post(address, {}).status_code
        assert 302 == client.post(address, {"drawn": "20 30 40 50"}).status_code
        copy = items(incident)[-1]
        with Image.open(io.BytesIO(b"".join(keeping.original(DOOR.vault, copy)))) as made:
            assert ((0, 0, 0), (255, 255, 255)) == tuple(
                made.convert("RGB").getpixel(at) for at in ((30, 40), (150, 100))
            )
        assert png() == b"".join(keeping.original(DOOR.vault, event))
        assert event.value("sha256") == copy.value("derived")

    def test_what_cannot_be_covered_says_so(self, client: Browser, incident: Incident) -> None:
        """A file of which no part can be covered says what to do instead."""
        event = kept(client, incident, chosen=[upload("a.bin", bytes(range(256)))])
        answer = client.get(f"/incidents/{incident.pk}/records/{event.record}/cover/")
        assert 400 == answer.status_code
        assert "take a screenshot" in read(answer).casefold()


class TestChecking:
    def check(self, client: Browser, incident: Incident, **sent: Any) -> Any:
        """Have an incident checked."""
        return client.post(f"/incidents/{incident.pk}/check/", sent)

    def test_it_says_what_was_checked(self, client: Browser, incident: Incident) -> None:
        """A whole incident holds; the page says what was read, and that no head from elsewhere was there."""
        kept(client, incident, text=WORDS)
        page = read(self.check(client, incident))
        assert "Everything holds." in page
        assert "All 2 entries" in page
        assert "files of 1 item" in page
        assert "No head that was kept elsewhere" in page
        assert "Not that a post was genuine" in page

    def test_a_changed_file_is_named(self, client: Browser, incident: Incident) -> None:
        """A file that was changed behind the ledger's back is named."""
        event = kept(client, incident, text=WORDS)
        path = DOOR.vault.sealed_file(keeping.ITEM, event.record)
        path.write_bytes(path.read_bytes()[:-1] + b"\0")
        page = read(self.check(client, incident))
        assert "1 thing does not hold" in page
        assert "Item 1 : its file was changed" in page

    def test_a_head_is_handed_out_and_checked(self, client: Browser, incident: Incident) -> None:
        """The head that is saved is found again on the check page, pasted or as a file, and is noted."""
        text = client.post(f"/incidents/{incident.pk}/head.txt").content.decode()
        [head] = heads_in(text)
        assert (incident.key, 1, text) == (head.incident, head.length, head.text)
        assert 1 == keeping.records(incident, "head").count()
        for sent in ({"heads": text}, {"file": upload("head.txt", text.encode())}):
            page = read(self.check(client, incident, **sent))
            assert "Everything holds." in page
            assert "1 head kept elsewhere" in page

    @pytest.mark.parametrize("form", ["html", "md"])
    def test_a_head_to_print_can_be_typed_in_again(self, client: Browser, incident: Incident, form: str) -> None:
        """The page to print has the head in full, and not the incident's name."""
        page = client.post(f"/incidents/{incident.pk}/head.{form}").content.decode()
        assert incident.events.get(number=1).hash in page
        assert "workshop" not in page

    def test_a_head_is_not_handed_out_by_looking(self, client: Browser, incident: Incident) -> None:
        """Only a form that was sent hands out a head, since that is noted; an unknown kind of file is not found."""
        assert 405 == client.get(f"/incidents/{incident.pk}/head.txt").status_code
        assert 404 == client.post(f"/incidents/{incident.pk}/head.exe").status_code
        assert 0 == keeping.records(incident, "head").count()

    def test_an_older_copy_is_noticed(self, client: Browser, incident: Incident) -> None:
        """A head of more entries than there are shows that an older copy was put back."""
        text = keeping.head_of(incident).text.replace("events 1", "events 9")
        assert "this is an older copy" in read(self.check(client, incident, heads=text))

    def test_what_is_no_head_is_refused(self, client: Browser, incident: Incident) -> None:
        """Text without a head is not passed off as a head that was checked."""
        answer = self.check(client, incident, heads="head abc")
        assert 400 == answer.status_code
        assert "No head was found in that" in read(answer)
        assert "Everything holds" not in read(answer)

    def test_strays_are_told_and_removed_when_asked(self, client: Browser, incident: Incident) -> None:
        """A file that no item owns stays until somebody says otherwise, and an item's own is never among them."""
        item = kept(client, incident, text=WORDS)
        DOOR.vault.seal(keeping.ITEM, "a" * 32, [b"left by a crash"])
        page = f"/incidents/{incident.pk}/check/"
        assert "Files that no item owns" in read(client.post(page))
        client.post(f"/incidents/{incident.pk}/sweep/")
        assert "Files that no item owns" not in read(client.post(page))
        assert WORDS.encode() == b"".join(keeping.original(DOOR.vault, item))


class TestStamping:
    @pytest.fixture(autouse=True)
    def _needed(self) -> None:
        pytest.importorskip("rfc3161_client")

    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
        """What an authority is asked for, each time; it stamps at a time of its own."""
        asked: list[Any] = []

        def ask(request: Any, authority: Any) -> Stamp:
            asked.append(request)
            return Stamp(authority, NOW, b"token", "roots")

        monkeypatch.setattr(stamping, "ask", ask)
        return asked

    def test_it_is_shown_before_anything_is_sent(self, client: Browser, incident: Incident, asked: list[Any]) -> None:
        """The page shows the very bytes that are sent then; looking, and a form without the tick, send nothing."""
        address = f"/incidents/{incident.pk}/stamp/"
        shown = client.get(address)
        assert 400 == client.post(address, {"authority": "digicert"}).status_code
        assert [] == asked
        assert 302 == client.post(address, {"authority": "digicert", "agreed": "on"}).status_code
        assert [shown.context["request_shown"]] == [each.shown for each in asked]
        [stamp] = keeping.records(incident, "stamp")
        assert 1 == stamp.value("length")
        assert "3 November 2026" in read(client.get(f"/incidents/{incident.pk}/check/"))

    def test_it_is_shown_again_where_the_ledger_has_grown(
        self, client: Browser, incident: Incident, asked: list[Any]
    ) -> None:
        """Nothing is sent that was not shown: a ledger that has grown since is shown anew first."""
        address = f"/incidents/{incident.pk}/stamp/"
        client.get(address)
        keeping.add(incident, "note", said(words="x"), NOW)
        answer = client.post(address, {"authority": "digicert", "agreed": "on"})
        assert 400 == answer.status_code
        assert [] == asked
        client.post(address, {"authority": "digicert", "agreed": "on"})
        assert 1 == len(asked)

    def test_a_failure_costs_nothing(
        self, client: Browser, incident: Incident, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the authority fails the page says why, and nothing in the ledger has changed."""

        def fail(request: Any, authority: Any) -> Stamp:
            raise StampError("It could not be reached.")

        monkeypatch.setattr(stamping, "ask", fail)
        client.get(f"/incidents/{incident.pk}/stamp/")
        answer = client.post(f"/incidents/{incident.pk}/stamp/", {"authority": "digicert", "agreed": "on"})
        assert 400 == answer.status_code
        assert "It could not be reached." in read(answer)
        assert 1 == keeping.head_of(incident).length

    def test_an_authority_of_ones_own(self, client: Browser, incident: Incident, asked: list[Any]) -> None:
        """What is wrong with an authority of one's own is said, and nothing is sent."""
        client.get(f"/incidents/{incident.pk}/stamp/")
        sent = {"authority": "own", "address": "here", "agreed": "on"}
        answer = client.post(f"/incidents/{incident.pk}/stamp/", sent)
        assert 400 == answer.status_code
        assert "not an address that can be asked" in read(answer)
        assert [] == asked


class TestTheEnd:
    def test_closed_and_opened_again(self, client: Browser, incident: Incident) -> None:
        """An incident is closed with a day to look again, and opened again; a day that has passed is refused."""
        address, later = f"/incidents/{incident.pk}/close/", date.today() + timedelta(days=90)
        assert 400 == client.post(address, {"closed": "on", "again": date.today().isoformat()}).status_code
        client.post(address, {"closed": "on", "again": later.isoformat()})
        assert "closed on" in read(client.get("/incidents/"))
        client.post(address, {"again": later.isoformat()})
        found = Incident.objects.get()
        assert (None, later) == (found.closed, found.look_again)

    def test_due_ones_are_for_today(self, client: Browser, incident: Incident) -> None:
        """On its day an incident is among what needs attention, and its page asks about it; before, not."""
        Incident.objects.update(look_again=date.today() + timedelta(days=1))
        assert "Decide whether" not in read(client.get("/"))
        Incident.objects.update(look_again=date.today())
        assert "Decide whether to keep an incident After the workshop" in read(client.get("/"))
        assert "Decide whether to keep this" in read(client.get(f"/incidents/{incident.pk}/"))

    def test_forgetting_wants_a_tick(self, client: Browser, incident: Incident) -> None:
        """Only once that was understood is an incident removed, with its sealed files."""
        event = kept(client, incident, text=WORDS)
        assert 400 == client.post(f"/incidents/{incident.pk}/forget/", {}).status_code
        assert 302 == client.post(f"/incidents/{incident.pk}/forget/", {"sure": "on"}).status_code
        assert not Incident.objects.exists()
        assert not DOOR.vault.sealed_file(keeping.ITEM, event.record).exists()

    @pytest.mark.parametrize(("words", "count"), [("workshop", 1), ("regret", 1), ("HERON42", 1), ("said", 0)])
    def test_search_finds_words_and_names(self, client: Browser, incident: Incident, words: str, count: int) -> None:
        """A search finds titles, words and handles, and no names of fields nor what was corrected away."""
        kept(client, incident, text=WORDS, handle="@heron42")
        assert count == len(client.get("/", {"words": words}).context["found"])

    def test_search_leaves_the_removed(self, client: Browser, incident: Incident) -> None:
        """What was removed is not found."""
        event = kept(client, incident, text=WORDS)
        keeping.remove(DOOR.vault, incident, event.record, "a slip", NOW)
        assert [] == client.get("/", {"words": "regret"}).context["found"]
