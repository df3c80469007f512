"""This room's pages of the register: accounts, reviews step by step, what archives add, and what leads where."""

import html as escapes
import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from at_the_desk import DOOR
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image

from forethought.accounts import room
from forethought.accounts.checkups.load import areas, checkups
from forethought.accounts.keeping import SCREENSHOT, add, review_done
from forethought.accounts.keeping.diary import entries
from forethought.accounts.marks import email_mark
from forethought.accounts.models import Account, Review
from forethought.documents.forms import FORMS
from forethought.footprint.models import Archive, Entry

FACEBOOK = checkups()["facebook"]
CHOICES = {"kind": "professional", "audience": "public", "two_step": "unknown"}
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def read(answer: Any) -> str:
    """Return a page as text."""
    return escapes.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def png() -> bytes:
    """Return a picture."""
    made = io.BytesIO()
    Image.linear_gradient("L").save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def key(client: Browser) -> bytes:
    """The key of the open vault's marks."""
    return DOOR.vault.keys.fingerprints


@pytest.fixture
def account(key: bytes) -> Account:
    """An account in the register."""
    return add({"name": "Practice page", "platform": "facebook", "handle": "reedcounselling"}, key)


class TestRegister:
    def test_a_name_and_a_place_are_enough(self, client: Browser) -> None:
        """An account is added with little, listed under what it is for, and its page says what was given."""
        sent = CHOICES | {"name": "Notes", "platform": "mastodon", "handle": "@anna@herons.example"}
        answer = client.post("/accounts/add/", sent)
        made = Account.objects.get()
        assert f"/accounts/{made.pk}/" == answer["Location"]
        assert "anna@herons.example" == made.handle
        assert re.search("For work .*Notes .*Not reviewed yet", read(client.get("/accounts/")))
        assert "anna@herons.example" in read(client.get(f"/accounts/{made.pk}/"))

    def test_an_address_a_number_and_a_picture_become_marks(self, client: Browser, key: bytes) -> None:
        """What tells who somebody is comes in plain, and no page or table gives it back."""
        sent = CHOICES | {"name": "Notes", "platform": "x", "email": "anna@herons.example", "phone": "07700 900123"}
        client.post("/accounts/add/", sent | {"photo": SimpleUploadedFile("me.png", png())})
        made = Account.objects.get()
        assert email_mark("anna@herons.example", key) == made.email
        assert made.photo
        assert made.phone
        page = client.get(f"/accounts/{made.pk}/").content.decode()
        assert "herons.example" not in page + str(Account.objects.values())
        assert "900123" not in page
        assert "an e-mail address, a phone number, a picture" in page

    def test_a_change_leaves_marks_unless_they_are_to_be_forgotten(self, client: Browser, key: bytes) -> None:
        """An empty field leaves its mark alone; ticking it takes the mark away."""
        made = add({"name": "Notes", "platform": "x", "email": "a@b.example", "phone": "07700 900123"}, key)
        sent = CHOICES | {"name": "Notes", "platform": "x", "links": "https://one.example\r\n\r\n two.example "}
        client.post(f"/accounts/{made.pk}/", sent | {"forget": ["phone"]})
        made.refresh_from_db()
        assert (True, "") == (bool(made.email), made.phone)
        assert ["https://one.example", "two.example"] == made.links

    def test_what_the_form_does_not_ask_stays(self, client: Browser, account: Account, key: bytes) -> None:
        """A change on the page leaves the level, the reasons and a review that was begun as they are."""
        Account.objects.update(level="closed", reasons={"posts": "A page"}, halfway={"platform": "facebook"})
        client.post(f"/accounts/{account.pk}/", CHOICES | {"name": "Page", "platform": "facebook"})
        account.refresh_from_db()
        assert ("Page", "closed", {"posts": "A page"}) == (account.name, account.level, account.reasons)
        assert {"platform": "facebook"} == account.halfway

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"name": " ", "platform": "x"}, "This field is required"),
            ({"name": "Twice", "platform": "facebook", "handle": "@ReedCounselling"}, "this handle there already"),
            ({"name": "Soon", "platform": "x", "last_used": "2999-01-01"}, "lies in the future"),
        ],
    )
    def test_what_does_not_do_stays_in_the_form(
        self, client: Browser, account: Account, sent: dict[str, str], words: str
    ) -> None:
        """No name, a handle that is there already and a day to come are refused, with what was written still there."""
        answer = client.post("/accounts/add/", CHOICES | sent | {"note": "By the river"})
        assert 400 == answer.status_code
        assert words in read(answer)
        assert "By the river" in read(answer)
        assert [account] == list(Account.objects.all())

    def test_a_file_that_is_no_picture(self, client: Browser, key: bytes) -> None:
        """A picture that does not open is told at its field, and nothing is kept."""
        sent = CHOICES | {"name": "Notes", "platform": "x", "photo": SimpleUploadedFile("me.png", b"no picture")}
        answer = client.post("/accounts/add/", sent)
        assert 400 == answer.status_code
        assert answer.context["form"]["photo"].errors
        assert not Account.objects.exists()

    def test_closing_and_opening_again(self, client: Browser, account: Account) -> None:
        """A closed account is listed apart with its day; without a day it is open again."""
        client.post(f"/accounts/{account.pk}/close/", {"closed": "2026-01-02"})
        assert "closed on 2 January 2026" in read(client.get("/accounts/"))
        assert 400 == client.post(f"/accounts/{account.pk}/close/", {"closed": "2999-01-02"}).status_code
        client.post(f"/accounts/{account.pk}/close/", {"closed": ""})
        account.refresh_from_db()
        assert account.closed is None

    def test_removing_asks_first(self, client: Browser, account: Account) -> None:
        """Without a tick nothing is removed; with it the account is gone."""
        assert 400 == client.post(f"/accounts/{account.pk}/remove/").status_code
        assert Account.objects.exists()
        assert 302 == client.post(f"/accounts/{account.pk}/remove/", {"sure": "on"}).status_code
        assert not Account.objects.exists()

    def test_those_that_wait_for_a_decision(self, client: Browser, key: bytes) -> None:
        """An account that is no longer used is shown with what to decide."""
        add({"name": "Old forum", "platform": "forum", "kind": "dormant"}, key)
        assert re.search("Waiting for a decision Old forum .*close it", read(client.get("/accounts/")))

    @pytest.mark.parametrize(
        "address", ["9/", "9/close/", "9/remove/", "9/review/", "9/review/finish/", "9/review/see/", "9/review/1/"]
    )
    def test_what_is_not_there(self, client: Browser, address: str) -> None:
        """An account that is not there is not found."""
        assert 404 == client.get(f"/accounts/{address}").status_code


