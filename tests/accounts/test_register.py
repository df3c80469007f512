"""The register in the vault: accounts and reviews kept as given, compared, closed, and removed with all of theirs."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from forethought.accounts.checkups.load import checkups
from forethought.accounts.keeping import (
    SCREENSHOT,
    UnfitAccountError,
    add,
    change,
    changes_of,
    close,
    known,
    remove,
    review_done,
    screenshot,
    stale,
)
from forethought.accounts.marks import email_mark
from forethought.accounts.models import Account, Hack, Review
from forethought.accounts.places import places
from forethought.accounts.stale import why_stale
from forethought.desk.door import Door
from forethought.errors import UnknownNameError
from forethought.reading import PLATFORMS

FACEBOOK = checkups()["facebook"]
NOW = datetime(2030, 6, 1, 12, tzinfo=UTC)
PAGE = {"name": "Practice page", "platform": "facebook", "handle": "@reedcounselling"}


@pytest.fixture
def key(client: Browser, door: Door) -> bytes:
    """The key of the open vault's marks."""
    return door.vault.keys.fingerprints


@pytest.fixture
def page(key: bytes) -> Account:
    """An account in the register."""
    return add(PAGE, key)


def reviewed(page: Account, answers: Mapping[str, str], **more: Any) -> Review:
    """Return a review that was kept."""
    return review_done(page, FACEBOOK, "closed", answers, "me", more.pop("now", NOW), **more)


class TestAccounts:
    def test_only_marks_are_kept(self, key: bytes) -> None:
        """An e-mail address and a phone number are kept as marks, and nothing of them can be read in the vault."""
        account = add(PAGE | {"email": "anna@herons.example", "phone": "07700 900123"}, key)
        account.refresh_from_db()
        assert email_mark("anna@herons.example", key) == account.email
        kept = str(Account.objects.values())
        assert "herons.example" not in kept
        assert "900123" not in kept
        emptied = change(account, {"email": ""}, key)
        assert ("", True) == (emptied.email, bool(emptied.phone))

    def test_a_change_leaves_the_rest(self, page: Account, key: bytes) -> None:
        """Fields that are not named stay."""
        change(page, {"level": "open", "linked_apps": ["Planner"]}, key)
        page.refresh_from_db()
        assert ("reedcounselling", "open", ["Planner"]) == (page.handle, page.level, page.linked_apps)

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            (PAGE | {"handle": "ReedCounselling"}, "handle there already"),
            ({"platform": "x"}, "What you call it: This field cannot be blank"),
            ({"name": "A", "platform": "myspace"}, "Where it is: Value 'myspace' is not a valid choice"),
            ({"name": "A", "kind": "secret"}, "What it is for: Value 'secret' is not"),
        ],
    )
    def test_what_does_not_do_is_refused(self, page: Account, key: bytes, fields: dict[str, Any], words: str) -> None:
        """The same handle twice on a platform, no name and an unknown choice are told, and nothing is kept."""
        with pytest.raises(UnfitAccountError, match=words):
            add(fields, key)
        assert [page] == list(Account.objects.all())

    def test_a_handle_may_be_there_twice_where_places_differ(self, key: bytes) -> None:
        """Two forums, two platforms, and accounts without a handle do not get into each other's way."""
        given = [("forum", "anna"), ("forum", "anna"), ("x", "anna"), ("instagram", "anna"), ("x", ""), ("x", "")]
        for platform, handle in given:
            add({"name": "A", "platform": platform, "handle": handle}, key)
        assert len(given) == Account.objects.count()

    @pytest.mark.parametrize("field", ["kind", "level", "two_step"])
    def test_the_database_refuses_what_is_not_known(self, page: Account, field: str) -> None:
        """A value outside the vocabulary does not come into the table by any road."""
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.update(**{field: "secret"})

    def test_closed_accounts_stay_and_lead_nowhere(self, page: Account) -> None:
        """A closed account is in the register with its day, and not among those that lead to others."""
        close(page, date(2030, 1, 2))
        assert date(2030, 1, 2) == Account.objects.get().closed
        assert () == known()

    def test_removing_takes_reviews_and_pictures_along(self, page: Account, door: Door) -> None:
        """What was kept of an account is gone, its sealed pictures too; the note of a hack stays."""
        record = screenshot(door.vault, [b"picture"])
        reviewed(page, {"posts": "me"}, screenshots=[record])
        Hack.objects.create(account=page, became_aware=NOW)
        assert (SCREENSHOT, record) in door.vault.sealed_records()
        remove(page, door.vault)
        assert (0, [], None) == (Review.objects.count(), door.vault.sealed_records(), Hack.objects.get().account)

    def test_open_hacks_come_first(self, page: Account) -> None:
        """Those that are not over come before the rest, though they are older."""
        Hack.objects.create(account=page, became_aware=NOW, closed=NOW)
        open_ = Hack.objects.create(account=page, became_aware=NOW.replace(year=2029))
        assert open_ == Hack.objects.first()


