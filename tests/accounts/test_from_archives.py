"""What archives tell of accounts: the register is filled where it was empty, and what the person said stays."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from hypothesis import given
from hypothesis import strategies as st

from forethought.accounts.from_archives import Fields, Proposal, Told, is_empty, proposals, said
from forethought.accounts.keeping import accept, add, known, proposed, remove, told
from forethought.accounts.leads import leads
from forethought.accounts.models import Account
from forethought.desk.door import Door
from forethought.footprint.keeping import Usual, bring_in
from forethought.footprint.models import Archive, Entry

FULL = {field.name: field.get_default() for field in Account._meta.fields if field.name != "id"}
BROUGHT = date(2030, 6, 1)
ME = "https://example.social/users/wren"
ACTOR = {
    "id": ME, "type": "Person", "inbox": f"{ME}/inbox", "outbox": "outbox.json", "preferredUsername": "wren",
    "name": "Wren", "summary": "<p>Walks in Leeds</p>", "published": "2022-11-05T00:00:00Z",
    "attachment": [{"type": "PropertyValue", "name": "Site", "value": "wren.example"}],
}  # fmt: skip
NOTE = {
    "id": f"{ME}/statuses/1/activity", "type": "Create", "actor": ME, "published": "2029-12-01T09:00:00Z",
    "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [],
    "object": {
        "id": f"{ME}/statuses/1", "type": "Note", "attributedTo": ME, "published": "2029-12-01T09:00:00Z",
        "content": "<p>Tea</p>", "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [], "attachment": [],
    },
}  # fmt: skip


def row(pk: int = 1, **fields: Any) -> Fields:
    """Return an account of the register as the proposals take it."""
    return FULL | {"pk": pk, "name": "Mine", "platform": "x"} | fields


def archive(**fields: Any) -> Told:
    """Return what an archive of X tells."""
    facts = (("handle", "old_anna"), ("handle", "anna_reed"), ("name", "Anna"), ("former handle", "old_anna"))
    usual = {"archives": (7,), "platform": "x", "title": "X", "brought": BROUGHT, "newest": date(2030, 5, 1)}
    return Told(**{**usual, "facts": (*facts, ("website", "https://reed.example")), **fields})


def only(told: Told, *register: Fields) -> Proposal:
    """Return the one proposal."""
    (found,) = proposals([told], register)
    return found


class TestSaid:
    def test_a_profile_becomes_fields(self) -> None:
        """The newest handle, the name, former handles, links and the last use come over under the register's names."""
        assert {
            "name": "X (anna_reed)", "platform": "x", "handle": "anna_reed", "kind": "personal", "audience": "public",
            "public_name": "Anna", "names": ["old_anna"], "bio": "Herons", "links": ["https://reed.example"],
            "last_used": date(2030, 5, 1),
        } == said(archive(kind="personal", bio=" Herons "))  # fmt: skip

    @pytest.mark.parametrize(
        ("newest", "kind"),
        [(date(2029, 6, 1), "professional"), (date(2029, 5, 31), "dormant"), (None, "professional")],
    )
    def test_a_year_without_anything_is_dormant(self, newest: date | None, kind: str) -> None:
        """More than a year between the newest item and the day of import makes it dormant; no item says nothing."""
        assert kind == said(archive(newest=newest))["kind"]

    @pytest.mark.parametrize(
        ("fields", "name", "value"),
        [
            ({"platform": "linkedin", "account": "Anna Reed", "facts": ()}, "public_name", "Anna Reed"),
            ({"platform": "linkedin", "facts": (("first name", "A"), ("last name", "Reed"))}, "public_name", "A Reed"),
            ({"platform": "mastodon", "account": "w@a.example", "facts": (("handle", "w"),)}, "handle", "w@a.example"),
            ({"platform": "feeds", "facts": (("address", "https://reed.example/"),)}, "handle", "https://reed.example/"),
            ({"platform": "feeds"}, "platform", "blog"),
            ({"platform": "plain", "facts": (("platform", "Reddit"),)}, "platform", "reddit"),
            ({"platform": "never-heard-of"}, "platform", "other"),
            ({"facts": (("field", "Site: reed.example/me"),)}, "links", ["reed.example/me"]),
            ({"facts": (("handle", "x" * 300),)}, "handle", "x" * 200),
        ],
    )  # fmt: skip
    def test_each_platform_in_its_way(self, fields: dict[str, Any], name: str, value: object) -> None:
        """Archives that name things otherwise come to the same fields."""
        assert value == said(archive(**fields))[name]

    def test_an_identifier_is_no_handle(self) -> None:
        """What a platform calls an account within itself is no handle that anybody sees."""
        assert "handle" not in said(archive(platform="bluesky", account="did:plc:abc", facts=()))