def begin(client: Browser, account: Account, level: str = "closed", platform: str = "facebook") -> Any:
    """Begin a review."""
    return client.post(f"/accounts/{account.pk}/review/", {"platform": platform, "level": level})


def step(client: Browser, account: Account, area: str, do: str = "on", **seen: str) -> Any:
    """Answer the settings of one area."""
    sent = {f"seen-{id}": option for id, option in seen.items()}
    return client.post(f"/accounts/{account.pk}/review/{area}/", sent | {"do": do})


def finish(client: Browser, account: Account, **sent: Any) -> Review:
    """Finish a review and return it."""
    answer = client.post(f"/accounts/{account.pk}/review/finish/", {"by": "me"} | sent)
    assert 302 == answer.status_code
    return account.reviews.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


class TestReview:
    def test_every_setting_is_asked_with_what_is_advised(self, client: Browser, account: Account) -> None:
        """The steps together show each setting with where it is, what it exposes, every option, how to undo it."""
        address = begin(client, account)["Location"]
        pages = ""
        for area in [id for id in areas() if any(each.area.id == id for each in FACEBOOK.settings.values())]:
            assert f"/accounts/{account.pk}/review/{area}/" == address
            pages += read(client.get(address))
            address = step(client, account, area)["Location"]
        assert f"/accounts/{account.pk}/review/finish/" == address
        for setting in FACEBOOK.settings.values():
            for words in (setting.title, *setting.where, setting.exposes, *setting.options.values(), setting.undo):
                assert words in pages

    def test_who_says_so_is_shown_at_the_level(self, client: Browser, account: Account) -> None:
        """What is recommended follows the level, and a document that asks for more is named with its provision."""
        begin(client, account, "careful")
        page = read(client.get(f"/accounts/{account.pk}/review/see/"))
        assert "Recommended: Only me." in page
        assert "More is asked for by BABCP" in page
        assert "BABCP-58" in page

    def test_it_is_saved_halfway(self, client: Browser, account: Account) -> None:
        """Stopping keeps what was seen, without a review or a day; going on leads to the first open part."""
        begin(client, account)
        assert f"/accounts/{account.pk}/" == step(client, account, "see", "later", posts="friends")["Location"]
        account.refresh_from_db()
        assert {"posts": "friends"} == account.halfway["answers"]
        assert (None, 0) == (account.last_reviewed, Review.objects.count())
        assert "Go on with the review" in read(client.get(f"/accounts/{account.pk}/"))
        page = client.get(f"/accounts/{account.pk}/review/")
        assert "1 of 14 settings are answered" in read(page)
        assert f"/accounts/{account.pk}/review/see/" in page.content.decode()
        again = client.get(f"/accounts/{account.pk}/review/see/").content.decode()
        assert re.search(r'value="friends"[^>]*checked', again)

    def test_a_review_can_be_dropped(self, client: Browser, account: Account) -> None:
        """What was begun is gone when it is dropped, and another platform begins without its answers."""
        begin(client, account)
        step(client, account, "see", posts="friends")
        begin(client, account, platform="instagram")
        account.refresh_from_db()
        assert {} == account.halfway["answers"]
        client.post(f"/accounts/{account.pk}/review/", {"do": "drop"})
        account.refresh_from_db()
        assert {} == account.halfway

    def test_a_reset_is_named_first(self, client: Browser, account: Account) -> None:
        """A setting that differs and is not the person's own change heads the result; their own stands apart."""
        before = {"posts": "friends", "friends": "me", "look-up": "me"}
        review_done(account, FACEBOOK, "closed", before, "me", NOW)
        begin(client, account)
        step(client, account, "see", posts="public", friends="public")
        step(client, account, "find", **{"look-up": "me"})
        page = read(client.get(f"/accounts/{account.pk}/review/finish/"))
        assert "“Friends” before, “Anyone” now" in page
        found = finish(client, account, mine=["friends"])
        assert ["posts"] == [each["id"] for each in found.changes["reset"]]
        result = read(client.get(f"/accounts/{account.pk}/review/{found.pk}/"))
        places = [
            result.index(words) for words in ("Changed, and not by you", "More open than recommended", "Changed by you")
        ]
        assert sorted(places) == places
        account.refresh_from_db()
        assert ({}, date.today()) == (account.halfway, account.last_reviewed)

    def test_what_falls_short_is_put_right_or_left_with_a_reason(self, client: Browser, account: Account) -> None:
        """A tick notes the recommended option, a reason is kept; what the review found stays as it was found."""
        review_done(account, FACEBOOK, "closed", {"posts": "me"}, "me", NOW)
        begin(client, account)
        step(client, account, "see", posts="public", friends="public")
        found = finish(client, account)
        address = f"/accounts/{account.pk}/review/{found.pk}/"
        client.post(address, {"posts-done": "on", "friends-reason": "They know already"})
        found.refresh_from_db()
        account.refresh_from_db()
        assert ("me", "public") == (found.answers["posts"], found.answers["friends"])
        assert {"friends": "They know already"} == account.reasons
        assert ["posts"] == [each["id"] for each in found.changes["reset"]]
        assert FACEBOOK.settings["posts"].title in {words for each in entries() for words in each.mended}
        page = client.get(address).content.decode()
        assert "They know already" in page
        assert "posts-done" not in page
        client.post(address, {"friends-reason": ""})
        account.refresh_from_db()
        assert {} == account.reasons

    @pytest.mark.parametrize(("kind", "level"), [("professional", "open"), ("personal", "careful")])
    def test_an_account_for_work_may_be_open(self, client: Browser, kind: str, level: str) -> None:
        """The first review proposes that an account for work stays open, and that a private one is careful."""
        made = Account.objects.create(name="One", platform="instagram", kind=kind)
        assert level == client.get(f"/accounts/{made.pk}/review/").context["form"].initial["level"]

    def test_what_was_not_found_is_no_answer(self, client: Browser, account: Account) -> None:
        """A setting that was not to be found is not in the review, and the result says so; with none there is none."""
        begin(client, account)
        step(client, account, "see", posts="-")
        answer = client.post(f"/accounts/{account.pk}/review/finish/", {"by": "me"})
        assert 400 == answer.status_code
        assert "No setting has an answer yet" in read(answer)
        step(client, account, "see", posts="-", friends="me")
        found = finish(client, account)
        assert {"friends": "me"} == found.answers
        assert "Not seen this time" in read(client.get(f"/accounts/{account.pk}/review/{found.pk}/"))

    def test_pictures_are_sealed_and_shown(self, client: Browser, account: Account) -> None:
        """A screenshot lies sealed in the vault, is shown as a picture, and goes with the account."""
        begin(client, account)
        step(client, account, "see", posts="me")
        bad = {"by": "me", "pictures": [SimpleUploadedFile("a.png", b"<svg onload=alert(1)>")]}
        assert 400 == client.post(f"/accounts/{account.pk}/review/finish/", bad).status_code
        found = finish(client, account, pictures=[SimpleUploadedFile("a.png", png())])
        assert [(SCREENSHOT, found.screenshots[0])] == DOOR.vault.sealed_records()
        shown = client.get(f"/accounts/{account.pk}/review/{found.pk}/pictures/1")
        assert (png(), "image/png") == (b"".join(shown.streaming_content), shown["Content-Type"])  # type: ignore[attr-defined]
        assert 404 == client.get(f"/accounts/{account.pk}/review/{found.pk}/pictures/2").status_code

    @pytest.mark.parametrize("form", FORMS)
    def test_it_can_be_saved(self, client: Browser, account: Account, form: str) -> None:
        """A review is given as a file of each kind."""
        found = review_done(account, FACEBOOK, "closed", {"posts": "public"}, "me", NOW)
        answer = client.get(f"/accounts/{account.pk}/review/{found.pk}.{form}")
        assert f"review-facebook-2026-06-01.{form}" in answer["Content-Disposition"]

    def test_an_archive_tells_what_is_set(self, client: Browser, key: bytes) -> None:
        """What the account's own archive tells of a setting is chosen at first, and said to be from there."""
        own = add({"name": "Films", "platform": "tiktok", "handle": "anna"}, key)
        archive = Archive.objects.create(
            platform="tiktok", title="TikTok", account="anna", begun=NOW, finished=NOW, confidence=1
        )
        Entry.objects.create(archive=archive, key="1", kind="setting", details={"Private Account": "Disabled"})
        begin(client, own, platform="tiktok")
        setting = next(
            each for each in checkups()["tiktok"].settings.values() if "Private Account: Disabled" in each.archive
        )
        page = client.get(f"/accounts/{own.pk}/review/{setting.area.id}/")
        assert f"Your archive had: {setting.options['public']}" in read(page)
        assert "public" == page.context["form"][setting.id].value()

    @pytest.mark.parametrize(("platform", "near"), [("messenger", "facebook"), ("newsletter", "website"), ("x", "x")])
    def test_a_place_without_a_check_up_has_the_nearest(
        self, client: Browser, key: bytes, platform: str, near: str
    ) -> None:
        """The check-up of the place itself is chosen at first, or the nearest."""
        own = add({"name": "A", "platform": platform}, key)
        assert near == client.get(f"/accounts/{own.pk}/review/").context["form"]["platform"].value()

    def test_steps_need_a_beginning(self, client: Browser, account: Account) -> None:
        """A step or the end before the beginning leads to the beginning; an area that is not there is not found."""
        for part in ("see", "finish"):
            assert f"/accounts/{account.pk}/review/" == client.get(f"/accounts/{account.pk}/review/{part}/")["Location"]
        begin(client, account)
        assert 404 == client.get(f"/accounts/{account.pk}/review/nothing/").status_code
        assert 400 == step(client, account, "see", posts="nonsense").status_code