class TestReviews:
    def test_a_reset_is_found(self, page: Account) -> None:
        """A setting that changed, and not by the person, is kept as reset; the account's level and day move along."""
        first = reviewed(page, {"posts": "friends", "tags": "on"})
        assert not changes_of(first)
        reviewed(page, {"posts": "public", "tags": "off", "legacy": "chosen"}, by_person=["tags"])
        changes = changes_of(Review.objects.get(pk=Review.objects.first().pk))  # type: ignore[union-attr]
        assert (["posts"], ["tags"], ("legacy",), ()) == (
            [each.id for each in changes.reset], [each.id for each in changes.changed], changes.added, changes.removed,
        )  # fmt: skip
        page.refresh_from_db()
        assert ("closed", date(2030, 6, 1)) == (page.level, page.last_reviewed)

    def test_a_reset_shows_though_a_review_in_between_did_not_see_it(self, page: Account) -> None:
        """What was skipped once is compared with the time before that, and is neither new nor gone for it."""
        reviewed(page, {"posts": "friends", "tags": "on"})
        skipped = changes_of(reviewed(page, {"tags": "on"}, now=NOW + timedelta(days=1)))
        found = changes_of(reviewed(page, {"posts": "public", "tags": "on"}, now=NOW + timedelta(days=1, hours=1)))
        assert (("posts",), ()) == (skipped.removed, skipped.reset)
        assert (["posts"], ()) == ([each.id for each in found.reset], found.added)

    def test_only_the_same_platform_is_compared(self, page: Account) -> None:
        """A review of another check-up in between is no yardstick."""
        reviewed(page, {"posts": "friends"})
        review_done(page, checkups()["browser"], "careful", {}, "me", NOW.replace(day=2))
        later = reviewed(page, {"posts": "public"}, now=NOW.replace(day=3))
        assert ["posts"] == [each.id for each in changes_of(later).reset]

    @pytest.mark.parametrize(
        ("answers", "by_person"), [({"nothing": "me"}, []), ({"posts": "nothing"}, []), ({"posts": "me"}, ["nothing"])]
    )
    def test_unknown_names_are_refused(self, page: Account, answers: dict[str, str], by_person: list[str]) -> None:
        """A setting or option that the check-up does not have is told, and nothing is kept."""
        with pytest.raises(UnknownNameError):
            reviewed(page, answers, by_person=by_person)
        assert not Review.objects.exists()

    def test_a_level_that_is_not_known(self, page: Account) -> None:
        """A level outside the vocabulary is refused."""
        with pytest.raises(UnknownNameError):
            review_done(page, FACEBOOK, "secret", {}, "me", NOW)  # type: ignore[arg-type]


class TestStale:
    @pytest.mark.parametrize(
        ("kind", "used", "words"),
        [
            ("professional", date(2029, 11, 1), "half a year"), ("professional", date(2030, 1, 1), ""),
            ("personal", date(2029, 11, 1), ""), ("personal", date(2029, 5, 1), "for a year"),
            ("organisation", None, ""), ("dormant", None, "close it"),
        ],
    )  # fmt: skip
    def test_when_an_account_waits_for_a_decision(self, kind: str, used: date | None, words: str) -> None:
        """Work is to be current within half a year, the rest used within one; dormant ones wait to be closed."""
        found = why_stale(kind, used, None, NOW.date())
        assert words in found
        assert bool(words) is bool(found)
        assert "" == why_stale(kind, used, date(2030, 1, 1), NOW.date())

    def test_those_that_wait_are_listed(self, page: Account, key: bytes) -> None:
        """Of the register the stale ones alone, each with why."""
        add({"name": "Old", "kind": "dormant"}, key)
        assert ["Old"] == [account.name for account, _ in stale(NOW.date())]


class TestPlaces:
    def test_every_check_up_and_every_platform_has_a_place(self) -> None:
        """An account can be wherever a draft goes and wherever there is a check-up, each once, `other` last."""
        ids = [id for id, _ in places()]
        assert {*PLATFORMS, *checkups()} == {*ids}
        assert (len({*ids}), "other") == (len(ids), ids[-1])

    @pytest.mark.parametrize(
        ("fields", "posted"),
        [
            ({"platform": "wordpress"}, "blog"), ({"platform": "x", "kind": "personal"}, "x"),
            ({"platform": "browser"}, ""), ({"platform": "x", "kind": "dormant"}, ""),
            ({"platform": "x", "closed": date(2030, 1, 1)}, ""),
        ],
    )  # fmt: skip
    def test_the_check_page_takes_accounts_in_use_alone(self, fields: dict[str, Any], posted: str) -> None:
        """A device, a closed account and one no longer used are not posted from; the rest has the draft's name."""
        assert posted == Account(**fields).posted_as