class TestProposals:
    def test_a_new_account(self) -> None:
        """An archive of an account that is not in the register proposes it whole, and another platform's is another."""
        found = only(archive(), row(platform="instagram", handle="anna_reed"))
        assert (None, "anna_reed", {}) == (found.account, found.fields["handle"], found.differs)

    @pytest.mark.parametrize("handle", ["@Anna_Reed", ""])
    def test_a_known_account_is_filled(self, handle: str) -> None:
        """One with this handle, or the only one on the platform with none, is filled where it is empty alone."""
        found = only(archive(kind="personal"), row(5, handle=handle, public_name="Anna R.", links=["a.example"]))
        assert 5 == found.account
        assert {"names": ["old_anna"], "last_used": date(2030, 5, 1)}.items() <= found.fields.items()
        assert ("Anna R.", "Anna") == found.differs["public_name"]
        assert (["a.example"], ["https://reed.example"]) == found.differs["links"]
        assert not {"kind", "audience", "platform", "name"} & {*found.fields, *found.differs}

    def test_two_that_could_be_meant(self) -> None:
        """Where two accounts have no handle nothing is guessed."""
        assert only(archive(), row(1), row(2)).account is None

    def test_no_longer_used_is_only_told(self) -> None:
        """That nothing was written for a year is shown beside what the person said, and so is a later use."""
        found = only(archive(newest=date(2027, 1, 1)), row(handle="anna_reed", last_used=date(2026, 1, 1)))
        assert {
            "kind": ("professional", "dormant"), "last_used": (date(2026, 1, 1), date(2027, 1, 1)),
        } == found.differs  # fmt: skip

    def test_nothing_new_is_no_proposal(self) -> None:
        """An account that has all that the archive tells is left out."""
        assert () == proposals([archive()], [row(**{**said(archive()), "name": "Mine"})])

    @given(
        st.fixed_dictionaries(
            {},
            optional={
                "handle": st.sampled_from(["anna_reed", "", "else"]),
                "kind": st.sampled_from(["personal", "dormant"]),
                "public_name": st.text(max_size=9),
                "bio": st.text(max_size=9),
                "names": st.lists(st.text(max_size=5), max_size=2),
                "links": st.lists(st.text(max_size=5), max_size=2),
                "last_used": st.none() | st.dates(),
            },
        ),
        st.lists(st.tuples(st.sampled_from(["handle", "name", "website", "former handle"]), st.text()), max_size=6),
        st.none() | st.dates(),
    )
    def test_what_was_said_is_never_replaced(
        self, own: Mapping[str, Any], facts: list[tuple[str, str]], newest: date | None
    ) -> None:
        """Whatever an archive tells, only empty fields of a known account are filled."""
        account = row(**own)
        for found in proposals([archive(facts=tuple(facts), newest=newest)], [account]):
            assert found.account is None or all(is_empty(account[name]) for name in found.fields)
            assert found.account is not None or found.fields["platform"] == "x"


@pytest.fixture
def key(client: Browser, door: Door) -> bytes:
    """The key of the open vault's marks."""
    return door.vault.keys.fingerprints