def archive() -> Archive:
    """Return an archive that was read to its end, with its profile."""
    made = Archive.objects.create(platform="x", title="X", account="anna", begun=NOW, finished=NOW, confidence=1)
    Entry.objects.create(
        archive=made, key="1", kind="profile", details={"handle": "anna", "name": "Anna", "website": "reed.example"}
    )
    return made


class TestFromArchives:
    def test_only_what_is_ticked_is_taken(self, client: Browser) -> None:
        """Without a tick nothing is added; with one the account comes with what its profile says."""
        made = archive()
        assert "reed.example" in read(client.get("/accounts/from-archives/"))
        assert 302 == client.post("/accounts/from-archives/").status_code
        assert "Nothing was ticked" in read(client.get("/accounts/from-archives/"))
        assert not Account.objects.exists()
        client.post("/accounts/from-archives/", {f"archive-{made.pk}-add": "on"})
        own = Account.objects.get()
        assert ("anna", ["reed.example"]) == (own.handle, own.links)
        assert "add nothing that is not here yet" in read(client.get("/accounts/from-archives/"))

    def test_where_they_differ_the_person_decides(self, client: Browser, key: bytes) -> None:
        """What the person said stays unless the field is ticked."""
        made = archive()
        own = add({"name": "X", "platform": "x", "handle": "anna", "public_name": "Anna Reed"}, key)
        assert "Anna, not Anna Reed" in read(client.get("/accounts/from-archives/"))
        client.post("/accounts/from-archives/", {f"archive-{made.pk}-add": "on"})
        own.refresh_from_db()
        assert ("Anna Reed", ["reed.example"]) == (own.public_name, own.links)
        client.post("/accounts/from-archives/", {f"archive-{made.pk}-take": ["public_name"]})
        own.refresh_from_db()
        assert "Anna" == own.public_name


class TestLeads:
    def test_each_way_is_told_with_how_to_loosen_it(self, client: Browser, key: bytes) -> None:
        """An address that two accounts share is drawn, listed and counted as a way from work to private life."""
        for name, kind in (("Practice", "professional"), ("Holidays", "personal")):
            add({"name": name, "platform": "x", "kind": kind, "email": "a@b.example"}, key)
        page = client.get("/accounts/leads/")
        assert '<svg class="plot leads"' in page.content.decode()
        assert "1. Practice and Holidays Joins work and private life." in read(page)
        assert "same e-mail address" in read(page)
        assert "1 way leads from work to your private life" in read(client.get("/accounts/"))
        own = Account.objects.get(name="Practice")
        assert "Practice and Holidays : joins work and private life" in read(client.get(f"/accounts/{own.pk}/"))

    def test_nothing_found_is_no_promise(self, client: Browser, account: Account, key: bytes) -> None:
        """Where nothing leads anywhere the page says what cannot be seen from here."""
        add({"name": "Holidays", "platform": "x", "kind": "personal"}, key)
        assert "can still be traced" in read(client.get("/accounts/leads/"))

    @pytest.mark.parametrize("form", FORMS)
    def test_it_can_be_saved(self, client: Browser, account: Account, form: str) -> None:
        """What leads where is given as a file of each kind."""
        answer = client.get(f"/accounts/leads.{form}")
        assert f"how-accounts-lead-to-each-other.{form}" in answer["Content-Disposition"]