def exported(folder: Path) -> Path:
    """Write an archive of Mastodon and return where it lies."""
    folder.mkdir()
    outbox = {"id": "outbox.json", "type": "OrderedCollection", "totalItems": 1, "orderedItems": [NOTE]}
    for name, content in {"actor": ACTOR, "outbox": outbox}.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


class TestFilling:
    def test_an_imported_archive_fills_the_register(self, key: bytes, tmp_path: Path) -> None:
        """What an archive that was read in tells is proposed, kept when accepted, and not proposed again."""
        bring_in([exported(tmp_path / "m")], Usual(kind="personal"), key)
        (proposal,) = proposed()
        account = accept(proposal, key)
        assert ("mastodon", "wren@example.social", "Wren", "Walks in Leeds", ["wren.example"], date(2029, 12, 1)) == (
            account.platform, account.handle, account.public_name, account.bio, account.links, account.last_used,
        )  # fmt: skip
        assert () == proposed()

    def test_what_was_said_in_between_stays(self, key: bytes, tmp_path: Path) -> None:
        """What the person filled in after the proposal was made is not replaced; what they take over is."""
        account = add({"name": "Walks", "platform": "mastodon", "handle": "wren@example.social", "bio": "Mine"}, key)
        bring_in([exported(tmp_path / "m")], Usual(), key)
        (proposal,) = proposed()
        Account.objects.filter(pk=account.pk).update(public_name="Other")
        accept(proposal, key)
        account.refresh_from_db()
        assert ("Mine", "Other", date(2029, 12, 1)) == (account.bio, account.public_name, account.last_used)
        assert "Walks in Leeds" == accept(proposal, key, take=["bio"]).bio

    def test_two_exports_of_one_account_are_one(self, key: bytes) -> None:
        """Items of an older export count for the newer one, in which they are not kept again; unfinished ones wait."""
        at = datetime(2030, 6, 1, tzinfo=UTC)
        usual = {"platform": "x", "title": "X", "account": "anna", "form": "json", "confidence": 1.0}
        old = Archive.objects.create(source="1", begun=at, finished=at, **usual)
        new = Archive.objects.create(source="2", begun=at.replace(day=2), finished=at, **usual)
        Archive.objects.create(source="3", begun=at, finished=None, **usual)
        kept = {"archive": old, "platform": "x", "source": "1", "member": "m"}
        Entry.objects.create(key="1", kind="post", created=at.replace(year=2029), **kept)
        Entry.objects.create(key="2", kind="like", own_words=False, created=at.replace(day=1), **kept)
        Entry.objects.create(key="3", kind="message", own_words=False, created=at.replace(year=2031), **kept)
        (found,) = told()
        assert ((new.pk, old.pk), date(2030, 6, 1), date(2030, 6, 2)) == (found.archives, found.newest, found.brought)

    def test_shared_contacts_lead(self, key: bytes, door: Door) -> None:
        """Fingerprints of contacts in the archives of two accounts lead from one to the other; blocked ones do not."""
        at = datetime(2030, 6, 1, tzinfo=UTC)
        for platform, kind in (("x", "professional"), ("instagram", "personal")):
            usual = {"platform": platform, "title": platform, "form": "json", "confidence": 1.0}
            brought = Archive.objects.create(source=platform, account="a", begun=at, finished=at, kind=kind, **usual)
            for n, state in enumerate(("follows", "follows", "blocked")):
                details = {"handle": f"mark{n}", "name": "" if n else "shared", "state": state}
                given = {"archive": brought, "platform": platform, "source": platform, "member": "m", "key": str(n)}
                Entry.objects.create(kind="contact", own_words=False, details=details, **given)
        for proposal in proposed():
            accept(proposal, key)
        assert [{"mark0", "mark1", "shared"}] * 2 == [{*each.contacts} for each in known()]
        assert [True] == [each.leak for each in leads(known())]
        remove(Account.objects.get(platform="x"), door.vault)
        assert 1 == len(known())