class TestFirstPage:
    def test_one_line_gathers_what_is_due_once_a_day(self, client: Browser, account: Account) -> None:
        """However many reviews are due, the first page has one line of them, and the same day none again."""
        first = client.get("/").content.decode()
        assert 1 == first.count('href="/accounts/calendar/"')
        assert "reviews are due" in first
        assert "are due" not in client.get("/").content.decode()

    def test_what_comes_later_in_the_day_reminds_of_nothing_anew(self, client: Browser, account: Account) -> None:
        """An account added after the line was shown is told of by itself, and then the day is quiet."""
        client.get("/")
        Account.objects.create(name="Wren Street", platform="x")
        assert "1 review is due" in read(client.get("/"))
        assert "due" not in str([each.title for each in room.ROOM.today()])

    def test_an_empty_register_is_left_alone(self, client: Browser) -> None:
        """Before there is an account nothing is said to be due."""
        assert "are due" not in client.get("/").content.decode()

    def test_an_account_is_found(self, client: Browser, account: Account) -> None:
        """A search finds an account by its handle."""
        assert "Practice page" in read(client.get("/", {"words": "reedcouns"}))

    def test_what_is_due_is_on_the_room_s_page(self, client: Browser, account: Account) -> None:
        """A settings review leads to its account; after it was made it is no longer due."""
        address = f'<a href="/accounts/{account.pk}/review/">Privacy settings: Practice page</a>'
        assert address in client.get("/accounts/").content.decode()
        review_done(account, FACEBOOK, "closed", {"posts": "me"}, "me", datetime.now(UTC) - timedelta(days=1))
        assert address not in client.get("/accounts/").content.decode()
